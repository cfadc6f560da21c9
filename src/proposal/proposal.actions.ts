import type { EntityManager } from '@mikro-orm/postgresql';
import { wantedOfJobOpening } from '../job-opening/job-opening.actions.js';
import type { JobOpeningInput } from '../job-opening/job-opening.inputs.js';
import { wantedOfLocation } from '../location/location-edit.actions.js';
import type { LocationInput } from '../location/location-edit.inputs.js';
import { isSeenBy } from '../partner/partner.access.js';
import { wantedOfPartner } from '../partner/partner.actions.js';
import type { PartnerUpdateInput } from '../partner/partner.inputs.js';
import type { StoredRecord } from '../record/record.query.js';
import {
  changesBetween,
  type RecordChanges,
  type RecordDocument,
  type RecordKind,
  RecordName,
} from '../record/record.rules.js';
import { lockForEdit } from '../record/record-edit.actions.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { naming } from '../record/standing.query.js';
import { wantedOfService } from '../service/service-edit.actions.js';
import type { ServiceInput } from '../service/service-edit.inputs.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { isProposalOf } from './proposal.access.js';
import {
  ADDRESS_FIELDS,
  CLOSED_FIELDS,
  hidesAddress,
  MOST_OPEN,
  ProposalKind,
  ProposalStatus,
  standingOf,
  wantedBy,
} from './proposal.rules.js';
import { checkWanted } from './proposal-check.actions.js';
import { storeProposals } from './proposal-store.actions.js';

const { DUPLICATE, INVALID_INPUT, LIMIT_REACHED } = UserErrorCode;

/** NOT_FOUND, INVALID_INPUT, DUPLICATE, LIMIT_REACHED. Returns the id of the proposal; so the others. */
export const proposePartnerCorrection = (ctx: Context, id: string, input: PartnerUpdateInput, reason: string | null) =>
  proposeCorrection(ctx, RecordName.PARTNER, id, () => wantedOfPartner(input), reason);

export const proposeLocationCorrection = (ctx: Context, id: string, input: LocationInput, reason: string | null) =>
  proposeCorrection(ctx, RecordName.LOCATION, id, stored => wantedOfLocation(input, stored), reason);

export const proposeServiceCorrection = (ctx: Context, id: string, input: ServiceInput, reason: string | null) =>
  proposeCorrection(ctx, RecordName.SERVICE, id, stored => wantedOfService(input, stored), reason);

export const proposeJobOpeningCorrection = (ctx: Context, id: string, input: JobOpeningInput, reason: string | null) =>
  proposeCorrection(ctx, RecordName.JOB_OPENING, id, () => wantedOfJobOpening(input), reason);

const NO_SUCH: Readonly<Record<RecordName, string>> = {
  [RecordName.PARTNER]: 'Diesen Partner gibt es nicht.',
  [RecordName.LOCATION]: 'Diesen Standort gibt es nicht.',
  [RecordName.SERVICE]: 'Dieses Angebot gibt es nicht.',
  [RecordName.JOB_OPENING]: 'Diese Stelle gibt es nicht.',
};

function proposeCorrection(
  ctx: Context,
  name: RecordName,
  id: string,
  wantedOf: (stored: RecordDocument) => RecordDocument,
  reason: string | null,
): Promise<string> {
  const { viewer, now } = ctx;
  const kind = RECORD_KINDS[name];
  return write(ctx, async tx => {
    // What one account proposes waits for each other, so that two at once do not both find room.
    await oneAtATime(tx, `proposal ${viewer.accountId}`);
    const record = await lockForEdit(tx, kind, id, one => isSeen(tx, viewer, one.partner), NO_SUCH[name]);
    const wanted = await naming(tx, kind, wantedOf(record.document));
    refuseClosedFields(kind, record, wanted);
    await checkWanted(tx, kind, record, wanted, now);
    const changes = changesBetween(kind, record.document, wanted);
    if (Object.keys(changes).length === 0) throw new Refusal(INVALID_INPUT, 'So steht es hier schon.', ['input']);
    await refuseEqual(tx, viewer, record.id, changes);
    await checkNotTooMany(tx, viewer.accountId, name);
    const [proposal] = await storeProposals(
      tx,
      [
        {
          kind: ProposalKind.CORRECTION,
          network: record.network,
          partner: record.partner,
          recordKind: name,
          record: record.id,
          changes,
          proposedAs: standingOf(viewer, record),
          proposedBy: viewer.accountId,
          reason: reason?.trim() || null,
        },
      ],
      now,
    );
    return proposal!;
  });
}

/** LIMIT_REACHED for one more proposal of the account for this kind of record. */
export async function checkNotTooMany(tx: EntityManager, account: string | null, name: RecordName): Promise<void> {
  const [row] = await rowsOf<{ open: number }>(
    tx,
    sql`select count(*)::int as open from proposal
        where proposed_by_id = ${account} and status = ${ProposalStatus.OPEN} and record_kind = ${name}
          and kind = any(${[ProposalKind.CORRECTION, ProposalKind.NEW_PARTNER]}::text[])`,
  );
  if ((row?.open ?? 0) < MOST_OPEN) return;
  throw new Refusal(
    LIMIT_REACHED,
    `Von Ihnen sind schon ${MOST_OPEN} Vorschläge offen. Bitte warten Sie, bis darüber entschieden ist.`,
  );
}

async function isSeen(tx: EntityManager, viewer: Viewer, partner: string): Promise<boolean> {
  const rows = await rowsOf(tx, sql`select from partner p where p.id = ${partner} and ${isSeenBy(viewer, 'p')}`);
  return rows.length > 0;
}

function refuseClosedFields(kind: RecordKind, record: StoredRecord, wanted: RecordDocument): void {
  const address = hidesAddress(kind, record.document) ? ADDRESS_FIELDS : [];
  const closed = [...CLOSED_FIELDS[kind.name], ...address].find(field => wanted[field] !== undefined);
  if (closed === undefined) return;
  throw new Refusal(INVALID_INPUT, 'Das können nur die ändern, die den Eintrag pflegen.', ['input', closed]);
}

/**
 * DUPLICATE where exactly this is proposed already, as far as the viewer may know: nobody is to guess what others have
 * proposed. The record is locked.
 */
async function refuseEqual(tx: EntityManager, viewer: Viewer, record: string, changes: RecordChanges): Promise<void> {
  const rows = await rowsOf(
    tx,
    sql`select from proposal p where p.record_id = ${record} and p.status = ${ProposalStatus.OPEN} and ${isProposalOf(viewer, 'p')}
          and (select jsonb_object_agg(field, change -> 'after') from jsonb_each(p.changes) as _ (field, change))
            = ${JSON.stringify(wantedBy(changes))}::jsonb limit 1`,
  );
  if (rows.length > 0) throw new Refusal(DUPLICATE, 'Genau das ist schon vorgeschlagen.', ['input']);
}
