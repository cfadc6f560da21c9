import type { Party } from '../referral/referral.rules.js';
import { ReferralStep } from '../referral/referral.rules.js';
import { showsWhile } from '../referral/referral-feedback.rules.js';
import { ClockEffect, type ClockFacts, type Due, firstDue, nextDue } from '../referral-clock/referral-clock.rules.js';
import { DEFAULT_LIMITS } from '../referral-clock/referral-limits.rules.js';
import { NoticeKind } from '../referral-clock/referral-notice.rules.js';
import { demoId } from './random.js';
import type { DemoReferral } from './referrals.js';

/** As in the table of referrals. */
export interface ClockColumns {
  readonly clock_stage: number | null;
  readonly clock_at: Date | null;
  readonly escalated_at: Date | null;
  readonly seen_escalated_at: Date | null;
}

interface Told {
  readonly party: Party;
  readonly kind: NoticeKind;
  readonly at: Date;
}

/** What the clock has done to a referral since it came where it stands, and what it does next. */
export function clockOf(referral: DemoReferral, now: Date): { columns: ClockColumns; notices: readonly object[] } {
  const { standing, service } = referral;
  const { status } = standing;
  const facts = factsOf(referral);
  const told: Told[] = [];
  let escalated: Date | null = null;
  let due: Due | null = firstDue(status, facts, entered(referral));
  while (due && due.at <= now && due.effect !== ClockEffect.EXPIRE) {
    const isEscalation: boolean = due.effect === ClockEffect.ESCALATE;
    told.push({ party: due.whom, kind: isEscalation ? NoticeKind.ESCALATION : NoticeKind.REMINDER, at: due.at });
    if (isEscalation) escalated = due.at;
    due = nextDue(status, due.stage, facts, due.at);
  }
  return {
    columns: {
      clock_stage: due?.stage ?? null,
      clock_at: due?.at ?? null,
      escalated_at: escalated,
      seen_escalated_at: showsWhile(status, service.row.feedback_level) ? escalated : null,
    },
    notices: told.map(({ at, ...notice }, i) => ({
      id: demoId(`notice/${referral.id}/${i}`),
      referral_id: referral.id,
      network_id: referral.clientCase.networkId,
      ...notice,
      due_at: at,
      at,
    })),
  };
}

const factsOf = ({ standing, urgent }: DemoReferral): ClockFacts => ({
  urgent,
  sentAt: standing.sent_at ?? standing.created_at,
  respondBy: standing.respond_by,
  acceptedAt: standing.accepted_at,
  reconfirmBy: standing.reconfirm_by,
  resumeOn: standing.resume_on,
  limits: DEFAULT_LIMITS,
});

/** When it came where it stands; between the acceptance and the start the clock runs on. */
function entered({ happenings, standing }: DemoReferral): Date {
  const last = happenings.findLast(({ step }) => step !== ReferralStep.SCHEDULE);
  return last?.at ?? standing.updated_at;
}
