import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { checkVersion } from '../shared/version.js';
import type { Fault } from './fault.rules.js';
import { type ChangedRecord, changeRecords } from './record.actions.js';
import { lockRecords, type StoredRecord } from './record.query.js';
import { changesBetween, Origin, type RecordDocument, type RecordKind } from './record.rules.js';

/** A record locked for an edit by the viewer, or NOT_FOUND with `message` on the argument that names it. */
export async function lockForEdit(
  tx: EntityManager,
  kind: RecordKind,
  id: string,
  mayEdit: (record: StoredRecord) => boolean | Promise<boolean>,
  message: string,
  argument = 'id',
): Promise<StoredRecord> {
  const record = isId(id) ? (await lockRecords(tx, kind, [id.toLowerCase()])).get(id.toLowerCase()) : undefined;
  if (!record || !(await mayEdit(record))) throw new Refusal(UserErrorCode.NOT_FOUND, message, [argument]);
  return record;
}

/** INVALID_INPUT, with every fault on its field of the input. */
export function refuseFaults(faults: readonly Fault[]): void {
  const [first, ...others] = faults.map(({ path, message }) => ({
    code: UserErrorCode.INVALID_INPUT,
    message,
    path: ['input', ...path],
  }));
  if (first) throw new Refusal(first.code, first.message, first.path, { others: others.slice(0, MOST_TOLD) });
}

const MOST_TOLD = 50;

/** VERSION_CONFLICT, with both values of each field that `wanted` and what is stored have otherwise. */
export const checkRecordVersion = (
  kind: RecordKind,
  record: StoredRecord,
  expected: number | null | undefined,
  wanted: RecordDocument,
): void =>
  checkVersion(expected, record.version, () =>
    Object.entries(changesBetween(kind, record.document, wanted)).map(([field, { before, after }]) => ({
      field,
      current: before,
      yours: after,
    })),
  );

/** What the viewer changes of a record that is locked; null where it is so already. */
export async function editRecord(
  ctx: Context,
  tx: EntityManager,
  kind: RecordKind,
  record: StoredRecord,
  wanted: RecordDocument,
): Promise<ChangedRecord | null> {
  const by = { origin: Origin.EDIT, at: ctx.now, account: ctx.viewer.accountId };
  const [changed] = await changeRecords(tx, kind, [{ id: record.id, wanted }], by);
  return changed ?? null;
}
