import { understandingMask } from '../finder/finder-language.rules.js';
import { AccessibilityFeature } from '../location/location.rules.js';
import { closedIntakeOf } from '../programme/round-intake.query.js';
import { seesExactPlacesOf } from '../service/service.access.js';
import { COARSE_STEPS } from '../service/service.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { boxAround, coveringKeys, EARTH_RADIUS_KM, type Point } from '../shared/geo.rules.js';
import { allOf, anyOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { isSharedWith } from '../sharing/sharing-cover.query.js';
import { coordinatedNetworks, editedPartners, type Viewer } from '../viewer/viewer.rules.js';
import type { Question } from './match.rules.js';
import { valueOfLevel } from './match-factors.rules.js';
import type { CheckedInquiry } from './match-question.query.js';

/** What is looked for, by whom, as of when. */
export interface Ranking {
  viewer: Viewer;
  inquiry: CheckedInquiry;
  moment: Date;
}

/** Beyond what PostgreSQL and the program may differ by in a distance, as its share and in km. */
const SLACK = 1e-9;
/** So great that nothing is farther, and that no sum overflows. */
const ANYWHERE_KM = 1e9;

/**
 * SQL, to stand after `with`: `fit` has the services that may fit, each once, with what their scores depend on. Entries of
 * the index leave most out; the card of each that is left decides. Laterals keep to the keys of what is looked up.
 */
export const fitting = (ranking: Ranking): Sql => sql`entry as materialized (
    select e.service_id, max((${ranking.inquiry.subtree.map(({ level }) => valueOfLevel(level))}::float8[])[
      array_position(${ranking.inquiry.subtree.map(({ code }) => code)}::text[], e.category_code)]) as category
    from finder_area e where ${entryConditions(ranking)} group by e.service_id
  ), fit as materialized (
    select f.service_id, entry.category, f.comes_along, f.languages, f.interpretation, f.needs, f.confirmed_at,
      f.instruments, f.requires_instrument, site.km, site.features, seen.until, places.reported_at, places.expected_wait_days,
      ${freeOf()} as free, ${waitingOf()} as waiting
    from entry
    cross join lateral (select * from finder_service f where f.service_id = entry.service_id offset 0) f
    cross join lateral (${siteOf(ranking.inquiry.question)}) site
    cross join lateral (
      select sees.plainly, case when sees.plainly then ${berlinDay(ranking.moment)}::date
        else date_trunc('month', ${berlinDay(ranking.moment)}::date)::date - 1 end as until
      from (select not f.coarse or ${seesExactly(ranking.viewer)} as plainly) sees) seen
    left join lateral (select * from service_capacity c where c.service_id = entry.service_id offset 0) places on true
    where ${cardConditions(ranking)}
  )`;

/** SQL: of the services that may fit, do the rules have to say whether this one does? */
export const isUnsure = ({ inquiry: { question } }: Ranking): Sql => {
  const { maximumDistanceKm: most, funding } = question;
  return anyOf([
    sql`fit.requires_instrument`,
    ...(funding && funding.asked.length > 0 ? [verbatim('true')] : []),
    ...(most === null ? [] : [sql`not fit.comes_along and fit.km > ${most - slackOf(most)}::float8`]),
  ]);
};

function entryConditions({ inquiry }: Ranking): Sql {
  const { question, subtree, networks, sharedWith } = inquiry;
  const { languages, maximumDistanceKm: most, from, municipality } = question;
  const { south, north, west, east } = boxAround(from, most ?? ANYWHERE_KM);
  return allOf([
    sql`e.area_key = any(${coveringKeys(municipality)}::text[])`,
    sql`e.category_code = any(${subtree.map(({ code }) => code)}::text[])`,
    ...(languages.length > 0 ? [sql`e.language_mask & ${String(understandingMask(languages))}::bigint <> 0`] : []),
    ...(most === null
      ? []
      : [
          sql`e.comes_along or e.south <= ${north}::float8 and e.north >= ${south}::float8
            and e.west <= ${east}::float8 and e.east >= ${west}::float8`,
        ]),
    ...(networks === null || sharedWith.length > 0 ? [] : [sql`e.network_id = any(${networks}::uuid[])`]),
  ]);
}

function cardConditions({ inquiry, moment }: Ranking): Sql {
  const { question, networks, sharedWith } = inquiry;
  const { languages, needs, age, otherAge = age, maximumDistanceKm: most, requireFreePlace, funding } = question;
  const today = berlinDay(moment);
  return allOf([
    sql`f.intake_paused_until is null or f.intake_paused_until < ${today}::date`,
    sql`not f.in_programme or ${closedIntakeOf(sql`f.service_id`, today)} is null`,
    ...(sharedWith.length > 0
      ? [
          sql`f.network_id = any(${networks ?? []}::uuid[]) or exists (
            select from service s where s.id = f.service_id and ${isSharedWith('s', sharedWith, today)})`,
        ]
      : []),
    ...(languages.length > 0 ? [sql`f.interpretation or ${isSpoken('f', languages)}`] : []),
    ...(age === null ? [] : [anyOf([age, otherAge ?? age].map(fitsAge))]),
    ...(needs.length > 0
      ? [
          sql`not f.excluded_needs && ${needs}::text[]`,
          sql`f.required_needs is null or not exists (
            select from jsonb_array_elements(f.required_needs) named where not named.value \?| ${needs}::text[])`,
        ]
      : []),
    ...(most === null ? [] : [sql`f.comes_along or site.km <= ${most + slackOf(most)}::float8`]),
    ...(question.accessibility.length > 0 ? [sql`site.km is not null`] : []),
    ...(requireFreePlace
      ? [sql`places.reported_at is not null and places.total - places.reserved - places.occupied_elsewhere >= 1`]
      : []),
    ...(funding && funding.asked.length > 0
      ? [sql`f.instruments @> ${funding.asked.map(one => one.instrument)}::text[]`]
      : []),
  ]);
}

const slackOf = (km: number): number => Math.min(km, ANYWHERE_KM) * SLACK + SLACK;

/** SQL: `meetsLanguage` of the rules for one of the languages; most are written alike. */
export const isSpoken = (row: string, asked: readonly string[]): Sql => sql`(
  ${verbatim(row)}.languages && ${asked}::text[] or exists (
    select from unnest(${verbatim(row)}.languages) spoken, unnest(${asked.map(one => one.toLowerCase())}::text[]) range
    where lower(spoken) = range or starts_with(lower(spoken), range || '-')))`;

const fitsAge = (age: number): Sql =>
  sql`coalesce(f.minimum_age, ${age}::int) <= ${age}::int and coalesce(f.maximum_age, ${age}::int) >= ${age}::int`;

const seesExactly = (viewer: Viewer): Sql =>
  editedPartners(viewer).length + coordinatedNetworks(viewer).length === 0
    ? verbatim('false')
    : seesExactPlacesOf(viewer, 'f', sql`f.coarse`);

/** SQL: `freePlaces` and `shownFree` of the rules; null where places are not counted or were never reported. */
function freeOf(): Sql {
  const free = 'places.total - places.reserved - places.occupied_elsewhere';
  const steps = COARSE_STEPS.map(step => `when ${free} >= ${step} then ${step}`).join(' ');
  return verbatim(
    `case when places.reported_at is null or places.total is null then null when seen.plainly then greatest(0, ${free}) ${steps} else 0 end`,
  );
}

/** SQL: `shownWaiting` of the rules; null where nobody ever reported. */
const waitingOf = (): Sql =>
  verbatim(`case when places.reported_at is null then null when not seen.plainly then places.reported_waiting
    when places.reported_waiting is null and places.waitlisted = 0 then null
    else coalesce(places.reported_waiting, 0) + places.waitlisted end`);

/**
 * SQL: `reachOf` of the rules. The nearest site that has all that is required; where nothing is required or preferred,
 * how far alone counts, and most services have one site.
 */
function siteOf({ from, accessibility, preferredAccessibility }: Question): Sql {
  const all = sql`unnest(f.latitudes, f.longitudes, f.features) as one (latitude, longitude, features)`;
  const km = kmFrom(from, 'one.latitude', 'one.longitude');
  if (accessibility.length + preferredAccessibility.length === 0)
    return sql`select case cardinality(f.latitudes) when 0 then null
      when 1 then ${kmFrom(from, 'f.latitudes[1]', 'f.longitudes[1]')} else (select min(${km}) from ${all}) end as km,
      null::int as features`;
  const required = maskOf(accessibility);
  return sql`select min(near.km) as km, (array_agg(near.features order by near.km, near.at))[1] as features from (
      select ${km} as km, one.features, one.at
      from unnest(f.latitudes, f.longitudes, f.features) with ordinality as one (latitude, longitude, features, at)
      where one.features & ${required}::int = ${required}::int) near`;
}

const FEATURES = Object.values(AccessibilityFeature) as string[];

/** Bits of features as the cards have them. */
export const maskOf = (features: readonly string[]): number =>
  features.reduce((mask, feature) => mask | (1 << FEATURES.indexOf(feature)), 0);

const PI = verbatim(`'${Math.PI}'::float8`);

/** SQL: `haversineKm` of the rules. A square that is nearly nothing is kept from being nothing, which PostgreSQL refuses. */
function kmFrom({ latitude, longitude }: Point, toLatitude: string, toLongitude: string): Sql {
  const [north, east] = [verbatim(toLatitude), verbatim(toLongitude)];
  const square = (degrees: Sql) => sql`power(greatest(abs(sin(${degrees} * ${PI} / 180 / 2)), '1e-100'::float8), 2)`;
  return sql`2 * '${verbatim(String(EARTH_RADIUS_KM))}'::float8 * asin(sqrt(least(1,
    ${square(sql`(${north} - ${latitude}::float8)`)}
    + ${Math.cos((latitude * Math.PI) / 180)}::float8 * cos(${north} * ${PI} / 180) * ${square(sql`(${east} - ${longitude}::float8)`)})))`;
}
