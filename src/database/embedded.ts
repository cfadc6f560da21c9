import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { keptFile, makeDataDir } from '../shared/kept-file.js';
import { StartFault } from '../shared/start-fault.js';
import { codeOf, connect } from './client.js';
import { initialise, type Starting, startPostgres } from './cluster.js';
import { holderOf, Lock, lock, lockShared, tryLock, unlock, unlockAll } from './locks.js';
import { findPostmaster, stopPostmaster } from './postmaster.js';

const DATABASE = 'partnernetz';
const OWNER = 'hub_owner';
const SERVER = 'hub_app';
/** A crash recovery may take its time. */
const START_MS = 60_000;
const LOOK_MS = 25;
const SERVING = 'partnernetz hub, process ';

/** PostgreSQL says so while it starts and while it stops; the network, before and after. */
const NOT_NOW = new Set(['57P03', '57P01', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '53300']);
const WRONG_PASSWORD = new Set(['28P01', '28000']);

interface Passwords {
  superuser: string;
  owner: string;
  server: string;
}

export interface EmbeddedDatabase {
  /** As hub_app, which owns nothing. */
  readonly url: string;
  /** As the role that owns the database and migrates; no superuser either. */
  readonly ownerUrl: string;
  /** Lets go of it. The last process that does stops PostgreSQL. */
  close(): Promise<void>;
}

interface Options {
  /** Take the data directory for this process: one hub at a time. */
  readonly serving: boolean;
  readonly onFault?: (error: unknown) => void;
  /** Told once PostgreSQL was made to start. */
  readonly onStarting?: () => void;
}

/**
 * The embedded PostgreSQL under a data directory: the one that runs, whoever started it, or else started now.
 *
 * Each process that uses it keeps one connection with a shared lock on it. Whoever ends tries to get that lock alone;
 * who gets it was the last and stops PostgreSQL. A killed process loses its lock with its connection, so nobody counts
 * wrong, and a PostgreSQL that lived on is found by the next start.
 *
 * @throws StartFault
 */
export async function openEmbedded(
  dataDir: string,
  { serving, onFault = () => {}, onStarting = () => {} }: Options,
): Promise<EmbeddedDatabase> {
  await makeDataDir(dataDir);
  const passwordFile = join(dataDir, 'postgres.json');
  const passwords = parsePasswords(passwordFile, await keptFile(passwordFile, makePasswords));
  const clusterDir = join(await realpath(dataDir), 'postgres');
  await initialise(clusterDir, passwords.superuser);

  const name = serving ? `${SERVING}${process.pid}` : `partnernetz command, process ${process.pid}`;
  const place: Place = { clusterDir, passwordFile, password: passwords.superuser, name, onStarting };
  let seat = await attach(place);
  let closing = false;

  async function close(): Promise<void> {
    closing = true;
    await leave(seat.client, clusterDir);
  }

  /** PostgreSQL went away under a hub that serves: start it again where it was, for the pools to find it there. */
  async function comeBack(): Promise<void> {
    for (let wait = 100; !closing; wait = Math.min(wait * 2, 5_000)) {
      try {
        seat = await attach(place, seat.port);
        if (closing) return await leave(seat.client, clusterDir);
        return await takeSeat();
      } catch (error) {
        onFault(error);
        await sleep(wait, undefined, { ref: false });
      }
    }
  }

  async function takeSeat(): Promise<void> {
    if (!serving) return;
    if (!(await tryLock(seat.client, Lock.SERVING))) {
      const holder = (await holderOf(seat.client, Lock.SERVING))?.replace(SERVING, '') ?? 'unknown';
      throw new StartFault(`DATA_DIR ${dataDir} is in use by another hub (process ${holder}).`);
    }
    seat.client.once('end', () => {
      if (closing) return;
      onFault(new Error('The connection to the embedded PostgreSQL broke.'));
      void comeBack();
    });
  }

  try {
    await prepare(seat.client, passwords);
    await takeSeat();
  } catch (error) {
    await close();
    throw error;
  }
  const address = (role: string, password: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${seat.port}/${DATABASE}?sslmode=disable`;
  return { url: address(SERVER, passwords.server), ownerUrl: address(OWNER, passwords.owner), close };
}

interface Place {
  clusterDir: string;
  passwordFile: string;
  password: string;
  name: string;
  onStarting: () => void;
}

interface Seat {
  client: pg.Client;
  port: number;
}

/** A connection that counts. Where the last other process is stopping PostgreSQL this moment, it is started anew. */
async function attach(place: Place, preferredPort?: number): Promise<Seat> {
  const deadline = performance.now() + START_MS;
  for (;;) {
    const seat = await reach(place, deadline, preferredPort);
    try {
      await lockShared(seat.client, Lock.ATTACHED);
      return seat;
    } catch {
      await seat.client.end().catch(() => {});
    }
  }
}

/** Connects to the PostgreSQL that runs on the cluster; where none does, starts one, as often as that takes. */
async function reach(place: Place, deadline: number, preferredPort: number | undefined): Promise<Seat> {
  let starting: Starting | undefined;
  try {
    while (performance.now() < deadline) {
      const postmaster = await findPostmaster(place.clusterDir);
      const client = postmaster?.port && (await tryConnect(place, postmaster.port));
      if (client) return { client, port: postmaster.port };
      if (starting?.ended()) {
        const fault = await starting.fault();
        if (fault) throw fault;
        starting = undefined;
      }
      if (!postmaster && !starting) {
        starting = await startPostgres(place.clusterDir, preferredPort);
        place.onStarting();
      }
      await sleep(LOOK_MS);
    }
    throw new StartFault(`The database in ${place.clusterDir} does not answer; see postgres.log beside it.`);
  } catch (error) {
    starting?.giveUp();
    throw error;
  }
}

async function tryConnect({ password, passwordFile, name }: Place, port: number): Promise<pg.Client | null> {
  try {
    return await connect(`postgresql://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`, name);
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (WRONG_PASSWORD.has(code))
      throw new StartFault(`${passwordFile} does not belong to the database beside it. Restore it, or remove both.`);
    if (NOT_NOW.has(code) || /terminated|timeout/i.test((error as Error).message)) return null;
    throw error;
  }
}

async function leave(client: pg.Client, clusterDir: string): Promise<void> {
  try {
    await unlockAll(client);
    if (!(await tryLock(client, Lock.ATTACHED))) return;
    const postmaster = await findPostmaster(clusterDir);
    if (postmaster) await stopPostmaster(clusterDir, postmaster);
  } catch {
    // The connection is gone, and with it whatever there was to stop.
  } finally {
    await client.end().catch(() => {});
  }
}

/** Roles and database, once. The owner migrates, hub_app serves; neither is a superuser or passes by a policy. */
async function prepare(client: pg.Client, passwords: Passwords): Promise<void> {
  await lock(client, Lock.PREPARING);
  for (const [role, password] of [
    [OWNER, passwords.owner],
    [SERVER, passwords.server],
  ] as const) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) await client.query(`create role ${role} login password ${client.escapeLiteral(password)}`);
  }
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`);
  await limitDatabase(client, DATABASE);
  await unlock(client, Lock.PREPARING);
}

/** Who may do what with the whole of a database. Imports through the API stage their rows in temporary tables. */
export async function limitDatabase(client: pg.Client, database: string): Promise<void> {
  await client.query(`revoke all on database ${database} from public`);
  await client.query(`grant connect, temporary on database ${database} to ${SERVER}`);
}

function makePasswords(): string {
  const password = () => randomBytes(24).toString('base64url');
  return JSON.stringify({ superuser: password(), owner: password(), server: password() } satisfies Passwords);
}

function parsePasswords(path: string, text: string): Passwords {
  try {
    const { superuser, owner, server } = JSON.parse(text) as Partial<Passwords>;
    if (superuser && owner && server) return { superuser, owner, server };
  } catch {
    // Told below.
  }
  throw new StartFault(`${path} is damaged. Restore it, or remove it together with the directory postgres beside it.`);
}
