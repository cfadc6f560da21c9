import type { EntityManager } from '@mikro-orm/postgresql';
import type { ClosedIntake } from '../match/match.rules.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';

/**
 * SQL: a JSON object with why, and until when, a service takes nobody on a day: it is in a round of a programme that runs,
 * and in none that takes people then. Null where it does; what is published alone counts.
 */
export const closedIntakeOf = (service: Sql, day: string | Sql): Sql => sql`(
  select json_build_object('programme', min(p.title),
    'opensOn', (min(r.intake_from) filter (where r.intake_from > ${day}::date))::text)
  from programme_round_service rs
  join programme_round r on r.id = rs.round_id
  join programme p on p.id = r.programme_id
  where rs.service_id = ${service} and p.published
    and p.starts_on <= ${day}::date and coalesce(p.ends_on, 'infinity') >= ${day}::date
  having count(*) > 0 and not bool_or(r.intake_from <= ${day}::date and r.intake_until >= ${day}::date))`;

/** The same for one service. */
export async function closedIntake(em: EntityManager, service: string, day: string): Promise<ClosedIntake | null> {
  const [row] = await rowsOf<{ closed: ClosedIntake | null }>(
    em,
    sql`select ${closedIntakeOf(sql`${service}::uuid`, day)} as closed`,
  );
  return row?.closed ?? null;
}
