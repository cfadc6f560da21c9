import type { ReferralLimits } from '../referral-clock/referral-limits.rules.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { addDays } from '../shared/calendar.rules.js';

export enum ReferralStatus {
  DRAFT = 'DRAFT',
  SENT = 'SENT',
  RECEIVED = 'RECEIVED',
  NEEDS_INFO = 'NEEDS_INFO',
  WAITLISTED = 'WAITLISTED',
  ACCEPTED = 'ACCEPTED',
  SCHEDULED = 'SCHEDULED',
  IN_PROGRESS = 'IN_PROGRESS',
  ON_HOLD = 'ON_HOLD',
  COMPLETED = 'COMPLETED',
  DECLINED = 'DECLINED',
  CANCELLED = 'CANCELLED',
  EXPIRED = 'EXPIRED',
  ABORTED = 'ABORTED',
  REVOKED = 'REVOKED',
  ENTERED_IN_ERROR = 'ENTERED_IN_ERROR',
}

export enum ReferralStep {
  SEND = 'SEND',
  ACKNOWLEDGE = 'ACKNOWLEDGE',
  ASK = 'ASK',
  ANSWER = 'ANSWER',
  ACCEPT = 'ACCEPT',
  WAITLIST = 'WAITLIST',
  RECONFIRM = 'RECONFIRM',
  DECLINE = 'DECLINE',
  SCHEDULE = 'SCHEDULE',
  START = 'START',
  HOLD = 'HOLD',
  RESUME = 'RESUME',
  COMPLETE = 'COMPLETE',
  ABORT = 'ABORT',
  CANCEL = 'CANCEL',
  REVOKE = 'REVOKE',
  EXPIRE = 'EXPIRE',
  MARK_AS_ERROR = 'MARK_AS_ERROR',
  REOPEN = 'REOPEN',
}

/** SYSTEM is the clock and what follows from other steps. */
export enum Party {
  CASEWORKER = 'CASEWORKER',
  PARTNER = 'PARTNER',
  COORDINATOR = 'COORDINATOR',
  SYSTEM = 'SYSTEM',
}

export enum DisclosureBasis {
  CONSENT = 'CONSENT',
  STATUTORY_TASK = 'STATUTORY_TASK',
}

const {
  DRAFT,
  SENT,
  RECEIVED,
  NEEDS_INFO,
  WAITLISTED,
  ACCEPTED,
  SCHEDULED,
  IN_PROGRESS,
  ON_HOLD,
  COMPLETED,
  DECLINED,
  CANCELLED,
  EXPIRED,
  ABORTED,
  REVOKED,
  ENTERED_IN_ERROR,
} = ReferralStatus;

/** Between the sending and any end: the partner has something to do, or the client is there. */
export const OPEN: readonly ReferralStatus[] = [
  SENT,
  RECEIVED,
  NEEDS_INFO,
  WAITLISTED,
  ACCEPTED,
  SCHEDULED,
  IN_PROGRESS,
  ON_HOLD,
];

/** Has it come to an end, of whatever kind? */
export const isEnded = (status: ReferralStatus): boolean => status !== DRAFT && !OPEN.includes(status);

/** The ends after which the case may be referred on to another service. */
export const REFERRED_ON_FROM: readonly ReferralStatus[] = [DECLINED, EXPIRED, ABORTED, CANCELLED];

/** Sent, and the partner has decided nothing yet. */
export const UNDECIDED: readonly ReferralStatus[] = [SENT, RECEIVED, NEEDS_INFO, WAITLISTED];

/** Where a referral stands that another may become a sibling of. */
export const SIBLINGS_JOIN: readonly ReferralStatus[] = [DRAFT, ...UNDECIDED];

/** Where the partner still owes its first answer, counted by `respondBy`. */
export const UNANSWERED: readonly ReferralStatus[] = [SENT, RECEIVED];

const { CASEWORKER, PARTNER, COORDINATOR, SYSTEM } = Party;

export interface Move {
  from: readonly ReferralStatus[];
  to: ReferralStatus;
  by: readonly Party[];
}

/**
 * The state machine of a referral: who may move it from where to where. Source: domain guide, "Referral".
 * The creation (– → DRAFT, by a caseworker) is no step.
 */
export const STEPS: Readonly<Record<ReferralStep, Move>> = {
  SEND: { from: [DRAFT], to: SENT, by: [CASEWORKER] },
  ACKNOWLEDGE: { from: [SENT], to: RECEIVED, by: [PARTNER] },
  ASK: { from: [SENT, RECEIVED], to: NEEDS_INFO, by: [PARTNER] },
  ANSWER: { from: [NEEDS_INFO], to: RECEIVED, by: [CASEWORKER] },
  ACCEPT: { from: [SENT, RECEIVED, WAITLISTED], to: ACCEPTED, by: [PARTNER] },
  WAITLIST: { from: [SENT, RECEIVED], to: WAITLISTED, by: [PARTNER] },
  RECONFIRM: { from: [WAITLISTED], to: WAITLISTED, by: [CASEWORKER] },
  DECLINE: { from: [SENT, RECEIVED, WAITLISTED], to: DECLINED, by: [PARTNER] },
  SCHEDULE: { from: [ACCEPTED, SCHEDULED], to: SCHEDULED, by: [PARTNER] },
  START: { from: [ACCEPTED, SCHEDULED], to: IN_PROGRESS, by: [PARTNER] },
  HOLD: { from: [IN_PROGRESS], to: ON_HOLD, by: [PARTNER] },
  RESUME: { from: [ON_HOLD], to: IN_PROGRESS, by: [PARTNER] },
  COMPLETE: { from: [IN_PROGRESS], to: COMPLETED, by: [PARTNER] },
  ABORT: { from: [ACCEPTED, SCHEDULED, IN_PROGRESS, ON_HOLD], to: ABORTED, by: [PARTNER, COORDINATOR] },
  CANCEL: { from: [DRAFT, ...OPEN], to: CANCELLED, by: [CASEWORKER] },
  REVOKE: { from: OPEN, to: REVOKED, by: [CASEWORKER, SYSTEM] },
  EXPIRE: { from: [SENT, RECEIVED, NEEDS_INFO, WAITLISTED], to: EXPIRED, by: [SYSTEM] },
  MARK_AS_ERROR: {
    from: [DRAFT, ...OPEN, COMPLETED, DECLINED, CANCELLED, EXPIRED, ABORTED, REVOKED],
    to: ENTERED_IN_ERROR,
    by: [CASEWORKER, COORDINATOR],
  },
  REOPEN: { from: [COMPLETED, ABORTED], to: IN_PROGRESS, by: [COORDINATOR] },
};

/** Steps that have a mutation `referral<Step>`; only these are told in `openSteps`. A test holds the two together. */
export const OFFERED_STEPS: readonly ReferralStep[] = Object.values(ReferralStep).filter(
  step => step !== ReferralStep.REVOKE && step !== ReferralStep.EXPIRE,
);

/** Steps that are open for some days only, and since when they are counted. */
const DEADLINES: Readonly<Partial<Record<ReferralStep, (times: StepTimes, limits: ReferralLimits) => Date | null>>> = {
  MARK_AS_ERROR: ({ createdAt }, { errorDays }) => addDays(createdAt, errorDays),
  REOPEN: ({ endedAt }, { reopenDays }) => endedAt && addDays(endedAt, reopenDays),
};

export interface StepTimes {
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** Is the time over in which the step could be taken? */
export function isTooLate(step: ReferralStep, times: StepTimes, limits: ReferralLimits, now: Date): boolean {
  const until = DEADLINES[step]?.(times, limits);
  return until != null && until < now;
}

/** A service that tells the caseworker nothing cannot ask back or keep somebody waiting unseen. */
export const CLOSED_AT_LEVEL_NONE: readonly ReferralStep[] = [ReferralStep.ASK, ReferralStep.WAITLIST];

/** Does the table lead on by this step from here, for this party? */
export function isOpen(step: ReferralStep, status: ReferralStatus, party: Party, level: FeedbackLevel): boolean {
  const { from, by } = STEPS[step];
  if (level === FeedbackLevel.NONE && CLOSED_AT_LEVEL_NONE.includes(step)) return false;
  return from.includes(status) && by.includes(party);
}

/** The one answer to "what can happen next?", for the guard in actions and the field in the API alike. */
export const openSteps = (status: ReferralStatus, party: Party, level: FeedbackLevel): ReferralStep[] =>
  OFFERED_STEPS.filter(step => isOpen(step, status, party, level));

/** Can a referral that stands here hold one of the service's places? While on hold the partner chooses. */
export const HOLDS_PLACE: readonly ReferralStatus[] = [ACCEPTED, SCHEDULED, IN_PROGRESS, ON_HOLD];

/** The ends after which the partner may look things up for some days; after the others it reads nothing at once. */
export const GRACE_AFTER: readonly ReferralStatus[] = [COMPLETED, ABORTED];
