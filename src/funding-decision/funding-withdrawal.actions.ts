import type { EntityManager } from '@mikro-orm/postgresql';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { goesWithSent, lockDecision } from './funding-decision.actions.js';
import type { FundingDecision } from './funding-decision.entity.js';
import { isOver } from './funding-decision.rules.js';

const { INVALID_INPUT } = UserErrorCode;

/** From that day on it holds no more; NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function withdrawDecision(
  ctx: Context,
  id: string,
  on: string,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const decision = await lockDecision(ctx, tx, id);
    checkVersion(expectedVersion, decision.version);
    if (decision.withdrawnOn !== null)
      throw new Refusal(INVALID_INPUT, 'Diese Entscheidung ist schon aufgehoben.', ['id']);
    await withdraw(ctx, tx, decision, on);
    return decision.id;
  });
}

/** It is withdrawn from another day on; once that has come, not from one to come. NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function correctWithdrawal(
  ctx: Context,
  id: string,
  on: string,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const decision = await lockDecision(ctx, tx, id);
    checkVersion(expectedVersion, decision.version);
    if (decision.withdrawnOn === null)
      throw new Refusal(INVALID_INPUT, 'Diese Entscheidung ist nicht aufgehoben.', ['id']);
    const today = berlinDay(ctx.now);
    if (decision.withdrawnOn <= today && on > today)
      throw new Refusal(INVALID_INPUT, 'Der Tag liegt in der Zukunft.', ['on']);
    await withdraw(ctx, tx, decision, on);
    return decision.id;
  });
}

/** If the day has come, a draft lets go of it. INVALID_INPUT. */
async function withdraw(ctx: Context, tx: EntityManager, decision: FundingDecision, on: string): Promise<void> {
  if (on < decision.decidedOn) throw new Refusal(INVALID_INPUT, 'Der Tag liegt vor dem der Entscheidung.', ['on']);
  decision.withdrawnOn = on;
  if (isOver(decision, berlinDay(ctx.now)) && !(await goesWithSent(tx, decision))) decision.referral = null;
}
