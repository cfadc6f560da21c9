import type { EntityManager } from '@mikro-orm/postgresql';
import { gapOfDecline } from '../gap/gap.rules.js';
import { gapOfReferral } from '../gap/gap-count.actions.js';
import type { Referral } from '../referral/referral.entity.js';
import { ReferralStep, UNANSWERED } from '../referral/referral.rules.js';
import { askQuestion } from '../referral/referral-question.actions.js';
import { DECLINE_ATTRIBUTION, DeclineReason } from '../referral/referral-reasons.rules.js';
import { setRespondBy } from '../referral-clock/referral-timing.actions.js';
import { countAcceptance, countAnswer, reservePlace } from '../service/capacity.actions.js';
import { addDays, addWorkingDays, berlinDay, workingDaysBetween } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { cancelSiblings } from './referral-sibling.actions.js';
import { checkBasisLasts, checkReason, type Target, take } from './referral-take.actions.js';
import { joinWaitingList, someoneIsAhead } from './referral-waiting.actions.js';

/** It has arrived: working days to decide begin. */
export const acknowledgeReferral = (ctx: Context, target: Target): Promise<string> =>
  take(ctx, target, ReferralStep.ACKNOWLEDGE, {
    async effect({ referral, now, limits }) {
      setRespondBy(referral, ReferralStep.ACKNOWLEDGE, addWorkingDays(now, limits.decideWorkingDays));
    },
  });

/** The partner asks back; its clock stands until the answer, and the caseworker's runs. BASIS_MISSING. */
export const askReferral = (ctx: Context, target: Target, question: string): Promise<string> =>
  take(ctx, target, ReferralStep.ASK, {
    async effect({ tx, referral, now, limits }) {
      checkBasisLasts(referral, now);
      await askQuestion(tx, referral, question, now);
      Object.assign(referral, { pausedAt: now, pausedRespondBy: referral.respondBy });
      setRespondBy(referral, ReferralStep.ASK, addWorkingDays(now, limits.answerWorkingDays));
    },
  });

/**
 * The partner takes the client on; one place is reserved, and open siblings are cancelled. BASIS_MISSING; NO_CAPACITY;
 * REASON_REQUIRED when somebody is ahead on the waiting list.
 */
export const acceptReferral = (ctx: Context, target: Target, outOfOrderReason?: string | null): Promise<string> =>
  take(ctx, target, ReferralStep.ACCEPT, {
    async effect({ tx, referral, now }) {
      checkBasisLasts(referral, now);
      await reservePlace(tx, referral.service.id);
      const passesOver = await someoneIsAhead(tx, referral);
      checkReason(passesOver, outOfOrderReason, 'outOfOrderReason', 'Jemand wartet schon länger. ');
      await countDecision(tx, referral, now);
      await countAcceptance(tx, referral.service.id, berlinDay(now));
      referral.holdsPlace = true;
      referral.acceptedAt = now;
      referral.outOfOrderReason = passesOver ? (outOfOrderReason ?? null) : null;
      setRespondBy(referral, ReferralStep.ACCEPT, null);
    },
    after: taken => cancelSiblings(taken, taken.referral),
  });

/** The partner puts the client on its waiting list; BASIS_MISSING, NO_WAITING_LIST. */
export const waitlistReferral = (ctx: Context, target: Target): Promise<string> =>
  take(ctx, target, ReferralStep.WAITLIST, {
    async effect({ tx, referral, now, limits }) {
      checkBasisLasts(referral, now);
      const { keepsWaitingList } = await referral.service.loadOrFail();
      if (!keepsWaitingList)
        throw new Refusal(UserErrorCode.NO_WAITING_LIST, 'Das Angebot führt keine Warteliste.', ['id']);
      await joinWaitingList(tx, referral, now);
      await countDecision(tx, referral, now);
      referral.reconfirmBy = addDays(now, limits.reconfirmDays);
      setRespondBy(referral, ReferralStep.WAITLIST, null);
    },
  });

/** The partner does not take the client on; OTHER needs words: REASON_REQUIRED. */
export const declineReferral = (
  ctx: Context,
  target: Target,
  reason: DeclineReason,
  text?: string | null,
): Promise<string> =>
  take(ctx, target, ReferralStep.DECLINE, {
    async effect({ tx, referral, now }) {
      checkReason(reason === DeclineReason.OTHER, text);
      await countDecision(tx, referral, now);
      await gapOfReferral(tx, referral, gapOfDecline(reason), now);
      referral.declineReason = reason;
      referral.declineText = text ?? null;
      referral.attribution = DECLINE_ATTRIBUTION[reason];
      setRespondBy(referral, ReferralStep.DECLINE, null);
    },
  });

/** The first decision after the sending counts for the answer time; one from the waiting list was answered before. */
async function countDecision(tx: EntityManager, referral: Referral, now: Date): Promise<void> {
  if (!UNANSWERED.includes(referral.status) || !referral.sentAt) return;
  referral.answeredAt = now;
  await countAnswer(tx, referral.service.id, berlinDay(now), answerDays(referral.sentAt, now));
}

/** Working days from the sending to the first decision. */
export const answerDays = (sentAt: Date, answeredAt: Date): number =>
  Math.max(0, workingDaysBetween(sentAt, answeredAt));
