import { OPEN, Party, type ReferralStatus } from '../referral/referral.rules.js';
import { showsWhile } from '../referral/referral-feedback.rules.js';
import type { FeedbackLevel } from '../service/service.rules.js';

/** Characters of one message. */
export const LONGEST_MESSAGE = 2000;

/** The sides that write to each other. */
export type Side = Party.CASEWORKER | Party.PARTNER;

/**
 * May this side write while the referral stands, in its eyes, at `status`? A partner's words after a step that the
 * caseworker does not see would tell of it: so it may write only where she sees what passes.
 */
export function mayWrite(side: Side, status: ReferralStatus, level: FeedbackLevel): boolean {
  return OPEN.includes(status) && (side === Party.CASEWORKER || showsWhile(status, level));
}
