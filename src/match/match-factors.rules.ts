import { FeatureState } from '../location/location.rules.js';
import { CriterionEffect } from '../service/service-terms.rules.js';
import { berlinDay, daysBetween } from '../shared/calendar.rules.js';
import { isCityOfItsOwn } from '../shared/geo.rules.js';
import { type AnswerCount, type Candidate, MatchFactor, type Question } from './match.rules.js';
import { spokenAmong } from './match-languages.rules.js';
import { comesAlong, type Reach } from './match-site.rules.js';

/**
 * What one factor found: a value from 0 to 1, and what the reason's text needs to say it. All formulas: domain guide,
 * "Matching: the score". Silence is not rewarded: where nothing is known of the service, the value is one half.
 */
export type Fact = { value: number } & (
  | { factor: MatchFactor.CATEGORY; levelsBelow: number | null }
  | { factor: MatchFactor.DISTANCE; distanceKm: number | null; comesAlong: boolean }
  | { factor: MatchFactor.CAPACITY; free: number | null; coarse: boolean; daysAgo: number | null }
  | { factor: MatchFactor.WAIT; days: number | null; reported: boolean }
  | { factor: MatchFactor.LANGUAGE; languages: readonly string[]; how: 'SPOKEN' | 'INTERPRETED' | 'NONE' }
  | { factor: MatchFactor.ACCESSIBILITY; asked: number; there: number; unknown: number }
  | { factor: MatchFactor.NEEDS; asked: number; met: number; particular: boolean; required: boolean }
  | { factor: MatchFactor.FRESHNESS; daysAgo: number | null }
  | { factor: MatchFactor.RESPONSE; workingDays: number | null }
);

const UNKNOWN = 0.5;
const DAY = 86_400_000;

/** The constants of all formulas; what computes scores elsewhere takes them from here. */
export const FORMULA = {
  perLevel: 0.8,
  sigmaInACityKm: 8,
  sigmaInAKreisKm: 15,
  reportHalfLifeDays: 14,
  plentyOfPlaces: 2,
  waitDays: 21,
  acceptanceWindowDays: 90,
  throughInterpreter: 0.7,
  confirmationHalfLifeDays: 180,
  slowestAnswerWorkingDays: 10,
} as const;

/** The facts of all factors that the question asks for, in the order of `MatchFactor`. */
export function factsOf(candidate: Candidate, question: Question, reach: Reach, now: Date): Fact[] {
  return [
    categoryFact(candidate),
    distanceFact(candidate, question, reach),
    capacityFact(candidate, now),
    waitFact(candidate),
    ...(question.languages.length > 0 ? [languageFact(candidate, question)] : []),
    ...(question.preferredAccessibility.length > 0 ? [accessibilityFact(question, reach)] : []),
    ...(question.needs.length > 0 ? [needsFact(candidate, question)] : []),
    freshnessFact(candidate, now),
    responseFact(candidate),
  ];
}

function categoryFact({ levelsBelow }: Candidate): Fact {
  return { factor: MatchFactor.CATEGORY, value: levelsBelow === null ? 0 : valueOfLevel(levelsBelow), levelsBelow };
}

/** Of CATEGORY. @param levels below the asked category */
export const valueOfLevel = (levels: number): number => FORMULA.perLevel ** levels;

function distanceFact(candidate: Candidate, { municipality }: Question, { distanceKm }: Reach): Fact {
  const fact = { factor: MatchFactor.DISTANCE, distanceKm, comesAlong: comesAlong(candidate) } as const;
  if (fact.comesAlong) return { ...fact, value: 1 };
  if (distanceKm === null) return { ...fact, value: UNKNOWN };
  const sigma = isCityOfItsOwn(municipality) ? FORMULA.sigmaInACityKm : FORMULA.sigmaInAKreisKm;
  return { ...fact, value: Math.exp(-(distanceKm ** 2) / (2 * sigma ** 2)) };
}

function capacityFact({ freePlaces: free, freeIsCoarse: coarse, reportedAt }: Candidate, now: Date): Fact {
  const fact = { factor: MatchFactor.CAPACITY, coarse } as const;
  if (free === null || reportedAt === null) return { ...fact, value: UNKNOWN, free: null, daysAgo: null };
  const trust = halvedEvery(FORMULA.reportHalfLifeDays, reportedAt, now);
  const value = trust * Math.min(1, free / FORMULA.plentyOfPlaces) + (1 - trust) * UNKNOWN;
  return { ...fact, value, free, daysAgo: calendarDays(reportedAt, now) };
}

function waitFact({ expectedWaitDays, waiting, acceptedIn90Days }: Candidate): Fact {
  const reported = expectedWaitDays !== null;
  const days = expectedWaitDays ?? expectedWait(waiting, acceptedIn90Days);
  return {
    factor: MatchFactor.WAIT,
    value: days === null ? UNKNOWN : Math.exp(-days / FORMULA.waitDays),
    days,
    reported,
  };
}

/** Days until those who wait are in, at the pace of the last 90 days; null where nobody came in or nothing is known. */
function expectedWait(waiting: number | null, accepted: number): number | null {
  return waiting === null || accepted <= 0 ? null : waiting / (accepted / FORMULA.acceptanceWindowDays);
}

function languageFact({ languages: spoken, interpretation }: Candidate, { languages: asked }: Question): Fact {
  const factor = MatchFactor.LANGUAGE;
  const met = spokenAmong(asked, spoken);
  if (met.length > 0) return { factor, value: 1, languages: met, how: 'SPOKEN' };
  if (interpretation) return { factor, value: FORMULA.throughInterpreter, languages: asked, how: 'INTERPRETED' };
  return { factor, value: 0, languages: asked, how: 'NONE' };
}

function accessibilityFact({ preferredAccessibility: asked }: Question, { site }: Reach): Fact {
  const states = asked.map(feature => site?.accessibility[feature] ?? FeatureState.UNKNOWN);
  const there = states.filter(state => state === FeatureState.YES).length;
  const unknown = states.filter(state => state === FeatureState.UNKNOWN).length;
  const value = (there + unknown * UNKNOWN) / asked.length;
  return { factor: MatchFactor.ACCESSIBILITY, value, asked: asked.length, there, unknown };
}

function needsFact({ needs, criteria }: Candidate, { needs: asked }: Question): Fact {
  const met = asked.filter(need => needs.includes(need)).length;
  const particular = needs.length > 0;
  const value = particular ? met / asked.length : UNKNOWN;
  // Whom it takes the criteria tell, which are checked on their own: the score asks whom it is made for.
  const required = criteria.some(one => one.effect === CriterionEffect.REQUIRES && (one.needs ?? []).length > 0);
  return { factor: MatchFactor.NEEDS, value, asked: asked.length, met, particular, required };
}

function freshnessFact({ confirmedAt }: Candidate, now: Date): Fact {
  const factor = MatchFactor.FRESHNESS;
  if (confirmedAt === null) return { factor, value: 0, daysAgo: null };
  const value = halvedEvery(FORMULA.confirmationHalfLifeDays, confirmedAt, now);
  return { factor, value, daysAgo: calendarDays(confirmedAt, now) };
}

function responseFact({ answers }: Candidate): Fact {
  const workingDays = medianWorkingDays(answers);
  const value = workingDays === null ? UNKNOWN : 1 - Math.min(1, workingDays / FORMULA.slowestAnswerWorkingDays);
  return { factor: MatchFactor.RESPONSE, value, workingDays };
}

/** The median over all answers; the mean of the middle two where their number is even. Null without any. */
export function medianWorkingDays(counts: readonly AnswerCount[]): number | null {
  const sorted = [...counts].sort((a, b) => a.workingDays - b.workingDays);
  const total = sorted.reduce((sum, { answers }) => sum + answers, 0);
  if (total <= 0) return null;
  const at = (rank: number): number => {
    let seen = 0;
    for (const { workingDays, answers } of sorted) {
      seen += answers;
      if (seen > rank) return workingDays;
    }
    return 0;
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}

/** 2^(−age / half-life): 1 now, a half after one half-life. Something from the future is as good as from now. */
function halvedEvery(halfLifeDays: number, at: Date, now: Date): number {
  return 2 ** (-Math.max(0, now.getTime() - at.getTime()) / DAY / halfLifeDays);
}

const calendarDays = (at: Date, now: Date): number => Math.max(0, daysBetween(berlinDay(at), berlinDay(now)));
