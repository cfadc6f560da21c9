import { LocationStatus } from '../location/location.rules.js';
import { networkWithSlug } from '../network/network.query.js';
import { givenNetwork } from '../network/network.shape.js';
import { freshness, json, many, one } from '../read-path/readers.js';
import type { OneRoot, PageReader, PageRoot, Shape } from '../read-path/shape.js';
import { ServiceConnection, type ServicesArgs } from '../service/service.inputs.js';
import { ofStatus, SERVICES } from '../service/service.query.js';
import { pageOf } from '../shared/connection.js';
import { isId } from '../shared/id.js';
import { sql } from '../shared/sql.js';
import { isSeenBy } from './partner.access.js';
import { Partner } from './partner.entity.js';
import { type NetworkPartnersArgs, PartnerConnection } from './partner.inputs.js';
import { PARTNERS, partnerConditions, standingFor } from './partner.query.js';

const services: PageReader = {
  kind: 'page',
  page(row, { secrets }, args: ServicesArgs) {
    if (args.filter) return null;
    const name = ServiceConnection.list;
    const conditions = [sql`t.partner_id = ${row}.id`, ofStatus(null)];
    return { list: SERVICES, name, conditions, page: pageOf(args, secrets, name) };
  },
};

export const PARTNER: Shape = {
  entity: Partner,
  columns: [
    'id',
    'name',
    'alternateName',
    'status',
    'description',
    'email',
    'phone',
    'website',
    'confirmedAt',
    'version',
    'updatedAt',
  ],
  fields: {
    contacts: many(row => sql`jsonb_array_elements(${row}.contacts) with ordinality t (one, place)`, 't.place'),
    freshness: freshness('confirmed_at'),
    kinds: json(row => sql`to_json(${row}.kinds)::text`),
    locations: many(
      row => sql`location t where t.partner_id = ${row}.id and t.status = ${LocationStatus.ACTIVE}`,
      't.name, t.id',
    ),
    network: one(row => sql`network t where t.id = ${row}.network_id`),
    parent: one((row, { viewer }) => sql`partner t where t.id = ${row}.parent_id and ${isSeenBy(viewer, 't')}`),
    services,
  },
};

const told = (key: string) => json(row => sql`coalesce((${row}.one -> ${key})::text, 'null')`);

/** As it is stored, in `one`. */
export const CONTACT: Shape = {
  fields: {
    department: told('department'),
    email: told('email'),
    languages: json(row => sql`coalesce((${row}.one -> 'languages')::text, '[]')`),
    name: told('name'),
    phone: told('phone'),
    responsibility: told('responsibility'),
  },
};

export const partner: OneRoot = {
  kind: 'one',
  from({ viewer }, { id, asOf }) {
    if (asOf != null || !isId(id)) return null;
    return sql`partner t where t.id = ${standingFor(id)} and ${isSeenBy(viewer, 't')}`;
  },
};

export const partners: PageRoot = {
  kind: 'page',
  async page(ctx, { network, filter, ...page }: NetworkPartnersArgs) {
    if (filter?.query != null) return null;
    const conditions = await partnerConditions(ctx, filter ?? {});
    if (network != null) conditions.push(sql`t.network_id = ${networkWithSlug(network)}`);
    const name = PartnerConnection.list;
    return { list: PARTNERS, name, conditions, page: pageOf(page, ctx.secrets, name) };
  },
  given: givenNetwork,
};
