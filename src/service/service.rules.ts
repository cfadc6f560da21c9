import { dayAfter } from '../shared/calendar.rules.js';

export enum DeliveryMode {
  ON_SITE = 'ON_SITE',
  OUTREACH = 'OUTREACH',
  PHONE = 'PHONE',
  ONLINE = 'ONLINE',
}

export enum ServiceStatus {
  ACTIVE = 'ACTIVE',
  PAUSED = 'PAUSED',
  CLOSED = 'CLOSED',
}

/** Those that everybody finds. */
export const PUBLISHED: readonly ServiceStatus[] = [ServiceStatus.ACTIVE, ServiceStatus.PAUSED];

/** What a service tells the caseworker of a client, from nothing to everything. */
export enum FeedbackLevel {
  NONE = 'NONE',
  RECEIVED_ONLY = 'RECEIVED_ONLY',
  STATUS = 'STATUS',
  STATUS_AND_OUTCOME = 'STATUS_AND_OUTCOME',
}

/** The counters of one service. `total` null: places are not counted. */
export interface Places {
  total: number | null;
  reserved: number;
  occupiedElsewhere: number;
}

/** Places that can still be given away; null where they are not counted. */
export const freePlaces = ({ total, reserved, occupiedElsewhere }: Places): number | null =>
  total === null ? null : Math.max(0, total - reserved - occupiedElsewhere);

/** More places than this nobody has. */
export const MOST_PLACES = 100_000;

/** What is shown instead of an exact number of free places: the highest of these that it reaches. */
export const COARSE_STEPS = [6, 3, 1, 0] as const;

/** What tells how much others may see of the places of a service. */
export interface Discretion {
  readonly feedbackLevel: FeedbackLevel;
  /** Not null: it told less until then, and referrals that were sent before may still move its places. */
  readonly placesRoundedSince?: Date | null;
}

const isDiscreet = (level: FeedbackLevel): boolean =>
  level === FeedbackLevel.NONE || level === FeedbackLevel.RECEIVED_ONLY;

/**
 * Does the exact number of free places tell when one client came or went, where the service must not tell that? A
 * referral keeps the level of its sending: a service that tells more since is shown as before until they are over.
 */
export const showsCoarsely = ({ feedbackLevel, placesRoundedSince = null }: Discretion): boolean =>
  isDiscreet(feedbackLevel) || placesRoundedSince !== null;

/** Free places as others see them: coarsely they are rounded down to 0, 1, 3 or 6. */
export function shownFree(free: number | null, coarsely: boolean): number | null {
  if (free === null || !coarsely) return free;
  return COARSE_STEPS.find(step => step <= free) ?? 0;
}

/** Levels whose services show their free places coarsely. */
export const DISCREET: readonly FeedbackLevel[] = Object.values(FeedbackLevel).filter(isDiscreet);

/** Does it take nobody on that day? A pause holds up to and including its last day. Days are YYYY-MM-DD. */
export const isIntakePaused = (until: string | null, day: string): boolean => until !== null && until >= day;

/**
 * The first day, from `day` on, on which a service has no pause of its own; null where it pauses for ever, to the last day
 * of the calendar. Days are YYYY-MM-DD.
 */
export const firstDayUnpaused = (until: string | null, day: string): string | null =>
  until !== null && isIntakePaused(until, day) ? dayAfter(until) : day;

/** People who wait, whichever way they came; null where nobody counts them. */
const waitingInAll = (reported: number | null, waitlisted: number): number | null =>
  reported === null && waitlisted === 0 ? null : (reported ?? 0) + waitlisted;

/** The same as others see it: of a discreet service only what the partner reports, which no referral moves. */
export const shownWaiting = (
  reported: number | null,
  waitlisted: number,
  coarsely: boolean,
  exactly: boolean,
): number | null => (exactly || !coarsely ? waitingInAll(reported, waitlisted) : reported);

/** The highest level for counsellors bound by professional secrecy (section 203 StGB). */
export const MOST_UNDER_SECRECY = FeedbackLevel.RECEIVED_ONLY;
