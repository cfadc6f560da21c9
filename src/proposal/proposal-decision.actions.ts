import type { EntityManager } from '@mikro-orm/postgresql';
import { leavingAs, PartnerStatus } from '../partner/partner.rules.js';
import { isKeeper } from '../partner/partner-keepers.query.js';
import { changeRecords, type Provenance } from '../record/record.actions.js';
import { lockRecords, type StoredRecord } from '../record/record.query.js';
import { Origin, type RecordKind } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { naming } from '../record/standing.query.js';
import { isReasonText } from '../referral/referral-reasons.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { write } from '../shared/write.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { mayWithdraw } from './proposal.access.js';
import type { Proposal } from './proposal.entity.js';
import { seenProposal } from './proposal.query.js';
import {
  coordinates,
  FOR_COORDINATION,
  outdated,
  ProposalKind,
  ProposalStatus,
  splitReviewed,
  wantedBy,
} from './proposal.rules.js';
import { checkWanted } from './proposal-check.actions.js';
import { reviewAccepted } from './proposal-review.actions.js';
import { endProposal, lockProposals } from './proposal-store.actions.js';

const { NOT_FOUND, REASON_REQUIRED, STEP_NOT_OPEN, VERSION_CONFLICT } = UserErrorCode;

/**
 * Makes the record so; NOT_FOUND, STEP_NOT_OPEN, INVALID_INPUT where it cannot be so any more, VERSION_CONFLICT where a
 * field was changed otherwise since, unless `overwrite`. Of a correction that only the partner accepted, what has to be
 * reviewed waits on as a REVIEW. Returns the id.
 */
export function acceptProposal(ctx: Context, id: string, overwrite: boolean): Promise<string> {
  return decide(
    ctx,
    id,
    async (tx, proposal, kind, record) => {
      if (!overwrite) refuseOutdated(kind, record, proposal);
      const by: Provenance = {
        origin: Origin.PROPOSAL,
        at: ctx.now,
        account: ctx.viewer.accountId,
        source: proposal.source,
      };
      const wanted = await naming(tx, kind, wantedBy(proposal.changes));
      if (proposal.kind === ProposalKind.NEW_PARTNER) {
        await changeRecords(tx, kind, [{ id: record.id, wanted: { status: PartnerStatus.ACTIVE } }], by);
        return false;
      }
      await checkWanted(tx, kind, record, wanted, ctx.now);
      if (needsReview(ctx.viewer, kind, proposal)) return reviewAccepted(tx, kind, record, proposal.id, wanted, by);
      await changeRecords(tx, kind, [{ id: record.id, wanted }], by);
      return false;
    },
    ProposalStatus.ACCEPTED,
  );
}

/** It stays as it is; NOT_FOUND, STEP_NOT_OPEN, REASON_REQUIRED. Returns the id. */
export function rejectProposal(ctx: Context, id: string, reason: string): Promise<string> {
  return decide(
    ctx,
    id,
    async (tx, proposal, kind, record) => {
      if (!isReasonText(reason))
        throw new Refusal(REASON_REQUIRED, 'Bitte mit 10 bis 300 Zeichen begründen.', ['reason']);
      await setAside(ctx, tx, proposal, kind, record);
      return false;
    },
    ProposalStatus.REJECTED,
    reason,
  );
}

/** Whoever proposed it takes it back; NOT_FOUND, STEP_NOT_OPEN. Returns the id. */
export function withdrawProposal(ctx: Context, id: string): Promise<string> {
  return write(ctx, async tx => {
    const { proposal, kind, record } = await lockOpen(ctx, tx, id);
    if (!mayWithdraw(ctx.viewer, proposal))
      throw new Refusal(STEP_NOT_OPEN, 'Zurückziehen kann es, wer es vorgeschlagen hat.', ['id']);
    await setAside(ctx, tx, proposal, kind, record);
    await endProposal(tx, proposal.id, { status: ProposalStatus.WITHDRAWN, at: ctx.now, by: ctx.viewer.accountId });
    return proposal.id;
  });
}

/** Tells whether it waits on. */
type Work = (tx: EntityManager, proposal: Proposal, kind: RecordKind, record: StoredRecord) => Promise<boolean>;

function decide(
  ctx: Context,
  id: string,
  work: Work,
  status: ProposalStatus,
  decision: string | null = null,
): Promise<string> {
  const { viewer, now } = ctx;
  return write(ctx, async tx => {
    const { proposal, kind, record } = await lockOpen(ctx, tx, id);
    await checkDecides(tx, viewer, proposal);
    const waitsOn = await work(tx, proposal, kind, record);
    if (!waitsOn) await endProposal(tx, proposal.id, { status, at: now, by: viewer.accountId, decision });
    return proposal.id;
  });
}

/** An open proposal that the viewer may read, and its record, both locked: records come before proposals everywhere. */
async function lockOpen({ viewer }: Context, tx: EntityManager, id: string) {
  const seen = await seenProposal(tx, viewer, id);
  if (!seen) throw new Refusal(NOT_FOUND, 'Diesen Vorschlag gibt es nicht.', ['id']);
  const kind = RECORD_KINDS[seen.recordKind];
  const record = (await lockRecords(tx, kind, [seen.record])).get(seen.record);
  tx.clear(); // what waited for the lock is read anew
  const [proposal] = await lockProposals(tx, [seen.id]);
  if (!record || !proposal) throw new Error('A proposal has a record, and neither is ever deleted.');
  if (proposal.status !== ProposalStatus.OPEN)
    throw new Refusal(STEP_NOT_OPEN, `Darüber ist schon entschieden: ${STATUS_TEXTS[proposal.status]}.`, ['id']);
  return { proposal, kind, record };
}

const STATUS_TEXTS: Readonly<Record<ProposalStatus, string>> = {
  [ProposalStatus.OPEN]: 'offen',
  [ProposalStatus.ACCEPTED]: 'angenommen',
  [ProposalStatus.REJECTED]: 'abgelehnt',
  [ProposalStatus.WITHDRAWN]: 'zurückgezogen',
  [ProposalStatus.SUPERSEDED]: 'durch einen anderen Vorschlag ersetzt',
};

async function checkDecides(tx: EntityManager, viewer: Viewer, { kind, network, partner }: Proposal): Promise<void> {
  const owners = { network: network.id, partner: partner.id };
  if (FOR_COORDINATION.includes(kind)) {
    if (coordinates(viewer, owners.network)) return;
    throw new Refusal(STEP_NOT_OPEN, 'Darüber entscheidet die Koordination des Netzwerks.', ['id']);
  }
  if (await isKeeper(tx, viewer, owners)) return;
  throw new Refusal(STEP_NOT_OPEN, 'Darüber entscheidet, wer die Angaben des Partners pflegt.', ['id']);
}

/** Does it wait for the coordination although the partner accepts it? */
const needsReview = (viewer: Viewer, kind: RecordKind, { kind: why, changes, network }: Proposal): boolean =>
  !FOR_COORDINATION.includes(why) &&
  !coordinates(viewer, network.id) &&
  Object.keys(splitReviewed(kind, wantedBy(changes)).reviewed).length > 0;

function refuseOutdated(kind: RecordKind, record: StoredRecord, { changes, kind: why }: Proposal): void {
  // Of a new partner nothing is to change but that it waits.
  if (why === ProposalKind.NEW_PARTNER) return;
  const since = Object.entries(outdated(kind, record.document, changes));
  if (since.length === 0) return;
  const message = 'Inzwischen steht hier etwas anderes. Bitte vergleichen und noch einmal entscheiden.';
  throw new Refusal(VERSION_CONFLICT, message, ['id'], {
    currentVersion: record.version,
    conflicts: since.map(([field, { before, after }]) => ({
      kind: kind.name,
      field,
      base: changes[field]!.before,
      current: before,
      yours: after,
      both: true,
    })),
  });
}

/** A new partner that is not to be is put aside; its record stays, as every record does. */
async function setAside(
  { now, viewer }: Context,
  tx: EntityManager,
  proposal: Proposal,
  kind: RecordKind,
  record: StoredRecord,
): Promise<void> {
  if (proposal.kind !== ProposalKind.NEW_PARTNER) return;
  const by = { origin: Origin.PROPOSAL, at: now, account: viewer.accountId };
  await changeRecords(tx, kind, [{ id: record.id, wanted: { status: leavingAs(record.document.status) } }], by);
}
