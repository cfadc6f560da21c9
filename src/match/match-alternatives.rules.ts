import { FeatureState } from '../location/location.rules.js';
import { isIntakePaused } from '../service/service.rules.js';
import { addDays, berlinDay } from '../shared/calendar.rules.js';
import { areaHolds } from '../shared/geo.rules.js';
import { type Candidate, MatchBlocker, type Question } from './match.rules.js';
import { blockersOf } from './match-blockers.rules.js';
import { comesAlong, reachOf } from './match-site.rules.js';

/** What a search can do without. Each lifts one blocker, the gentler ones first. */
export enum Relaxation {
  PLACES_UNKNOWN = 'PLACES_UNKNOWN',
  WAITING_LIST = 'WAITING_LIST',
  LATER = 'LATER',
  INTERPRETER = 'INTERPRETER',
  ACCESSIBILITY_UNKNOWN = 'ACCESSIBILITY_UNKNOWN',
  DISTANCE = 'DISTANCE',
  NEIGHBOURING_MUNICIPALITY = 'NEIGHBOURING_MUNICIPALITY',
  CATEGORY = 'CATEGORY',
}

/** Days within which a paused service takes people again, to be worth waiting for. */
export const LATER_WITHIN_DAYS = 60;
/** Municipalities that are searched as if the client lived there. */
export const MOST_NEIGHBOURS = 3;
/** How many are proposed, at most. */
export const MOST_ALTERNATIVES = 6;

/** A municipality of the same network. */
export interface Neighbour {
  key: string;
  name: string;
  /** From centre to centre. */
  distanceKm: number;
}

/** A service with what has to be known of it once something is relaxed. */
export interface WideCandidate extends Candidate {
  /** As `levelsBelow`, but below the wider category. */
  levelsBelowRoot: number | null;
  /** Keys of its area, as far as they hold the client's municipality or a neighbour. */
  areaKeys: readonly string[];
  keepsWaitingList: boolean;
}

export interface Relaxed {
  relaxation: Relaxation;
  /** With NEIGHBOURING_MUNICIPALITY: which. */
  neighbour: Neighbour | null;
}

/** What is asked, and where else could be asked. */
export interface Situation {
  question: Question;
  neighbours: readonly Neighbour[];
  now: Date;
}

/** One relaxed search: what was relaxed, and what fits then and did not before. Nothing relaxed: what fits anyway. */
export interface Alternative {
  relaxed: readonly Relaxed[];
  /** With the sites that count under these relaxations. */
  found: readonly WideCandidate[];
  /** To the nearest of them; online and outreach: 0; not known: infinite. */
  nearestKm: number;
}

/**
 * The searches that find something by giving up as little as possible: nothing at all, else one condition, else two.
 * Each service stands under exactly what blocks it. Least relaxed first, then nearest.
 */
export function alternativesOf(candidates: readonly WideCandidate[], situation: Situation): Alternative[] {
  const byRelaxed = new Map<string, { relaxed: readonly Relaxed[]; found: WideCandidate[] }>();
  for (const { candidate, blockers } of candidates.flatMap(one => standing(one, situation))) {
    for (const relaxed of waysAround(blockers, candidate, situation)) {
      const known = byRelaxed.get(keyOf(relaxed)) ?? { relaxed, found: [] };
      known.found.push(candidate);
      byRelaxed.set(keyOf(relaxed), known);
    }
  }
  const all = [...byRelaxed.values()].map(one => ({ ...one, nearestKm: nearestOf(one.found, situation) }));
  const simple = all.filter(({ relaxed }) => relaxed.length < MOST_RELAXED);
  return withoutRepetition(simple.length > 0 ? simple : all).sort(compareAlternatives);
}

const MOST_RELAXED = 2;

/**
 * A candidate and all that blocks it; nothing where too much does. Where a required feature is not known to be there, only
 * the sites that are not known to lack it count; were another thing wrong with these, it would be another question.
 */
function standing(
  candidate: WideCandidate,
  { question, now }: Situation,
): { candidate: WideCandidate; blockers: MatchBlocker[] }[] {
  const blocking = (one: WideCandidate) => blockersOf(one, question, reachOf(one, question), now);
  const blockers = blocking(candidate);
  if (blockers.length > MOST_RELAXED) return [];
  if (!blockers.includes(MatchBlocker.ACCESSIBILITY)) return [{ candidate, blockers }];
  const sites = candidate.sites.filter(({ accessibility }) =>
    question.accessibility.every(feature => accessibility[feature] !== FeatureState.NO),
  );
  if (sites.length === 0 && candidate.sites.length > 0) return [];
  const measured = { ...candidate, sites };
  return blocking(measured).join() === blockers.join() ? [{ candidate: measured, blockers }] : [];
}

const plainly = (relaxation: Relaxation): Relaxed[] => [{ relaxation, neighbour: null }];

/** What lifts each blocker, where the candidate lets it. Terms such as ages and criteria are not to be relaxed. */
const WAYS: Readonly<Record<MatchBlocker, (candidate: WideCandidate, situation: Situation) => Relaxed[]>> = {
  CATEGORY: ({ levelsBelowRoot }) => (levelsBelowRoot === null ? [] : plainly(Relaxation.CATEGORY)),
  OUT_OF_AREA: ({ areaKeys }, { neighbours }) =>
    neighbours
      .filter(({ key }) => areaHolds(areaKeys, key))
      .map(neighbour => ({ relaxation: Relaxation.NEIGHBOURING_MUNICIPALITY, neighbour })),
  NO_FREE_PLACE: ({ keepsWaitingList, freePlaces }) => {
    if (keepsWaitingList) return plainly(Relaxation.WAITING_LIST);
    return freePlaces === null ? plainly(Relaxation.PLACES_UNKNOWN) : [];
  },
  INTAKE_PAUSED: ({ intakePausedUntil }, { now }) =>
    isIntakePaused(intakePausedUntil, berlinDay(addDays(now, LATER_WITHIN_DAYS))) ? [] : plainly(Relaxation.LATER),
  INACTIVE: () => [],
  LANGUAGE: () => plainly(Relaxation.INTERPRETER),
  ACCESSIBILITY: () => plainly(Relaxation.ACCESSIBILITY_UNKNOWN),
  AGE: () => [],
  NOT_ELIGIBLE: () => [],
  TOO_FAR: () => plainly(Relaxation.DISTANCE),
  NOT_SHARED: () => [],
  INSTRUMENT: () => [],
};

/** Every choice of one way around each blocker; none where one of them cannot be lifted. */
const waysAround = (blockers: readonly MatchBlocker[], candidate: WideCandidate, situation: Situation): Relaxed[][] =>
  blockers.reduce<Relaxed[][]>(
    (ways, blocker) => ways.flatMap(way => WAYS[blocker](candidate, situation).map(one => [...way, one])),
    [[]],
  );

/** Which relaxations, whatever neighbour is meant. */
const kindsOf = ({ relaxed }: Pick<Alternative, 'relaxed'>): string => relaxed.map(one => one.relaxation).join();

const keyOf = (relaxed: readonly Relaxed[]): string =>
  relaxed.map(({ relaxation, neighbour }) => `${relaxation} ${neighbour?.key ?? ''}`).join();

function nearestOf(found: readonly WideCandidate[], { question }: Situation): number {
  const ways = found.map(one =>
    comesAlong(one) ? 0 : (reachOf(one, question).distanceKm ?? Number.POSITIVE_INFINITY),
  );
  return Math.min(...ways);
}

const neighbourKm = ({ relaxed }: Alternative): number =>
  Math.max(0, ...relaxed.map(one => one.neighbour?.distanceKm ?? 0));

/** A neighbour that has nothing but what a nearer one has is left out. */
function withoutRepetition(alternatives: readonly Alternative[]): Alternative[] {
  const seen = new Map<string, Set<string>>();
  return [...alternatives]
    .sort((a, b) => neighbourKm(a) - neighbourKm(b))
    .filter(alternative => {
      const known = seen.get(kindsOf(alternative)) ?? new Set();
      const isNew = alternative.found.some(({ service }) => !known.has(service));
      seen.set(kindsOf(alternative), new Set([...known, ...alternative.found.map(({ service }) => service)]));
      return isNew;
    });
}

const GENTLER = Object.values(Relaxation);
const harshness = ({ relaxed }: Alternative): number =>
  Math.max(-1, ...relaxed.map(({ relaxation }) => GENTLER.indexOf(relaxation)));

function compareAlternatives(a: Alternative, b: Alternative): number {
  if (a.relaxed.length !== b.relaxed.length) return a.relaxed.length - b.relaxed.length;
  if (a.nearestKm !== b.nearestKm) return a.nearestKm - b.nearestKm;
  return (
    harshness(a) - harshness(b) || neighbourKm(a) - neighbourKm(b) || (keyOf(a.relaxed) < keyOf(b.relaxed) ? -1 : 1)
  );
}
