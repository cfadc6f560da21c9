import { ReferralStatus } from '../referral/referral.rules.js';
import { DeclineReason } from '../referral/referral-reasons.rules.js';

/** What the register counts: why somebody got nothing. */
export enum GapReason {
  NO_CAPACITY = 'NO_CAPACITY',
  WAITLIST_FULL = 'WAITLIST_FULL',
  NOT_ELIGIBLE = 'NOT_ELIGIBLE',
  OUT_OF_AREA = 'OUT_OF_AREA',
  LANGUAGE_NOT_AVAILABLE = 'LANGUAGE_NOT_AVAILABLE',
  NOT_ACCESSIBLE = 'NOT_ACCESSIBLE',
  NO_ANSWER = 'NO_ANSWER',
  NO_SERVICE = 'NO_SERVICE',
}

export enum GapStatus {
  OPEN = 'OPEN',
  PLANNED = 'PLANNED',
  CLOSED = 'CLOSED',
}

/** Characters of a coordinator's note. */
export const LONGEST_NOTE = 1000;

/** What tells that something is missing; the other reasons lie with the client, the papers or the choice of the service. */
const GAP_OF_DECLINE: Partial<Record<DeclineReason, GapReason>> = {
  [DeclineReason.NO_CAPACITY]: GapReason.NO_CAPACITY,
  [DeclineReason.WAITLIST_FULL]: GapReason.WAITLIST_FULL,
  [DeclineReason.NOT_ELIGIBLE]: GapReason.NOT_ELIGIBLE,
  [DeclineReason.OUT_OF_AREA]: GapReason.OUT_OF_AREA,
  [DeclineReason.LANGUAGE_NOT_AVAILABLE]: GapReason.LANGUAGE_NOT_AVAILABLE,
  [DeclineReason.NOT_ACCESSIBLE]: GapReason.NOT_ACCESSIBLE,
};

/** As what a decline enters the register; null where it does not. Source: domain guide, "Referral", DECLINE. */
export const gapOfDecline = (reason: DeclineReason): GapReason | null => GAP_OF_DECLINE[reason] ?? null;

/**
 * As what the end of the time for an answer enters the register; null for the waiting list, where it was the client's
 * side that did not answer. Source: domain guide, "Referral", EXPIRE.
 */
export const gapOfExpiry = (from: ReferralStatus): GapReason | null =>
  from === ReferralStatus.WAITLISTED ? null : GapReason.NO_ANSWER;

/** The counters of one gap. */
export interface GapCount {
  events: number;
  /** Counted in `withheldIn` and shown only in the months after it; negative where one was taken back. */
  withheld: number;
  /** First day of a month. */
  withheldIn: string;
}

/** How many events are told in the month that begins on that day. */
export const shownEvents = ({ events, withheld, withheldIn }: GapCount, month: string): number =>
  events + (withheldIn < month ? withheld : 0);
