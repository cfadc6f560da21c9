import { seesExactPlacesOf } from '../service/service.access.js';
import { shownFreeOf } from '../service/service.query.js';
import { NOTHING, type Sql, sql, verbatim } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';

interface SupplyWish {
  category: string;
  /** SQL: for the id of a network, are its services meant? Null: those of all. */
  chosen: ((network: Sql) => Sql) | null;
}

/**
 * SQL, tables of a `with recursive` after `home`, the keys of municipalities: which services of a category serve any of
 * them, and where they are, by the finder index (active, of published partners, sites as they may be measured).
 *
 * - `subtree`: the category and all below it; empty where there is no such category
 * - `supply`: the services, with a small number `s` in place of their id; `places` null where they are not counted;
 *   `keys` of the areas they serve. Of two of which one holds the other only the wider is left, so that each municipality
 *   is met once, and sums over areas are sums over services
 * - `area`: a row for each of these keys
 *
 * Keys and services are looked up one by one (`offset 0` keeps each look-up to itself): nobody can estimate how many a
 * category has. A guess that is too high would read whole tables here; one that is too low would compare all with all
 * further on, and `MANY` is against that.
 */
export const supplyTables = (viewer: Viewer, { category, chosen }: SupplyWish): Sql => sql`
  subtree (code) as (
    select code from category where code = ${unseen(sql`${category}::text`)}
    union all
    select c.code from subtree t join category c on c.parent_code = t.code
  ), found as materialized (
    select distinct entry.service_id as id
    from (select distinct area.key from home cross join lateral ${keysOf('home.key')} as area (key)) served
    cross join lateral (
      select e.service_id from finder_area e
      where e.area_key = served.key collate "C"
        and e.category_code = any((select array_agg(code) from subtree)::text[])
        ${chosen ? sql`and ${chosen(sql`e.network_id`)}` : NOTHING} offset 0
    ) entry
  ), supply as materialized (
    select row_number() over ()::int as s, card.comes_along, card.keys, card.latitudes, card.longitudes,
      counted.total as places, ${shownFreeOf(sql`counted.free`, sql`card.coarse`, sql`card.exactly`)} as free_places
    from found cross join ${MANY}
    cross join lateral (
      select f.comes_along, f.latitudes, f.longitudes, f.coarse, ${WIDEST_KEYS} as keys,
        ${seesExactPlacesOf(viewer, 'f', sql`f.coarse`)} as exactly
      from finder_service f where f.service_id = found.id offset 0
    ) card
    left join lateral (
      select c.total, greatest(0, c.total - c.reserved - c.occupied_elsewhere) as free
      from service_capacity c
      where c.service_id = found.id and c.reported_at is not null and c.total is not null offset 0
    ) counted on true
  ), area as materialized (
    select s.s, s.comes_along, s.places, s.free_places, area_key from supply s cross join lateral unnest(s.keys) area_key
  )`;

/** SQL: one row, for which PostgreSQL reckons with a thousand. */
const MANY = sql`generate_series(1, (select 1)) many`;

/** SQL: of `f.area_keys` those that none of the others holds. */
const WIDEST_KEYS = sql`case when cardinality(f.area_keys) = 1 then f.area_keys else array(
  select key from unnest(f.area_keys) key
  where not (length(key) > 2 and left(key, 2) = any(f.area_keys) or length(key) > 5 and left(key, 5) = any(f.area_keys))
) end`;

/**
 * SQL: a value on which no plan depends. For one that PostgreSQL can look at it would make a plan each time, which takes
 * longer than a small question.
 */
export const unseen = (value: Sql): Sql => sql`(select ${value})`;

/** SQL: rows with the keys by which a municipality is served: its own, its district's and its state's. */
export const keysOf = (key: string): Sql => verbatim(`(values (${key}), (left(${key}, 5)), (left(${key}, 2)))`);

/** SQL: the columns `x`, `y` and `z` of a row with a position. */
export function unitVector(alias: string): Sql {
  const [latitude, longitude] = [verbatim(`radians(${alias}.latitude)`), verbatim(`radians(${alias}.longitude)`)];
  return sql`cos(${latitude}) * cos(${longitude}) as x, cos(${latitude}) * sin(${longitude}) as y,
    sin(${latitude}) as z`;
}
