import { stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';

/** What PostgreSQL's planner knows of a database: enough to have its plans without its data. */
export interface Statistics {
  readonly relations: readonly RelationStatistics[];
  readonly columns: readonly ColumnStatistics[];
}

/** Of a table or an index. */
interface RelationStatistics {
  readonly name: string;
  readonly kind: 'r' | 'i';
  readonly tuples: number;
  readonly pages: number;
  readonly visible: number;
}

interface ColumnStatistics {
  readonly table: string;
  readonly column: string;
  readonly nulls: number;
  readonly width: number;
  readonly distinct: number;
  readonly correlation: number | null;
  /** The most common values as the text of an array, and how often they come. */
  readonly values: string | null;
  readonly shares: readonly number[] | null;
}

/** One line for each, to be kept in a file. */
export const asLines = ({ relations, columns }: Statistics): string =>
  [...relations, ...columns].map(row => `${JSON.stringify(row)}\n`).join('');

export function fromLines(text: string): Statistics {
  const rows = text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as RelationStatistics | ColumnStatistics);
  return { relations: rows.filter(row => 'kind' in row), columns: rows.filter(row => 'column' in row) };
}

/** So many of the most common values are kept: what is asked by them is not among these questions. */
const COMMON = 10;

/** Reads them of the hub's own tables, as the superuser. */
export async function readStatistics(client: pg.ClientBase): Promise<Statistics> {
  const { rows: relations } = await client.query<RelationStatistics>(
    `select relname as name, case relkind when 'i' then 'i' else 'r' end as kind, reltuples::float8 as tuples, relpages as pages,
       relallvisible as visible
     from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'i') and reltuples >= 0 order by relname`,
  );
  const { rows: columns } = await client.query<ColumnStatistics>(
    `select tablename as "table", attname as "column", round(null_frac::numeric, 4)::float8 as nulls, avg_width as width,
       round(n_distinct::numeric, 4)::float8 as "distinct", round(correlation::numeric, 2)::float8 as correlation,
       case when common.shares is not null then common.vals end as "values", common.shares
     from pg_stats s cross join lateral (
       select (s.most_common_vals::text::text[])[1 : ${COMMON}]::text as vals,
         array(select round(one::numeric, 4)::float8 from unnest(s.most_common_freqs[1 : ${COMMON}]) one) as shares
       where s.most_common_vals is not null and s.most_common_vals::text not like '%{{%'
     ) common
     where schemaname = 'public'
     union all
     select tablename, attname, round(null_frac::numeric, 4)::float8, avg_width, round(n_distinct::numeric, 4)::float8,
       round(correlation::numeric, 2)::float8, null, null
     from pg_stats where schemaname = 'public' and (most_common_vals is null or most_common_vals::text like '%{{%')
     order by 1, 2`,
  );
  return { relations, columns };
}

const PAGE_BYTES = 8192;

/**
 * Makes the planner of a migrated database believe in them. Rows and columns are told by PostgreSQL's own functions. The
 * number of pages the planner reads off the files: these become as long as they would be, by a hole that takes no place and
 * that nobody may read. The database is good for EXPLAIN alone afterwards.
 *
 * @param client superuser of a PostgreSQL on this machine
 */
export async function restoreStatistics(client: pg.ClientBase, { relations, columns }: Statistics): Promise<void> {
  await client.query(
    `select pg_restore_relation_stats('schemaname', 'public', 'relname', r.name, 'relpages', r.pages,
       'reltuples', r.tuples::real, 'relallvisible', r.visible)
     from jsonb_to_recordset($1::jsonb) as r (name text, tuples float8, pages int, visible int)
     where to_regclass(format('public.%I', r.name)) is not null`,
    [JSON.stringify(relations)],
  );
  await client.query(
    `select pg_restore_attribute_stats('schemaname', 'public', 'relname', r."table", 'attname', r."column", 'inherited', false,
       'null_frac', r.nulls::real, 'avg_width', r.width, 'n_distinct', r."distinct"::real, 'correlation', r.correlation::real,
       'most_common_vals', r."values", 'most_common_freqs', (select array_agg(x::real) from jsonb_array_elements_text(r.shares) x))
     from jsonb_to_recordset($1::jsonb) as r ("table" text, "column" text, nulls float8, width int, "distinct" float8,
       correlation float8, "values" text, shares jsonb)
     join pg_attribute a on a.attrelid = to_regclass(format('public.%I', r."table")) and a.attname = r."column" and not a.attisdropped`,
    [JSON.stringify(columns)],
  );
  const { rows } = await client.query<{ name: string; path: string }>(
    `select relname as name, current_setting('data_directory') || '/' || pg_relation_filepath(oid) as path
     from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'i')`,
  );
  const pages = new Map(relations.map(one => [one.name, one.pages]));
  for (const { name, path } of rows) {
    const bytes = (pages.get(name) ?? 0) * PAGE_BYTES;
    if (bytes > (await stat(join(path))).size) await truncate(path, bytes);
  }
}

/** What has more rows than this is read by a condition that an index answers. */
const MANY_ROWS = 10_000;

/** Tables, and indexes: one of few rows of a big table may be read whole. */
export const bigRelations = ({ relations }: Statistics): Set<string> =>
  new Set(relations.filter(({ tuples }) => tuples > MANY_ROWS).map(({ name }) => name));
