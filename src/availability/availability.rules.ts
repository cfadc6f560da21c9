import { addDays, addWorkingDays, berlinDay, daysBetween } from '../shared/calendar.rules.js';

/** Bands, never an age: what is asked must not point to one person. */
export enum AgeGroup {
  UNDER_18 = 'UNDER_18',
  FROM_18_TO_24 = 'FROM_18_TO_24',
  FROM_25_TO_54 = 'FROM_25_TO_54',
  FROM_55 = 'FROM_55',
}

const AGES: Readonly<Record<AgeGroup, { from: number; to: number }>> = {
  UNDER_18: { from: 0, to: 17 },
  FROM_18_TO_24: { from: 18, to: 24 },
  FROM_25_TO_54: { from: 25, to: 54 },
  FROM_55: { from: 55, to: Number.POSITIVE_INFINITY },
};

/** Does the service take anybody of these ages? Null: not asked. */
export function takesAgeGroup(
  { minimumAge, maximumAge }: { minimumAge: number | null; maximumAge: number | null },
  group: AgeGroup | null,
): boolean {
  if (group === null) return true;
  const { from, to } = AGES[group];
  return (minimumAge ?? from) <= to && (maximumAge ?? from) >= from;
}

/** Services that one question goes to, the best of those that fit. */
export const MOST_ASKED = 50;

export const MOST_LANGUAGES = 10;

export const DEFAULT_WITHIN_DAYS = 21;
export const LONGEST_WITHIN_DAYS = 90;

const ANSWER_WITHIN_WORKING_DAYS = 3;

/** Calendar days after `answerBy` in which a late answer is taken still, and a given one put right. */
const GRACE_DAYS = 7;

export const answerByOf = (askedAt: Date): Date => addWorkingDays(askedAt, ANSWER_WITHIN_WORKING_DAYS);

/** What was to be answered before this moment is closed. */
export const closedBefore = (now: Date): Date => addDays(now, -GRACE_DAYS);

export const isClosed = (answerBy: Date, now: Date): boolean => answerBy < closedBefore(now);

/** Does it wait for an answer that would still be taken? */
export const isOpen = ({ answeredAt, answerBy }: { answeredAt: Date | null; answerBy: Date }, now: Date): boolean =>
  answeredAt === null && !isClosed(answerBy, now);

/** What a partner says: places free for this profile within the asked time. Days are YYYY-MM-DD. */
export interface Answer {
  places: number;
  freeFrom: string | null;
  expectedWaitDays: number | null;
}

/** The last day of the asked time; who answers after it speaks of the day on which she does. */
export function lastAskedDay(askedAt: Date, withinDays: number, today: string): string {
  const last = berlinDay(addDays(askedAt, withinDays));
  return last > today ? last : today;
}

/**
 * What an answer reports of the places of the service. Places from a later day on say nothing of those that are free
 * now (`free` null), none at all says it of now too.
 */
export function reportOf(
  { places, freeFrom, expectedWaitDays }: Answer,
  today: string,
): { free: number | null; expectedWaitDays: number | null } {
  const saysNow = places === 0 || freeFrom === null || freeFrom <= today;
  const untilFree = freeFrom === null ? null : daysBetween(today, freeFrom);
  return { free: saysNow ? places : null, expectedWaitDays: expectedWaitDays ?? untilFree };
}
