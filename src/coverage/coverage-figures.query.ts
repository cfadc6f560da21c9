import type { EntityManager } from '@mikro-orm/postgresql';
import { liesIn } from '../geography/geography.query.js';
import { Municipality } from '../municipality/municipality.entity.js';
import { preparedRows } from '../shared/prepared.js';
import { columnsOf, NOTHING, type Sql, sql, verbatim } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { type CoverageRowFigures, type CoverageStatus, STRAINED_BELOW } from './coverage.rules.js';
import type { Decay } from './coverage-decay.rules.js';
import { reachTables } from './coverage-reach.query.js';
import { supplyTables, unitVector, unseen } from './coverage-supply.query.js';

export interface CoverageQuestion {
  category: string;
  /** Slugs; null: all. */
  networks: readonly string[] | null;
  /** Key of a state, district or municipality; null: the municipalities of the networks. */
  area: string | null;
  /** Code of a demand share: demand is so much of the recipients, as `shareOf` has it; null: all of them. */
  share: string | null;
  decay: Decay;
}

export interface AssessedFigures {
  /** Are category, networks and share all known? Else the rows tell nothing. An area that is not known has none. */
  known: boolean;
  gini: number | null;
  rows: (CoverageRowFigures & { municipality: Municipality })[];
}

type Row = Omit<CoverageRowFigures, 'freePlaces' | 'nearestKm' | 'placesPer1000'> & {
  free_places: number;
  nearest_km: number | null;
  places_per_1000: number | null;
  known: boolean;
  gini: number | null;
};

/**
 * What the rules say (`figuresOf`, then `assess`), by one statement over sets; property tests hold them together. A
 * protected address counts as the centre of its municipality, and discreet services show their free places coarsely, as
 * everywhere. Of an area all municipalities are rows, whatever the networks, and whoever else a service takes clients
 * from counts as its demand too: at the border its places would seem to be for the area alone. Ordered by name.
 *
 * Sums of floats have no order of their own: of `accessibility` and `gini` the last digits may differ from plan to plan.
 */
export async function figuresFromDatabase(
  em: EntityManager,
  viewer: Viewer,
  question: CoverageQuestion,
): Promise<AssessedFigures> {
  const found = await preparedRows<Row>(
    em,
    sql`with recursive ${figureTables(viewer, question)}
    select ${columnsOf(em, Municipality, 'm')}, f.demand, f.services, f.places, f.free_places, f.nearest_km,
      f.accessibility, f.places_per_1000, f.status, whole.gini, whole.known
    from judged f join municipality m using (key) cross join whole order by m.name, m.key`,
  );
  const rows = found.map(row => {
    const { demand, services, places, free_places, nearest_km, accessibility, places_per_1000, status, ...columns } =
      row;
    return {
      key: row.key,
      demand,
      services,
      places,
      freePlaces: free_places,
      nearestKm: nearest_km,
      placesPer1000: places_per_1000,
      accessibility,
      status: status as CoverageStatus,
      municipality: em.map(Municipality, columns as never),
    };
  });
  return { known: found.every(({ known }) => known), gini: found[0]?.gini ?? null, rows };
}

/** Of the figures, as `judged` has them. */
const COLUMNS = [
  'key',
  'demand',
  'services',
  'places',
  'free_places',
  'nearest_km',
  'accessibility',
  'places_per_1000',
  'status',
];

/**
 * SQL: the same in one row, with `gini` and an array for each column of the figures; no row where there are none or
 * something in the question is not known. `unfolded` makes rows `t` of it, with their `place` by name.
 */
export const figuresInArrays = (viewer: Viewer, question: CoverageQuestion): Sql => sql`
  with recursive ${figureTables(viewer, question)}
  select whole.gini, listed.* from whole cross join (
    select ${verbatim(COLUMNS.map(name => `array_agg(${name}) as ${name}`).join(', '))}
    from (select f.* from judged f order by f.name, f.key) sorted
  ) listed where whole.known and listed.key is not null`;

export const unfolded = (row: Sql): Sql =>
  sql`unnest(${verbatim(COLUMNS.map(name => `${row.text}.${name}`).join(', '))})
    with ordinality t (${verbatim(COLUMNS.join(', '))}, place)`;

/**
 * SQL, tables of a `with recursive`: `judged`, a row for each municipality that is asked for, and `whole`, one row with
 * `gini` and `known`.
 */
function figureTables(viewer: Viewer, { category, networks, area, share, decay }: CoverageQuestion): Sql {
  const chosen = networks && ((network: Sql): Sql => sql`${network} in (select id from asked)`);
  const isAsked = area === null ? ofNetwork(chosen) : liesIn(sql`m.key`, unseen(sql`${area}::text`));
  return sql`asked as materialized (
    select id from network where slug = any(${unseen(sql`${networks ?? []}::text[]`)}::text[])
  ), home as materialized (
    select m.key from municipality m where ${isAsked}
  ), ${supplyTables(viewer, { category, chosen })}, place as materialized (
    select row_number() over ()::int as m, m.key, m.name, m.latitude, m.longitude, ${demandIn(share)} as demand,
      ${area === null ? sql`true` : isAsked} as is_asked, ${unitVector('m')}
    from municipality m
    where ${area === null ? sql`m.key in (select key from home)` : sql`${isAsked} or ${IS_SERVED}`}
  ), ${reachTables(decay)}, figure as materialized (
    select p.key, p.name, p.demand, coalesce(h.services, 0)::int as services, coalesce(h.places, 0)::int as places,
      coalesce(h.free_places, 0)::int as free_places, case when h.comes_along then 0 else n.km end as nearest_km,
      coalesce(r.accessibility, 0) + coalesce(h.accessibility, 0) as accessibility,
      coalesce(r.has_place, false) or coalesce(h.has_place, false) as place_in_reach
    from place p left join here h using (m) left join reached r using (m) left join nearest n using (m)
    where p.is_asked
  ), judged as materialized (
    select figure.*, case when demand > 0 then 1000::float8 * places / demand end as places_per_1000,
      case when not place_in_reach then 'GAP'
        when accessibility < ${STRAINED_BELOW}::float8
          * coalesce(sum(demand * accessibility) over () / nullif(sum(demand) over (), 0), 0) then 'STRAINED'
        else 'COVERED' end as status
    from figure
  ), whole as materialized (
    select ${GINI} as gini, exists (select from subtree)
      and (select count(*) from asked) = ${new Set(networks ?? []).size}::int
      and ${share === null ? sql`true` : sql`exists (select from demand_share where code = ${share})`} as known
  )`;
}

/** SQL: does a municipality `m` belong to a network that is chosen? Null: to any. */
const ofNetwork = (chosen: ((network: Sql) => Sql) | null): Sql => sql`m.key in (
  select nm.municipality_key from network_municipality nm ${chosen ? sql`where ${chosen(sql`nm.network_id`)}` : NOTHING})`;

/** SQL: does any of the services take clients from a municipality `m`? */
const IS_SERVED = sql`m.key in (select area_key from area) or left(m.key, 5) in (select area_key from area)
  or left(m.key, 2) in (select area_key from area)`;

/** SQL: `shareOf`, for a municipality `m`. */
const demandIn = (code: string | null): Sql =>
  code === null
    ? sql`m.recipients`
    : sql`floor(m.recipients * (select share from demand_share where code = ${code}) + 0.5)::int`;

/** SQL: `gini` of the rules: the municipalities in the order of what they reach, each with the sums of those before it. */
const GINI = sql`(
  select case when sum(demand * accessibility) > 0
    then greatest(0, sum(demand * (accessibility * people - total)) / (sum(demand) * sum(demand * accessibility))) end
  from (
    select demand, accessibility, coalesce(sum(demand) over before, 0) as people,
      coalesce(sum(demand * accessibility) over before, 0) as total
    from figure where demand > 0
    window before as (order by accessibility, key rows between unbounded preceding and 1 preceding)
  ) sorted)`;
