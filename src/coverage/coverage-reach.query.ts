import { EARTH_RADIUS_KM } from '../shared/geo.rules.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import {
  CoverageDecay,
  DEFAULT_ZONES,
  type Decay,
  REACH_TOLERANCE_KM,
  sigmaOf,
  weightAt,
} from './coverage-decay.rules.js';
import { keysOf, unitVector } from './coverage-supply.query.js';

/** So much more than is needed is looked at before it is measured: rounding must not lose a pair. */
const MARGIN = 1e-6;

/**
 * SQL, tables after `supplyTables` and `place`: how the places of services are shared by those who reach them (E2SFCA).
 *
 * - `lies`: each municipality under its own key, its district's and its state's
 * - `reached`: by municipality, what it reaches of the services that have a way
 * - `here`: by municipality, the services whose area holds it, and its part of those that come along
 * - `nearest`: by municipality, the way to the nearest site of a service whose area holds it
 *
 * Pairs are looked for only where they may reach: whoever serves a municipality or a district meets its municipalities; whoever
 * serves a state, those in the cells around it of a grid as wide as the catchment. Those that come along have no way, and
 * are shared by the sum of the demand in their areas. So the work grows with the services and the municipalities around
 * them, not with their product.
 */
export const reachTables = (decay: Decay): Sql => sql`
  lies as materialized (
    select p.m, p.demand, area.key as area_key
    from place p cross join lateral ${keysOf('p.key')} as area (key)
  ), ${gridTables(decay)}, near as materialized (
    select pair.m, pair.s, min(pair.places) as places, min(pair.demand) as demand, min(pair.chord2) as chord2
    from (
      select w.m, w.demand, t.s, t.places, ${CHORD2} as chord2 from target t join way w using (way_key) offset 0
    ) pair
    where pair.chord2 <= ${chordOf(decay.catchmentKm + REACH_TOLERANCE_KM) ** 2 * (1 + MARGIN)}::float8
    group by pair.s, pair.m
  ), serving as materialized (
    select measured.*, ${weight(decay)} as weight
    from (select near.*, ${ALONG_CHORD} as km from near offset 0) measured
    where km <= ${decay.catchmentKm + REACH_TOLERANCE_KM}::float8
  ), reached as materialized (
    select m, sum(places_per_head * weight) as accessibility, bool_or(places > 0) as has_place, min(chord2) as chord2
    from (
      select m, places, chord2, weight,
        places / nullif(sum(coalesce(demand, 0) * weight) over (partition by s), 0) as places_per_head
      from serving
    ) shared
    group by m
  ), people as materialized (
    select area_key, sum(demand) * ${weightAt(0, decay)}::float8 as demand from lies group by area_key
  ), along as (
    select area_key, sum(places / nullif(demand, 0) * ${weightAt(0, decay)}::float8) as accessibility
    from (
      select a.area_key, a.places, sum(p.demand) over (partition by a.s) as demand
      from area a join people p using (area_key) where a.comes_along
    ) shared
    group by area_key
  ), by_key as (
    select area_key, count(*) as services, sum(places) as places, sum(free_places) as free_places,
      bool_or(comes_along) as comes_along, bool_or(comes_along and places > 0) as has_place
    from area group by area_key
  ), here as materialized (
    select l.m, sum(k.services) as services, sum(k.places) as places, sum(k.free_places) as free_places,
      bool_or(k.comes_along) as comes_along, bool_or(k.has_place) as has_place, sum(along.accessibility) as accessibility
    from lies l join by_key k using (area_key) left join along using (area_key) group by l.m
  ), far as materialized (
    select p.m, l.area_key
    from place p join lies l using (m) left join here h using (m) left join reached r using (m)
    where p.is_asked and r.m is null and not coalesce(h.comes_along, false)
  ), for_far as materialized (
    select area_key, latitude, longitude from target where area_key in (select area_key from far)
  ), nearest as (
    select p.m, min(${WAY_KM}) as km
    from reached r join serving n on n.m = r.m and n.chord2 = r.chord2 join place p on p.m = r.m
    join target t on t.s = n.s
    group by p.m
    union all
    select p.m, min(${WAY_KM}) as km from far join for_far t using (area_key) join place p using (m) group by p.m
  )`;

/**
 * SQL: `target`, the sites of services that do not come along, under each key; `x`, `y`, `z` on the unit sphere; and `way`, the municipalities that may be within reach of what is under it. The
 * rows of the grid are as high as the catchment, its columns as wide as that is where a municipality is farthest from the
 * equator; they close around the Earth.
 */
function gridTables({ catchmentKm }: Decay): Sql {
  const height = ((catchmentKm + REACH_TOLERANCE_KM) / EARTH_RADIUS_KM) * (180 / Math.PI) * (1 + MARGIN);
  const row = (alias: string): Sql => sql`floor(${verbatim(alias)}.latitude / ${height}::float8)::int`;
  const column = (alias: string): Sql => sql`floor((${verbatim(alias)}.longitude + 180) / 360 * grid.columns)::int`;
  return sql`grid as materialized (
    select case when farthest + ${height}::float8 < 89
      then greatest(1, floor(360 / (degrees(asin(${Math.sin((height * Math.PI) / 180)}::float8 / cos(radians(farthest))))
        * ${fixed(1 + MARGIN)}))) else 1 end::int as columns
    from (select max(abs(latitude)) as farthest from place) p
  ), target as materialized (
    select s.s, s.places, area_key, site.*, case when length(area_key) > 2 then area_key
      else concat_ws(':', area_key, ${row('site')}, mod(${column('site')}, grid.columns)) end as way_key
    from grid cross join supply s
    cross join lateral (
      select l.latitude, l.longitude, ${unitVector('l')} from unnest(s.latitudes, s.longitudes) l (latitude, longitude) offset 0
    ) site
    cross join lateral unnest(s.keys) area_key
    where not s.comes_along
  ), way as materialized (
    select p.m, p.demand, p.x, p.y, p.z, cell.way_key
    from grid cross join place p cross join lateral (
      select p.key as way_key
      union all select left(p.key, 5)
      union all
      select concat_ws(':', left(p.key, 2), ${row('p')} + up, mod(${column('p')} + aside + grid.columns, grid.columns))
      from generate_series(-1, 1) up, generate_series(-1, least(1, grid.columns - 2)) aside
    ) cell
  )`;
}

/** SQL: a number of the program's own. */
const fixed = (value: number): Sql => verbatim(`${value}::float8`);

/** The straight line through the unit sphere that goes with a way on it. */
const chordOf = (km: number): number => 2 * Math.sin(Math.min(Math.PI / 2, km / EARTH_RADIUS_KM / 2));

/** SQL: the square of that line; much cheaper than an angle. */
const CHORD2 = sql`(t.x - w.x) * (t.x - w.x) + (t.y - w.y) * (t.y - w.y) + (t.z - w.z) * (t.z - w.z)`;

/** SQL: the way that goes with it. */
const ALONG_CHORD = sql`${fixed(2 * EARTH_RADIUS_KM)} * asin(least(1, sqrt(chord2) / 2))`;

/** SQL: `haversineKm` of the rules, from a municipality's centre to a site. */
const WAY_KM = sql`${fixed(2 * EARTH_RADIUS_KM)} * asin(sqrt(least(1,
  power(sin(radians(t.latitude - p.latitude) / 2), 2)
  + cos(radians(p.latitude)) * cos(radians(t.latitude))
    * power(sin(radians(t.longitude - p.longitude) / 2), 2))))`;

/** SQL: `weightAt` of the rules, for a way within the catchment. */
function weight(decay: Decay): Sql {
  if (decay.kind === CoverageDecay.BINARY) return sql`1::float8`;
  if (decay.kind === CoverageDecay.GAUSSIAN) return sql`exp(-0.5 * power(km / ${sigmaOf(decay)}::float8, 2))`;
  const zones = decay.zones ?? DEFAULT_ZONES;
  return zones.reduceRight(
    (beyond, zone) => sql`case when km <= ${zone.upTo * decay.catchmentKm + REACH_TOLERANCE_KM}::float8
      then ${zone.weight}::float8 else ${beyond} end`,
    sql`0::float8`,
  );
}
