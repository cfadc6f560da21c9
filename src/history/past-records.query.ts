import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import { oldestOf } from '../confirmation/confirmation.query.js';
import { asPast } from '../record/past.js';
import { documentOf } from '../record/record.query.js';
import { type RecordDocument, type RecordKind, RecordName } from '../record/record.rules.js';
import { ownerAt } from '../record/record-owners.query.js';
import { columnsOf, rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';

/** Records of one kind, as they were at a moment. */
export interface PastOf<T extends object> {
  readonly kind: RecordKind;
  readonly entity: EntityName<T>;
  readonly at: Date;
}

/**
 * The records as they were at the moment; those made later are left out. One statement, whatever has changed since.
 *
 * @param em knows of no record of another moment: the entities of each moment are its own
 * @param which SQL on `present`, a row of today, and `t`, the same of then
 * @param order SQL: `order by` and what follows, of `t`
 */
export async function pastRecords<T extends object>(
  em: EntityManager,
  of: PastOf<T>,
  which: Sql,
  order: Sql = sql``,
): Promise<T[]> {
  const columns = sql`${columnsOf(em, of.entity, 't')}, ${thenOf(of)} as past_document`;
  const rows = await rowsOf<PastRow>(em, sql`select ${columns} from ${rowsThen(of)} and ${which} ${order}`);
  return rows.map(row => hydrated(em, of, row));
}

interface PastRow {
  readonly past_document: RecordDocument;
}

/** What lies in columns is in the entity, what hangs on it in its document. */
export function hydrated<T extends object>(em: EntityManager, of: PastOf<T>, row: PastRow): T {
  const { past_document: document, ...columns } = row;
  return asPast(em.map(of.entity, columns as never) as T, { at: of.at, document });
}

/** SQL: the document of then: its columns, and its lists as far as they were others. */
export const thenOf = ({ kind }: Pick<PastOf<object>, 'kind'>): Sql => sql`${documentOf(kind)} || since.fields`;

/**
 * SQL: `present`, a row of today, and `t`, the same with the columns of then, of all records that there were; up to a
 * condition that an `and` may follow.
 */
export function rowsThen({ kind, at }: Pick<PastOf<object>, 'kind' | 'at'>): Sql {
  const table = verbatim(kind.table);
  const columns = Object.entries(kind.fields).flatMap(([field, { column }]) => (column ? [[field, column]] : []));
  return sql`${table} present
    cross join lateral (
      select coalesce(jsonb_object_agg(b.field, b.value), '{}') as fields,
        coalesce(jsonb_object_agg(c.name, b.value) filter (where c.name is not null), '{}') as columns,
        min(b.version) as version
      from (
        select distinct on (e.key) e.key as field, e.value->'before' as value, r.version
        from revision r cross join lateral jsonb_each(r.changes) e
        where r.record_id = present.id and r.at > ${at} order by e.key, r.version, r.at, r.id) b
      left join unnest(${columns.map(([field]) => field)}::text[], ${columns.map(([, column]) => column)}::text[])
        c (field, name) on c.field = b.field) since
    cross join lateral jsonb_populate_record(present, since.columns || jsonb_build_object(
      'version', coalesce(since.version - 1, present.version),
      'updated_at', case when since.version is null then present.updated_at else coalesce(
        (select max(r.at) from revision r where r.record_id = present.id and r.at <= ${at} ${told(kind)}), present.created_at) end,
      'confirmed_at', (select ${oldestOf(kind, at)} from ${table} t where t.id = present.id)
    ) ${ownedThen(kind, at)} ${kind.name === RecordName.LOCATION ? PROTECTED : sql``}) t
    where present.created_at <= ${at}`;
}

/** SQL: merges since then gave it to another partner. */
const ownedThen = (kind: RecordKind, at: Date): Sql =>
  kind.name === RecordName.PARTNER
    ? sql``
    : sql`|| jsonb_build_object('partner_id', ${ownerAt(kind, sql`present.id`, sql`present.partner_id`, sql`${at}`)})`;

/** SQL: protection holds backwards: what is protected now, or came to be at any time since, was so then. */
const IS_PROTECTED = sql`(present.address_protected or since.fields->'addressProtected' is not null)`;

const PROTECTED = sql`|| jsonb_build_object('address_protected', ${IS_PROTECTED})`;

/** SQL: of revisions `r`, those of which it is told that there are any. */
const told = ({ secret }: RecordKind): Sql =>
  secret ? sql`and (r.changes = '{}' or r.changes - ${secret.fields}::text[] <> '{}' or not ${IS_PROTECTED})` : sql``;
