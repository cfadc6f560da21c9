import type { EntityManager } from '@mikro-orm/postgresql';
import { folded } from '../hsds-import/hsds-lookup.rules.js';
import { ROOTS, type Root } from '../hsds-import/hsds-owner.rules.js';
import { LOCATION_RECORD } from '../location/location-record.rules.js';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { changesBetween, completed, type RecordKind } from '../record/record.rules.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import { type GoingOut, goingOut, idsOut, rowsOfNone, rowsSaid } from './hsds-export.query.js';
import { LOCATION_WRITERS } from './hsds-location-rows.rules.js';
import {
  type FieldWriter,
  type OutRow,
  type OutTerm,
  rowsOfRecord,
  type TermOf,
  type Writing,
} from './hsds-out.rules.js';
import { ownTermRows } from './hsds-own-terms.rules.js';
import { PARTNER_WRITERS } from './hsds-partner-rows.rules.js';
import { SERVICE_WRITERS } from './hsds-service-rows.rules.js';

const BATCH = 500;

const KINDS: Readonly<Record<Root, { kind: RecordKind; writers: readonly FieldWriter[] }>> = {
  organizations: { kind: PARTNER_RECORD, writers: PARTNER_WRITERS },
  locations: { kind: LOCATION_RECORD, writers: LOCATION_WRITERS },
  services: { kind: SERVICE_RECORD, writers: SERVICE_WRITERS },
};

/**
 * A network's published directory as rows of the Human Services Data Specification 3.1, a record after the other; the
 * rows of each table are in one order at every export of the same data. What came from a source goes out as it came,
 * with all that the hub has no field for, but for what was changed since.
 *
 * @param tx a transaction that sees one state of the database
 */
export async function* hsdsRows(tx: EntityManager, network: string): AsyncGenerator<OutRow> {
  const world = await readWorld(tx, network);
  const own = ownTermRows(world.categories, world.needs);
  const told = new Set(own.map(({ table, id }) => `${table}:${id}`));
  yield* own;
  for (let after = ''; ; ) {
    const rows = await rowsOfNone(tx, network, after, BATCH);
    yield* rows.filter(({ table, id }) => !told.has(`${table}:${id}`));
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) break;
    after = `${last.table}:${last.id}`;
  }
  for (const table of ROOTS) {
    const { kind } = KINDS[table];
    for await (const batch of goingOut(tx, { table, kind, network }, BATCH))
      yield* await rowsOfBatch(tx, world, table, batch);
  }
}

interface World {
  readonly ids: ReadonlyMap<string, string>;
  readonly areas: ReadonlyMap<string, string>;
  /** By source and id. */
  readonly terms: ReadonlyMap<string, OutTerm>;
  readonly categories: readonly Code[];
  readonly needs: readonly Code[];
}

export interface Code {
  readonly code: string;
  readonly name: string;
  readonly english: string;
  readonly parent: string | null;
}

async function rowsOfBatch(
  tx: EntityManager,
  world: World,
  table: Root,
  batch: readonly GoingOut[],
): Promise<OutRow[]> {
  const { kind, writers } = KINDS[table];
  const said = await rowsSaid(
    tx,
    batch.flatMap(({ source, key }) => (source && key ? [{ source, key }] : [])),
  );
  return batch.flatMap(one => {
    const writing: Writing = {
      id: one.id,
      document: one.document,
      about: aboutOf(table, one, world),
      idOf: record => world.ids.get(record) ?? record,
      areaName: key => world.areas.get(key) ?? key,
    };
    const rows = one.source && one.key ? said.get(`${one.source}/${one.key}`) : undefined;
    const root = rows?.find(row => row.table === table && one.key === `${table}:${row.id}`);
    if (!rows || !root || !one.said) return rowsOfRecord(table, writers, writing, null);
    const changed = new Set(Object.keys(changesBetween(kind, completed(kind, one.said), one.document)));
    const term: TermOf = id => world.terms.get(`${one.source}/${id}`);
    return rowsOfRecord(table, writers, writing, { root, rows: rows.filter(row => row !== root), changed, term });
  });
}

/** Whose it is and how old, in the columns that its table has for that. */
function aboutOf(table: Root, one: GoingOut, { ids }: World): Writing['about'] {
  if (table === 'organizations') return { always: {}, changed: {} };
  const always = { organization_id: ids.get(one.partner) ?? one.partner };
  if (table === 'locations') return { always, changed: {} };
  const confirmed = one.confirmedAt === null ? null : berlinDay(new Date(one.confirmedAt));
  return { always, changed: { assured_date: confirmed, last_modified: new Date(one.updatedAt).toISOString() } };
}

async function readWorld(tx: EntityManager, network: string): Promise<World> {
  const ids = new Map<string, string>();
  for (const table of ['organizations', 'locations'] as const)
    for (const [record, id] of await idsOut(tx, { table, kind: KINDS[table].kind, network })) ids.set(record, id);
  const areas = await rowsOf<{ key: string; name: string }>(
    tx,
    sql`select key, name from municipality union all select distinct district_key, district_name from municipality`,
  );
  const categories = await rowsOf<Code>(
    tx,
    sql`select code, name_de as name, name_en as english, parent_code as parent from category order by position, code`,
  );
  const needs = await rowsOf<Code>(
    tx,
    sql`select code, name_de as name, name_en as english, null as parent from need order by position, code`,
  );
  const terms = await rowsOf<{ source: string; id: string } & Omit<OutTerm, 'means'>>(
    tx,
    sql`select r.source_id as source, substr(r.key, 16) as id, coalesce(r.row ->> 'code', '') as code,
          coalesce(r.row ->> 'name', '') as name,
          coalesce(r.row ->> 'taxonomy', x.row ->> 'name', '') as taxonomy
        from source_row r join source s on s.id = r.source_id
        left join source_row x on x.source_id = r.source_id and x.key = 'taxonomies:' || (r.row ->> 'taxonomy_id')
        where s.network_id = ${network} and starts_with(r.key, 'taxonomy_terms:')`,
  );
  const [kinds, target] = [namesOf(categories), namesOf(needs)];
  return {
    ids,
    areas: new Map(areas.map(({ key, name }) => [key, name])),
    categories,
    needs,
    terms: new Map(
      terms.map(({ source, id, ...term }) => {
        const isOf = (names: ReadonlySet<string>) => names.has(term.code) || names.has(folded(term.name));
        const means = isOf(kinds) ? 'categories' : isOf(target) ? 'needs' : undefined;
        return [`${source}/${id}`, { ...term, ...(means && { means }) }];
      }),
    ),
  };
}

const namesOf = (codes: readonly Code[]): Set<string> =>
  new Set(codes.flatMap(({ code, name, english }) => [code, folded(name), folded(english)]));
