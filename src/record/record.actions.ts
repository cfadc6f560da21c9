import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { indexRecords } from '../search/search-index.actions.js';
import { change } from '../shared/change.js';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { lockRecords, type StoredRecord } from './record.query.js';
import {
  areSecret,
  changesBetween,
  completed,
  type FieldChange,
  type FieldSpec,
  type JsonValue,
  leavingDecided,
  Origin,
  type RecordChanges,
  type RecordDocument,
  type RecordKind,
  RecordName,
} from './record.rules.js';

/** Who or what says so, and when. */
export interface Provenance {
  readonly origin: Origin;
  readonly at: Date;
  /** Id of the account; null where nobody signed in did it. */
  readonly account: string | null;
  /** Name of the source that an import came from. */
  readonly source?: string | null;
}

/** A record to be made. */
export interface NewRecord {
  /** Made up when left out. */
  readonly id?: string;
  /** Whose it is; of a partner that is made it means nothing. */
  readonly partner?: string;
  readonly network: string;
  readonly document: RecordDocument;
}

export interface RecordEdit {
  readonly id: string;
  /** The fields that are to be so; the others stay. */
  readonly wanted: RecordDocument;
}

export interface ChangedRecord {
  readonly id: string;
  /** Since the change. */
  readonly version: number;
  readonly changes: RecordChanges;
}

/** Makes records of one kind, each with its first revision; a bounded number of statements, however many. Their ids. */
export async function createRecords(
  tx: EntityManager,
  kind: RecordKind,
  records: readonly NewRecord[],
  by: Provenance,
): Promise<string[]> {
  if (records.length === 0) return [];
  const made = records.map(record => ({
    ...record,
    id: record.id ?? randomUUID(),
    document: completed(kind, record.document),
  }));
  const rows = made.map(({ id, partner, network, document }) => ({
    id,
    ...kind.owners({ partner: partner ?? id, network }),
    ...rowOf(kind, document),
  }));
  const columns = namesOf(rows);
  await change(
    tx,
    sql`insert into ${verbatim(kind.table)} (${columns}, version, created_at, updated_at)
        select ${columns}, 1, ${by.at}, ${by.at}
        from jsonb_populate_recordset(null::${verbatim(kind.table)}, ${JSON.stringify(rows)}::jsonb)`,
  );
  for (const [field, { list }] of Object.entries(kind.fields)) {
    if (!list) continue;
    const lists = made.flatMap(({ id, document }) => rowsOfList(id, document[field] ?? []));
    await insertList(tx, list, lists);
  }
  const first = made.map(({ id, network }) => ({ id, network, version: 1, changes: {} }));
  await remember(tx, kind, first, by);
  await findAnew(
    tx,
    kind,
    made.map(({ id, partner }) => ({ id, partner: partner ?? id })),
  );
  return made.map(({ id }) => id);
}

/**
 * Makes fields of stored records what is wanted, each change with its revision, which raises the version; a bounded
 * number of statements, however many. Tells what changed; a record that is already so is left as it is and not told. What an
 * assessment decided only another one changes.
 *
 * @throws Error for an id that is not there: who may edit it, and that it is, the caller has looked at
 */
export async function changeRecords(
  tx: EntityManager,
  kind: RecordKind,
  edits: readonly RecordEdit[],
  by: Provenance,
): Promise<ChangedRecord[]> {
  const stored = await lockRecords(
    tx,
    kind,
    edits.map(({ id }) => id),
  );
  const changed = edits.flatMap(({ id, wanted }) => {
    const record = stored.get(id);
    if (!record) throw new Error(`There is no ${kind.name} with the id of an edit.`);
    const open = by.origin === Origin.ASSESSMENT ? wanted : leavingDecided(wanted, record.decided);
    const changes = changesBetween(kind, record.document, open);
    return Object.keys(changes).length > 0 ? [{ ...record, changes }] : [];
  });
  if (changed.length === 0) return [];
  await writeColumns(tx, kind, changed, by.at);
  await writeLists(tx, kind, changed);
  const after = changed.map(({ id, network, version, changes }) => ({ id, network, version: version + 1, changes }));
  await remember(tx, kind, after, by);
  await findAnew(tx, kind, changed);
  await bindMerged(tx, kind, after, by);
  return after;
}

/** What was merged into a record is told of days gone by: what binds the record binds it too. */
async function bindMerged(
  tx: EntityManager,
  kind: RecordKind,
  changed: readonly ChangedRecord[],
  by: Provenance,
): Promise<void> {
  if (!kind.merges) return;
  const binding = Object.keys(kind.fields).filter(field => kind.fields[field]!.bindsMerged);
  const bound = changed.flatMap(({ id, changes }) => {
    const fields = binding.filter(field => changes[field]?.after === true);
    return fields.length > 0 ? [{ id, wanted: Object.fromEntries(fields.map(field => [field, true])) }] : [];
  });
  if (bound.length === 0) return;
  const merged = await rowsOf<RecordEdit>(
    tx,
    sql`select t.id, b.wanted from ${verbatim(kind.table)} t
        join jsonb_to_recordset(${JSON.stringify(bound)}::jsonb) as b (id uuid, wanted jsonb) on b.id = t.merged_into_id`,
  );
  await changeRecords(tx, kind, merged, by);
}

/** Searches find records by what they say now; a partner, with all that it has, by the places of its locations too. */
async function findAnew(
  tx: EntityManager,
  { name }: RecordKind,
  records: readonly { readonly id: string; readonly partner: string; readonly changes?: RecordChanges }[],
): Promise<unknown> {
  if (name === RecordName.JOB_OPENING) return indexRecords(tx, { openings: records.map(({ id }) => id) });
  if (name === RecordName.SERVICE) return indexRecords(tx, { services: records.map(({ id }) => id) });
  const partners = [...new Set(records.map(({ partner }) => partner))];
  return indexRecords(tx, { partners: [...partners, ...(await membersToFind(tx, name, records))] });
}

/** Members are found by the name of their umbrella, as long as that is published. */
async function membersToFind(
  tx: EntityManager,
  name: RecordName,
  records: readonly { readonly id: string; readonly changes?: RecordChanges }[],
): Promise<string[]> {
  if (name !== RecordName.PARTNER) return [];
  const umbrellas = records.flatMap(({ id, changes }) => (changes?.name || changes?.status ? [id] : []));
  if (umbrellas.length === 0) return [];
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`select id from partner where parent_id = any(${umbrellas}::uuid[]) and id <> all(${records.map(({ id }) => id)}::uuid[])`,
  );
  return rows.map(({ id }) => id);
}

type Changed = StoredRecord & { readonly changes: RecordChanges };

async function writeColumns(tx: EntityManager, kind: RecordKind, changed: readonly Changed[], at: Date): Promise<void> {
  const fields = new Set(changed.flatMap(({ changes }) => Object.keys(changes)));
  const rows = changed.map(({ id, document, changes }) => {
    const now = documentAfter(document, changes);
    return { id, ...rowOf(kind, Object.fromEntries([...fields].map(field => [field, now[field] ?? null]))) };
  });
  const set = Object.keys(rows[0]!)
    .filter(column => column !== 'id')
    .map(column => `${column} = r.${column}, `)
    .join('');
  const also = [...fields].flatMap(field => kind.fields[field]?.alsoSets ?? []).map(one => `${one}, `);
  const table = verbatim(kind.table);
  // Whoever sees when a shelter was last changed must not see that it moved.
  const quiet = changed.filter(({ document, changes }) => areSecret(kind, document, changes)).map(({ id }) => id);
  const written = await change(
    tx,
    sql`update ${table} t set ${verbatim(set + also.join(''))} version = t.version + 1,
          updated_at = case when t.id = any(${quiet}::uuid[]) then t.updated_at else edit.at end
        from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb) r
        cross join (select ${at}::timestamptz as at) edit where r.id = t.id`,
  );
  if (written !== changed.length) throw new Error(`${changed.length} records were to change, ${written} did.`);
}

const documentAfter = (document: RecordDocument, changes: RecordChanges): RecordDocument => ({
  ...document,
  ...Object.fromEntries(Object.entries(changes).map(([field, { after }]) => [field, after])),
});

async function writeLists(tx: EntityManager, kind: RecordKind, changed: readonly Changed[]): Promise<void> {
  for (const [field, { list }] of Object.entries(kind.fields)) {
    if (!list) continue;
    const concerned = changed.flatMap(({ id, changes }) => (changes[field] ? [{ id, change: changes[field] }] : []));
    if (concerned.length === 0) continue;
    const ids = concerned.map(({ id }) => id);
    await change(tx, sql`delete from ${verbatim(list.table)} where ${verbatim(list.owner)} = any(${ids}::uuid[])`);
    await insertList(
      tx,
      list,
      concerned.flatMap(({ id, change: { after } }) => rowsOfList(id, after)),
    );
  }
}

interface ListRow {
  readonly owner: string;
  readonly value: JsonValue;
}

const rowsOfList = (owner: string, values: JsonValue): ListRow[] =>
  (values as readonly JsonValue[]).map(value => ({ owner, value }));

async function insertList(
  tx: EntityManager,
  { table, owner, value }: NonNullable<FieldSpec['list']>,
  rows: readonly ListRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const written = rows.map(row => ({
    [owner]: row.owner,
    ...(typeof value === 'string'
      ? { [value]: row.value }
      : Object.fromEntries(
          Object.entries(value).map(([member, column]) => [
            column,
            (row.value as Record<string, JsonValue>)[member] ?? null,
          ]),
        )),
  }));
  const columns = namesOf(written);
  await change(
    tx,
    sql`insert into ${verbatim(table)} (${columns})
        select ${columns} from jsonb_populate_recordset(null::${verbatim(table)}, ${JSON.stringify(written)}::jsonb)`,
  );
}

/** The fields that lie in columns, by column. */
const rowOf = (kind: RecordKind, document: RecordDocument): Record<string, JsonValue> =>
  Object.fromEntries(
    Object.entries(document).flatMap(([field, value]) => {
      const column = kind.fields[field]?.column;
      return column ? [[column, value]] : [];
    }),
  );

/** SQL: the names of the columns, which all rows have. */
const namesOf = (rows: readonly object[]): Sql =>
  verbatim(
    Object.keys(rows[0]!)
      .map(column => `"${column}"`)
      .join(', '),
  );

interface Remembered {
  readonly id: string;
  readonly network: string;
  readonly version: number;
  readonly changes: Readonly<Record<string, FieldChange>>;
}

/** Revisions are kept for good: of what was shown on a day. */
async function remember(
  tx: EntityManager,
  kind: RecordKind,
  records: readonly Remembered[],
  { origin, at, account, source = null }: Provenance,
): Promise<void> {
  const rows = records.map(({ id, network, version, changes }) => ({
    record_id: id,
    network_id: network,
    version,
    changes,
  }));
  await change(
    tx,
    sql`insert into revision (kind, record_id, network_id, version, at, origin, account_id, source, changes)
        select ${kind.name}, r.record_id, r.network_id, r.version, ${at}, ${origin}, ${account}::uuid, ${source}::text, r.changes
        from jsonb_populate_recordset(null::revision, ${JSON.stringify(rows)}::jsonb) r`,
  );
}
