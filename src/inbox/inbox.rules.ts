import { OPEN, ReferralStatus } from '../referral/referral.rules.js';

/** Days for which a caseworker is shown an acceptance after which she sees nothing more. */
export const ACCEPTED_DAYS = 14;

/** Days for which an end waits to be referred on, or noticed. */
export const ENDED_DAYS = 30;

/** Days before the last day of a consent from which on it is told. */
export const CONSENT_DAYS = 14;

/** Days after it was due for which the coordinator is shown that nobody answers whether a client is still in work. */
export const FOLLOW_UP_DAYS = 180;

/** Days without any step after which the coordinator is told: before the client has begun, and later. */
export const QUIET_DAYS = 30;
export const QUIET_UNDER_WAY_DAYS = 180;

const { ACCEPTED, SCHEDULED, IN_PROGRESS, ON_HOLD, DECLINED, EXPIRED, ABORTED, COMPLETED } = ReferralStatus;

/** A place is kept, and the client has not begun. */
export const TAKEN_ON: readonly ReferralStatus[] = [ACCEPTED, SCHEDULED];

/** The client has begun. */
export const UNDER_WAY: readonly ReferralStatus[] = [IN_PROGRESS, ON_HOLD];

/** Sent, and the client has not begun. */
export const BEFORE_START: readonly ReferralStatus[] = OPEN.filter(status => !UNDER_WAY.includes(status));

/** Ends that somebody else, or the clock, brought about. */
export const ENDED_BY_OTHERS: readonly ReferralStatus[] = [DECLINED, EXPIRED, ABORTED, COMPLETED];
