import type { EntityManager } from '@mikro-orm/postgresql';
import type { Root } from '../hsds-import/hsds-owner.rules.js';
import { LocationStatus } from '../location/location.rules.js';
import { STATE_NAMES } from '../shared/german-states.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import { type GoingOut, KINDS, rowsOfBatch, type World } from './hsds-batch.rules.js';
import { goingOutOf, guardedPlaces, idsOutOf, rowsSaid, sourcesOf } from './hsds-export.query.js';
import { type HsdsObject, type NestWish, nested, RowSet } from './hsds-nest.rules.js';
import type { OutRow } from './hsds-out.rules.js';
import { ownTermRows } from './hsds-own-terms.rules.js';
import { readCodes, termsSaid, withMeaning } from './hsds-rows.query.js';

const extent = (table: Root) => ({ table, kind: KINDS[table].kind });

/** Records of which all rows are wanted, by their own ids. */
export interface Wanted {
  readonly services?: readonly string[];
  readonly locations?: readonly string[];
  readonly organizations?: readonly string[];
  /** Also the locations of the services; organisations of both always. */
  readonly places: boolean;
  /** Also those that are no longer in use. */
  readonly archived?: boolean;
}

export interface FullRows {
  /** A record as an object of the specification; null where it is not published. */
  object(table: Root, record: string, wish: NestWish): HsdsObject | null;
  /** A service's being at a location; null where that is not told. */
  pair(service: string, location: string, wish: NestWish): HsdsObject | null;
  /** When the youngest of them was changed; null where there is none. */
  readonly changedAt: Date | null;
}

/** All rows of some published records, and of what they refer to: the same number of statements whatever theirs. */
export async function fullRows(em: EntityManager, wanted: Wanted): Promise<FullRows> {
  const services = await goingOutOf(em, extent('services'), wanted.services ?? []);
  const places = wanted.places ? services.flatMap(({ document }) => listed(document.locations)) : [];
  const found = await goingOutOf(em, extent('locations'), unique([...(wanted.locations ?? []), ...places]));
  const locations = wanted.archived ? found : found.filter(({ document }) => document.status === LocationStatus.ACTIVE);
  const partners = [...services, ...locations].map(({ partner }) => partner);
  const organizations = await goingOutOf(
    em,
    extent('organizations'),
    unique([...(wanted.organizations ?? []), ...partners]),
  );
  const all = [...organizations, ...locations, ...services];
  const said = await rowsSaid(em, sourcesOf(all));
  const ids = new Map(all.map(({ record, id }) => [record, id]));
  const named = unique([
    ...all.map(({ partner }) => partner),
    ...organizations.flatMap(({ document }) => (typeof document.parent === 'string' ? [document.parent] : [])),
  ]).filter(record => !ids.has(record));
  const elsewhere = unique(services.flatMap(({ document }) => listed(document.locations))).filter(one => !ids.has(one));
  const others = new Map([
    ...(await idsOutOf(em, extent('organizations'), named)),
    ...(await idsOutOf(em, extent('locations'), elsewhere)),
  ]);
  const { world, own, terms } = await worldOf(em, new Map([...others, ...ids]), all, said);
  const moments = all.map(({ updatedAt }) => Date.parse(updatedAt));
  // What sources call the same in two networks are two things.
  const sets = new Map(unique(all.map(({ network }) => network)).map(network => [network, new RowSet()]));
  for (const [network, set] of sets) {
    const here = (batch: readonly GoingOut[]) => batch.filter(one => one.network === network);
    const sources = new Set(here(all).map(({ source }) => source));
    set.add(own);
    set.add(terms.filter(({ source }) => sources.has(source)));
    set.add(rowsOfBatch(world, 'organizations', here(organizations), said));
    set.add(rowsOfBatch(world, 'locations', here(locations), said));
    set.add(rowsOfBatch(world, 'services', here(services), said));
  }
  const setOf = new Map(all.map(({ record, network }) => [record, sets.get(network)!]));
  return {
    object(table, record, wish) {
      const set = setOf.get(record);
      const row = set?.get(table, ids.get(record));
      return set && row ? nested(set, row, wish) : null;
    },
    pair(service, location, wish) {
      const set = setOf.get(service);
      const rows = set?.that('service_at_location', 'service_id', ids.get(service) ?? '') ?? [];
      const row = rows.find(({ values }) => values.location_id === ids.get(location));
      return set && row ? nested(set, row, wish) : null;
    },
    changedAt: moments.length > 0 ? new Date(Math.max(...moments)) : null,
  };
}

async function worldOf(
  em: EntityManager,
  ids: ReadonlyMap<string, string>,
  records: readonly GoingOut[],
  said: ReadonlyMap<string, readonly OutRow[]>,
): Promise<{ world: World; own: OutRow[]; terms: (OutRow & { source: string })[] }> {
  const { categories, needs } = await readCodes(em);
  const keys = unique(records.flatMap(({ document }) => listed(document.serviceArea)));
  const areas = await rowsOf<{ key: string; name: string }>(
    em,
    sql`select key, name from municipality where key = any(${keys}::text[])
        union all select distinct district_key, district_name from municipality where district_key = any(${keys}::text[])`,
  );
  const sources = unique(records.flatMap(({ source }) => source ?? []));
  const named = unique(
    [...said.values()]
      .flat()
      .flatMap(({ values }) => (values.taxonomy_term_id ? [`taxonomy_terms:${values.taxonomy_term_id}`] : [])),
  );
  const mine = sql`r.source_id = any(${sources}::uuid[])`;
  const terms = withMeaning(await termsSaid(em, sql`${mine} and r.key = any(${named}::text[])`), categories, needs);
  const rows = await rowsOf<OutRow & { source: string }>(
    em,
    sql`with term as (select r.* from source_row r where ${mine} and r.key = any(${named}::text[]))
        select source_id as source, 'taxonomy_terms' as table, substr(key, 16) as id, row - '#' as values from term
        union all
        select x.source_id, 'taxonomies', substr(x.key, 12), x.row - '#' from source_row x
        where (x.source_id, x.key) in (select source_id, 'taxonomies:' || (row ->> 'taxonomy_id') from term)`,
  );
  const places = [...said.values()].flat().flatMap(({ values }) => values.location_id ?? []);
  const placeKeys = [...places.map(id => `locations:${id}`), ...records.flatMap(({ key }) => key ?? [])];
  const guarded = await guardedPlaces(
    em,
    sql`k.source_id = any(${sources}::uuid[]) and k.key = any(${unique(placeKeys)}::text[])`,
  );
  const areaNames = new Map([...Object.entries(STATE_NAMES), ...areas.map(({ key, name }) => [key, name] as const)]);
  return { world: { ids, areas: areaNames, terms, guarded }, own: ownTermRows(categories, needs), terms: rows };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

const listed = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
