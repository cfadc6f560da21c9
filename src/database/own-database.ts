import type pg from 'pg';
import { StartFault } from '../shared/start-fault.js';
import { codeOf, withClient } from './client.js';

const OLDEST_VERSION = 15;

/**
 * Looks at one's own PostgreSQL before anything is done with it: it is reached, new enough, and the role that serves has
 * no way around the policies. The owner's side comes first, as it can tell whether the serving role exists.
 *
 * @returns name of the role that serves
 * @throws StartFault with one line for what is wrong
 */
export async function checkOwnDatabase(url: string, ownerUrl: string | null): Promise<string> {
  const role = decodeURIComponent(new URL(url).username);
  const places: string[] = [];
  if (ownerUrl)
    await reach('DATABASE_OWNER_URL', ownerUrl, async owner => {
      await checkServer(owner);
      await checkExists(owner, role);
      places.push(await placeOf(owner));
    });
  await reach('DATABASE_URL', url, async client => {
    await checkServer(client);
    await checkServingRole(client, role);
    places.push(await placeOf(client));
  });
  if (new Set(places).size > 1)
    throw new StartFault(
      'DATABASE_URL and DATABASE_OWNER_URL name two different databases: they must name the same one.',
    );
  return role;
}

async function reach(variable: string, url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  try {
    await withClient(url, work);
  } catch (error) {
    throw error instanceof StartFault ? error : new StartFault(whyNot(error, variable, new URL(url)));
  }
}

function whyNot(error: unknown, variable: string, url: URL): string {
  const place = url.hostname ? `${url.hostname}:${url.port || 5432}` : 'the local socket';
  const role = decodeURIComponent(url.username);
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
      return (
        `PostgreSQL at ${place} refuses the role ${role} of ${variable}: wrong password, or no such role. ` +
        `An administrator makes one with: create role "${role}" login password '…';`
      );
    case '3D000':
      return `PostgreSQL at ${place} has no database ${decodeURIComponent(url.pathname.slice(1))} (${variable}).`;
    case 'ECONNREFUSED':
      return `PostgreSQL can't be reached at ${place} (${variable}): nothing listens there.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `PostgreSQL can't be reached at ${place} (${variable}): no such host.`;
    default:
      return `PostgreSQL can't be reached at ${place} (${variable}): ${(error as Error).message}.`;
  }
}

/** The same through whichever role and address: the start of the server to the microsecond, and the database. */
async function placeOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ place: string }>(
    `select concat_ws(' ', extract(epoch from pg_postmaster_start_time()), current_database()) as place`,
  );
  return rows[0]!.place;
}

/** Version and encoding. @throws StartFault */
export async function checkServer(client: Pick<pg.Client, 'query'>): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('server_encoding') as encoding`,
  );
  const { version, number, encoding } = rows[0];
  if (number < OLDEST_VERSION * 10_000)
    throw new StartFault(`PostgreSQL ${version} is too old: at least ${OLDEST_VERSION} is needed.`);
  if (encoding !== 'UTF8') throw new StartFault(`The database is encoded as ${encoding}: UTF8 is needed.`);
}

async function checkExists(owner: pg.Client, role: string): Promise<void> {
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0)
    throw new StartFault(
      `The role ${role} of DATABASE_URL does not exist. ` +
        `An administrator makes it with: create role ${owner.escapeIdentifier(role)} login password '…';`,
    );
}

/** Its own powers, and those of every role that it is a member of. */
async function checkServingRole(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ powerful: boolean; owns: string | null }>(
    `select
       exists(select from pg_roles where (rolsuper or rolbypassrls) and pg_has_role(current_user, oid, 'MEMBER')) as powerful,
       (select min(relname) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
          and pg_has_role(current_user, relowner, 'MEMBER')) as owns`,
  );
  const { powerful, owns } = rows[0]!;
  if (powerful)
    throw new StartFault(
      `The role ${role} of DATABASE_URL is a superuser or passes by row-level security: use one without.`,
    );
  if (owns)
    throw new StartFault(
      `The role ${role} of DATABASE_URL owns tables (${owns}), so policies would not hold: serve as another one.`,
    );
}
