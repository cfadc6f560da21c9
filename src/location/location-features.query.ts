import type { EntityManager } from '@mikro-orm/postgresql';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { PUBLISHED } from '../service/service.rules.js';
import { type GeoFeature, pointAt } from '../shared/geojson.rules.js';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { LocationStatus } from './location.rules.js';

const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface SiteRow {
  id: string;
  latitude: number | null;
  longitude: number | null;
  properties: Record<string, unknown>;
}

/**
 * What the published directory of a network tells of places, a page at a time: a feature for each location with the
 * services there, and one without a geometry for each service that has no location. A protected address has neither
 * position nor street, nor anything that stands for them: its geometry is null, and `addressProtected` says why.
 *
 * What is changed while the pages are read may be told or not.
 */
export async function* locationFeatures(em: EntityManager, networkId: string): AsyncIterable<GeoFeature[]> {
  yield* pages(after => locationPage(em, networkId, after));
  yield* pages(after => unlocatedPage(em, networkId, after));
}

async function* pages(read: (after: string) => Promise<SiteRow[]>): AsyncIterable<GeoFeature[]> {
  for (let after = BEFORE_ALL; ; ) {
    const rows = await read(after);
    yield rows.map(featureOf);
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}

const featureOf = ({ id, latitude, longitude, properties }: SiteRow): GeoFeature => ({
  type: 'Feature',
  id,
  geometry: latitude === null || longitude === null ? null : pointAt(latitude, longitude),
  properties,
});

/** SQL: a row `s` of `service` as the directory tells it, as JSON. */
const SERVICE = sql`jsonb_build_object('id', s.id, 'name', s.name, 'status', s.status, 'languages', s.languages,
  'deliveryModes', s.delivery_modes, 'categories', (
    select coalesce(jsonb_agg(sc.category_code order by sc.category_code), '[]') from service_category sc where sc.service_id = s.id))`;

const published: Sql = sql`s.status = any(${PUBLISHED}::text[]) and ${ofPublishedPartner(sql`s.partner_id`)}`;

const locationPage = (em: EntityManager, networkId: string, after: string): Promise<SiteRow[]> =>
  rowsOf(
    em,
    sql`select l.id, told.latitude, told.longitude, jsonb_build_object('kind', 'location', 'name', l.name,
        'partner', p.name, 'partnerId', p.id, 'street', told.street, 'postalCode', told.postal_code, 'city', l.city,
        'municipality', m.key, 'municipalityName', m.name, 'addressProtected', l.address_protected, 'services', (
          select coalesce(jsonb_agg(${SERVICE} order by s.name, s.id), '[]')
          from service_location sl join service s on s.id = sl.service_id where sl.location_id = l.id and ${published})) as properties
      from location l join partner p on p.id = l.partner_id join municipality m on m.key = l.municipality_key
      left join lateral (select l.latitude, l.longitude, l.street, l.postal_code where not l.address_protected) told on true
      where p.network_id = ${networkId}::uuid and ${ofPublishedPartner(sql`p.id`)} and l.status = ${LocationStatus.ACTIVE}
        and l.id > ${after}::uuid
      order by l.id limit ${verbatim(String(PAGE))}`,
  );

const unlocatedPage = (em: EntityManager, networkId: string, after: string): Promise<SiteRow[]> =>
  rowsOf(
    em,
    sql`select s.id, null::float8 as latitude, null::float8 as longitude, jsonb_build_object('kind', 'service',
        'partner', p.name, 'partnerId', p.id, 'services', jsonb_build_array(${SERVICE})) as properties
      from service s join partner p on p.id = s.partner_id
      where s.network_id = ${networkId}::uuid and ${published} and s.id > ${after}::uuid
        and not exists (select from service_location sl join location l on l.id = sl.location_id
          where sl.service_id = s.id and l.status = ${LocationStatus.ACTIVE})
      order by s.id limit ${verbatim(String(PAGE))}`,
  );
