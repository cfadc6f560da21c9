import type { EntityManager } from '@mikro-orm/postgresql';
import { checkPartner } from '../partner/partner.actions.js';
import type { StoredRecord } from '../record/record.query.js';
import { type RecordDocument, type RecordKind, RecordName } from '../record/record.rules.js';

type Check = (tx: EntityManager, record: StoredRecord, wanted: RecordDocument) => Promise<void>;

const CHECKS: Readonly<Partial<Record<RecordName, Check>>> = {
  [RecordName.PARTNER]: (tx, record, wanted) => checkPartner(tx, record.id, wanted),
};

/** INVALID_INPUT where a record cannot be so: the same check as of an edit. */
export async function checkWanted(
  tx: EntityManager,
  kind: RecordKind,
  record: StoredRecord,
  wanted: RecordDocument,
): Promise<void> {
  await CHECKS[kind.name]?.(tx, record, wanted);
}
