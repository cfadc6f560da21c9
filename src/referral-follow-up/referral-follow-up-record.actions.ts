import type { EntityManager } from '@mikro-orm/postgresql';
import { Party } from '../referral/referral.rules.js';
import type { ReferralLimits } from '../referral-clock/referral-limits.rules.js';
import { lock } from '../referral-step/referral-take.actions.js';
import { addDays, berlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { ReferralFollowUp } from './referral-follow-up.entity.js';
import type { ReferralFollowUpInput } from './referral-follow-up.inputs.js';
import type { FollowUpAnswer } from './referral-follow-up.rules.js';

const { INVALID_INPUT, NOT_FOUND, TOO_LATE } = UserErrorCode;

/**
 * A caseworker on the case answers, or corrects the answer. NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT before the day and
 * for details without work, TOO_LATE. Returns the id.
 */
export function recordFollowUp(
  ctx: Context,
  id: string,
  input: ReferralFollowUpInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const { followUp, limits } = await lockFollowUp(ctx, tx, id);
    checkVersion(expectedVersion, followUp.version);
    checkTime(followUp, limits, ctx.now);
    Object.assign(followUp, answerOf(input), { recordedAt: followUp.recordedAt ?? ctx.now, clockAt: null });
    return followUp.id;
  });
}

const noSuchFollowUp = (): Refusal => new Refusal(NOT_FOUND, 'Diese Nachfrage gibt es nicht.', ['id']);

/** With its referral, whose lock comes first, so that it is not voided meanwhile. */
async function lockFollowUp(
  ctx: Context,
  tx: EntityManager,
  id: string,
): Promise<{ followUp: ReferralFollowUp; limits: ReferralLimits }> {
  const [found] = isId(id)
    ? await rowsOf<{ referral_id: string }>(tx, sql`select referral_id from referral_follow_up where id = ${id}`)
    : [];
  if (!found) throw noSuchFollowUp();
  const { referral, limits } = await lock(ctx, tx, found.referral_id).catch(hideReferral);
  const onCase = referral.parties?.includes(Party.CASEWORKER) ?? false;
  const followUp = onCase ? await tx.findOne(ReferralFollowUp, { id, voidedAt: null }) : null;
  if (!followUp) throw noSuchFollowUp();
  return { followUp, limits };
}

function hideReferral(error: unknown): never {
  throw error instanceof Refusal ? noSuchFollowUp() : error;
}

function checkTime({ dueOn, recordedAt }: ReferralFollowUp, limits: ReferralLimits, now: Date): void {
  if (berlinDay(now) < dueOn)
    throw new Refusal(INVALID_INPUT, `Diese Nachfrage ist erst ab dem ${germanDay(dueOn)} möglich.`, ['id']);
  const days = limits.followUpCorrectionDays;
  if (recordedAt && addDays(recordedAt, days) <= now)
    throw new Refusal(TOO_LATE, `Eine Antwort lässt sich nur ${days} Tage lang berichtigen.`, ['id']);
}

/** What is known of a job is known of somebody who has one. */
function answerOf({ stillEmployed, ...details }: ReferralFollowUpInput): FollowUpAnswer {
  const { subsidised = null, subjectToSocialInsurance = null } = details;
  const given =
    subsidised !== null ? 'subsidised' : subjectToSocialInsurance !== null ? 'subjectToSocialInsurance' : null;
  if (!stillEmployed && given)
    throw new Refusal(INVALID_INPUT, 'Angaben zur Stelle sind nur möglich, wenn noch eine besteht.', ['input', given]);
  return { stillEmployed, subsidised, subjectToSocialInsurance };
}
