import type { EntityManager } from '@mikro-orm/postgresql';
import { changeRecords, type Provenance } from '../record/record.actions.js';
import type { StoredRecord } from '../record/record.query.js';
import {
  changesBetween,
  type RecordChanges,
  type RecordDocument,
  type RecordKind,
  same,
} from '../record/record.rules.js';
import { changeOne } from '../shared/change.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { coordinates, ProposalKind, ProposalStatus, splitReviewed, standingOf, wantedBy } from './proposal.rules.js';
import { endProposal, storeProposals } from './proposal-store.actions.js';

/** What became of an edit of which something may have to wait. */
export interface Kept {
  readonly changes: RecordChanges;
  readonly waiting: readonly string[];
}

/**
 * What somebody who keeps a record wants it to be. What is not reviewed is stored at once; the rest, unless she
 * coordinates the network, becomes the one open REVIEW of the record, or part of it. The record is locked. Tells what was stored, and the fields
 * that wait: what she said of them is not what is stored.
 */
export async function keepOrReview(
  tx: EntityManager,
  viewer: Viewer,
  kind: RecordKind,
  record: StoredRecord,
  wanted: RecordDocument,
  by: Provenance,
): Promise<Kept> {
  const { direct, reviewed } = coordinates(viewer, record.network)
    ? { direct: wanted, reviewed: {} }
    : splitReviewed(kind, wanted);
  const [changed] = await changeRecords(tx, kind, [{ id: record.id, wanted: direct }], by);
  const stored = changed?.changes ?? {};
  if (Object.keys(reviewed).length === 0) return { changes: stored, waiting: [] };
  const open = await openReview(tx, record.id);
  const changes = changesBetween(kind, record.document, { ...wantedBy(open?.changes ?? {}), ...reviewed });
  const kept: Kept = { changes: stored, waiting: Object.keys(changes) };
  if (sameChanges(open?.changes ?? {}, changes)) return kept;
  if (open) await supersede(tx, open.id, by);
  if (Object.keys(changes).length === 0) return kept;
  await storeProposals(
    tx,
    [
      {
        kind: ProposalKind.REVIEW,
        network: record.network,
        partner: record.partner,
        recordKind: kind.name,
        record: record.id,
        changes,
        proposedAs: standingOf(viewer, record),
        proposedBy: by.account,
      },
    ],
    by.at,
  );
  return kept;
}

/**
 * A correction that the partner accepted, of which fields have to be reviewed: the others are stored, and it waits for
 * the coordination as the partner's one REVIEW, with what was in that before. False where nothing is left to be reviewed.
 */
export async function reviewAccepted(
  tx: EntityManager,
  kind: RecordKind,
  record: StoredRecord,
  proposal: string,
  wanted: RecordDocument,
  by: Provenance,
): Promise<boolean> {
  const { direct, reviewed } = splitReviewed(kind, wanted);
  await changeRecords(tx, kind, [{ id: record.id, wanted: direct }], by);
  const open = await openReview(tx, record.id);
  const changes = changesBetween(kind, record.document, { ...wantedBy(open?.changes ?? {}), ...reviewed });
  if (Object.keys(changes).length === 0) return false;
  if (open) await supersede(tx, open.id, by);
  await changeOne(
    tx,
    sql`update proposal set kind = ${ProposalKind.REVIEW}, changes = ${JSON.stringify(changes)}::jsonb, version = version + 1
        where id = ${proposal} and status = ${ProposalStatus.OPEN}`,
  );
  return true;
}

async function openReview(tx: EntityManager, record: string): Promise<{ id: string; changes: RecordChanges } | null> {
  const [open] = await rowsOf<{ id: string; changes: RecordChanges }>(
    tx,
    sql`select id, changes from proposal
        where record_id = ${record} and kind = ${ProposalKind.REVIEW} and status = ${ProposalStatus.OPEN} for update`,
  );
  return open ?? null;
}

const supersede = (tx: EntityManager, id: string, { at, account }: Provenance): Promise<void> =>
  endProposal(tx, id, { status: ProposalStatus.SUPERSEDED, at, by: account });

const sameChanges = (one: RecordChanges, other: RecordChanges): boolean =>
  same({ ...one } as never, { ...other } as never);
