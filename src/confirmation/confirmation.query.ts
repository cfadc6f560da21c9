import type { EntityManager } from '@mikro-orm/postgresql';
import { type FieldGroup, Origin, type RecordKind } from '../record/record.rules.js';
import { dateOf, epoch } from '../shared/moment.js';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { groupsOf } from './confirmation.rules.js';

export interface GroupConfirmed {
  /** Id of the record. */
  readonly record: string;
  readonly group: FieldGroup;
  /** Null: never. */
  readonly confirmedAt: Date | null;
}

/** When each group of the records was last confirmed, in the order of the groups; up to a moment, or by now. */
export async function groupsConfirmed(
  em: EntityManager,
  kind: RecordKind,
  ids: readonly string[],
  until: Date | null = null,
): Promise<GroupConfirmed[]> {
  const rows = await rowsOf<{ record: string; group: FieldGroup; at: number | null }>(
    em,
    sql`select t.id as record, g.name as "group", ${epoch(latestOf('g.name', until))} as at
        from ${verbatim(kind.table)} t cross join unnest(${groupsOf(kind)}::text[]) with ordinality g (name, place)
        where t.id = any(${ids}::uuid[]) order by t.id, g.place`,
  );
  return rows.map(({ record, group, at }) => ({ record, group, confirmedAt: dateOf(at) }));
}

/** SQL: when a group, named by `group`, of a row `t` of a kind of record was last confirmed, up to a moment or by now. */
export function latestOf(group: string, until: Date | null): Sql {
  const name = verbatim(group);
  const [ofRows, ofColumn] = until ? [sql`and c.at <= ${until}`, sql`t.confirmed_at <= ${until}`] : [sql``, sql`true`];
  return sql`case when exists (select from confirmation c where c.record_id = t.id)
    then (select max(c.at) from confirmation c where c.record_id = t.id and ${name} = any(c.groups) ${ofRows})
    when ${ofColumn} then t.confirmed_at end`;
}

/** SQL: the oldest of its groups, null while one was never confirmed: what `confirmed_at` of a row `t` is, or was. */
export const oldestOf = (kind: RecordKind, until: Date | null): Sql => sql`(
  select case when bool_and(l.at is not null) then min(l.at) end
  from unnest(${groupsOf(kind)}::text[]) g (name) cross join lateral (select ${latestOf('g.name', until)} as at) l)`;

/** Since when the value of each field of a record is held right, by field; null: nobody ever said so. */
export type HeldSince = Readonly<Record<string, Date | null>>;

/**
 * By record, since when people hold each field right: they confirmed its group, or wrote it so themselves, whichever was
 * later. What an import or a merge wrote is nobody's word.
 */
export async function heldSince(
  em: EntityManager,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Map<string, HeldSince>> {
  if (ids.length === 0) return new Map();
  const confirmed = Map.groupBy(await groupsConfirmed(em, kind, ids), ({ record }) => record);
  const written = Map.groupBy(await fieldsWritten(em, kind, ids), ({ record }) => record);
  return new Map(
    [...confirmed].map(([id, groups]) => {
      const byGroup = new Map(groups.map(({ group, confirmedAt }) => [group, confirmedAt]));
      const byField = new Map(written.get(id)?.map(({ field, at }) => [field, at]));
      const fields = Object.entries(kind.fields).map(([field, { group }]) => [
        field,
        later(byGroup.get(group) ?? null, byField.get(field) ?? null),
      ]);
      return [id, Object.fromEntries(fields) as HeldSince];
    }),
  );
}

const later = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));

/** Who makes a record says all of it. */
async function fieldsWritten(em: EntityManager, kind: RecordKind, ids: readonly string[]) {
  const rows = await rowsOf<{ record: string; field: string; at: number }>(
    em,
    sql`select r.record_id as record, e.field, ${epoch(sql`max(r.at)`)} as at
        from revision r cross join lateral (select jsonb_object_keys(r.changes)
          union all select unnest(${Object.keys(kind.fields)}::text[]) where r.changes = '{}') e (field)
        where r.record_id = any(${ids}::uuid[]) and r.origin = any(${[Origin.EDIT, Origin.PROPOSAL]}::text[])
        group by 1, 2`,
  );
  return rows.map(row => ({ ...row, at: dateOf(row.at) }));
}
