import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldGroup, RecordKind } from '../record/record.rules.js';
import { change } from '../shared/change.js';
import { sql, verbatim } from '../shared/sql.js';
import { oldestOf } from './confirmation.query.js';
import { distinctGroups, groupsOf } from './confirmation.rules.js';

/** When somebody says that it is right, and who: an account, or whoever held a link. */
export interface Confirmed {
  readonly at: Date;
  readonly account: string | null;
  readonly link?: string;
}

/** A record by its id, and which of its groups are right; all when left out, those that it does not have are none. */
export interface ConfirmedRecord {
  readonly id: string;
  readonly groups?: readonly FieldGroup[] | null | undefined;
}

/**
 * Groups of locked records of one kind are right; three statements, however many. A confirmation is no edit: it leaves
 * the version. What was confirmed as a whole before is kept by groups from now on.
 */
export async function storeConfirmations(
  tx: EntityManager,
  kind: RecordKind,
  records: readonly ConfirmedRecord[],
  { at, account, link }: Confirmed,
): Promise<void> {
  const all = groupsOf(kind);
  const rows = records.flatMap(({ id, groups }) => {
    const named = distinctGroups(groups ? all.filter(group => groups.includes(group)) : all);
    return named.length > 0 ? [{ record_id: id, groups: named }] : [];
  });
  if (rows.length === 0) return;
  const ids = rows.map(row => row.record_id);
  const table = verbatim(kind.table);
  await change(
    tx,
    sql`insert into confirmation (kind, record_id, groups, at)
        select ${kind.name}, t.id, ${all}::text[], t.confirmed_at from ${table} t
        where t.id = any(${ids}::uuid[]) and t.confirmed_at is not null
          and not exists (select from confirmation c where c.record_id = t.id)`,
  );
  await change(
    tx,
    sql`insert into confirmation (kind, record_id, groups, at, account_id, link_id)
        select ${kind.name}, r.record_id, r.groups, ${at}, ${account}::uuid, ${link ?? null}::uuid
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (record_id uuid, groups text[])`,
  );
  await change(tx, sql`update ${table} t set confirmed_at = ${oldestOf(kind, null)} where t.id = any(${ids}::uuid[])`);
}
