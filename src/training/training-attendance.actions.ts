import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fault } from '../record/fault.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change, changeOne } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { staffOn } from '../team/team-staff.query.js';
import { lockSession, seatFaults } from './training.actions.js';
import type { TrainingAttendanceInput } from './training.inputs.js';

/** More teams than in a session could sit. */
const MOST_TEAMS = 100;

interface TeamThen {
  readonly id: string;
  readonly staff: number;
  readonly dissolved: string | null;
}

/**
 * How many of some teams attended a session that is over, in place of what was counted of these teams before. NOT_FOUND,
 * VERSION_CONFLICT; INVALID_INPUT before its last day, for more than worked in a team on its first day or can sit. Returns the id.
 */
export function recordAttendance(
  ctx: Context,
  id: string,
  input: readonly TrainingAttendanceInput[],
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const session = await lockSession(ctx, tx, id);
    checkVersion(expectedVersion, session.version);
    if (session.heldUntil > berlinDay(ctx.now))
      throw new Refusal(UserErrorCode.INVALID_INPUT, 'Gezählt wird erst, wenn der Termin vorbei ist.', ['id']);
    const teams = await lockTeams(tx, session.network.id, input, session.heldOn);
    refuseFaults(input.flatMap((one, i) => faultsOfAttendance(one, i, teams, input, session.heldOn)));
    const ids = input.map(({ team }) => team.toLowerCase());
    await change(
      tx,
      sql`delete from training_attendance where session_id = ${session.id} and team_id = any(${ids}::uuid[])`,
    );
    await change(
      tx,
      sql`insert into training_attendance (session_id, team_id, network_id, attended, first_time)
          select ${session.id}::uuid, a.team, ${session.network.id}::uuid, a.attended, a."firstTime"
          from jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as a (team uuid, attended int, "firstTime" int)`,
    );
    refuseFaults(await seatFaults(tx, session.id, session.seats, []));
    const [counted] = await rowsOf<{ teams: number }>(
      tx,
      sql`select count(*)::int as teams from training_attendance where session_id = ${session.id}`,
    );
    if (counted!.teams > MOST_TEAMS)
      refuseFaults([{ path: [], message: `Möglich sind höchstens ${MOST_TEAMS} Teams.` }]);
    await changeOne(tx, sql`update training_session set version = version + 1 where id = ${session.id}`);
    return session.id;
  });
}

/**
 * The teams of the network among those that are named, as they were on a day, by id; locked, in the order of their ids, and
 * read after that: who changes how many worked there holds the same lock.
 */
async function lockTeams(
  tx: EntityManager,
  network: string,
  input: readonly TrainingAttendanceInput[],
  day: string,
): Promise<ReadonlyMap<string, TeamThen>> {
  const ids = input.flatMap(({ team }) => (isId(team) ? [team] : []));
  await rowsOf(
    tx,
    sql`select from team where id = any(${ids}::uuid[]) and network_id = ${network} order by id for no key update`,
  );
  const rows = await rowsOf<TeamThen>(
    tx,
    sql`select t.id, ${staffOn(sql`t`, sql`${day}::date`)} as staff, t.dissolved_on::text as dissolved from team t
        where t.id = any(${ids}::uuid[]) and t.network_id = ${network}`,
  );
  return new Map(rows.map(team => [team.id, team]));
}

function faultsOfAttendance(
  { team: named, attended, firstTime }: TrainingAttendanceInput,
  i: number,
  teams: ReadonlyMap<string, TeamThen>,
  all: readonly TrainingAttendanceInput[],
  heldOn: string,
): Fault[] {
  const at = (field: string, message: string): Fault[] => [{ path: [String(i), field], message }];
  const team = teams.get(named.toLowerCase());
  if (!team || (team.dissolved !== null && team.dissolved <= heldOn))
    return at('team', 'Dieses Team gab es in Ihrem Netzwerk zu dieser Zeit nicht.');
  if (all.findIndex(other => other.team.toLowerCase() === team.id) < i)
    return at('team', 'Dieses Team steht schon in der Liste.');
  if (attended < 0 || attended > team.staff)
    return at('attended', `Möglich ist eine Zahl von 0 bis ${team.staff}: So viele arbeiteten da in diesem Team.`);
  if (firstTime < 0 || firstTime > attended)
    return at('firstTime', `Möglich ist eine Zahl von 0 bis ${attended}: So viele haben teilgenommen.`);
  return [];
}
