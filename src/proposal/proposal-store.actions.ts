import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RecordChanges, RecordName } from '../record/record.rules.js';
import { change, changeOne } from '../shared/change.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import { Proposal } from './proposal.entity.js';
import { type ProposalKind, ProposalStatus, type ProposedAs } from './proposal.rules.js';

/** Something to be decided. Ids in lower case; `changes` as the record stands now. */
export interface NewProposal {
  readonly kind: ProposalKind;
  readonly network: string;
  readonly partner: string;
  readonly recordKind: RecordName;
  readonly record: string;
  readonly changes: RecordChanges;
  readonly proposedAs: ProposedAs;
  /** Id of the account; null where nobody signed in did it. */
  readonly proposedBy: string | null;
  readonly reason?: string | null;
  /** Name of the source that an import came from. */
  readonly source?: string | null;
}

/** Stores proposals, all by one statement. Their ids. Whether there are such already the caller has looked at. */
export async function storeProposals(
  tx: EntityManager,
  proposals: readonly NewProposal[],
  at: Date,
): Promise<string[]> {
  if (proposals.length === 0) return [];
  const rows = proposals.map(one => ({
    id: randomUUID(),
    kind: one.kind,
    network_id: one.network,
    partner_id: one.partner,
    record_kind: one.recordKind,
    record_id: one.record,
    changes: one.changes,
    reason: one.reason ?? null,
    proposed_by_id: one.proposedBy,
    proposed_as: one.proposedAs,
    source: one.source ?? null,
  }));
  await change(
    tx,
    sql`insert into proposal (id, kind, network_id, partner_id, record_kind, record_id, changes, reason,
          proposed_by_id, proposed_as, source, created_at)
        select id, kind, network_id, partner_id, record_kind, record_id, changes, reason,
          proposed_by_id, proposed_as, source, ${at}
        from jsonb_populate_recordset(null::proposal, ${JSON.stringify(rows)}::jsonb)`,
  );
  return rows.map(({ id }) => id);
}

/** How an open proposal ends. It is locked. */
export interface Ending {
  readonly status: ProposalStatus;
  readonly at: Date;
  readonly by: string | null;
  readonly decision?: string | null;
}

export const endProposal = (
  tx: EntityManager,
  id: string,
  { status, at, by, decision = null }: Ending,
): Promise<void> =>
  changeOne(
    tx,
    sql`update proposal set status = ${status}, decided_at = ${at}, decided_by_id = ${by}::uuid, decision = ${decision}::text,
          version = version + 1
        where id = ${id} and status = ${ProposalStatus.OPEN}`,
  );

/** The proposals that meet it, locked; whoever waited for them sees how they stand now. In the order of their ids. */
export async function lockProposals(tx: EntityManager, ids: readonly string[]): Promise<Proposal[]> {
  const which = sql`t.id = any(${ids}::uuid[])`;
  const columns = columnsOf(tx, Proposal, 't');
  return entitiesOf(tx, Proposal, sql`select ${columns} from proposal t where ${which} order by t.id for update`);
}
