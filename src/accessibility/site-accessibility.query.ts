import type { EntityManager } from '@mikro-orm/postgresql';
import { LocationStatus } from '../location/location.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { SiteFigures } from './accessibility.rules.js';
import { latestAssessment } from './latest-assessment.query.js';

export interface AssessedBetween {
  /** Days, both included; null: without an end. */
  readonly from: string | null;
  readonly until: string | null;
}

/** The numbers of each Jobcenter with one of these ids; one statement. @param today for what is overdue */
export async function siteAccessibilityOf(
  em: EntityManager,
  jobcenters: readonly string[],
  { from, until }: AssessedBetween,
  today: string,
): Promise<(SiteFigures & { jobcenter: string })[]> {
  return rowsOf(
    em,
    sql`with site as (
          select j.id as jobcenter, l.id, ${latestAssessment(sql`l.id`)} as latest,
            exists (select from accessibility_assessment a where a.location_id = l.id and a.status = 'COMPLETED'
              and a.assessed_on between coalesce(${from}::date, '-infinity') and coalesce(${until}::date, 'infinity')) as assessed
          from jobcenter j join location l on l.partner_id = j.partner_id and l.status = ${LocationStatus.ACTIVE}
          where j.id = any(${jobcenters}::uuid[])),
        counted as (
          select site.jobcenter, count(*)::int as sites, (count(*) filter (where site.assessed))::int as assessed,
            sum(f.not_met)::int as "notMet", sum(f.without_remedy)::int as "withoutRemedy",
            sum(r.open)::int as open, sum(r.overdue)::int as overdue, sum(r.done)::int as done,
            sum(r.cost)::bigint as cost, sum(r.open_cost)::bigint as open_cost, sum(r.without_cost)::int as "withoutCost"
          from site
          cross join lateral (
            select count(*) as not_met, count(*) filter (where not exists (
                select from accessibility_remedy helps where helps.location_id = site.id
                  and helps.criterion_code = finding.criterion_code and helps.state <> 'DROPPED')) as without_remedy
            from accessibility_finding finding where finding.assessment_id = site.latest and finding.result = 'NOT_MET') f
          cross join lateral (
            select count(*) filter (where to_do) as open, count(*) filter (where to_do and due_on < ${today}::date) as overdue,
              count(*) filter (where state = 'DONE') as done,
              coalesce(sum(cost_cents) filter (where state <> 'DROPPED'), 0) as cost,
              coalesce(sum(cost_cents) filter (where to_do), 0) as open_cost,
              count(*) filter (where cost_cents is null and state <> 'DROPPED') as without_cost
            from (select remedy.*, remedy.state in ('PLANNED', 'COMMISSIONED') as to_do
              from accessibility_remedy remedy where remedy.location_id = site.id) own) r
          group by site.jobcenter)
        select j.id as jobcenter, coalesce(sites, 0) as sites, coalesce(assessed, 0) as assessed,
          coalesce("notMet", 0) as "notMet", coalesce("withoutRemedy", 0) as "withoutRemedy", coalesce(open, 0) as open,
          coalesce(overdue, 0) as overdue, coalesce(done, 0) as done, coalesce(cost, 0)::text as "costCents",
          coalesce(open_cost, 0)::text as "openCostCents", coalesce("withoutCost", 0) as "withoutCost"
        from jobcenter j left join counted on counted.jobcenter = j.id where j.id = any(${jobcenters}::uuid[])`,
  );
}
