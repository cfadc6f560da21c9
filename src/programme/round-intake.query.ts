import type { EntityManager } from '@mikro-orm/postgresql';
import type { ClosedIntake } from '../match/match.rules.js';
import { LAST_DAY } from '../shared/calendar.rules.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';

/**
 * SQL: a JSON object with why, and until when, a service takes nobody on a day: it is in a round of a programme that runs,
 * and in none that takes people then. Null where it does; what is published alone counts. It opens again where a round
 * takes people, or where the programme is over, as far as nothing else closes it then.
 */
export const closedIntakeOf = (service: Sql, day: string | Sql): Sql => sql`(
  select json_build_object('programme', min(p.title), 'opensOn', ${opensAfter(service, day)}::text)
  from ${roundsOf(service)} and ${runsOn(day)} having count(*) > 0 and not ${takesOn(day)})`;

/** SQL: the rounds `r` of a service, with their programmes `p`, that are published. */
const roundsOf = (service: Sql): Sql => sql`programme_round_service rs
  join programme_round r on r.id = rs.round_id
  join programme p on p.id = r.programme_id
  where rs.service_id = ${service} and p.published`;

const runsOn = (day: string | Sql): Sql =>
  sql`p.starts_on <= ${day}::date and coalesce(p.ends_on, 'infinity') >= ${day}::date`;

/** SQL: does one of several rounds `r` take people? */
const takesOn = (day: string | Sql): Sql =>
  sql`bool_or(r.intake_from <= ${day}::date and r.intake_until >= ${day}::date)`;

/** SQL: the first later day on which a round takes people, or no programme goes on; null where none is known. */
const opensAfter = (service: Sql, day: string | Sql): Sql => sql`(
  select min(next.day) from (
    select unnest(array[greatest(r.intake_from, p.starts_on), case when p.ends_on < ${LAST_DAY}::date then p.ends_on + 1 end]) as day
    from ${roundsOf(service)}) next
  where next.day > ${day}::date
    and coalesce((select ${takesOn(sql`next.day`)} from ${roundsOf(service)} and ${runsOn(sql`next.day`)}), true))`;

/** The same for one service. */
export async function closedIntake(em: EntityManager, service: string, day: string): Promise<ClosedIntake | null> {
  const [row] = await rowsOf<{ closed: ClosedIntake | null }>(
    em,
    sql`select ${closedIntakeOf(sql`${service}::uuid`, day)} as closed`,
  );
  return row?.closed ?? null;
}
