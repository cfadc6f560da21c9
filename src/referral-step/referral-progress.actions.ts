import { ReferralStep } from '../referral/referral.rules.js';
import { showsOutcome } from '../referral/referral-feedback.rules.js';
import { ABORT_ATTRIBUTION, AbortReason, HoldReason, ReferralOutcome } from '../referral/referral-reasons.rules.js';
import { setAppointment } from '../referral-appointment/referral-appointment.actions.js';
import { planFollowUps } from '../referral-follow-up/referral-follow-up.actions.js';
import { PLACED } from '../referral-follow-up/referral-follow-up.rules.js';
import { reservePlace } from '../service/capacity.actions.js';
import { addDays, berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { giveBackPlace } from './referral-step.actions.js';
import { checkBasisLasts, checkReason, type Target, take } from './referral-take.actions.js';

const { INVALID_INPUT } = UserErrorCode;

/** A first appointment, or another; INVALID_INPUT for one that is over. */
export const scheduleReferral = (ctx: Context, target: Target, at: Date): Promise<string> =>
  take(ctx, target, ReferralStep.SCHEDULE, {
    async effect({ tx, referral, now }) {
      checkBasisLasts(referral, now);
      if (at <= now) throw new Refusal(INVALID_INPUT, 'Der Termin liegt in der Vergangenheit.', ['at']);
      await setAppointment(tx, referral, at, now);
      referral.scheduledAt = at;
    },
  });

/** The client has begun, today unless told otherwise; INVALID_INPUT for a day to come or before the sending. */
export const startReferral = (ctx: Context, target: Target, on?: string | null): Promise<string> =>
  take(ctx, target, ReferralStep.START, {
    async effect({ referral, now }) {
      checkBasisLasts(referral, now);
      const today = berlinDay(now);
      const day = on ?? today;
      if (day > today) throw new Refusal(INVALID_INPUT, 'Der Beginn liegt in der Zukunft.', ['on']);
      if (referral.sentAt && day < berlinDay(referral.sentAt))
        throw new Refusal(INVALID_INPUT, 'Der Beginn liegt vor der Vermittlung.', ['on']);
      referral.startedOn = day;
    },
  });

export interface Hold {
  reason: HoldReason;
  text?: string | null;
  /** YYYY-MM-DD. */
  resumeOn: string;
  keepPlace: boolean;
}

/** It rests until a day; the place is kept or given back. INVALID_INPUT on `resumeOn`; OTHER needs words. */
export const holdReferral = (ctx: Context, target: Target, hold: Hold): Promise<string> =>
  take(ctx, target, ReferralStep.HOLD, {
    async effect({ tx, referral, now, limits }) {
      const { reason, text, resumeOn, keepPlace } = hold;
      checkReason(reason === HoldReason.OTHER, text);
      if (resumeOn <= berlinDay(now))
        throw new Refusal(INVALID_INPUT, 'Der Tag, an dem es weitergeht, liegt nicht in der Zukunft.', ['resumeOn']);
      if (resumeOn > berlinDay(addDays(now, limits.holdDays)))
        throw new Refusal(INVALID_INPUT, `Möglich sind höchstens ${limits.holdDays} Tage.`, ['resumeOn']);
      if (!keepPlace) await giveBackPlace(tx, referral, now);
      Object.assign(referral, { holdReason: reason, holdText: text ?? null, resumeOn });
    },
  });

/** It goes on; a place that was given back is reserved again: NO_CAPACITY. */
export const resumeReferral = (ctx: Context, target: Target): Promise<string> =>
  take(ctx, target, ReferralStep.RESUME, {
    async effect({ tx, referral, now }) {
      checkBasisLasts(referral, now);
      if (!referral.holdsPlace) await reservePlace(tx, referral.service.id);
      Object.assign(referral, { holdsPlace: true, holdReason: null, holdText: null, resumeOn: null });
    },
  });

/** It ends with an outcome; below STATUS_AND_OUTCOME only NO_DETAIL: INVALID_INPUT on `outcome`. */
export const completeReferral = (ctx: Context, target: Target, outcome: ReferralOutcome): Promise<string> =>
  take(ctx, target, ReferralStep.COMPLETE, {
    async effect({ tx, referral, now }) {
      if (outcome !== ReferralOutcome.NO_DETAIL && !showsOutcome(referral.feedbackLevel))
        throw new Refusal(
          INVALID_INPUT,
          'Dieses Angebot meldet kein Ergebnis; möglich ist nur „ohne Angabe“ (NO_DETAIL).',
          ['outcome'],
        );
      referral.outcome = outcome;
      if (PLACED.includes(outcome)) await planFollowUps(tx, referral, now);
    },
  });

/** It ends before its aim; OTHER needs words: REASON_REQUIRED. */
export const abortReferral = (
  ctx: Context,
  target: Target,
  reason: AbortReason,
  text?: string | null,
): Promise<string> =>
  take(ctx, target, ReferralStep.ABORT, {
    async effect({ referral }) {
      checkReason(reason === AbortReason.OTHER, text);
      Object.assign(referral, {
        abortReason: reason,
        abortText: text ?? null,
        attribution: ABORT_ATTRIBUTION[reason],
      });
    },
  });
