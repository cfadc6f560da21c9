import { networkWithSlug } from '../network/network.query.js';
import { givenNetwork } from '../network/network.shape.js';
import { ofPublishedPartner, ofSeenPartner } from '../partner/partner.access.js';
import { freshness, many, number, one, text } from '../read-path/readers.js';
import type { OneRoot, PageRoot, Shape } from '../read-path/shape.js';
import { pageOf } from '../shared/connection.js';
import { isId } from '../shared/id.js';
import { sql, verbatim } from '../shared/sql.js';
import { seesExactPlacesOf, showsCoarselyOf } from './service.access.js';
import { Service } from './service.entity.js';
import { type NetworkServicesArgs, ServiceConnection } from './service.inputs.js';
import { freePlacesOf, SERVICES, serviceConditions, shownFreeOf, shownWaitingOf } from './service.query.js';
import { nameOfArea } from './service-area.query.js';
import { ServiceCapacity } from './service-capacity.entity.js';

export const SERVICE: Shape = {
  entity: Service,
  columns: [
    'id',
    'name',
    'description',
    'status',
    'intakePausedUntil',
    'languages',
    'interpretation',
    'deliveryModes',
    'minimumAge',
    'maximumAge',
    'keepsWaitingList',
    'feedbackLevel',
    'howToApply',
    'email',
    'phone',
    'website',
    'confirmedAt',
    'version',
    'updatedAt',
  ],
  fields: {
    capacity: one(
      (row, { viewer }) => sql`(
        select c.*, ${seesExactPlacesOf(viewer, row.text)} as exactly, ${showsCoarselyOf(row.text)} as coarsely
        from service_capacity c where c.service_id = ${row}.id and c.reported_at is not null) t`,
    ),
    categories: many(
      row => sql`service_category sc join category t on t.code = sc.category_code where sc.service_id = ${row}.id`,
      't.position, t.code',
    ),
    freshness: freshness('confirmed_at'),
    locations: many(
      row => sql`service_location sl join location t on t.id = sl.location_id where sl.service_id = ${row}.id`,
      't.name, t.id',
    ),
    needs: many(
      row => sql`service_need sn join need t on t.code = sn.need_code where sn.service_id = ${row}.id`,
      't.position, t.code',
    ),
    partner: one(row => sql`partner t where t.id = ${row}.partner_id`),
    serviceArea: many(row => sql`service_area t where t.service_id = ${row}.id`, 't.area_key'),
  },
};

const exactly = (column: string) => number(row => sql`case when ${row}.exactly then ${row}.${verbatim(column)} end`);

/** What the viewer sees of the places, as `capacityAsSeen`: `exactly` and `coarsely` come with the row. */
export const CAPACITY: Shape = {
  entity: ServiceCapacity,
  columns: ['total', 'expectedWaitDays', 'reportedAt'],
  fields: {
    free: number(row => shownFreeOf(freePlacesOf(row), sql`${row}.coarsely`, sql`${row}.exactly`)),
    freshness: freshness('reported_at'),
    occupiedElsewhere: exactly('occupied_elsewhere'),
    reserved: exactly('reserved'),
    waiting: number(row => shownWaitingOf(row, sql`${row}.coarsely`, sql`${row}.exactly`)),
  },
};

/** A row of `service_area`. */
export const AREA: Shape = {
  fields: { key: text(row => sql`${row}.area_key`), name: text(row => nameOfArea(row)) },
};

export const service: OneRoot = {
  kind: 'one',
  from({ viewer }, { id, asOf }) {
    if (asOf != null || !isId(id)) return null;
    return sql`service t where t.id = ${id} and ${ofSeenPartner(viewer, sql`t.partner_id`)}`;
  },
};

export const services: PageRoot = {
  kind: 'page',
  async page(ctx, { network, filter, ...page }: NetworkServicesArgs) {
    if (filter?.query != null) return null;
    const conditions = [...(await serviceConditions(ctx, filter ?? {})), ofPublishedPartner(sql`t.partner_id`)];
    if (network != null) conditions.push(sql`t.network_id = ${networkWithSlug(network)}`);
    const name = ServiceConnection.list;
    return { list: SERVICES, name, conditions, page: pageOf(page, ctx.secrets, name) };
  },
  given: givenNetwork,
};
