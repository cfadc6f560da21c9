import type { EntityManager } from '@mikro-orm/postgresql';
import { checkJobOpening } from '../job-opening/job-opening.actions.js';
import { checkLocation } from '../location/location-edit.actions.js';
import { checkPartner } from '../partner/partner.actions.js';
import type { StoredRecord } from '../record/record.query.js';
import { type RecordDocument, type RecordKind, RecordName } from '../record/record.rules.js';
import { checkService } from '../service/service-edit.actions.js';

type Check = (tx: EntityManager, record: StoredRecord, wanted: RecordDocument, now: Date) => Promise<void>;

const CHECKS: Readonly<Record<RecordName, Check>> = {
  [RecordName.PARTNER]: (tx, { id }, wanted) => checkPartner(tx, id, wanted),
  [RecordName.LOCATION]: checkLocation,
  [RecordName.SERVICE]: (tx, { partner, document }, wanted) =>
    checkService(tx, partner, { ...document, ...wanted }, Object.keys(wanted)),
  [RecordName.JOB_OPENING]: (tx, { partner, document }, wanted, now) =>
    checkJobOpening(tx, now, partner, { ...document, ...wanted }, Object.keys(wanted)),
};

/** INVALID_INPUT where a record cannot be so: the same check as of an edit. */
export async function checkWanted(
  tx: EntityManager,
  kind: RecordKind,
  record: StoredRecord,
  wanted: RecordDocument,
  now: Date,
): Promise<void> {
  await CHECKS[kind.name](tx, record, wanted, now);
}
