import type { EntityManager } from '@mikro-orm/postgresql';
import { PAIR_ID } from '../hsds-import/hsds-identity.rules.js';
import { LocationStatus } from '../location/location.rules.js';
import { knownNetwork } from '../network/network.query.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { hitsOf } from '../search/search-hits.query.js';
import { searchPlan } from '../search/search-plan.query.js';
import { SearchKind } from '../search/search-record.rules.js';
import { EVERYTHING_OUT } from '../search/search-shown.query.js';
import { PUBLISHED } from '../service/service.rules.js';
import { isId } from '../shared/id.js';
import { allOf, rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { type HsdsWish, isPlausibleId, type RecordList } from './hsds-api.rules.js';
import { ofTaxonomy, ofTerm } from './hsds-term-filters.query.js';

/** Which records a page holds: a service and its location where it is a list of both. */
export interface Head {
  readonly record: string;
  readonly location?: string;
  readonly updatedAt: string;
}

export interface Heads {
  readonly heads: readonly Head[];
  readonly total: number;
}

interface Table {
  readonly from: Sql;
  readonly columns: Sql;
  readonly published: Sql;
  readonly network: Sql;
  readonly order: Sql;
  readonly changedAt: Sql;
}

const publishedService = (alias: string): Sql =>
  sql`${verbatim(alias)}.status = any(${PUBLISHED}::text[]) and ${ofPublishedPartner(verbatim(`${alias}.partner_id`))}`;

const publishedLocation = (alias: string): Sql =>
  sql`${verbatim(alias)}.status = ${LocationStatus.ACTIVE} and ${ofPublishedPartner(verbatim(`${alias}.partner_id`))}`;

/** A place that several organisations share is a record of each, and is told once. */
const FIRST_OF_SHARED = sql`not exists (
  select from source_record mine join source_record other on other.source_id = mine.source_id and other.key = mine.key
  join location twin on twin.id = other.record_id
  where mine.record_id = t.id and other.record_id < t.id and ${publishedLocation('twin')})`;

const NETWORK_OF_LOCATION = sql`(select p.network_id from partner p where p.id = t.partner_id)`;

const TABLES: Readonly<Record<RecordList, Table>> = {
  services: {
    from: sql`service t`,
    columns: sql`t.id as record, t.updated_at as "updatedAt"`,
    published: publishedService('t'),
    network: sql`t.network_id`,
    order: sql`t.id`,
    changedAt: sql`t.updated_at`,
  },
  organizations: {
    from: sql`partner t`,
    columns: sql`t.id as record, t.updated_at as "updatedAt"`,
    published: sql`t.status = 'ACTIVE'`,
    network: sql`t.network_id`,
    order: sql`t.id`,
    changedAt: sql`t.updated_at`,
  },
  locations: {
    from: sql`location t`,
    columns: sql`t.id as record, t.updated_at as "updatedAt"`,
    published: sql`${publishedLocation('t')} and ${FIRST_OF_SHARED}`,
    network: NETWORK_OF_LOCATION,
    order: sql`t.id`,
    changedAt: sql`t.updated_at`,
  },
  service_at_locations: {
    from: sql`service_location x join service t on t.id = x.service_id join location l on l.id = x.location_id`,
    columns: sql`t.id as record, l.id as location, greatest(t.updated_at, l.updated_at) as "updatedAt"`,
    published: sql`${publishedService('t')} and ${publishedLocation('l')}`,
    network: sql`t.network_id`,
    order: sql`t.id, l.id`,
    changedAt: sql`greatest(t.updated_at, l.updated_at)`,
  },
};

/** One page of a list and how many there are on all. BAD_USER_INPUT on `network` where there is none such. */
export async function headsOf(em: EntityManager, list: RecordList, wish: HsdsWish): Promise<Heads> {
  const { from, columns, published, network, order, changedAt } = TABLES[list];
  const networkId = wish.network === null ? null : (await knownNetwork(em, wish.network, 'network')).id;
  const conditions = [
    published,
    ...(networkId === null ? [] : [sql`${network} = ${networkId}::uuid`]),
    ...(wish.modifiedAfter === null ? [] : [sql`${changedAt} >= ${wish.modifiedAfter}`]),
    ...(wish.search === null ? [] : [await found(em, list, wish.search, networkId)]),
    ...(wish.organizationId === null ? [] : [ofOrganization(wish.organizationId)]),
    ...(wish.postcode === null ? [] : [at(list, wish.postcode)]),
    ...(wish.taxonomyTermId === null ? [] : [await ofTerm(em, list, wish.taxonomyTermId)]),
    ...(wish.taxonomyId === null ? [] : [ofTaxonomy(list, wish.taxonomyId)]),
  ];
  const where = sql`from ${from} where ${allOf(conditions)}`;
  const [counted] = await rowsOf<{ total: number }>(em, sql`select count(*)::int as total ${where}`);
  const offset = (wish.page - 1) * wish.perPage;
  const heads = await rowsOf<Head>(
    em,
    sql`select ${columns} ${where} order by ${order} limit ${wish.perPage}::int offset ${offset}::int`,
  );
  return { heads, total: counted?.total ?? 0 };
}

/**
 * The published thing with this id, its source's or the hub's own; of one that was merged, the one that stands for it.
 * In several networks the first by slug.
 */
export async function headOf(
  em: EntityManager,
  list: RecordList,
  id: string,
  slug: string | null,
): Promise<Head | null> {
  if (!isPlausibleId(id)) return null;
  const networkId = slug === null ? null : (await knownNetwork(em, slug, 'network')).id;
  const { from, columns, published, network } = TABLES[list];
  const conditions = [
    published,
    list === 'service_at_locations' ? isPair(id) : isRecord(list, id),
    ...(networkId === null ? [] : [sql`${network} = ${networkId}::uuid`]),
  ];
  const own = standing(list, ownId(id));
  const [head] = await rowsOf<Head>(
    em,
    sql`select ${columns} from ${from} where ${allOf(conditions)}
        order by t.id is distinct from ${own}, (select slug from network n where n.id = ${network}), t.id limit 1`,
  );
  return head ?? null;
}

/** As an id of the hub's own, or null. */
const ownId = (id: string): string | null => (isId(id) ? id.toLowerCase() : null);

/** Lists of what may be merged, with the table of each. */
const MERGES: Readonly<Partial<Record<RecordList, string>>> = { organizations: 'partner', locations: 'location' };

/** SQL: the id of what stands for the thing with this id: of one that was merged, what it was merged into. */
function standing(list: RecordList, own: string | null): Sql {
  const table = MERGES[list];
  if (!table) return sql`${own}::uuid`;
  return sql`coalesce((select named.merged_into_id from ${verbatim(table)} named where named.id = ${own}::uuid), ${own}::uuid)`;
}

/** By its own id, or by the key that its source gave it; by those of what was merged into it, too. */
const isRecord = (list: RecordList, id: string): Sql => {
  const named = sql`select ${ownId(id)}::uuid as id union all
    select k.record_id from source s join source_record k on k.source_id = s.id and k.key = ${`${list}:${id}`}`;
  const table = MERGES[list];
  return table
    ? sql`t.id in (select coalesce(o.merged_into_id, o.id) from (${named}) named join ${verbatim(table)} o on o.id = named.id)`
    : sql`t.id in (${named})`;
};

/** By the id of its source's row, or the one that is made of both; also where the location was another that was merged. */
const isPair = (id: string): Sql => sql`(x.service_id, x.location_id) in (
  select k.record_id, coalesce(o.merged_into_id, o.id) from source s
    join source_row r on r.source_id = s.id and r.key = ${`service_at_location:${id}`}
    join source_record k on k.source_id = s.id and k.key = 'services:' || (r.row ->> 'service_id')
    join source_record p on p.source_id = s.id and p.key = 'locations:' || (r.row ->> 'location_id')
    join location o on o.id = p.record_id
  union all
  select o.service_id, o.location_id from service_location o where ${pairOf('o.service_id', 'o.location_id')} = ${bare(id)}
  union all
  select o.service_id, o.location_id from location merged join service_location o on o.location_id = merged.merged_into_id
    where merged.merged_into_id is not null and ${pairOf('o.service_id', 'merged.id')} = ${bare(id)})`;

const bare = (id: string): string | null => ownId(id)?.replaceAll('-', '') ?? null;

const pairOf = (service: string, location: string): Sql =>
  verbatim(PAIR_ID.replaceAll('"service_id"', service).replaceAll('"location_id"', location));

const ofOrganization = (id: string): Sql => sql`t.partner_id in (
  select t.id from partner t where ${isRecord('organizations', id)})`;

/** By the words of what records are found in a list. */
const SEARCHED: Readonly<Record<RecordList, readonly SearchKind[]>> = {
  services: [SearchKind.SERVICE],
  organizations: [SearchKind.PARTNER],
  locations: [SearchKind.PARTNER, SearchKind.SERVICE],
  service_at_locations: [SearchKind.SERVICE],
};

async function found(em: EntityManager, list: RecordList, search: string, networkId: string | null): Promise<Sql> {
  const plan = await searchPlan(em, search, networkId, { ...EVERYTHING_OUT, kinds: SEARCHED[list] });
  const hits = (kind: SearchKind) => hitsOf(plan, [kind], networkId).all;
  if (list === 'organizations') return sql`t.id in (select hit.partner_id from (${hits(SearchKind.PARTNER)}) hit)`;
  const services = sql`(select hit.service_id from (${hits(SearchKind.SERVICE)}) hit)`;
  if (list !== 'locations') return sql`t.id in ${services}`;
  return sql`(t.partner_id in (select hit.partner_id from (${hits(SearchKind.PARTNER)}) hit) or exists (
    select from service_location x join service s on s.id = x.service_id
    where x.location_id = t.id and ${publishedService('s')} and s.id in ${services}))`;
}

/** Whose address is protected is at no postal code. */
function at(list: RecordList, postcode: string): Sql {
  const place = (alias: string) =>
    sql`${verbatim(alias)}.postal_code = ${postcode} and not ${verbatim(alias)}.address_protected`;
  if (list === 'locations') return place('t');
  if (list === 'service_at_locations') return place('l');
  return sql`exists (select from service_location x join location l on l.id = x.location_id
    where x.service_id = t.id and ${publishedLocation('l')} and ${place('l')})`;
}

/** So many of each organisation are told with it; all of them are at `/hsds/services?organization_id=`. */
export const MOST_TOLD = 50;

/** Ids of what some published organisations have, the first by name. */
export async function organizationServices(
  em: EntityManager,
  partners: readonly string[],
): Promise<{ services: string[]; locations: string[] }> {
  const rows = await rowsOf<{ id: string; table: 'services' | 'locations' }>(
    em,
    sql`select one.id, 'services' as table from unnest(${partners}::uuid[]) p (id) cross join lateral (
          select t.id from service t where t.partner_id = p.id and ${publishedService('t')}
          order by t.name, t.id limit ${MOST_TOLD}) one
        union all
        select one.id, 'locations' from unnest(${partners}::uuid[]) p (id) cross join lateral (
          select t.id from location t where t.partner_id = p.id and ${publishedLocation('t')}
          order by t.name, t.id limit ${MOST_TOLD}) one`,
  );
  const of = (table: string) => rows.filter(row => row.table === table).map(({ id }) => id);
  return { services: of('services'), locations: of('locations') };
}
