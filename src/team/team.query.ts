import { inOwnNetwork } from '../network/network.access.js';
import { ownNetwork } from '../network/own-network.query.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { byName } from '../shared/named-list.js';
import { countOf, listPage } from '../shared/ordered-list.js';
import { columnsOf, entitiesOf, type Sql, sql } from '../shared/sql.js';
import { Team } from './team.entity.js';
import { TeamConnection, type TeamsArgs } from './team.inputs.js';

export const TEAMS = byName(Team, 'team', 'id');

/** SQL: is there the team `t` on that day, or is it not known since when it is? */
export const isThereOn = (day: string): Sql => sql`(t.dissolved_on is null or t.dissolved_on > ${day}::date)`;

/** The teams of a network of the viewer, by name. BAD_USER_INPUT for another. */
export async function teamPage(
  ctx: Context,
  { network: slug, dissolved, ...args }: TeamsArgs,
): Promise<TeamConnection> {
  const { em, secrets } = ctx;
  const page = pageOf(args, secrets, TeamConnection.list);
  const network = await ownNetwork(ctx, slug, 'network');
  const conditions = [sql`t.network_id = ${network.id}`, ...(dissolved ? [] : [sql`t.dissolved_on is null`])];
  return TeamConnection.of(secrets, {
    rows: await listPage(em, TEAMS, conditions, page),
    page,
    position: ({ name, id }) => [name, id],
    count: () => countOf(em, TEAMS, conditions),
  });
}

/** Null where there is none in a network of the viewer. */
export async function findTeam({ em, viewer }: Context, id: string): Promise<Team | null> {
  if (!isId(id)) return null;
  const which = sql`t.id = ${id} and ${inOwnNetwork(viewer, sql`t.network_id`)}`;
  const [found] = await entitiesOf(em, Team, sql`select ${columnsOf(em, Team, 't')} from team t where ${which}`);
  return found ?? null;
}
