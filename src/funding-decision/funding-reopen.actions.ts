import type { EntityManager } from '@mikro-orm/postgresql';
import { InstrumentRuleKind } from '../instrument/instrument.rules.js';
import { notMet } from '../instrument/instrument-check.rules.js';
import type { Referral } from '../referral/referral.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { checksIn } from './case-funding.query.js';
import type { FundingDecision } from './funding-decision.entity.js';
import { holdersOf } from './funding-decision.query.js';
import { isOver } from './funding-decision.rules.js';
import { fundingOfLocked } from './funding-guard.actions.js';
import { bind } from './funding-placement.actions.js';

const { DECISION_MISSING, NOT_ELIGIBLE } = UserErrorCode;

/**
 * A referral that is reopened goes on with what it was sent with, as one decision goes with one placement: what another
 * let go of comes back, what goes with another now does not. Its months count in full again, so they have to fit. The rest
 * was looked at when it was sent, and what has run out since stays with it. The case is locked; the hub itself looks, for
 * coordinators read no decisions: the refusals name none. DECISION_MISSING, NOT_ELIGIBLE.
 */
export async function checkFundingAgain(ctx: Context, tx: EntityManager, referral: Referral): Promise<void> {
  const today = berlinDay(ctx.now);
  const isOf = ({ referral: now, wentWith }: FundingDecision): boolean =>
    now?.id === referral.id || wentWith.includes(referral.id);
  const { all, catalogue, funding } = await fundingOfLocked(tx, await referral.clientCase.loadOrFail(), today, isOf);
  const own = all.filter(isOf);
  const gone = own.filter(one => one.referral?.id !== referral.id);
  const holders = await holdersOf(tx, gone);
  if ([...holders.values()].some(({ keeps }) => keeps)) {
    const message =
      'Die Förderentscheidung dafür gehört inzwischen zu einer anderen Vermittlung; bitte neu vermitteln.';
    throw new Refusal(DECISION_MISSING, message, ['id']);
  }
  const exceeds = own.some(
    one =>
      !isOver(one, today) &&
      notMet(checksIn(funding, one.id, [], undefined)).some(
        ({ rule }) => rule.kind === InstrumentRuleKind.DURATION_IN_WINDOW,
      ),
  );
  if (exceeds) {
    const message = 'Die Monate der Förderung dafür sind inzwischen anders verplant; bitte neu vermitteln.';
    throw new Refusal(NOT_ELIGIBLE, message, ['id']);
  }
  await bind(tx, catalogue, referral, gone);
}
