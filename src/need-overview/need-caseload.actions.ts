import { ClientCaseStatus } from '../client-case/client-case.rules.js';
import { SMALLEST_CELL } from '../referral-follow-up/sustained-integration.rules.js';
import { berlinDay, monthOf } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Clockwork } from '../shared/clockwork.js';
import { systemSession } from '../shared/policies.js';
import { type Sql, sql } from '../shared/sql.js';

/** SQL: in whole fives, and fewer than five not at all. As `toldPeople` of the rules of action plans. */
const told = (count: Sql): Sql => sql`nullif(${count} / ${SMALLEST_CELL}::int * ${SMALLEST_CELL}::int, 0)::int`;

/**
 * Counts once a month, in each network, the open cases with each need. One statement; that two hubs do it at once leaves
 * nothing twice.
 *
 * @returns how many networks were counted, times needs
 */
export function countCaseloads({ orm, now }: Pick<Clockwork, 'orm' | 'now'>): Promise<number> {
  const today = berlinDay(now);
  const em = orm.em.fork({ session: systemSession(now) });
  return em.transactional(
    tx =>
      change(
        tx,
        sql`with due as (
            select n.id from network n where not exists (
              select from need_caseload l where l.network_id = n.id and l.counted_on >= ${monthOf(today)}::date)
          ), open as (
            select c.network_id, h.needs from due join client_case c on c.network_id = due.id
            join client_case_health h on h.client_case_id = c.id where c.status = ${ClientCaseStatus.OPEN}
          ), with_need as (
            select o.network_id, need.code, count(*) as cases
            from open o join need on need.code = any(o.needs) group by 1, 2
          ), in_all as (
            select network_id, count(*) as cases from open group by 1
          )
          insert into need_caseload (network_id, need_code, counted_on, cases, all_cases)
          select due.id, need.code, ${today}::date, ${told(sql`w.cases`)},
            ${told(sql`a.cases`)}
          from due cross join need left join with_need w on w.network_id = due.id and w.code = need.code
          left join in_all a on a.network_id = due.id
          on conflict do nothing`,
      ),
    { clear: true },
  );
}
