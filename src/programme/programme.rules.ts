import { SMALLEST_CELL } from '../referral-follow-up/sustained-integration.rules.js';
import { monthOf } from '../shared/calendar.rules.js';

/** As what a network takes part. */
export enum ProgrammeRole {
  LEAD = 'LEAD',
  PARTICIPANT = 'PARTICIPANT',
}

export const MOST_FUNDERS = 20;
export const MOST_PARTNERS = 200;
export const MOST_ROUNDS = 100;
export const MOST_SERVICES = 100;
export const MOST_FIELDS = 50;
/** Reports on a round: each of a month, and of a service or of all. */
export const MOST_MONTHS = 5_000;
export const MOST_PLACES = 100_000;
export const LONGEST_GOALS = 10_000;
/** Ten billion euros, as much as `Cents` takes in: beyond it an amount is a slip. */
export const MOST_CENTS = 1_000_000_000_000;
/**
 * A hundred million euros, and minutes for a hundred thousand people: so much may one report say. `MOST_ROUNDS` rounds of
 * `MOST_MONTHS` reports stay below 2^53, up to which numbers are exact.
 */
export const MOST_CENTS_OF_MONTH = 10_000_000_000;
export const MOST_MINUTES_OF_MONTH = 100_000_000;

/** How many people a round had, and what became of them; each but the first is a part of the first. */
export interface RoundCounts {
  readonly participants: number;
  readonly started: number;
  readonly completed: number;
  /** Ended before their aim, by whomever. */
  readonly aborted: number;
  /** Went over into work that is not subsidised; a part of `completed`. */
  readonly employed: number;
  /** Still in such work six months later, as far as it was recorded; a part of `employed`. */
  readonly sustained: number;
}

export type RoundFigure = keyof RoundCounts;
export type ToldCounts = { readonly [Name in RoundFigure]: number | null };

export const ROUND_FIGURES: readonly RoundFigure[] = [
  'participants',
  'completed',
  'aborted',
  'employed',
  'started',
  'sustained',
];

/**
 * What can be computed from told figures, and how many people that is about: each figure itself, and what is left of a
 * larger one. Of the participants who neither completed nor ended otherwise, some may be under way.
 */
const DIFFERENCES: readonly (readonly [from: RoundFigure, ...without: RoundFigure[]])[] = [
  ['participants'],
  ['started'],
  ['completed'],
  ['aborted'],
  ['employed'],
  ['sustained'],
  ['participants', 'started'],
  ['participants', 'completed'],
  ['participants', 'aborted'],
  ['participants', 'completed', 'aborted'],
  ['participants', 'employed'],
  ['participants', 'sustained'],
  ['started', 'completed'],
  ['started', 'employed'],
  ['started', 'sustained'],
  ['completed', 'employed'],
  ['completed', 'sustained'],
  ['employed', 'sustained'],
];

export const NOTHING_TOLD: ToldCounts = {
  participants: null,
  started: null,
  completed: null,
  aborted: null,
  employed: null,
  sustained: null,
};

const isSmall = (count: number): boolean => count !== 0 && Math.abs(count) < SMALLEST_CELL;

/**
 * The figures that may be told: none that is small, and none by which a small one could be computed. Of two that tell it
 * together the later one in `ROUND_FIGURES` is withheld. What was told before moves only by a count that is not small: else
 * whoever looks every month would learn of single people. Of fewer than `SMALLEST_CELL` participants nothing is told, not
 * even that there was none: else short windows would tell on which days somebody was accepted.
 *
 * @param before the number that each figure had when it was told last, however long ago
 */
export function toldCounts(counts: RoundCounts, before: ToldCounts | null): ToldCounts {
  const told: { [Name in RoundFigure]: number | null } = { ...NOTHING_TOLD };
  for (const name of ROUND_FIGURES) {
    const known = before?.[name] ?? null;
    told[name] = known !== null && isSmall(counts[name] - known) ? known : counts[name];
    if (DIFFERENCES.some(difference => isSmall(differenceOf(told, difference) ?? 0))) told[name] = null;
    if (name === 'participants' && (told[name] ?? 0) < SMALLEST_CELL) return NOTHING_TOLD;
  }
  return told;
}

/** What each figure was when it was told last: a figure that is withheld for a while moves no less when it comes back. */
export const lastTold = (told: ToldCounts, before: ToldCounts | null): ToldCounts => ({
  participants: told.participants ?? before?.participants ?? null,
  started: told.started ?? before?.started ?? null,
  completed: told.completed ?? before?.completed ?? null,
  aborted: told.aborted ?? before?.aborted ?? null,
  employed: told.employed ?? before?.employed ?? null,
  sustained: told.sustained ?? before?.sustained ?? null,
});

/** Null where one of them is not told. */
function differenceOf(told: ToldCounts, [from, ...without]: (typeof DIFFERENCES)[number]): number | null {
  const parts = without.map(name => told[name]);
  const whole = told[from];
  if (whole === null || parts.some(part => part === null)) return null;
  return parts.reduce((left: number, part) => left - part!, whole);
}

/** The sum over rounds; null where one of them is not told: its number would follow from the sum and the others. */
export const sumTold = (rounds: readonly ToldCounts[], name: RoundFigure): number | null =>
  rounds.reduce<number | null>((sum, round) => {
    const count = round[name];
    return sum === null || count === null ? null : sum + count;
  }, 0);

/** The last day of the month before: figures tell of no later day. @param today YYYY-MM-DD */
export const lastMonthsEnd = (today: string): string => {
  const first = new Date(`${monthOf(today)}T00:00:00Z`);
  return new Date(first.getTime() - 86_400_000).toISOString().slice(0, 10);
};

/** So many whole cents for each place and month, and what is left over: cents · places + remainder = the whole, exactly. */
export function perPlace(wholeCents: number, places: number): { cents: number; remainder: number } | null {
  if (places <= 0) return null;
  const cents = Math.trunc(wholeCents / places);
  return { cents, remainder: wholeCents - cents * places };
}

/** Sums as PostgreSQL makes them: numbers of any length, as texts. */
export interface MoneyRow {
  readonly place_months: string | null;
  readonly benefit_cents: string | null;
  readonly subsidy_cents: string | null;
  readonly coaching_minutes: string | null;
}
