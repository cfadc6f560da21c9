import type { EntityManager } from '@mikro-orm/postgresql';
import { Consent } from '../consent/consent.entity.js';
import { checkFundingAgain } from '../funding-decision/funding-reopen.actions.js';
import { uncountGap } from '../gap/gap-count.actions.js';
import type { Referral } from '../referral/referral.entity.js';
import { DisclosureBasis, ReferralStep } from '../referral/referral.rules.js';
import { renewAccess } from '../referral/referral-disclosure.actions.js';
import { hidesDecision } from '../referral/referral-feedback.rules.js';
import { voidFollowUps } from '../referral-follow-up/referral-follow-up.actions.js';
import { deliverUnheard } from '../referral-message/referral-message.actions.js';
import { lockPlaces, reservePlace, uncountAcceptance, uncountAnswer } from '../service/capacity.actions.js';
import { asSystem } from '../shared/as-system.js';
import { berlinDay, endOfBerlinDay, monthOf } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { answerDays } from './referral-decision.actions.js';
import { checkIsShared } from './referral-sharing.actions.js';
import { hasAcceptedSibling } from './referral-sibling.actions.js';
import { checkReason, type Target, take } from './referral-take.actions.js';

const { BASIS_MISSING, DUPLICATE } = UserErrorCode;

/** It should never have been: out of all statistics, and the partner reads nothing more. REASON_REQUIRED, TOO_LATE. */
export const markReferralAsError = (ctx: Context, target: Target, reason: string): Promise<string> =>
  take(ctx, target, ReferralStep.MARK_AS_ERROR, {
    async effect({ tx, referral, now }) {
      checkReason(true, reason, 'reason');
      await uncount(tx, referral, now);
      await uncountGap(tx, referral, now);
      await voidFollowUps(tx, referral, now);
      referral.errorReason = reason;
    },
  });

/**
 * The coordinator lets it go on after all. TOO_LATE; BASIS_MISSING; NOT_SHARED; NO_CAPACITY; DUPLICATE when a sibling was accepted
 * meanwhile; DECISION_MISSING when what was decided for it goes with another by now, NOT_ELIGIBLE when its months do not fit.
 */
export const reopenReferral = (ctx: Context, target: Target): Promise<string> =>
  take(ctx, target, ReferralStep.REOPEN, {
    async effect({ tx, referral, now }) {
      const readableUntil = await asSystem(tx, () => basisHolds(tx, referral, now));
      await checkIsShared(tx, referral, await referral.service.loadOrFail(), berlinDay(now));
      if (await hasAcceptedSibling(tx, referral))
        throw new Refusal(DUPLICATE, 'Inzwischen wurde der Fall an anderer Stelle aufgenommen.', ['id']);
      await asSystem(tx, () => checkFundingAgain(ctx, tx, referral));
      await reservePlace(tx, referral.service.id);
      await renewAccess(tx, referral, readableUntil);
      await deliverUnheard(tx, referral);
      await voidFollowUps(tx, referral, now);
      Object.assign(referral, {
        holdsPlace: true,
        endedAt: null,
        outcome: null,
        abortReason: null,
        abortText: null,
        attribution: null,
        basisEndsAt: readableUntil,
      });
    },
  });

/** What it added to the counts of its service, whose places are locked before them, as by every step. */
async function uncount(tx: EntityManager, referral: Referral, now: Date): Promise<void> {
  const { service, sentAt, answeredAt, acceptedAt, feedbackLevel } = referral;
  if (!sentAt) return;
  await lockPlaces(tx, service.id);
  const withheldIn = hidesDecision(feedbackLevel) ? monthOf(berlinDay(now)) : null;
  if (answeredAt)
    await uncountAnswer(tx, service.id, berlinDay(answeredAt), answerDays(sentAt, answeredAt), withheldIn);
  if (acceptedAt) await uncountAcceptance(tx, service.id, berlinDay(acceptedAt), withheldIn);
}

/** Until when data may go to the partner again; null: as long as it lasts. */
async function basisHolds(tx: EntityManager, referral: Referral, now: Date): Promise<Date | null> {
  if (referral.basis === DisclosureBasis.STATUTORY_TASK) return null;
  const consent = referral.consent && (await tx.findOne(Consent, { id: referral.consent.id }));
  if (consent && !consent.revokedAt && consent.validUntil >= berlinDay(now)) return endOfBerlinDay(consent.validUntil);
  throw new Refusal(BASIS_MISSING, 'Die Einwilligung, auf der die Vermittlung beruht, gilt nicht mehr.', ['id']);
}
