import { isCityOfItsOwn } from '../shared/geo.rules.js';
import { NOTHING, type Sql, sql, verbatim } from '../shared/sql.js';
import { MatchFactor, type Weights } from './match.rules.js';
import { takenBackUntil } from './match-counters.query.js';
import { FORMULA } from './match-factors.rules.js';
import { isSpoken, maskOf, type Ranking } from './match-fit.query.js';

// The formulas of match-factors.rules and scoreOf, in float8 and step by step in the same order: where no exponential is
// in it, a score has the same bits. Where one is, the last bits may differ, and a score on the border of two buckets may
// stand in either.

/** Hundredths of a score within which the last bits may decide on a bucket. */
export const MARGIN = verbatim(`'1e-6'::float8`);
/** A value below this leaves no trace in a sum, where weights are ordinary. */
const TRACELESS = `'1e-30'::float8`;
const ORDINARY = { least: 1e-6, most: 1e6 };
const DAY = 86_400_000;
const UNKNOWN = verbatim('0.5::float8');

/** Can PostgreSQL reckon with these weights, without over- or underflow? */
export const areOrdinary = (weights: Weights): boolean =>
  Object.values(weights).every(one => one === 0 || (one >= ORDINARY.least && one <= ORDINARY.most));

const VALUES: Readonly<Record<MatchFactor, string>> = {
  CATEGORY: 'part.category',
  DISTANCE: 'part.distance',
  CAPACITY: 'part.capacity',
  WAIT: 'rest.wait',
  LANGUAGE: 'part.language',
  ACCESSIBILITY: 'part.accessibility',
  NEEDS: 'part.need',
  FRESHNESS: 'part.freshness',
  RESPONSE: 'rest.response',
};

/** Which row has the value of a factor that was computed by an exponential, and when. */
const INEXACT = [
  `part.measured and ${trace('part.distance')}`,
  `part.free is not null and ${trace('part.trust')}`,
  `rest.wait <> 0.5 and ${trace('rest.wait')}`,
  trace('part.freshness'),
]
  .map(one => `(${one})`)
  .join(' or ');

function trace(value: string): string {
  return `${value} >= ${TRACELESS} and ${value} < 1`;
}

/** What is asked for, in the order of `MatchFactor`. */
function factorsOf({ inquiry: { question } }: Ranking): MatchFactor[] {
  const left = new Set([
    ...(question.languages.length > 0 ? [] : [MatchFactor.LANGUAGE]),
    ...(question.preferredAccessibility.length > 0 ? [] : [MatchFactor.ACCESSIBILITY]),
    ...(question.needs.length > 0 ? [] : [MatchFactor.NEEDS]),
  ]);
  return Object.values(MatchFactor).filter(factor => !left.has(factor));
}

/**
 * SQL: all of `fit` with the values of all factors but WAIT and RESPONSE, for which acceptances and answers are counted, and
 * between which hundredths of a score it is (`least` to `most`) whatever these are.
 */
export function valued(ranking: Ranking): Sql {
  const { WAIT, RESPONSE } = ranking.inquiry.weights;
  const known = sumOf(
    ranking,
    factorsOf(ranking).filter(factor => factor !== MatchFactor.WAIT && factor !== MatchFactor.RESPONSE),
  );
  const wait = sql`${WAIT}::float8 * part.wait`;
  return sql`select part.*, ${meanOf(ranking, sql`${known} + case when part.open then 0 else ${wait} end`)} as least,
      ${meanOf(ranking, sql`${known} + ${wait} + ${RESPONSE}::float8`)} as most
    from (
      select step.*, case when step.free is null then ${UNKNOWN}
          else step.trust * least(1, step.free::float8 / ${FORMULA.plentyOfPlaces}::float8) + (1 - step.trust) * ${UNKNOWN} end as capacity
      from (${steps(ranking)} offset 0) step offset 0) part`;
}

function steps({ inquiry: { question }, moment }: Ranking): Sql {
  const { languages, preferredAccessibility, needs, municipality } = question;
  const sigma = isCityOfItsOwn(municipality) ? FORMULA.sigmaInACityKm : FORMULA.sigmaInAKreisKm;
  return sql`select fit.*, not fit.comes_along and fit.km is not null as measured,
      case when fit.comes_along then 1::float8 when fit.km is null then ${UNKNOWN}
        else ${decay(sql`fit.km * fit.km / ${2 * sigma ** 2}::float8`)} end as distance,
      ${halved(sql`fit.reported_at`, moment, FORMULA.reportHalfLifeDays)} as trust,
      coalesce(${halved(sql`fit.confirmed_at`, moment, FORMULA.confirmationHalfLifeDays)}, 0) as freshness,
      fit.expected_wait_days is null and fit.waiting is not null as open,
      case when fit.expected_wait_days is not null then ${decay(sql`fit.expected_wait_days::float8 / ${FORMULA.waitDays}::float8`)}
        when fit.waiting is null then ${UNKNOWN} else 1 end as wait
      ${languages.length > 0 ? sql`, case when ${isSpoken('fit', languages)} then 1::float8 else ${FORMULA.throughInterpreter}::float8 end as language` : NOTHING}
      ${preferredAccessibility.length > 0 ? sql`, ${accessibilityOf(preferredAccessibility)} as accessibility` : NOTHING}
      ${needs.length > 0 ? sql`, ${needOf(needs)} as need` : NOTHING}
    from fit`;
}

function accessibilityOf(asked: readonly string[]): Sql {
  const among = (bits: string) => sql`coalesce(bit_count((${verbatim(bits)} & ${maskOf(asked)}::int)::bit(32)), 0)`;
  const there = among('fit.features');
  const unknown = sql`(${asked.length}::int - ${there} - ${among('(fit.features >> 16)')})`;
  return sql`(${there} + ${unknown}::float8 * ${UNKNOWN}) / ${asked.length}::float8`;
}

const needOf = (asked: readonly string[]): Sql => sql`case cardinality(fit.needs) when 0 then ${UNKNOWN} else (
    select count(*) from unnest(fit.needs) one where one = any(${asked}::text[]))::float8 / ${asked.length}::float8 end`;

/**
 * SQL: the buckets of the rows `part`: where each stands at the earliest (`first`) and at the latest (`last`). Acceptances
 * and answers are counted of these alone. @param part what stands after `from`
 */
export const bucketed = (ranking: Ranking, part: Sql): Sql => sql`select sure.service_id,
      floor(case when sure.doubtful then sure.hundredths + ${MARGIN} else sure.hundredths end) as first,
      floor(case when sure.doubtful then sure.hundredths - ${MARGIN} else sure.hundredths end) as last
    from (
      select found.*, found.inexact and abs(found.hundredths - round(found.hundredths)) < ${MARGIN} as doubtful
      from (
        select part.service_id, ${meanOf(ranking, sumOf(ranking, factorsOf(ranking)))} as hundredths, ${verbatim(INEXACT)} as inexact
        from ${part} cross join lateral (${REST}) rest offset 0) found offset 0) sure`;

const { acceptanceWindowDays, waitDays, slowestAnswerWorkingDays } = FORMULA;

/** SQL: WAIT and RESPONSE of a row `part`: `expectedWait` and `medianWorkingDays` of the rules. */
const REST = sql`
  select case when not part.open then part.wait when counted.accepted <= 0 then ${UNKNOWN}
      else ${decay(verbatim(`part.waiting::float8 / (counted.accepted::float8 / ${acceptanceWindowDays}) / ${waitDays}`))} end as wait,
    case when counted.median is null then ${UNKNOWN}
      else 1 - least(1, counted.median / ${verbatim(String(slowestAnswerWorkingDays))}) end as response
  from (
    select case when part.open then (
        select coalesce(sum(${takenBackUntil('ac', 'accepted', 'part.until')}), 0) from service_acceptance ac
        where ac.service_id = part.service_id and ac.accepted_on <= part.until
          and ac.accepted_on > part.until - ${verbatim(String(acceptanceWindowDays))}) end as accepted, (
      select (min(days) filter (where seen > (total - 1) / 2) + min(days) filter (where seen > total / 2)) / 2::float8
      from (
        select an.working_days as days, sum(sum(${takenBackUntil('an', 'answers', 'part.until')})) over (order by an.working_days)::int as seen,
          sum(sum(${takenBackUntil('an', 'answers', 'part.until')})) over ()::int as total
        from service_answer an where an.service_id = part.service_id and an.answered_on <= part.until
        group by an.working_days) ranked
      where total > 0) as median offset 0) counted`;

/** SQL: hundredths of the weighted mean, from the weighted sum: `scoreOf` of the rules. */
function meanOf(ranking: Ranking, sum: Sql): Sql {
  const total = factorsOf(ranking).reduce((all, factor) => all + ranking.inquiry.weights[factor], 0);
  return total > 0 ? sql`100 * least(1, (${sum}) / ${total}::float8)` : verbatim(`'0'::float8`);
}

const sumOf = ({ inquiry: { weights } }: Ranking, factors: readonly MatchFactor[]): Sql =>
  factors
    .map(factor => sql`${weights[factor]}::float8 * ${verbatim(VALUES[factor])}`)
    .reduce((sum, one) => sql`${sum} + ${one}`, verbatim(`'0'::float8`));

/** SQL: e^−x; what is as good as nothing PostgreSQL would refuse. */
function decay(x: Sql): Sql {
  return sql`exp(-least(${x}, 700))`;
}

/** SQL: `halvedEvery` of the rules; null for null. Moments are whole milliseconds. */
const halved = (at: Sql, now: Date, halfLifeDays: number): Sql => sql`power(2::float8, greatest(
  -greatest(0, ${now.getTime()}::float8 - round(date_part('epoch', ${at}) * 1000)) / ${DAY}::float8 / ${halfLifeDays}::float8, -1000))
  + case when ${at} is null then null::float8 else 0 end`;
