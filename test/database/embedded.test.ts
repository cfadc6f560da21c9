import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../src/database/client.js';
import { startPostgres } from '../../src/database/cluster.js';
import { type EmbeddedDatabase, openEmbedded } from '../../src/database/embedded.js';
import { findPostmaster, isAlive } from '../../src/database/postmaster.js';
import { StartFault } from '../../src/shared/start-fault.js';
import { temporaryDir } from '../support/data-dir.js';

let base: string;
let dataDir: string;
let clusterDir: string;
const open = new Set<EmbeddedDatabase>();

async function attach(serving = false, dir = dataDir): Promise<EmbeddedDatabase> {
  const database = await openEmbedded(dir, { serving });
  open.add(database);
  return database;
}

async function end(database: EmbeddedDatabase): Promise<void> {
  open.delete(database);
  await database.close();
}

const answer = (url: string, sql: string): Promise<unknown> =>
  withClient(url, async client => Object.values((await client.query(sql)).rows[0])[0]);

const postmasterPid = async (): Promise<number | undefined> => (await findPostmaster(clusterDir))?.pid;

beforeAll(async () => {
  base = await temporaryDir();
  dataDir = join(base, 'data');
  clusterDir = join(dataDir, 'postgres');
});
afterEach(async () => {
  for (const database of open) await end(database);
});
afterAll(() => rm(base, { recursive: true, force: true }));

it('is made once by two first starts at the same moment, which then share it', async () => {
  const [one, other] = await Promise.all([attach(), attach()]);
  expect(one.url).toBe(other.url);
  expect(await answer(one.url, 'select current_user')).toBe('hub_app');
  expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.json', 'postgres.log']);
});

it('has the roles that the hub promises', async () => {
  const { url, ownerUrl } = await attach();
  const powers = `select json_agg(json_build_array(rolname, rolsuper, rolbypassrls, rolcreaterole) order by rolname)
    from pg_roles where rolname like 'hub%'`;
  expect(await answer(url, powers)).toEqual([
    ['hub_app', false, false, false],
    ['hub_owner', false, false, false],
  ]);
  await expect(answer(url, 'create table x (id int)')).rejects.toThrow('permission denied');
  expect(await answer(ownerUrl, 'select current_user')).toBe('hub_owner');
  expect(await answer(url, 'show server_encoding')).toBe('UTF8');
  expect(
    await answer(url, `select string_agg(x, '' order by x collate "de-x-icu") from unnest('{z,ä,a}'::text[]) x`),
  ).toBe('aäz');
});

it('listens on this machine alone and keeps its passwords to itself', async () => {
  const { ownerUrl } = await attach();
  expect(await answer(ownerUrl, 'show listen_addresses')).toBe('127.0.0.1');
  const [, , , , socketDir, address] = (await readFile(join(clusterDir, 'postmaster.pid'), 'utf8')).split('\n');
  expect([socketDir, address]).toEqual(['', '127.0.0.1']);
  expect((await stat(join(dataDir, 'postgres.json'))).mode & 0o777).toBe(0o600);
  const guess = new URL(ownerUrl);
  guess.password = 'postgres';
  await expect(answer(guess.href, 'select 1')).rejects.toThrow('password authentication failed');
});

it('keeps its data between starts', async () => {
  const first = await attach();
  await withClient(first.ownerUrl, client => client.query('create table kept as select 7 as number'));
  await end(first);
  expect(await postmasterPid()).toBeUndefined();
  const second = await attach();
  expect(await answer(second.ownerUrl, 'select number from kept')).toBe(7);
});

describe('several at once', () => {
  it('runs until the last has gone, whoever started it', async () => {
    const command = await attach();
    const hub = await attach(true);
    const pid = await postmasterPid();
    await end(command);
    expect(await postmasterPid()).toBe(pid);
    expect(await answer(hub.url, 'select 1')).toBe(1);
    const later = await attach();
    await end(hub);
    expect(await answer(later.url, 'select 1')).toBe(1);
    await end(later);
    expect(await postmasterPid()).toBeUndefined();
  });

  it('refuses a second hub with one line, and the first lives on', async () => {
    const hub = await attach(true);
    const second = attach(true);
    await expect(second).rejects.toThrow(StartFault);
    await expect(second).rejects.toThrow(`DATA_DIR ${dataDir} is in use by another hub (process ${process.pid}).`);
    expect(await answer(hub.url, 'select 1')).toBe(1);
    await end(hub);
    await end(await attach(true));
  });

  it('lets exactly one of several hubs serve that start at the same moment', async () => {
    const results = await Promise.allSettled([attach(true), attach(true), attach(true)]);
    expect(results.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    const hub = [...open][0]!;
    expect(await answer(hub.url, 'select 1')).toBe(1);
  });

  it('starts anew where the last one is just leaving', async () => {
    for (let round = 0; round < 3; round++) {
      const leaving = await attach();
      const [, next] = await Promise.all([end(leaving), attach(true)]);
      expect(await answer(next.url, 'select 1')).toBe(1);
      await end(next);
    }
  });
});

describe('after a crash', () => {
  it('adopts a PostgreSQL that outlived its hub, and stops it', async () => {
    await startPostgres(clusterDir, undefined);
    await expect.poll(async () => (await findPostmaster(clusterDir))?.port).toBeDefined();
    const orphan = await postmasterPid();
    const hub = await attach(true);
    expect(await postmasterPid()).toBe(orphan);
    await end(hub);
    expect(await postmasterPid()).toBeUndefined();
  });

  it('recovers from a killed PostgreSQL and the file that it left', async () => {
    const lost = await attach();
    process.kill((await postmasterPid())!, 'SIGKILL');
    await expect.poll(() => postmasterPid()).toBeUndefined();
    const next = await attach(true);
    expect(await answer(next.ownerUrl, 'select number from kept')).toBe(7);
    await end(lost);
    expect(await answer(next.url, 'select 1')).toBe(1);
  });

  it('is not misled by a process that has the number of the old one by now', async () => {
    const bystander = spawn('sleep', ['60']);
    await writeFile(
      join(clusterDir, 'postmaster.pid'),
      `${bystander.pid}\n${clusterDir}\n1\n5432\n\n127.0.0.1\n\nready\n`,
    );
    const hub = await attach(true);
    expect(await answer(hub.url, 'select 1')).toBe(1);
    await end(hub);
    expect(isAlive(bystander.pid!)).toBe(true);
    bystander.kill();
  });

  it('comes back on the same address when PostgreSQL dies under a hub', async () => {
    const hub = await attach(true);
    process.kill((await postmasterPid())!, 'SIGKILL');
    await expect.poll(() => answer(hub.url, 'select 1').catch(() => 0), { interval: 100 }).toBe(1);
    await expect.poll(() => attach(true).then(String, String)).toContain('in use by another hub');
  });

  it('begins anew after a kill during the first start', async () => {
    const dir = join(base, 'interrupted');
    const abandoned = join(dir, 'postgres.new-999999999-abc');
    await mkdir(join(abandoned, 'cluster', 'base'), { recursive: true });
    const hub = await attach(true, dir);
    expect(await answer(hub.url, 'select 1')).toBe(1);
    expect(await readdir(dir)).not.toContain('postgres.new-999999999-abc');
  });
});

it('works in a directory that is closed to everybody else, root’s own too', async () => {
  const dir = join(base, 'closed');
  await mkdir(dir, { mode: 0o700 });
  const hub = await attach(true, join(dir, 'data'));
  expect(await answer(hub.url, 'select 1')).toBe(1);
});

describe('says in one line', () => {
  const faultOf = async (dir: string): Promise<string> => {
    const fault = await attach(false, dir).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(StartFault);
    return (fault as StartFault).message;
  };

  it('that the cluster is of another version', async () => {
    const dir = join(base, 'old');
    await mkdir(join(dir, 'postgres'), { recursive: true });
    await writeFile(join(dir, 'postgres', 'PG_VERSION'), '16\n');
    expect(await faultOf(dir)).toMatch(/was made by PostgreSQL 16/);
  });

  it('that something else is in its place', async () => {
    const dir = join(base, 'strange');
    await mkdir(join(dir, 'postgres', 'photos'), { recursive: true });
    expect(await faultOf(dir)).toMatch(/no PostgreSQL cluster/);
    expect(await faultOf(join(base, 'old', 'postgres', 'PG_VERSION'))).toMatch(/DATA_DIR/);
  });

  it('that the passwords are another database’s', async () => {
    const file = join(dataDir, 'postgres.json');
    const right = await readFile(file, 'utf8');
    await writeFile(file, JSON.stringify({ superuser: 'a', owner: 'b', server: 'c' }));
    expect(await faultOf(dataDir)).toMatch(/does not belong to the database beside it/);
    await writeFile(file, '{');
    expect(await faultOf(dataDir)).toMatch(/is damaged/);
    await writeFile(file, right);
    await expect.poll(() => postmasterPid()).toBeUndefined();
  });

  it('what PostgreSQL itself complains about', async () => {
    const path = join(clusterDir, 'postgresql.conf');
    const right = await readFile(path, 'utf8');
    await writeFile(path, `${right}\nwork_mem = 'plenty'\n`);
    expect(await faultOf(dataDir)).toMatch(/^The database did not start: .*(work_mem|configuration file)/);
    await writeFile(path, right);
  });
});
