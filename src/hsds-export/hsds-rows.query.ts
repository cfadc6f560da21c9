import type { EntityManager } from '@mikro-orm/postgresql';
import { ROOTS } from '../hsds-import/hsds-owner.rules.js';
import { foldGerman } from '../search/fold.rules.js';
import { STATE_NAMES } from '../shared/german-states.rules.js';
import { type Progress, SILENT } from '../shared/progress.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { KINDS, rowsOfBatch, type World } from './hsds-batch.rules.js';
import { goingOut, guardedPlaces, idsOut, idsOutOf, rowsOfNone, rowsSaid, sourcesOf } from './hsds-export.query.js';
import { linksOf } from './hsds-guarded.rules.js';
import type { OutRow, OutTerm } from './hsds-out.rules.js';
import { ownTermRows } from './hsds-own-terms.rules.js';

const BATCH = 500;

/**
 * A network's published directory as rows of the Human Services Data Specification 3.1, a record after the other; the
 * rows of each table are in one order at every export of the same data. What came from a source goes out as it came,
 * with all that the hub has no field for, but for what was changed since.
 *
 * @param tx a transaction that sees one state of the database
 */
export async function* hsdsRows(
  tx: EntityManager,
  network: string,
  progress: Progress = SILENT,
): AsyncGenerator<OutRow> {
  const world = await readWorld(tx, network);
  yield* termRows(tx, network, world);
  for (const table of ROOTS) {
    const { kind } = KINDS[table];
    for await (const batch of goingOut(tx, { table, kind, network }, BATCH, progress))
      yield* rowsOfBatch(world, table, batch, await rowsSaid(tx, sourcesOf(batch)));
  }
}

/** What belongs to no record: the hub's own terms, and what the sources of a network said besides. */
export async function* noneRows(tx: EntityManager, network: string): AsyncGenerator<OutRow> {
  yield* termRows(tx, network, await readCodes(tx));
}

async function* termRows(
  tx: EntityManager,
  network: string,
  { categories, needs }: { categories: readonly Code[]; needs: readonly Code[] },
): AsyncGenerator<OutRow> {
  const own = ownTermRows(categories, needs);
  const told = new Set(own.map(({ table, id }) => `${table}:${id}`));
  yield* own;
  const guarded = await guardedOf(tx, network);
  const careful = new Set([...guarded].map(place => place.slice(0, place.indexOf('/'))));
  for (let after = ''; ; ) {
    const rows = await rowsOfNone(tx, network, after, BATCH);
    // Of a source that knows a guarded place, what hangs on anything might hang on that.
    for (const { source, ...row } of rows)
      if (!told.has(`${row.table}:${row.id}`) && !(careful.has(source) && linksOf(row).length > 0)) yield row;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = `${last.table}:${last.id}`;
  }
}

interface NetworkWorld extends World {
  readonly categories: readonly Code[];
  readonly needs: readonly Code[];
}

export interface Code {
  readonly code: string;
  readonly name: string;
  readonly english: string;
  readonly parent: string | null;
}

async function readWorld(tx: EntityManager, network: string): Promise<NetworkWorld> {
  const ids = new Map<string, string>();
  for (const table of ['organizations', 'locations'] as const)
    for (const [record, id] of await idsOut(tx, { table, kind: KINDS[table].kind, network })) ids.set(record, id);
  const umbrellas = await rowsOf<{ id: string }>(
    tx,
    sql`select distinct parent_id as id from partner where network_id = ${network} and parent_id is not null`,
  );
  const abroad = umbrellas.map(({ id }) => id).filter(id => !ids.has(id));
  for (const [record, id] of await idsOutOf(tx, { table: 'organizations', kind: KINDS.organizations.kind }, abroad))
    ids.set(record, id);
  const areas = await rowsOf<{ key: string; name: string }>(
    tx,
    sql`select key, name from municipality union all select distinct district_key, district_name from municipality`,
  );
  const { categories, needs } = await readCodes(tx);
  const terms = await termsSaid(tx, sql`s.network_id = ${network}`);
  return {
    ids,
    areas: new Map([...Object.entries(STATE_NAMES), ...areas.map(({ key, name }) => [key, name] as const)]),
    categories,
    needs,
    terms: withMeaning(terms, categories, needs),
    guarded: await guardedOf(tx, network),
  };
}

const guardedOf = (tx: EntityManager, network: string): Promise<Set<string>> =>
  guardedPlaces(tx, sql`k.source_id in (select id from source where network_id = ${network})`);

/** Categories and needs in their order. */
export async function readCodes(em: EntityManager): Promise<{ categories: readonly Code[]; needs: readonly Code[] }> {
  const categories = await rowsOf<Code>(
    em,
    sql`select code, name_de as name, name_en as english, parent_code as parent from category order by position, code`,
  );
  const needs = await rowsOf<Code>(
    em,
    sql`select code, name_de as name, name_en as english, null as parent from need order by position, code`,
  );
  return { categories, needs };
}

type SaidTerm = { source: string; id: string } & Omit<OutTerm, 'means'>;

/** Terms of sources. @param which SQL: of a row `r` of what the source `s` said */
export const termsSaid = (em: EntityManager, which: Sql): Promise<SaidTerm[]> =>
  rowsOf<SaidTerm>(
    em,
    sql`select r.source_id as source, substr(r.key, 16) as id, coalesce(r.row ->> 'code', '') as code,
          coalesce(r.row ->> 'name', '') as name,
          coalesce(r.row ->> 'taxonomy', x.row ->> 'name', '') as taxonomy
        from source_row r join source s on s.id = r.source_id
        left join source_row x on x.source_id = r.source_id and x.key = 'taxonomies:' || (r.row ->> 'taxonomy_id')
        where ${which} and starts_with(r.key, 'taxonomy_terms:')`,
  );

/** The same by source and id, each with what the hub takes it for. */
export function withMeaning(
  terms: readonly SaidTerm[],
  categories: readonly Code[],
  needs: readonly Code[],
): World['terms'] {
  const [kinds, target] = [namesOf(categories), namesOf(needs)];
  return new Map(
    terms.map(({ source, id, ...term }) => {
      const isOf = (names: ReadonlySet<string>) => names.has(term.code) || names.has(foldGerman(term.name));
      const means = isOf(kinds) ? 'categories' : isOf(target) ? 'needs' : undefined;
      return [`${source}/${id}`, { ...term, ...(means && { means }) }];
    }),
  );
}

const namesOf = (codes: readonly Code[]): Set<string> =>
  new Set(codes.flatMap(({ code, name, english }) => [code, foldGerman(name), foldGerman(english)]));
