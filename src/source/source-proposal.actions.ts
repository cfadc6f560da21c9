import type { EntityManager } from '@mikro-orm/postgresql';
import { ProposalKind, ProposalStatus, ProposedAs } from '../proposal/proposal.rules.js';
import { storeProposals } from '../proposal/proposal-store.actions.js';
import type { Provenance } from '../record/record.actions.js';
import type { StoredRecord } from '../record/record.query.js';
import type { RecordChanges, RecordKind } from '../record/record.rules.js';
import { change } from '../shared/change.js';
import { rowsOf, sql } from '../shared/sql.js';

/** What a source says otherwise than people of the hub. */
export interface Contested {
  readonly stored: StoredRecord;
  readonly changes: RecordChanges;
}

/**
 * Proposes it to those who keep the records. What the source proposed of a record before and nobody has decided becomes
 * part of the new proposal, as far as that says nothing else of it.
 */
export async function proposeContested(
  tx: EntityManager,
  kind: RecordKind,
  contested: readonly Contested[],
  { at, account, source = null }: Provenance,
): Promise<void> {
  if (contested.length === 0) return;
  const records = contested.map(({ stored }) => stored.id);
  const earlier = await rowsOf<{ id: string; record: string; changes: RecordChanges }>(
    tx,
    sql`select id, record_id as record, changes from proposal
        where record_id = any(${records}::uuid[]) and kind = ${ProposalKind.IMPORT} and source = ${source}
          and status = ${ProposalStatus.OPEN} order by id for update`,
  );
  await change(
    tx,
    sql`update proposal set status = ${ProposalStatus.SUPERSEDED}, decided_at = ${at}, version = version + 1
        where id = any(${earlier.map(({ id }) => id)}::uuid[])`,
  );
  const before = Map.groupBy(earlier, ({ record }) => record);
  await storeProposals(
    tx,
    contested.map(({ stored, changes }) => ({
      kind: ProposalKind.IMPORT,
      network: stored.network,
      partner: stored.partner,
      recordKind: kind.name,
      record: stored.id,
      changes: Object.assign({}, ...(before.get(stored.id) ?? []).map(one => one.changes), changes) as RecordChanges,
      proposedAs: ProposedAs.IMPORT,
      proposedBy: account,
      source,
    })),
    at,
  );
}
