import { knownMunicipality } from '../municipality/municipality.query.js';
import { knownNetwork } from '../network/network.query.js';
import { type Page, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { type Freshness, freshnessSpan } from '../shared/freshness.rules.js';
import { isId } from '../shared/id.js';
import { byName } from '../shared/named-list.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { meetsSearch, typed } from '../shared/search.js';
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

/** Null where there is none that the viewer may see. */
export async function findPartner({ em, viewer }: Context, id: string): Promise<Partner | null> {
  const partner = isId(id) ? await em.findOne(Partner, { id }) : null;
  return partner && seesPartner(viewer, partner) ? partner : null;
}

/** The partners of all networks, or of one. */
export async function partnerPage(ctx: Context, args: NetworkPartnersArgs): Promise<PartnerConnection> {
  const { em } = ctx;
  const page = pageOf(args, ctx.secrets, PartnerConnection.list);
  const conditions = await partnerConditions(ctx, args.filter ?? {});
  if (args.network != null)
    conditions.push(sql`t.network_id = ${(await knownNetwork(em, args.network, 'network')).id}`);
  const rows = await listPage(em, PARTNERS, conditions, page);
  return connection(ctx, rows, page, () => countOf(em, PARTNERS, conditions));
}

/** The partners of a network, or the members of an umbrella; the lists of one page of parents by one statement. */
export async function partnersPerParent(
  ctx: Context,
  parent: 'network_id' | 'parent_id',
  id: string,
  args: PartnersArgs,
): Promise<PartnerConnection> {
  const page = pageOf(args, ctx.secrets, PartnerConnection.list);
  const lists = ctx.loaders.partnersOf(parent, args.filter ?? {}, page, () =>
    partnerConditions(ctx, args.filter ?? {}),
  );
  return connection(ctx, await lists.rows.load(id), page, () => lists.count.load(id));
}

const connection = (ctx: Context, rows: Partner[], page: Page, count: () => Promise<number>): PartnerConnection =>
  PartnerConnection.of(ctx.secrets, { rows, page, position: ({ name, id }) => [name, id], count });

async function partnerConditions({ em, now, viewer }: Context, filter: PartnerFilter): Promise<Sql[]> {
  const { kinds, freshness, municipality, statuses } = filter;
  const query = typed(filter.query);
  if (municipality) await knownMunicipality(em, municipality, 'filter.municipality');
  return [
    withStatus(viewer, statuses),
    ...(query ? [meetsSearch('t', query)] : []),
    ...(kinds?.length ? [sql`t.kinds && ${kinds}::text[]`] : []),
    ...(freshness?.length ? [anyOf(freshness.map(band => confirmedWithin(band, now)))] : []),
    ...(municipality
      ? [
          sql`exists (select from location l where l.partner_id = t.id and l.municipality_key = ${municipality} and l.status = 'ACTIVE')`,
        ]
      : []),
  ];
}

/** What is not published is listed for those alone who keep it. */
function withStatus(viewer: Viewer, asked: readonly PartnerStatus[] | null | undefined): Sql {
  const statuses = asked?.length ? asked : [PartnerStatus.ACTIVE];
  const listed = sql`t.status = any(${statuses}::text[])`;
  if (statuses.every(status => status === PartnerStatus.ACTIVE)) return listed;
  return sql`${listed} and (t.status = ${PartnerStatus.ACTIVE} or ${isKeptBy(viewer, 't')})`;
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
