import { knownMunicipality } from '../municipality/municipality.query.js';
import { knownNetwork } from '../network/network.query.js';
import { pastOf } from '../record/past.js';
import { bestFirst, listOf, rankIn, typed } from '../search/best-first.query.js';
import { SearchKind } from '../search/search-record.rules.js';
import { type Page, type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import type { Position } from '../shared/cursor.js';
import { type Freshness, freshnessSpan } from '../shared/freshness.rules.js';
import { isId } from '../shared/id.js';
import { byName } from '../shared/named-list.js';
import { countOf, listPage, type OrderedList, type Wish } from '../shared/ordered-list.js';
import { allOf, anyOf, type Sql, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { isKeptBy, seesPartner } from './partner.access.js';
import { Partner } from './partner.entity.js';
import {
  type NetworkPartnersArgs,
  PartnerConnection,
  type PartnerFilter,
  type PartnersArgs,
} from './partner.inputs.js';
import { PartnerStatus } from './partner.rules.js';

export const PARTNERS = byName(Partner, 'partner', 'id');

/** Null where there is none that the viewer may see. For one that was merged, what it was merged into. */
export async function findPartner({ em, viewer }: Context, id: string): Promise<Partner | null> {
  const named = isId(id) ? await em.findOne(Partner, { id }) : null;
  const partner = named?.mergedInto ? await em.findOne(Partner, { id: named.mergedInto.id }) : named;
  return partner && seesPartner(viewer, partner) ? partner : null;
}

/** SQL: the id of the partner that this one was merged into; its own where it was not. */
export const standingFor = (id: string): Sql =>
  sql`coalesce((select merged.merged_into_id from partner merged where merged.id = ${id}), ${id}::uuid)`;

/** The partners of all networks, or of one. */
export async function partnerPage(ctx: Context, args: NetworkPartnersArgs): Promise<PartnerConnection> {
  const { em } = ctx;
  const query = typed(args.filter?.query);
  const page = pageOf(args, ctx.secrets, listOf(PartnerConnection.list, query));
  const network = args.network == null ? null : (await knownNetwork(em, args.network, 'network')).id;
  const { list = PARTNERS, conditions } = await partnerWish(ctx, args.filter ?? {}, network);
  if (network) conditions.push(sql`t.network_id = ${network}`);
  const rows = await listPage(em, list, conditions, page);
  return connection(ctx, { list, query, rows, page, count: () => countOf(em, list, conditions) });
}

/** The partners of a network, or the members of an umbrella; the lists of one page of parents by one statement. */
export async function partnersPerParent(
  ctx: Context,
  parent: 'network_id' | 'parent_id',
  id: string,
  args: PartnersArgs,
): Promise<PartnerConnection> {
  const query = typed(args.filter?.query);
  const page = pageOf(args, ctx.secrets, listOf(PartnerConnection.list, query));
  const lists = ctx.loaders.partnersOf(parent, args.filter ?? {}, page, () =>
    partnerWish(ctx, args.filter ?? {}, null),
  );
  const rows = await lists.rows.load(id);
  return connection(ctx, { list: await lists.list(), query, rows, page, count: () => lists.count.load(id) });
}

interface Found {
  list: OrderedList<Partner>;
  query: string | null;
  rows: Partner[];
  page: Page;
  count: () => Promise<number>;
}

/** The partners that belong to an umbrella, or belonged to it. */
export async function membersOf(ctx: Context, partner: Partner, args: PageArgs): Promise<PartnerConnection> {
  const past = pastOf(partner);
  if (!past) return partnersPerParent(ctx, 'parent_id', partner.id, args);
  const page = pageOf(args, ctx.secrets, PartnerConnection.list);
  const lists = ctx.loaders.past(past.at).partnersOf(JSON.stringify(page), () => ({
    list: PARTNERS,
    parent: 'parent_id',
    among: ids => sql`present.id in (
      select id from partner where parent_id = any(${ids}::uuid[])
      union select record_id from revision where at > ${past.at} and changes->'parent'->>'before' = any(${ids}::text[]))`,
    conditions: [
      sql`t.status = ${PartnerStatus.ACTIVE} and exists (select from partner stands
      where stands.id = coalesce(present.merged_into_id, present.id) and stands.status = ${PartnerStatus.ACTIVE})`,
    ],
    page,
  }));
  const rows = await lists.rows.load(partner.id);
  return connection(ctx, { list: PARTNERS, query: null, rows, page, count: () => lists.count.load(partner.id) });
}

/** The umbrella that a partner belongs to, or belonged to; null where the viewer may not see it. */
export async function parentOf({ loaders, viewer }: Context, partner: Partner): Promise<Partner | null> {
  const past = pastOf(partner);
  if (past && partner.parent) return loaders.past(past.at).partner.load(partner.parent.id);
  const parent = await partner.parent?.loadOrFail();
  return parent && seesPartner(viewer, parent) ? parent : null;
}

function connection({ secrets }: Context, { list, query, rows, page, count }: Found): PartnerConnection {
  const position = (partner: Partner): Position => [...rankIn(list, partner), partner.name, partner.id];
  return PartnerConnection.of(secrets, { rows, page, position, count }, listOf(PartnerConnection.list, query));
}

/** `network`: whose list it is; null for one of all of them. */
async function partnerWish(ctx: Context, filter: PartnerFilter, network: string | null): Promise<Wish<Partner>> {
  const query = typed(filter.query);
  const conditions = await partnerConditions(ctx, filter);
  return query
    ? { conditions, list: await bestFirst(ctx, PARTNERS, SearchKind.PARTNER, query, network) }
    : { conditions };
}

export async function partnerConditions(
  { em, now, viewer }: Context,
  { kinds, freshness, municipality, statuses }: PartnerFilter,
): Promise<Sql[]> {
  if (municipality) await knownMunicipality(em, municipality, 'filter.municipality');
  return [
    withStatus(viewer, statuses),
    ...(kinds?.length ? [sql`t.kinds && ${kinds}::text[]`] : []),
    ...(freshness?.length ? [anyOf(freshness.map(band => confirmedWithin(band, now)))] : []),
    ...(municipality
      ? [
          sql`exists (select from location l where l.partner_id = t.id and l.municipality_key = ${municipality} and l.status = 'ACTIVE')`,
        ]
      : []),
  ];
}

/** What is not published is listed for those alone who keep it; what was merged, in what it was merged into. */
function withStatus(viewer: Viewer, asked: readonly PartnerStatus[] | null | undefined): Sql {
  const statuses = asked?.length ? asked : [PartnerStatus.ACTIVE];
  const listed = sql`t.status = any(${statuses}::text[])`;
  if (statuses.every(status => status === PartnerStatus.ACTIVE)) return listed;
  return sql`${listed} and t.merged_into_id is null and (t.status = ${PartnerStatus.ACTIVE} or ${isKeptBy(viewer, 't')})`;
}

function confirmedWithin(band: Freshness, now: Date): Sql {
  const span = freshnessSpan(band, now);
  if (!span) return sql`t.confirmed_at is null`;
  return allOf([
    sql`t.confirmed_at is not null`,
    ...(span.after ? [sql`t.confirmed_at > ${span.after}`] : []),
    ...(span.until ? [sql`t.confirmed_at <= ${span.until}`] : []),
  ]);
}
