import type { EntityManager } from '@mikro-orm/postgresql';
import { liesIn } from '../geography/geography.query.js';
import { MEASURED } from '../location/location.query.js';
import { Municipality } from '../municipality/municipality.entity.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { seesExactPlacesOf, showsCoarselyOf } from '../service/service.access.js';
import { shownFreeOf } from '../service/service.query.js';
import { EARTH_RADIUS_KM } from '../shared/geo.rules.js';
import { columnsOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import type { CoverageFigures } from './coverage.rules.js';
import { CoverageDecay, DEFAULT_ZONES, type Decay, REACH_TOLERANCE_KM, sigmaOf } from './coverage-decay.rules.js';

export interface CoverageQuestion {
  category: string;
  /** Ids; null: all. */
  networks: readonly string[] | null;
  /** Key of a state, district or municipality; null: the municipalities of the networks. */
  area: string | null;
  /** Demand is this share of the recipients, as `shareOf` has it; null: all of them. */
  share: number | null;
  decay: Decay;
}

export interface MunicipalityFigures extends CoverageFigures {
  municipality: Municipality;
}

type Row = Omit<CoverageFigures, 'placeInReach' | 'freePlaces' | 'nearestKm'> & {
  free_places: number;
  nearest_km: number | null;
  place_in_reach: boolean;
};

/**
 * The same as `figuresOf` of the rules, by one statement over sets; a property test holds them together. A protected
 * address counts as the centre of its municipality, and discreet services show their free places coarsely, as
 * everywhere. Of an area all municipalities are rows, whatever the networks, and whoever else a service takes clients
 * from counts as its demand too: at the border its places would seem to be for the area alone. Ordered by name.
 */
export async function figuresFromDatabase(
  em: EntityManager,
  viewer: Viewer,
  { category, networks, area, share, decay }: CoverageQuestion,
): Promise<MunicipalityFigures[]> {
  const chosen = (network: Sql): Sql =>
    sql`(${networks === null}::boolean or ${network} = any(${networks ?? []}::uuid[]))`;
  const rows = await rowsOf<Row>(
    em,
    sql`with recursive subtree (code) as (
      select code from category where code = ${category}
      union all
      select c.code from subtree t join category c on c.parent_code = t.code
    ), place as (
      select m.key, m.latitude, m.longitude, ${demandIn(share)} as demand, ${area === null ? sql`true` : liesIn(sql`m.key`, area)} as is_asked
      from municipality m
      where ${
        area === null
          ? sql`exists (
        select from network_municipality nm where nm.municipality_key = m.key and ${chosen(sql`nm.network_id`)})`
          : sql`true`
      }
    ), supply as (
      select s.id, s.delivery_modes && array['ONLINE', 'OUTREACH'] as comes_along, counted.total as places,
        ${shownFreeOf(sql`counted.free`, showsCoarselyOf('s'), seesExactPlacesOf(viewer, 's'))} as free_places
      from service s
      left join lateral (
        select c.total, greatest(0, c.total - c.reserved - c.occupied_elsewhere) as free
        from service_capacity c where c.service_id = s.id and c.reported_at is not null and c.total is not null
      ) counted on true
      where s.status = 'ACTIVE' and ${ofPublishedPartner(sql`s.partner_id`)} and ${chosen(sql`s.network_id`)}
        and exists (
          select from service_category sc join subtree t on t.code = sc.category_code where sc.service_id = s.id)
        and ${area === null ? sql`true` : overlaps(sql`s.id`, area)}
    ), site as (
      select sl.service_id,
        ${MEASURED.latitude} as latitude, ${MEASURED.longitude} as longitude
      from supply s join service_location sl on sl.service_id = s.id join location l on l.id = sl.location_id
      join municipality m on m.key = l.municipality_key
    ), lies as (
      select p.key, area.key as area_key from place p
      cross join lateral (values (p.key), (left(p.key, 5)), (left(p.key, 2))) as area (key)
    ), served as (
      select distinct l.key, s.id
      from supply s join service_area a on a.service_id = s.id join lies l on l.area_key = a.area_key
    ), pair as (
      select p.key, p.demand, s.id, s.places, s.free_places,
        min(case when s.comes_along then 0 when site.service_id is not null then ${WAY_KM} end) as distance_km
      from served join place p using (key) join supply s using (id) left join site on site.service_id = s.id
      group by p.key, p.demand, s.id, s.places, s.free_places
    ), serving as (
      select key, id, places, coalesce(demand, 0) as demand, ${weight(decay)} as weight
      from pair where distance_km <= ${decay.catchmentKm}::float8 + ${REACH_TOLERANCE_KM}::float8
    ), ratio as (
      select id, places / nullif(sum(demand * weight), 0) as places_per_head from serving
      group by id, places
    ), reach as (
      select key, sum(places_per_head * weight) as accessibility, bool_or(places > 0) as place_in_reach
      from serving join ratio using (id) group by key
    ), here as (
      select key, count(*) as services, sum(places) as places, sum(free_places) as free_places,
        min(distance_km) as nearest_km
      from pair group by key
    )
    select ${columnsOf(em, Municipality, 'm')}, place.demand,
      coalesce(here.services, 0)::int as services, coalesce(here.places, 0)::int as places,
      coalesce(here.free_places, 0)::int as free_places, here.nearest_km,
      coalesce(reach.accessibility, 0) as accessibility, coalesce(reach.place_in_reach, false) as place_in_reach
    from place join municipality m using (key) left join here using (key) left join reach using (key)
    where place.is_asked order by m.name, m.key`,
  );
  return rows.map(row => {
    const { demand, services, places, free_places, nearest_km, accessibility, place_in_reach, ...columns } = row;
    return {
      key: row.key,
      demand,
      services,
      places,
      freePlaces: free_places,
      nearestKm: nearest_km,
      placeInReach: place_in_reach,
      accessibility,
      municipality: em.map(Municipality, columns as never),
    };
  });
}

/** SQL: `shareOf`, for a municipality \`m\`. */
const demandIn = (share: number | null): Sql =>
  share === null ? sql`m.recipients` : sql`floor(m.recipients * ${share}::float8 + 0.5)::int`;

/** SQL: does the service take clients from anywhere in the area? Others need not be looked at. */
const overlaps = (service: Sql, area: string): Sql => sql`exists (
  select from service_area a where a.service_id = ${service}
    and (starts_with(a.area_key, ${area}) or starts_with(${area}, a.area_key)))`;

/** SQL: `haversineKm` of the rules, from a municipality's centre to a site. */
const WAY_KM = sql`2 * ${EARTH_RADIUS_KM}::float8 * asin(sqrt(least(1,
  power(sin(radians(site.latitude - p.latitude) / 2), 2)
  + cos(radians(p.latitude)) * cos(radians(site.latitude))
    * power(sin(radians(site.longitude - p.longitude) / 2), 2))))`;

/** SQL: `weightAt` of the rules, for a distance within the catchment. */
function weight(decay: Decay): Sql {
  if (decay.kind === CoverageDecay.BINARY) return sql`1::float8`;
  if (decay.kind === CoverageDecay.GAUSSIAN) return sql`exp(-0.5 * power(distance_km / ${sigmaOf(decay)}::float8, 2))`;
  const zones = decay.zones ?? DEFAULT_ZONES;
  const limits = zones.map(zone => zone.upTo * decay.catchmentKm + REACH_TOLERANCE_KM);
  return sql`coalesce((
    select z.weight from unnest(${limits}::float8[], ${zones.map(zone => zone.weight)}::float8[]) as z (up_to, weight)
    where distance_km <= z.up_to order by z.up_to limit 1), 0)`;
}
