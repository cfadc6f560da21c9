import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fault } from '../record/fault.rules.js';
import type { RecordChanges } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, type UserError, UserErrorCode } from '../shared/errors.js';
import { write } from '../shared/write.js';
import type { RowOutcome } from './service-table.rules.js';

/** What became of one of many edits, or reports. */
export interface RowResult {
  /** By what the caller knows it. */
  readonly row: number;
  readonly outcome: RowOutcome;
  /** Of the service; null where it was refused as a new one, or is not there for the viewer. */
  readonly id: string | null;
  /** What the service is called, or would be; null where the row does not say. */
  readonly name: string | null;
  /** What changed, or would: of a new one all that it says. None where it was refused. */
  readonly changes: RecordChanges;
  readonly userErrors: UserError[];
}

/** One transaction for all rows. What a repetition under the same Idempotency-Key is told: the same results. */
export const kept = async (ctx: Context, work: (tx: EntityManager) => Promise<RowResult[]>): Promise<RowResult[]> =>
  JSON.parse(await write(ctx, async tx => JSON.stringify(await work(tx)))) as RowResult[];

/** INVALID_INPUT with every fault at its field of the row. */
export function refuseFaulty(faults: readonly Fault[]): void {
  const [first, ...others] = faults.map(userErrorOf);
  if (first) throw new Refusal(first.code, first.message, first.path, { others });
}

export const userErrorOf = ({ path, message }: Fault): UserError => ({
  code: UserErrorCode.INVALID_INPUT,
  message,
  path: [...path],
});

/** NOT_FOUND where it is none of the viewer's, DUPLICATE where it is named more than once. `id`: in lower case. */
export function checkNamed(id: string, isOurs: boolean, ids: readonly string[]): void {
  if (!isOurs) throw new Refusal(UserErrorCode.NOT_FOUND, NO_SUCH_SERVICE, ['id']);
  if (ids.indexOf(id) !== ids.lastIndexOf(id)) throw new Refusal(UserErrorCode.DUPLICATE, TWICE, ['id']);
}

const NO_SUCH_SERVICE = 'Dieses Angebot gibt es nicht, oder Sie dürfen es nicht bearbeiten.';
const TWICE = 'Dieses Angebot kommt mehrfach vor; bitte nur einmal.';
