import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RecordKind } from '../record/record.rules.js';
import { change } from '../shared/change.js';
import { copyLine, copyRows } from '../shared/copy-rows.js';
import { countWhere, rowsOf, sql, verbatim } from '../shared/sql.js';
import { noteIn } from '../shared/temporary-table.js';
import { KEPT, keyOf, ownersOf, type Root, type SourceRowValues } from './hsds-owner.rules.js';

/** How often what hangs on another row's row is looked up: a phone of a contact of a service at a location. */
const DEPTH = 8;

/**
 * Brings all rows of a source into a table of the connection, which must be the only one of the pool. They are copied
 * as they come, so memory is bounded whatever their number; a row belongs to the first of its owners that is there.
 *
 * @returns how many rows, and how many organisations, locations and services among them
 */
export async function stageRows(
  em: EntityManager,
  rows: AsyncIterable<SourceRowValues>,
): Promise<{ rows: number; roots: number }> {
  await em.execute('drop table if exists staged_row');
  await em.execute(
    `create temporary table staged_row (key text not null, file text not null, line int, position int not null,
       hash uuid not null, root text, owners text[] not null, row jsonb not null)`,
  );
  const counter = { rows: 0, again: false };
  await copyRows(em, 'staged_row (key, file, line, position, hash, owners, row)', lines(rows, counter));
  if (counter.again) await mergeRepeated(em);
  await em.execute('create unique index on staged_row (key)');
  await em.execute('analyze staged_row');
  await findRoots(em);
  await em.execute('create index on staged_row (root)');
  await em.execute('analyze staged_row');
  return { rows: counter.rows, roots: await countWhere(em, 'staged_row r', [sql`r.root = r.key`]) };
}

/** In pieces of some kilobytes: a piece per row would cost more than the row. */
async function* lines(
  rows: AsyncIterable<SourceRowValues>,
  counter: { rows: number; again: boolean },
): AsyncGenerator<string> {
  let piece = '';
  for await (const one of rows) {
    const row = storable(one);
    const text = JSON.stringify({ ...row.values, [KEPT]: keptOf(row) });
    const hash = createHash('md5').update(text).digest('hex');
    const owners = `{${ownersOf(row)
      .map(owner => `"${owner.replace(/["\\]/g, '\\$&')}"`)
      .join(',')}}`;
    const key = keyOf(row.table, row.id);
    piece += copyLine([key, row.file, row.row, counter.rows, hash, owners, text]);
    counter.rows++;
    counter.again ||= row.again ?? false;
    if (piece.length > 65_536) {
      yield piece;
      piece = '';
    }
  }
  if (piece) yield piece;
}

/** PostgreSQL stores neither NUL nor half a character: what cannot be is replaced by the sign for that. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;
const MAYBE_UNSTORABLE = /\\u(0000|d[89a-f])/;

const storable = <T>(row: T): T =>
  MAYBE_UNSTORABLE.test(JSON.stringify(row))
    ? (JSON.parse(JSON.stringify(row), (_, value) =>
        typeof value === 'string' ? value.replace(UNSTORABLE, '\ufffd') : value,
      ) as T)
    : row;

/** Where a value was no column of the specification, or none that could be read; nothing where all were. */
function keptOf({ values, unknown, original }: SourceRowValues): Record<string, unknown> | undefined {
  const kept = Object.entries({ ...unknown, ...original }).filter(([column]) => values[column] === undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Records of JSON repeat what they refer to, now with more and now with less: what came first holds, the rest adds. */
async function mergeRepeated(em: EntityManager): Promise<void> {
  await em.execute(
    `create temporary table repeated_row as
       select s.key, min(s.position) as position,
         (select jsonb_object_agg(m.name, m.value) from (
           select distinct on (e.name) e.name, e.value from staged_row o, jsonb_each(o.row) as e (name, value)
           where o.key = s.key order by e.name, o.position) m) as row
       from staged_row s group by s.key having count(*) > 1`,
  );
  await em.execute(
    `update staged_row s set row = r.row, hash = md5(r.row::text)::uuid from repeated_row r
     where r.key = s.key and r.position = s.position`,
  );
  await em.execute('delete from staged_row s using repeated_row r where r.key = s.key and r.position <> s.position');
  await em.execute('drop table repeated_row');
}

/** A root is its own; what hangs on something has the root of that, step by step. */
async function findRoots(em: EntityManager): Promise<void> {
  await change(em, sql`update staged_row set root = key where owners[1] = key`);
  for (let depth = 0; depth < DEPTH; depth++) {
    const found = await change(
      em,
      sql`update staged_row r set root = found.root
          from (
            select distinct on (hanging.key) hanging.key, owner.root
            from staged_row hanging, unnest(hanging.owners) with ordinality as o (key, place)
            join staged_row owner on owner.key = o.key
            where hanging.root is null and owner.root is not null
            order by hanging.key, o.place
          ) found
          where found.key = r.key`,
    );
    if (found === 0) return;
  }
}

/**
 * Notes for the whole import the roots of which something is new, otherwise, or gone since the source was last
 * imported, and those that were refused then.
 */
export async function noteChangedRoots(em: EntityManager, sourceId: string): Promise<void> {
  await noteIn(em, 'said_row', sql`select key, root, hash from source_row where source_id = ${sourceId}`, 'key');
  await noteIn(em, 'known_key', sql`select distinct key from source_record where source_id = ${sourceId}`, 'key');
  await noteIn(
    em,
    'changed_root',
    sql`with differing as (
          select n.root as now, o.root as before from staged_row n full join said_row o on o.key = n.key
          where n.hash is distinct from o.hash or n.root is distinct from o.root
        ),
        concerned (root) as (
          select now from differing union select before from differing
          union select n.key from staged_row n where n.root = n.key and not exists (
            select from known_key k where k.key = n.key)
        )
        select r.key, r.position from concerned c join staged_row r on r.key = c.root`,
    'key',
  );
}

/** The keys of those of one table, in the order of the source. */
export async function changedRoots(em: EntityManager, table: Root): Promise<string[]> {
  const rows = await rowsOf<{ key: string }>(
    em,
    sql`select key from changed_root where starts_with(key, ${`${table}:`}) order by position`,
  );
  return rows.map(row => row.key);
}

/** Records in use of which the source told before and does not now. */
export const noLongerListed = (
  em: EntityManager,
  sourceId: string,
  table: Root,
  kind: RecordKind,
): Promise<{ id: string; name: string }[]> =>
  rowsOf(
    em,
    sql`select distinct on (k.key) substr(k.key, ${table.length + 2}::int) as id, coalesce(t.name, '') as name
        from source_record k join ${verbatim(kind.table)} t on t.id = k.record_id
        where k.source_id = ${sourceId} and starts_with(k.key, ${`${table}:`})
          and t.status not in ('ARCHIVED', 'NOT_ADMITTED', 'CLOSED')
          and not exists (select from staged_row n where n.key = k.key)
        order by k.key`,
  );

export interface StagedRow {
  readonly key: string;
  readonly root: string;
  readonly file: string;
  readonly line: number | null;
  readonly row: Readonly<Record<string, unknown>>;
}

/** All rows of these roots, in the order of the source. */
export const stagedRowsOf = (em: EntityManager, roots: readonly string[]): Promise<StagedRow[]> =>
  rowsOf<StagedRow>(
    em,
    sql`select key, root, file, line, row from staged_row where root = any(${roots}::text[]) order by position`,
  );

/** Remembers what the source said of these roots; null: of what belongs to none. What it no longer says is forgotten. */
export async function rememberRows(
  tx: EntityManager,
  sourceId: string,
  roots: readonly string[] | null,
): Promise<void> {
  const ofRoots = roots === null ? sql`root is null` : sql`root = any(${roots}::text[])`;
  await change(
    tx,
    sql`delete from source_row o where source_id = ${sourceId} and ${ofRoots}
          and not exists (select from staged_row n where n.key = o.key)`,
  );
  await change(
    tx,
    sql`insert into source_row (source_id, key, root, position, hash, row)
        select ${sourceId}::uuid, key, root, case when root is null then 0 else position end, hash, row
        from staged_row where ${ofRoots}
        on conflict (source_id, key) do update
          set root = excluded.root, position = excluded.position, hash = excluded.hash, row = excluded.row
          where (source_row.hash, source_row.root, source_row.position)
            is distinct from (excluded.hash, excluded.root, excluded.position)`,
  );
}
