import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, type Sql, sql } from '../shared/sql.js';

/**
 * SQL: how many worked in a team on a day.
 *
 * @param team alias of a row of `team`
 * @param on a date
 */
export const staffOn = (team: Sql, on: Sql): Sql => sql`coalesce((
  select past.staff from team_staff past where past.team_id = ${team}.id and past.staff_until >= ${on}
  order by past.staff_until limit 1), ${team}.staff)`;

/** A team by its id, on a day (YYYY-MM-DD). */
export interface TeamDay {
  readonly team: string;
  readonly day: string;
}

/** How many worked there, in the order asked; null for a team that there is not. One statement. */
export async function staffOfTeamsOn(em: EntityManager, asked: readonly TeamDay[]): Promise<(number | null)[]> {
  const rows = await rowsOf<{ staff: number | null }>(
    em,
    sql`select ${staffOn(sql`t`, sql`a.day`)} as staff
        from unnest(${asked.map(one => one.team)}::uuid[], ${asked.map(one => one.day)}::date[])
          with ordinality as a (team, day, n) left join team t on t.id = a.team order by a.n`,
  );
  return rows.map(({ staff }) => staff);
}
