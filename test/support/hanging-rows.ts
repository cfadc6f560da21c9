import type { EntityManager } from '@mikro-orm/postgresql';
import { FundingDecision } from '../../src/funding-decision/funding-decision.entity.js';
import { DecisionForm } from '../../src/instrument/instrument.rules.js';
import { Party, ReferralStatus } from '../../src/referral/referral.rules.js';
import { ReferralEvent } from '../../src/referral/referral-event.entity.js';
import { ReferralQuestion } from '../../src/referral/referral-question.entity.js';
import { ReferralAppointment } from '../../src/referral-appointment/referral-appointment.entity.js';
import { ReferralNotice } from '../../src/referral-clock/referral-notice.entity.js';
import { NoticeKind } from '../../src/referral-clock/referral-notice.rules.js';
import { ReferralFollowUp } from '../../src/referral-follow-up/referral-follow-up.entity.js';
import { ReferralMessage } from '../../src/referral-message/referral-message.entity.js';
import type { given } from './given.js';

type World = Awaited<ReturnType<typeof given>>;

/** One row of each table that hangs on a referral or a case and that a world does not have by itself. */
export async function hangRows(
  em: EntityManager,
  { referral, clientCase, network, anker, caseworker }: World,
  at: Date,
): Promise<void> {
  const where = { referral: referral.id, network: network.id };
  em.create(ReferralEvent, {
    ...where,
    number: 0,
    step: null,
    from: null,
    to: ReferralStatus.DRAFT,
    seenFrom: null,
    seenTo: ReferralStatus.DRAFT,
    at,
    by: Party.CASEWORKER,
  });
  em.create(ReferralMessage, {
    ...where,
    partner: anker.id,
    by: Party.CASEWORKER,
    author: caseworker.accountId!,
    text: 'Guten Tag.',
    sentAt: at,
    readAt: null,
  });
  em.create(ReferralAppointment, { ...where, number: 1, at, createdAt: at });
  em.create(ReferralFollowUp, { ...where, months: 3, dueOn: '2026-01-01', clockAt: null });
  em.create(ReferralQuestion, { ...where, partner: anker.id, text: 'Seit wann?', askedAt: at });
  em.create(ReferralNotice, { ...where, party: Party.CASEWORKER, kind: NoticeKind.REMINDER, dueAt: at, at });
  em.create(FundingDecision, {
    ...where,
    clientCase: clientCase.id,
    instrument: 'sgb2-16d',
    form: DecisionForm.ASSIGNMENT,
    decidedOn: '2026-01-01',
    validFrom: '2026-01-01',
    validUntil: null,
    regions: [],
    category: null,
    weeklyHours: null,
    durationMonths: null,
    monthsUsedBefore: null,
    unemployedMonths: null,
    benefitMonths: null,
    orderType: null,
    disclosed: true,
  });
  await em.flush();
}
