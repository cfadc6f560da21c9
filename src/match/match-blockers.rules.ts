import { isIntakePaused, ServiceStatus } from '../service/service.rules.js';
import { failedOf } from '../service/service-criteria.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { type Candidate, MatchBlocker, type Question } from './match.rules.js';
import { lacksInstrument } from './match-instruments.rules.js';
import { spokenAmong } from './match-languages.rules.js';
import { comesAlong, type Reach } from './match-site.rules.js';

interface Asked {
  candidate: Candidate;
  question: Question;
  reach: Reach;
  now: Date;
}

const BLOCKS: Readonly<Record<MatchBlocker, (asked: Asked) => boolean>> = {
  CATEGORY: ({ candidate }) => candidate.levelsBelow === null,
  OUT_OF_AREA: ({ candidate }) => !candidate.inArea,
  NO_FREE_PLACE: ({ candidate, question }) => question.requireFreePlace && !((candidate.freePlaces ?? 0) >= 1),
  INTAKE_PAUSED: ({ candidate, now }) => isIntakePaused(candidate.intakePausedUntil, berlinDay(now)),
  INACTIVE: ({ candidate }) => candidate.status !== ServiceStatus.ACTIVE,
  LANGUAGE: ({ candidate, question }) => !isUnderstood(candidate, question),
  ACCESSIBILITY: ({ reach }) => !reach.accessible,
  AGE: ({ candidate, question }) => !fitsOneAge(candidate, question),
  NOT_ELIGIBLE: ({ candidate, question }) => failedOf(candidate.criteria, question.needs).length > 0,
  TOO_FAR: ({ candidate, question, reach }) => isTooFar(candidate, reach.distanceKm, question.maximumDistanceKm),
  NOT_SHARED: ({ candidate }) => !candidate.withinReach,
  INSTRUMENT: ({ candidate, question }) => lacksInstrument(candidate, question),
};

/** Every hard filter that the service fails, in the order of `MatchBlocker`; empty for one that fits. */
export const blockersOf = (candidate: Candidate, question: Question, reach: Reach, now: Date): MatchBlocker[] =>
  Object.values(MatchBlocker).filter(blocker => BLOCKS[blocker]({ candidate, question, reach, now }));

function isUnderstood({ languages, interpretation }: Candidate, { languages: asked }: Question): boolean {
  return asked.length === 0 || interpretation || spokenAmong(asked, languages).length > 0;
}

const fitsOneAge = (candidate: Candidate, { age, otherAge = age }: Question): boolean =>
  fitsAge(candidate, age) || fitsAge(candidate, otherAge);

function fitsAge({ minimumAge, maximumAge }: Candidate, age: number | null): boolean {
  if (age === null) return true;
  return age >= (minimumAge ?? age) && age <= (maximumAge ?? age);
}

/** Unknown is not near: without a site, every maximum is exceeded. */
function isTooFar(candidate: Candidate, distanceKm: number | null, maximumKm: number | null): boolean {
  if (maximumKm === null || comesAlong(candidate)) return false;
  return distanceKm === null || distanceKm > maximumKm;
}
