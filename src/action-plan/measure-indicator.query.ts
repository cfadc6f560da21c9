import type { EntityManager } from '@mikro-orm/postgresql';
import { AssessmentStatus } from '../accessibility/accessibility.rules.js';
import { freshnessOfNetworks } from '../confirmation/freshness-shares.query.js';
import { LocationStatus } from '../location/location.rules.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { ReferralStatus } from '../referral/referral.rules.js';
import { SMALLEST_CELL } from '../referral-follow-up/sustained-integration.rules.js';
import { showsCoarselyOf } from '../service/service.access.js';
import { shownFreeOf } from '../service/service.query.js';
import { PUBLISHED, ServiceStatus } from '../service/service.rules.js';
import { berlinDay, monthOf } from '../shared/calendar.rules.js';
import { Freshness } from '../shared/freshness.rules.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { staffOn } from '../team/team-staff.query.js';
import { trainedIn } from '../training/trained.query.js';
import { MeasureIndicator, toldPeople } from './action-plan.rules.js';
import type { PlanMeasure } from './plan-measure.entity.js';

/** As much of a measure as is needed to measure it. */
export type Measured = Pick<PlanMeasure, 'id' | 'indicator' | 'subject'> & { networkId: string };

/** What can still be told of the due day when that is over; of the others only how it stands now is known. */
export const TOLD_LATER: readonly MeasureIndicator[] = [
  MeasureIndicator.STAFF_TRAINED,
  MeasureIndicator.SITES_ASSESSED,
  MeasureIndicator.REFERRALS_WITH_OUTCOME,
];

/** The day of which a measure is measured at `now`: what can be told later is not looked at beyond its due day. */
export const dayMeasured = ({ indicator, dueOn }: Pick<PlanMeasure, 'indicator' | 'dueOn'>, now: Date): string => {
  const today = berlinDay(now);
  return TOLD_LATER.includes(indicator) && dueOn < today ? dueOn : today;
};

/** SQL: `dayMeasured` of a measure `m` that can be told later. */
const measuredDay = (now: Date): Sql => sql`least(m.due_on, ${berlinDay(now)}::date)`;

interface Value {
  measure: string;
  value: number | null;
}

type Meter = (em: EntityManager, measures: readonly Measured[], now: Date) => Promise<Value[]>;

/**
 * What each of the measures stands at on its `dayMeasured`, in its unit, by id; null where it cannot be told. One statement for each kind
 * of indicator, however many measures. Those that count referrals see what the session of `em` lets through: that of the
 * network's coordinator, or SYSTEM.
 */
export async function measuredValues(
  em: EntityManager,
  measures: readonly Measured[],
  now: Date,
): Promise<ReadonlyMap<string, number | null>> {
  const values: Value[] = [];
  for (const [indicator, found] of Map.groupBy(measures, one => one.indicator)) {
    if (indicator === MeasureIndicator.MANUAL) throw new Error('What is entered by hand is not measured.');
    values.push(...(await METERS[indicator](em, found, now)));
  }
  return new Map(values.map(({ measure, value }) => [measure, value]));
}

const idsOf = (measures: readonly Measured[]): string[] => measures.map(({ id }) => id);

/** SQL: rows (measure, code) of the categories that each measure looks at. */
const subtreesOf = (measures: readonly Measured[]): Sql => sql`with recursive subtree (measure, code) as (
  select m.id, m.category_code from plan_measure m where m.id = any(${idsOf(measures)}::uuid[])
  union all select t.measure, c.code from subtree t join category c on c.parent_code = t.code)`;

/** SQL: does the service `s` offer something that the measure `m` looks at? */
const OFFERED = sql`exists (select from service_category sc join subtree t on t.code = sc.category_code
  where sc.service_id = s.id and t.measure = m.id)`;

const partnersInCategory: Meter = (em, measures) =>
  rowsOf(
    em,
    sql`${subtreesOf(measures)} select m.id as measure, (
        select count(distinct s.partner_id)::int from service s
        where s.network_id = m.network_id and s.status = any(${PUBLISHED}::text[])
          and ${ofPublishedPartner(sql`s.partner_id`)} and ${OFFERED}) as value
      from plan_measure m where m.id = any(${idsOf(measures)}::uuid[])`,
  );

/** As everybody sees them: published readings must tell no more of a discreet service than it does itself. */
const freePlacesInCategory: Meter = (em, measures) =>
  rowsOf(
    em,
    sql`${subtreesOf(measures)} select m.id as measure, (
        select coalesce(sum(${shownFreeOf(
          sql`greatest(0, c.total - c.reserved - c.occupied_elsewhere)`,
          showsCoarselyOf('s'),
          sql`false`,
        )}), 0)::int
        from service s join service_capacity c on c.service_id = s.id
        where s.network_id = m.network_id and s.status = ${ServiceStatus.ACTIVE}
          and c.reported_at is not null and c.total is not null
          and ${ofPublishedPartner(sql`s.partner_id`)} and ${OFFERED}) as value
      from plan_measure m where m.id = any(${idsOf(measures)}::uuid[])`,
  );

/**
 * Clients, not referrals: one who was placed twice counts once. Whole months of the measure's time until last month's end, in
 * whole fives: a beginning or due day that is moved by a day tells of nobody.
 */
const referralsWithOutcome: Meter = async (em, measures, now) => {
  const rows = await rowsOf<{ measure: string; count: number }>(
    em,
    sql`${subtreesOf(measures)} select m.id as measure, (
        select count(distinct r.client_case_id)::int from referral r join service s on s.id = r.service_id
        where r.network_id = m.network_id and r.status = ${ReferralStatus.COMPLETED} and r.outcome = m.outcome
          and (r.ended_at at time zone 'Europe/Berlin')::date >= date_trunc('month', m.starts_on - 1) + interval '1 month'
          and (r.ended_at at time zone 'Europe/Berlin')::date <
            least(date_trunc('month', m.due_on + 1), ${monthOf(berlinDay(now))}::date)
          and (m.category_code is null or ${OFFERED})) as count
      from plan_measure m where m.id = any(${idsOf(measures)}::uuid[])`,
  );
  return rows.map(({ measure, count }) => ({ measure, value: toldPeople(count, SMALLEST_CELL) }));
};

const freshness: Meter = async (em, measures, now) => {
  const networks = [...new Set(measures.map(({ networkId }) => networkId))];
  const shares = await freshnessOfNetworks(em, networks, now);
  return measures.map(({ id, networkId, subject }) => {
    const bands = shares.get(networkId)?.find(one => one.subject === subject)?.bands ?? [];
    const share = bands.find(band => band.freshness === Freshness.FRESH)?.share ?? null;
    return { measure: id, value: share === null ? null : share * 100 };
  });
};

/** Of all staff of the day's teams, as many as they were then, those who were trained in the topic. */
const staffTrained: Meter = (em, measures, now) =>
  rowsOf(
    em,
    sql`select m.id as measure, (
        select 100.0 * sum(${trainedIn(sql`t`, sql`topic`, measuredDay(now))}) / nullif(sum(${staffOn(sql`t`, measuredDay(now))}), 0)
        from team t join training_topic topic on topic.code = m.topic
        where t.network_id = m.network_id and (t.dissolved_on is null or t.dissolved_on > ${measuredDay(now)}))::float8 as value
      from plan_measure m where m.id = any(${idsOf(measures)}::uuid[])`,
  );

/** Of the sites that the Jobcenter has now, those with an assessment that was completed and lies in the asked time. */
const sitesAssessed: Meter = (em, measures, now) =>
  rowsOf(
    em,
    sql`select m.id as measure, (
        select 100.0 * count(*) filter (where exists (
            select from accessibility_assessment a where a.location_id = l.id and a.status = ${AssessmentStatus.COMPLETED}
              and a.assessed_on between m.since and ${measuredDay(now)})) / nullif(count(*), 0)
        from jobcenter j join location l on l.partner_id = j.partner_id
        where j.network_id = m.network_id and l.status = ${LocationStatus.ACTIVE})::float8 as value
      from plan_measure m where m.id = any(${idsOf(measures)}::uuid[])`,
  );

const METERS: Readonly<Record<Exclude<MeasureIndicator, MeasureIndicator.MANUAL>, Meter>> = {
  [MeasureIndicator.STAFF_TRAINED]: staffTrained,
  [MeasureIndicator.SITES_ASSESSED]: sitesAssessed,
  [MeasureIndicator.PARTNERS_IN_CATEGORY]: partnersInCategory,
  [MeasureIndicator.FREE_PLACES_IN_CATEGORY]: freePlacesInCategory,
  [MeasureIndicator.REFERRALS_WITH_OUTCOME]: referralsWithOutcome,
  [MeasureIndicator.FRESHNESS]: freshness,
};
