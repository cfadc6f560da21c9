import type { EntityManager } from '@mikro-orm/postgresql';
import { subtrees } from '../category/category.query.js';
import { knownInstruments } from '../instrument/instrument.query.js';
import { knownMunicipality } from '../municipality/municipality.query.js';
import { knownNeeds } from '../need/need.query.js';
import { knownNetwork } from '../network/network.query.js';
import { ofPublishedPartner, ofSeenPartner } from '../partner/partner.access.js';
import type { Partner } from '../partner/partner.entity.js';
import { type Past, pastOf } from '../record/past.js';
import { ownedSince } from '../record/record-owners.query.js';
import { bestFirst, listOf, rankIn, typed } from '../search/best-first.query.js';
import { SearchKind } from '../search/search-record.rules.js';
import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import type { Position } from '../shared/cursor.js';
import { badInput } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { byName } from '../shared/named-list.js';
import { countOf, listPage, type OrderedList, type Wish } from '../shared/ordered-list.js';
import { anyOf, columnsOf, entitiesOf, type Sql, sql, verbatim } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { Service } from './service.entity.js';
import {
  type NetworkServicesArgs,
  ServiceConnection,
  type ServiceFilter,
  type ServicesArgs,
} from './service.inputs.js';
import { COARSE_STEPS, PUBLISHED } from './service.rules.js';
import { SERVICE_RECORD } from './service-record.rules.js';

export const SERVICES = byName(Service, 'service', 'id');

/** Null where there is none that the viewer may see. */
export const findService = ({ em, viewer }: Context, id: string): Promise<Service | null> =>
  seenService(em, viewer, id);

/** Those of these that the viewer sees, by id; one statement. */
export async function servicesById(
  { em, viewer }: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Service>> {
  if (ids.length === 0) return new Map();
  const which = sql`t.id = any(${ids}::uuid[]) and ${ofSeenPartner(viewer, sql`t.partner_id`)}`;
  const found = await entitiesOf(em, Service, sql`select ${columnsOf(em, Service, 't')} from service t where ${which}`);
  return new Map(found.map(service => [service.id, service]));
}

/** The same inside a transaction. */
export async function seenService(em: EntityManager, viewer: Viewer, id: string): Promise<Service | null> {
  if (!isId(id)) return null;
  const which = sql`t.id = ${id} and ${ofSeenPartner(viewer, sql`t.partner_id`)}`;
  const found = await entitiesOf(em, Service, sql`select ${columnsOf(em, Service, 't')} from service t where ${which}`);
  return found[0] ?? null;
}

/** The services of all networks, or of one. */
export async function servicePage(ctx: Context, args: NetworkServicesArgs): Promise<ServiceConnection> {
  const query = typed(args.filter?.query);
  const page = pageOf(args, ctx.secrets, listOf(ServiceConnection.list, query));
  const network = args.network == null ? null : (await knownNetwork(ctx.em, args.network, 'network')).id;
  const { list = SERVICES, conditions } = await serviceWish(ctx, args.filter ?? {}, network);
  conditions.push(ofPublishedPartner(sql`t.partner_id`));
  if (network) conditions.push(sql`t.network_id = ${network}`);
  const rows = await listPage(ctx.em, list, conditions, page);
  return connection(ctx, { list, query, rows, page, count: () => countOf(ctx.em, list, conditions) });
}

/** The services of a partner that the viewer sees; the lists of one page of partners by one statement. */
export async function servicesOfPartner(
  ctx: Context,
  partner: Partner,
  args: ServicesArgs,
): Promise<ServiceConnection> {
  const past = pastOf(partner);
  if (past) return pastServices(ctx, past, partner, args);
  const { id } = partner;
  const filter = args.filter ?? {};
  const query = typed(filter.query);
  const page = pageOf(args, ctx.secrets, listOf(ServiceConnection.list, query));
  const lists = ctx.loaders.servicesOf('partner_id', filter, page, () => serviceWish(ctx, filter, null));
  const rows = await lists.rows.load(id);
  return connection(ctx, { list: await lists.list(), query, rows, page, count: () => lists.count.load(id) });
}

/** Of the past only what lies in the record itself can be asked for: BAD_USER_INPUT for the rest. */
async function pastServices(ctx: Context, past: Past, { id }: Partner, args: ServicesArgs): Promise<ServiceConnection> {
  const { statuses, languages, ...others } = args.filter ?? {};
  const page = pageOf(args, ctx.secrets, ServiceConnection.list);
  const [odd] = Object.entries(others).find(([, value]) => value != null) ?? [];
  if (odd) throw badInput(`filter.${odd}`, 'Services of the past are found by status and language only.');
  const lists = ctx.loaders.past(past.at).servicesOf(JSON.stringify([page, statuses, languages]), () => ({
    list: SERVICES,
    parent: 'partner_id',
    among: ids => sql`present.id in (${ownedSince(SERVICE_RECORD, ids, past.at)})`,
    conditions: [ofStatus(statuses), ...(languages?.length ? [speaksOneOf(languages)] : [])],
    page,
  }));
  const rows = await lists.rows.load(id);
  return connection(ctx, { list: SERVICES, query: null, rows, page, count: () => lists.count.load(id) });
}

/** SQL: is the intake of a service `s` open on that day, as far as its own pause goes? `isIntakePaused` of the rules. */
export const intakeOpenOn = (day: string): Sql =>
  sql`(s.intake_paused_until is null or s.intake_paused_until < ${day}::date)`;

/** SQL: the first day from that day on, on which a service `s` has no pause of its own. `firstDayUnpaused` of the rules. */
export const firstDayUnpausedOf = (day: string): Sql => sql`greatest(${day}::date, s.intake_paused_until + 1)`;

/** SQL: does the service's area include the municipality, by its own key, its district's or its state's? */
export const areaIncludes = (service: Sql, municipality: Sql): Sql => sql`exists (
  select from service_area a where a.service_id = ${service}
    and a.area_key in (${municipality}, left(${municipality}, 5), left(${municipality}, 2)))`;

/** SQL: has it reported places of which one is free? */
export const hasFreePlace = (service: Sql): Sql => sql`exists (
  select from service_capacity c where c.service_id = ${service} and c.reported_at is not null
    and c.reserved + c.occupied_elsewhere < c.total)`;

/** SQL: `freePlaces` of the rules, for a row of `service_capacity`; null where places are not counted. */
export const freePlacesOf = (row: Sql): Sql => sql`case when ${row}.total is not null
  then greatest(0, ${row}.total - ${row}.reserved - ${row}.occupied_elsewhere) end`;

/** SQL: `shownWaiting` of the rules, for a row of `service_capacity`. */
export const shownWaitingOf = (row: Sql, coarsely: Sql, exactly: Sql): Sql => sql`case
  when ${coarsely} and not ${exactly} then ${row}.reported_waiting
  when ${row}.reported_waiting is not null or ${row}.waitlisted > 0
    then coalesce(${row}.reported_waiting, 0) + ${row}.waitlisted end`;

/** SQL: `shownFree` of the rules, for whoever does not see the exact number; null where places are not counted. */
export const shownFreeOf = (free: Sql, coarsely: Sql, exactly: Sql): Sql => sql`case
  when ${exactly} or not ${coarsely} then ${free} ${COARSE_STEPS.map(step => reaches(free, step)).reduce(spaced)} end`;

const reaches = (free: Sql, step: number): Sql => {
  const shown = verbatim(String(step));
  return sql`when ${free} >= ${shown} then ${shown}`;
};

const spaced = (all: Sql, one: Sql): Sql => sql`${all} ${one}`;

interface Found {
  list: OrderedList<Service>;
  query: string | null;
  rows: Service[];
  page: Page;
  count: () => Promise<number>;
}

function connection({ secrets }: Context, { list, query, rows, page, count }: Found): ServiceConnection {
  const position = (service: Service): Position => [...rankIn(list, service), service.name, service.id];
  return ServiceConnection.of(secrets, { rows, page, position, count }, listOf(ServiceConnection.list, query));
}

/** `network`: whose list it is; null for one of all of them. */
async function serviceWish(ctx: Context, filter: ServiceFilter, network: string | null): Promise<Wish<Service>> {
  const query = typed(filter.query);
  const conditions = await serviceConditions(ctx, filter);
  return query
    ? { conditions, list: await bestFirst(ctx, SERVICES, SearchKind.SERVICE, query, network) }
    : { conditions };
}

/** SQL: those of these statuses; without any all but the closed ones. */
export const ofStatus = (statuses: ServiceFilter['statuses']): Sql =>
  sql`t.status = any(${statuses?.length ? statuses : PUBLISHED}::text[])`;

export async function serviceConditions(ctx: Context, filter: ServiceFilter): Promise<Sql[]> {
  const { categories, needs, instruments, languages, municipality, hasFreePlaces, statuses } = filter;
  if (municipality) await knownMunicipality(ctx.em, municipality, 'filter.municipality');
  if (needs) await knownNeeds(ctx, needs, 'filter.needs');
  if (instruments?.length) await knownInstruments(ctx, instruments, 'filter.instruments');
  const free = hasFreePlace(sql`t.id`);
  return [
    ofStatus(statuses),
    ...(categories?.length ? [inCategories(await subtrees(ctx, categories, 'filter.categories'))] : []),
    ...(needs?.length
      ? [sql`exists (select from service_need n where n.service_id = t.id and n.need_code = any(${needs}::text[]))`]
      : []),
    ...(instruments?.length ? [paidByOneOf(instruments)] : []),
    ...(languages?.length ? [speaksOneOf(languages)] : []),
    ...(municipality ? [areaIncludes(sql`t.id`, sql`${municipality}::text`)] : []),
    ...(hasFreePlaces != null ? [hasFreePlaces ? free : sql`not ${free}`] : []),
  ];
}

/** One containment for each, so that the index is used. */
const paidByOneOf = (codes: readonly string[]): Sql =>
  anyOf(codes.map(code => sql`t.instruments @> ${JSON.stringify([{ instrument: code }])}::jsonb`));

/** Basic filtering of BCP 47: "uk" is met by "uk" and by "uk-UA". */
const speaksOneOf = (languages: readonly string[]): Sql => sql`exists (
  select from unnest(t.languages) spoken, unnest(${languages}::text[]) asked
  where spoken = asked or starts_with(spoken, asked || '-'))`;

const inCategories = (codes: readonly string[]): Sql => sql`exists (
  select from service_category sc where sc.service_id = t.id and sc.category_code = any(${codes}::text[]))`;
