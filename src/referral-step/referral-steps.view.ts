import type { Referral } from '../referral/referral.entity.js';
import {
  isEnded,
  isOpen,
  isTooLate,
  OFFERED_STEPS,
  Party,
  type ReferralStatus,
  ReferralStep,
} from '../referral/referral.rules.js';
import type { ReferralLimits } from '../referral-clock/referral-limits.rules.js';

/** On which side the viewer may take a step, or why not: it is not open, or its time is over. */
export type Standing = { party: Party } | { tooLate: boolean };

export function standingFor(referral: Referral, step: ReferralStep, limits: ReferralLimits, now: Date): Standing {
  const party = (referral.parties ?? []).find(one => leadsOn(referral, step, one));
  if (!party) return { tooLate: false };
  return isTooLate(step, referral, limits, now) ? { tooLate: true } : { party };
}

/** What the viewer can do next, on whichever side: the guard of each step asks the same. */
export const openStepsFor = (referral: Referral, limits: ReferralLimits, now: Date): ReferralStep[] =>
  OFFERED_STEPS.filter(step => 'party' in standingFor(referral, step, limits, now));

function leadsOn(referral: Referral, step: ReferralStep, party: Party): boolean {
  if (!isOpen(step, seenBy(referral, party), party, referral.feedbackLevel)) return false;
  if (isHeldByClosedCase(referral, step)) return false;
  return step !== ReferralStep.REOPEN || !isTakenBack(referral);
}

/** A closed case is referred no more. */
export const isHeldByClosedCase = ({ caseClosed }: Referral, step: ReferralStep): boolean =>
  step === ReferralStep.SEND && caseClosed === true;

/** The caseworker's guards follow what the caseworker sees. */
const seenBy = (referral: Referral, party: Party): ReferralStatus =>
  party === Party.CASEWORKER ? referral.seenStatus : referral.status;

/** Did the caseworker take it back after it had ended unseen? Then nobody goes on with it. */
const isTakenBack = ({ status, seenStatus }: Referral): boolean => isEnded(seenStatus) && seenStatus !== status;
