import { MEASURED } from '../location/location.query.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { seesExactPlacesOf, showsCoarselyOf } from '../service/service.access.js';
import { shownFreeOf } from '../service/service.query.js';
import { NOTHING, type Sql, sql, verbatim } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';

interface SupplyWish {
  category: string;
  /** SQL: of the services `s` only those that meet it; null: all. */
  chosen: Sql | null;
  /** Key of a state, district or municipality: those that take clients from anywhere in it. */
  area: string | null;
}

/**
 * SQL, tables of a `with recursive`: what services of a category there are, and where.
 *
 * - `subtree`: the category and all below it; empty where there is no such category
 * - `supply`: the active services of published partners, with a small number `s` in place of their id; `places` null
 *   where they are not counted
 * - `area`: the keys of the areas they serve. Of two of which one holds the other only the wider is left, so that each
 *   municipality is met once, and sums over areas are sums over services
 * - `site`: where those are that do not come along; `x`, `y`, `z` on the unit sphere
 *
 * Services are looked up one by one (`offset 0` keeps each look-up to itself): nobody can estimate how many a category
 * has, and a guess that is too high would read the whole table.
 */
export const supplyTables = (viewer: Viewer, { category, chosen, area }: SupplyWish): Sql => sql`
  subtree (code) as (
    select code from category where code = ${category}
    union all
    select c.code from subtree t join category c on c.parent_code = t.code
  ), found as materialized (
    select distinct held.service_id as id from subtree t cross join lateral (
      select sc.service_id from service_category sc where sc.category_code = t.code offset 0) held
  ), supply as materialized (
    select row_number() over ()::int as s, f.id, one.comes_along, counted.total as places,
      ${shownFreeOf(sql`counted.free`, sql`one.coarsely`, sql`one.exactly`)} as free_places, areas.keys
    from found f
    cross join lateral (
      select s.delivery_modes && array['ONLINE', 'OUTREACH'] as comes_along,
        ${showsCoarselyOf('s')} as coarsely, ${seesExactPlacesOf(viewer, 's')} as exactly
      from service s
      where s.id = f.id and s.status = 'ACTIVE' and ${ofPublishedPartner(sql`s.partner_id`)}
        ${chosen ? sql`and ${chosen}` : NOTHING} offset 0
    ) one
    cross join lateral (
      select array_agg(a.area_key) as keys from service_area a where a.service_id = f.id
    ) areas
    left join lateral (
      select c.total, greatest(0, c.total - c.reserved - c.occupied_elsewhere) as free
      from service_capacity c
      where c.service_id = f.id and c.reported_at is not null and c.total is not null offset 0
    ) counted on true
    where ${area === null ? sql`areas.keys is not null` : overlaps(area)}
  ), area as materialized (
    select s.s, s.comes_along, s.places, s.free_places, area_key
    from supply s cross join lateral unnest(s.keys) area_key
    where not (length(area_key) > 2 and left(area_key, 2) = any(s.keys)
      or length(area_key) > 5 and left(area_key, 5) = any(s.keys))
  ), site as materialized (
    select s.s, l.latitude, l.longitude, ${unitVector('l')}
    from supply s cross join lateral (
      select ${MEASURED.latitude} as latitude, ${MEASURED.longitude} as longitude
      from service_location sl join location l on l.id = sl.location_id join municipality m on m.key = l.municipality_key
      where sl.service_id = s.id offset 0
    ) l
    where not s.comes_along
  )`;

/** SQL: does one of `areas.keys` lie in the area, or hold it? */
const overlaps = (area: string): Sql => sql`exists (
  select from unnest(areas.keys) key where starts_with(key, ${area}) or starts_with(${area}, key))`;

/** SQL: the columns `x`, `y` and `z` of a row with a position. */
export function unitVector(alias: string): Sql {
  const [latitude, longitude] = [verbatim(`radians(${alias}.latitude)`), verbatim(`radians(${alias}.longitude)`)];
  return sql`cos(${latitude}) * cos(${longitude}) as x, cos(${latitude}) * sin(${longitude}) as y,
    sin(${latitude}) as z`;
}
