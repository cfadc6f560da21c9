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
export const withdrawDecision = (
  ctx: Context,
  id: string,
  on: string,
  expectedVersion?: number | null,
): Promise<string> =>
  setWithdrawal(ctx, id, on, expectedVersion, ({ withdrawnOn }) => {
    if (withdrawnOn !== null) throw new Refusal(INVALID_INPUT, 'Diese Entscheidung ist schon aufgehoben.', ['id']);
  });

/**
 * It is withdrawn from another day on; once that has come, not from one to come. NOT_FOUND, INVALID_INPUT,
 * VERSION_CONFLICT. Returns the id.
 */
export const correctWithdrawal = (
  ctx: Context,
  id: string,
  on: string,
  expectedVersion?: number | null,
): Promise<string> =>
  setWithdrawal(ctx, id, on, expectedVersion, ({ withdrawnOn }, today) => {
    if (withdrawnOn === null) throw new Refusal(INVALID_INPUT, 'Diese Entscheidung ist nicht aufgehoben.', ['id']);
    if (withdrawnOn <= today && on > today) throw new Refusal(INVALID_INPUT, 'Der Tag liegt in der Zukunft.', ['on']);
  });

/** If the day has come, a draft lets go of it. */
function setWithdrawal(
  ctx: Context,
  id: string,
  on: string,
  expectedVersion: number | null | undefined,
  check: (decision: FundingDecision, today: string) => void,
): Promise<string> {
  return write(ctx, async tx => {
    const decision = await lockDecision(ctx, tx, id);
    checkVersion(expectedVersion, decision.version);
    const today = berlinDay(ctx.now);
    check(decision, today);
    if (on < decision.decidedOn) throw new Refusal(INVALID_INPUT, 'Der Tag liegt vor dem der Entscheidung.', ['on']);
    decision.withdrawnOn = on;
    if (isOver(decision, today) && !(await goesWithSent(tx, decision))) decision.referral = null;
    return decision.id;
  });
}
