import type { EntityManager } from '@mikro-orm/postgresql';
import { isOut } from '../partner/partner.rules.js';
import { ADDRESS_FIELDS } from '../proposal/proposal.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { checkVersion } from '../shared/version.js';
import { changesSince } from './changes-since.query.js';
import { type ChangesSince, conflictsOf, protectsAddress } from './conflict.rules.js';
import type { Fault } from './fault.rules.js';
import { type ChangedRecord, changeRecords } from './record.actions.js';
import { lockRecords, type StoredRecord } from './record.query.js';
import { changesBetween, Origin, type RecordDocument, type RecordKind } from './record.rules.js';
import { standingId } from './standing.query.js';

/**
 * A record locked for an edit by the viewer, or NOT_FOUND with `message` on the argument that names it. Of one that was
 * merged, also while its lock was waited for, what stands for it.
 */
export async function lockForEdit(
  tx: EntityManager,
  kind: RecordKind,
  id: string,
  mayEdit: (record: StoredRecord) => boolean | Promise<boolean>,
  message: string,
  argument = 'id',
): Promise<StoredRecord> {
  const record = isId(id) ? await lockStanding(tx, kind, id.toLowerCase()) : undefined;
  if (!record || !(await mayEdit(record))) throw new Refusal(UserErrorCode.NOT_FOUND, message, [argument]);
  return record;
}

async function lockStanding(tx: EntityManager, kind: RecordKind, id: string): Promise<StoredRecord | undefined> {
  const standing = await standingId(tx, kind, id);
  const record = (await lockRecords(tx, kind, [standing])).get(standing);
  if (!record || !kind.merges || !isOut(record.document.status)) return record;
  const since = await standingId(tx, kind, standing);
  return since === standing ? record : lockStanding(tx, kind, since);
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

/** INVALID_INPUT on the fields that are wanted otherwise than an assessment decided. */
export function refuseDecided(
  kind: RecordKind,
  { document, decided }: Pick<StoredRecord, 'document' | 'decided'>,
  wanted: RecordDocument,
): void {
  const changed = decided.length === 0 ? [] : Object.keys(changesBetween(kind, document, wanted));
  refuseFaults(
    decided
      .filter(field => changed.includes(field))
      .map(field => ({
        path: [field],
        message: 'Das hat eine Prüfung festgestellt; nur eine neue Prüfung ändert es.',
      })),
  );
}

const MOST_TOLD = 50;

/** VERSION_CONFLICT, with what changed since the version that was read, and what is wanted of it. */
export async function checkRecordVersion(
  tx: EntityManager,
  kind: RecordKind,
  record: StoredRecord,
  expected: number | null | undefined,
  wanted: RecordDocument,
): Promise<void> {
  if (expected == null || expected === record.version) return;
  const since = await changesSince(tx, [{ id: record.id, version: expected }]);
  refuseStale(kind, record, expected, wanted, since.get(record.id));
}

/** The same, of what is known already to have changed `since`. */
export function refuseStale(
  kind: RecordKind,
  record: StoredRecord,
  expected: number | null | undefined,
  wanted: RecordDocument,
  since: ChangesSince | undefined,
): void {
  if (expected == null) return;
  const untold = protectsAddress(record, since) ? ADDRESS_FIELDS : [];
  checkVersion(expected, record.version, () => conflictsOf(kind, record, expected, wanted, since, untold));
}

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
