import type { Referral } from '../referral/referral.entity.js';
import type { ReferralStatus, ReferralStep } from '../referral/referral.rules.js';
import { showsToCaseworker } from '../referral/referral-feedback.rules.js';
import { type ClockFacts, clockRunsOn, type Due, firstDue, nextDue } from './referral-clock.rules.js';
import type { ReferralLimits } from './referral-limits.rules.js';

/** Sets by when somebody has to answer, for those who see it. */
export function setRespondBy(referral: Referral, step: ReferralStep, respondBy: Date | null): void {
  referral.respondBy = respondBy;
  if (showsToCaseworker(step, referral.feedbackLevel)) referral.seenRespondBy = respondBy;
}

/** The clock begins anew where the referral came to stand; between acceptance and start it runs on. */
export function restartClock(referral: Referral, from: ReferralStatus, now: Date, limits: ReferralLimits): void {
  if (clockRunsOn(from, referral.status) && referral.clockAt !== null) return;
  setClock(referral, firstDue(referral.status, factsOf(referral, limits), now));
}

/** A stage took place now: what comes next? */
export function advanceClock(referral: Referral, now: Date, limits: ReferralLimits): void {
  setClock(referral, nextDue(referral.status, referral.clockStage ?? 0, factsOf(referral, limits), now));
}

function setClock(referral: Referral, due: Due | null): void {
  referral.clockStage = due?.stage ?? null;
  referral.clockAt = due?.at ?? null;
}

const factsOf = (referral: Referral, limits: ReferralLimits): ClockFacts => {
  const { urgent, sentAt, createdAt, respondBy, acceptedAt, reconfirmBy, resumeOn } = referral;
  return { urgent, sentAt: sentAt ?? createdAt, respondBy, acceptedAt, reconfirmBy, resumeOn, limits };
};
