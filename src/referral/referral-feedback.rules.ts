import { FeedbackLevel } from '../service/service.rules.js';
import { Party, type ReferralStatus, ReferralStep, UNDECIDED } from './referral.rules.js';
import { Attribution, DeclineReason } from './referral-reasons.rules.js';

/** What a caseworker did, or what the law makes known to her, shows whatever the level. */
const ALWAYS_SHOWN: readonly ReferralStep[] = [
  ReferralStep.SEND,
  ReferralStep.ANSWER,
  ReferralStep.RECONFIRM,
  ReferralStep.CANCEL,
  ReferralStep.REVOKE,
  ReferralStep.MARK_AS_ERROR,
];

/** What RECEIVED_ONLY shows of the partner's and the clock's steps: all up to the decision, nothing later. */
const SHOWN_WHEN_RECEIVED_ONLY: readonly ReferralStep[] = [
  ReferralStep.ACKNOWLEDGE,
  ReferralStep.ASK,
  ReferralStep.WAITLIST,
  ReferralStep.ACCEPT,
  ReferralStep.DECLINE,
  ReferralStep.EXPIRE,
];

/** Does the caseworker see this step happen? If not, the referral goes on looking as it did. Source: domain guide, "Feedback levels". */
export function showsToCaseworker(step: ReferralStep, level: FeedbackLevel): boolean {
  if (ALWAYS_SHOWN.includes(step)) return true;
  if (level === FeedbackLevel.NONE) return false;
  return level !== FeedbackLevel.RECEIVED_ONLY || SHOWN_WHEN_RECEIVED_ONLY.includes(step);
}

/** Does the caseworker not see how the partner or the clock decided? */
export const hidesDecision = (level: FeedbackLevel): boolean => !showsToCaseworker(ReferralStep.DECLINE, level);

/** Does the caseworker see dates and starts of what comes after the acceptance? */
export const showsProgress = (level: FeedbackLevel): boolean =>
  level === FeedbackLevel.STATUS || level === FeedbackLevel.STATUS_AND_OUTCOME;

/** Does the caseworker see what passes, without a step, at a referral that stands here? */
export function showsWhile(status: ReferralStatus, level: FeedbackLevel): boolean {
  if (showsProgress(level)) return true;
  return level === FeedbackLevel.RECEIVED_ONLY && UNDECIDED.includes(status);
}

export const showsOutcome = (level: FeedbackLevel): boolean => level === FeedbackLevel.STATUS_AND_OUTCOME;

/**
 * May the caseworker read why a referral was declined, and whom that is due to? Where little is told, reasons that lie
 * with the client would invite sanctions, and OTHER may hide one.
 */
export function showsDeclineReason(
  level: FeedbackLevel,
  reason: DeclineReason | null,
  attribution: Attribution | null,
): boolean {
  return reason !== DeclineReason.OTHER ? showsAttribution(level, attribution) : showsProgress(level);
}

/** May the caseworker read whom an end is due to? Where little is told, only what lies with one of the two offices. */
export function showsAttribution(level: FeedbackLevel, attribution: Attribution | null): boolean {
  if (showsProgress(level)) return true;
  if (level === FeedbackLevel.NONE) return false;
  return attribution === Attribution.PROVIDER || attribution === Attribution.JOBCENTER;
}

/** May the caseworker read why a referral was aborted? No-shows, and what may be one, are for the highest level only. */
export function showsAbortReason(level: FeedbackLevel, attribution: Attribution | null): boolean {
  if (showsOutcome(level)) return true;
  return showsProgress(level) && (attribution === Attribution.PROVIDER || attribution === Attribution.JOBCENTER);
}

/** As whom somebody reads a referral, when on several sides: who knows all of it anyway, before who must not. */
export function lensOf(parties: readonly Party[]): Party {
  for (const party of [Party.PARTNER, Party.CASEWORKER, Party.COORDINATOR]) if (parties.includes(party)) return party;
  return Party.SYSTEM;
}
