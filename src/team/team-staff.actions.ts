import type { EntityManager } from '@mikro-orm/postgresql';
import { berlinDay } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { refuseFuture } from '../shared/plain-input.js';
import { sql } from '../shared/sql.js';
import type { Team } from './team.entity.js';
import type { TeamInput } from './team.inputs.js';
import { staffOn } from './team-staff.query.js';

/**
 * Remembers how many worked in a team until so many others do: what was said of later days is replaced. The team itself,
 * which is locked, is not changed yet. INVALID_INPUT for a day to come, and for one without a number.
 *
 * @param staff how many it will be
 */
export async function rememberStaff(
  { now }: Context,
  tx: EntityManager,
  team: Team,
  staff: number,
  input: TeamInput,
): Promise<void> {
  const path = ['input', 'staffFrom'];
  const said = input.staffFrom ?? null;
  if (said !== null && input.staff == null)
    throw new Refusal(UserErrorCode.INVALID_INPUT, 'Hier fehlt, wie viele es seitdem sind.', path);
  refuseFuture(now, said, path);
  if (said === null && staff === team.staff) return;
  const before = sql`${said ?? berlinDay(now)}::date - 1`;
  await change(
    tx,
    sql`insert into team_staff (team_id, staff_until, staff)
        select t.id, ${before}, ${staffOn(sql`t`, before)} from team t where t.id = ${team.id}
        on conflict do nothing`,
  );
  // A number that goes on is said once.
  await change(
    tx,
    sql`delete from team_staff where team_id = ${team.id}
        and (staff_until > ${before} or staff_until = ${before} and staff = ${staff}::int)`,
  );
}
