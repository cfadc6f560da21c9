import { subtrees } from '../category/category.query.js';
import { permittedNetwork } from '../network/network.query.js';
import { ReferralStatus } from '../referral/referral.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { allOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import { FOLLOW_UP_MONTHS, type FollowUpMonths, PLACED } from './referral-follow-up.rules.js';
import { mayReadMeasure } from './sustained-integration.access.js';
import {
  type FollowUpFigures,
  halfYearOf,
  SMALLEST_CELL,
  shownCount,
  shownFigures,
  summedFigures,
  sumOf,
} from './sustained-integration.rules.js';
import type { SustainedIntegration } from './sustained-integration.types.js';

export interface MeasureWishes {
  network: string;
  /** Days of the completion, in the first and in the last half-year. */
  from: string;
  until: string;
  category?: string | null;
}

/** For coordinators of the network; another is as if it were not there: BAD_USER_INPUT. */
export async function sustainedIntegration(ctx: Context, wishes: MeasureWishes): Promise<SustainedIntegration> {
  const { em, viewer, now } = ctx;
  const network = await permittedNetwork(em, wishes.network, 'network', id => mayReadMeasure(viewer, id));
  if (wishes.until < wishes.from) throw badInput('until', 'Not before `from`.');
  const { from } = halfYearOf(wishes.from);
  const { until } = halfYearOf(wishes.until);
  const placed = allOf([
    sql`r.network_id = ${network.id}`,
    sql`r.status = ${ReferralStatus.COMPLETED} and r.outcome = any(${PLACED}::text[])`,
    sql`(r.ended_at at time zone 'Europe/Berlin')::date between ${from}::date and ${until}::date`,
    ...(wishes.category == null ? [] : [inCategory(await subtrees(ctx, [wishes.category], 'category'))]),
  ]);
  const rows = await rowsOf<FigureRow>(em, figures(placed, berlinDay(now)));
  const checks = FOLLOW_UP_MONTHS.map(months => rows.filter(row => row.months === months));
  return {
    from,
    until,
    placed: sumOf(checks[0]!.map(row => shownCount(row.placed, SMALLEST_CELL))),
    checks: checks.map((halves, i) => ({
      months: FOLLOW_UP_MONTHS[i]!,
      ...summedFigures(halves.map(row => shownFigures(row, SMALLEST_CELL))),
    })),
    smallestCount: SMALLEST_CELL,
  };
}

interface FigureRow extends FollowUpFigures {
  months: FollowUpMonths;
  placed: number;
}

/** SQL: one row for each number of months and each half-year in which somebody was placed. */
const figures = (placed: Sql, today: string): Sql => sql`
  with placed as (select r.id, ${HALF_YEAR} as half_year from referral r where ${placed})
  select m.months, count(distinct placed.id)::int as placed,
    count(f.id) filter (where f.due_on <= ${today}::date)::int as due,
    count(f.recorded_at)::int as recorded,
    count(*) filter (where f.still_employed)::int as "stillEmployed",
    count(*) filter (where f.still_employed and f.subject_to_social_insurance)::int as "subjectToSocialInsurance",
    count(*) filter (where f.still_employed and not f.subsidised)::int as unsubsidised
  from placed cross join unnest(${FOLLOW_UP_MONTHS}::int[]) as m (months)
  left join referral_follow_up f on f.referral_id = placed.id and f.voided_at is null and f.months = m.months
  group by m.months, placed.half_year`;

/** SQL: in which half-year it was completed, as a number that grows. */
const HALF_YEAR = sql`div(extract(year from r.ended_at at time zone 'Europe/Berlin') * 12
  + extract(month from r.ended_at at time zone 'Europe/Berlin') - 1, 6)`;

const inCategory = (codes: readonly string[]): Sql => sql`exists (
  select from service_category sc where sc.service_id = r.service_id and sc.category_code = any(${codes}::text[]))`;
