import type pg from 'pg';
import { withClient } from './client.js';

/** First half of every advisory lock of the hub: "PNET" as a number. */
export const HUB = 0x504e4554;

/** What processes settle among themselves through the database. */
export const Lock = {
  /** Shared by everybody who uses the embedded database; whoever gets it alone at the end stops PostgreSQL. */
  ATTACHED: 1,
  /** Held by the one hub that serves a data directory. */
  SERVING: 2,
  /** Roles and database of the embedded PostgreSQL are being made. */
  PREPARING: 3,
  /** Migrations and grants. */
  MIGRATING: 4,
  /** The search is being made anew. */
  INDEXING: 5,
  /** Uploads are being imported. */
  IMPORTING: 6,
} as const;

type LockName = (typeof Lock)[keyof typeof Lock];

/** Waits for a lock of this session, shared or alone. It ends with `unlockAll` or with the connection, however it dies. */
export const lock = (client: pg.Client, name: LockName): Promise<unknown> =>
  client.query('select pg_advisory_lock($1, $2)', [HUB, name]);

export const lockShared = (client: pg.Client, name: LockName): Promise<unknown> =>
  client.query('select pg_advisory_lock_shared($1, $2)', [HUB, name]);

/** Takes the lock if nobody holds it. */
export async function tryLock(client: pg.Client, name: LockName): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [HUB, name]);
  return rows[0]!.got;
}

export const unlock = (client: pg.Client, name: LockName): Promise<unknown> =>
  client.query('select pg_advisory_unlock($1, $2)', [HUB, name]);

export const unlockAll = (client: pg.Client): Promise<unknown> => client.query('select pg_advisory_unlock_all()');

/** `application_name` of the session that holds a lock, as far as one may see it. */
export async function holderOf(client: pg.Client, name: LockName): Promise<string | null> {
  const { rows } = await client.query<{ holder: string }>(
    `select application_name as holder from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and classid = $1 and objid = $2 and granted`,
    [HUB, name],
  );
  return rows[0]?.holder ?? null;
}

/** Work that nobody else does on this database at the same time; a connection of its own holds the lock meanwhile. */
export const alone = <T>(url: string, name: LockName, work: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(url, async client => {
    await lock(client, name);
    return work(client);
  });
