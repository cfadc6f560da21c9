import { ReferralStep } from '../referral/referral.rules.js';
import { answerQuestion } from '../referral/referral-question.actions.js';
import { CancelReason } from '../referral/referral-reasons.rules.js';
import { resumed } from '../referral-clock/referral-clock.rules.js';
import { setRespondBy } from '../referral-clock/referral-timing.actions.js';
import { addDays } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { checkCanBeSent, disclose } from './referral-send.actions.js';
import { checkReason, type Target, take } from './referral-take.actions.js';

/** The caseworker offers the case: basis, service, area, age and no second open referral; see `checkCanBeSent`. */
export const sendReferral = (ctx: Context, target: Target): Promise<string> =>
  take(ctx, target, ReferralStep.SEND, {
    async effect({ tx, referral, limits }) {
      const sending = await checkCanBeSent(ctx, tx, referral);
      await disclose(ctx, tx, referral, sending, limits);
    },
  });

/** The partner's question is answered; its clock goes on with the time that was left. */
export const answerReferral = (ctx: Context, target: Target, answer: string): Promise<string> =>
  take(ctx, target, ReferralStep.ANSWER, {
    async effect({ tx, referral, now }) {
      await answerQuestion(tx, referral, answer, now);
      const { pausedAt, pausedRespondBy } = referral;
      setRespondBy(
        referral,
        ReferralStep.ANSWER,
        pausedAt && pausedRespondBy && resumed(pausedRespondBy, pausedAt, now),
      );
      Object.assign(referral, { pausedAt: null, pausedRespondBy: null });
    },
  });

/** The client still waits, for another while. */
export const reconfirmReferral = (ctx: Context, target: Target): Promise<string> =>
  take(ctx, target, ReferralStep.RECONFIRM, {
    async effect({ referral, now, limits }) {
      referral.reconfirmBy = addDays(now, limits.reconfirmDays);
    },
  });

/** The caseworker takes it back, also one that has ended unseen; OTHER needs words: REASON_REQUIRED. */
export const cancelReferral = (
  ctx: Context,
  target: Target,
  reason: CancelReason,
  text?: string | null,
): Promise<string> =>
  take(ctx, target, ReferralStep.CANCEL, {
    async effect({ referral }) {
      if (reason === CancelReason.SIBLING_ACCEPTED)
        throw new Refusal(UserErrorCode.INVALID_INPUT, 'Diesen Grund setzt nur das System.', ['reason']);
      checkReason(reason === CancelReason.OTHER, text);
      referral.cancelReason = reason;
      referral.cancelText = text ?? null;
    },
  });
