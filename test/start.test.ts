import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { withClient } from '../src/database/client.js';
import { findPostmaster } from '../src/database/postmaster.js';
import { QUEUE_REVISION } from '../src/database/queue-schema.js';
import { feedFiles, zipOf } from './import-job/feed-files.js';
import { superuserUrl, temporaryDir } from './support/data-dir.js';
import { copyOfTemplate, type TestDatabase } from './support/database.js';
import { build, hubCommand, type Outcome, type RunningHub, startHub } from './support/program.js';

const PROVIDER = { OIDC_ISSUER: 'http://127.0.0.1:9/realm', OIDC_AUDIENCE: 'partnernetz' };

let base: string;
let DATA_DIR: string;
let hub: RunningHub | undefined;

const serve = async (settings = {}): Promise<RunningHub> => {
  hub = await startHub({ DATA_DIR, ...settings });
  return hub;
};

const end = async (signal?: NodeJS.Signals): Promise<Outcome> => {
  const outcome = await hub!.end(signal);
  hub = undefined;
  return outcome;
};

const ask = async (query: string, token?: string) => {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${hub!.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return (await response.json()) as { data: Record<string, unknown>; errors?: { extensions: { code: string } }[] };
};

const networks = async (): Promise<unknown> => (await ask('{ networks { slug } }')).data.networks;

const postmaster = () => findPostmaster(join(DATA_DIR, 'postgres'));

/** One line for people, an exit code, nothing else. */
const expectFault = (outcome: Outcome, words: RegExp): void => {
  expect(outcome.stderr).toMatch(words);
  expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
  expect(outcome.stdout).toBe('');
  expect(outcome.code).toBe(1);
};

beforeAll(async () => {
  base = await temporaryDir();
  DATA_DIR = join(base, 'data');
  await build();
});
afterEach(async () => {
  if (hub) await end();
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('an empty machine', () => {
  it('has one hub within seconds where two start at the same moment, seeded once; the other says why not', async () => {
    const both = await Promise.allSettled([startHub({ DATA_DIR }), startHub({ DATA_DIR })]);
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    hub = both.find(one => one.status === 'fulfilled')!.value;
    const refused = both.find(one => one.status === 'rejected');
    expect(refused?.reason.message).toContain('is in use by another hub (process ');
    const { readyAfter, url } = hub;
    expect(readyAfter).toBeLessThan(60_000);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/`)).headers.get('content-type')).toContain('text/html');
    expect(await networks()).toHaveLength(5);

    // With somebody to sign in as, and it ends with its database.
    const { stdout } = hub;
    await expect.poll(stdout).toContain('admin: ');
    const link = /caseworker-aachen: führt Fälle.*\n {2}(\S+)#token=(\S+)\n/.exec(stdout());
    expect(link?.[1]).toBe(`${url}/`);
    expect((await ask('{ viewer { displayName } }', link?.[2])).data.viewer).not.toBeNull();

    const begin = performance.now();
    expect((await end('SIGTERM')).code).toBe(0);
    expect(performance.now() - begin).toBeLessThan(30_000);
    expect(await postmaster()).toBeNull();
  });

  it('stays without demo data in production', async () => {
    await serve({ DATA_DIR: join(base, 'production'), NODE_ENV: 'production', ...PROVIDER });
    expect(await networks()).toEqual([]);
    expect(hub!.stdout()).not.toContain('token=');
    expect((await fetch(`${hub!.url}/`)).status).toBe(404);
    const { stdout: token } = await hubCommand({ DATA_DIR }, 'token', 'admin');
    const { errors } = await ask('{ viewer { displayName } }', token.trim());
    expect(errors?.[0]?.extensions.code).toBe('SERVICE_UNAVAILABLE'); // nobody answers where the issuer should be
  });
});

/** Writes down, in their order, which modules a program loads. */
const TELLING_LOADED = (path: string) =>
  `import { registerHooks } from 'node:module'; import { appendFileSync } from 'node:fs';
  registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(path)}, url + '\\n'); return next(url, context); } });`;

/** What a start does without that finds everything as it was left: 1.5 s are for the rest. */
const NOT_TO_START =
  /\/dist\/migrations\/|graphile-worker|cli-progress|\/demo\/|\/dist\/src\/command\/(import|export|seed|migrate)|database\/migrate\.js/;

describe('the next start', () => {
  const grant = ['grant', '--subject', 'neu', '--name', 'Neue Kraft', '--role', 'CASEWORKER', '--network', 'unna'];

  it('keeps the data, does what is due; commands work beside the hub, tokens sign in, and a second hub says why not', async () => {
    const loaded = join(base, 'loaded');
    await serve({
      LOG_LEVEL: 'debug',
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(TELLING_LOADED(loaded))}`,
    });
    await expect.poll(hub!.stdout).toContain('Did what was due.');
    const modules = (await readFile(loaded, 'utf8')).split('\n');
    const before = modules.slice(
      0,
      modules.findIndex(url => url.endsWith('/command/welcome.js')),
    );
    expect(before.length).toBeGreaterThan(1000);
    expect(before.filter(url => NOT_TO_START.test(url))).toEqual([]);
    const [granted, seeded, migrated] = await Promise.all([
      hubCommand({ DATA_DIR }, ...grant),
      hubCommand({ DATA_DIR }, 'seed'),
      hubCommand({ DATA_DIR }, 'migrate'),
    ]);
    expect(granted).toMatchObject({ code: 0, stdout: 'neu is CASEWORKER in unna from now on.\n', stderr: '' });
    expect(seeded).toMatchObject({ code: 0, stderr: '' });
    expect(seeded.stdout).toContain('nothing was changed');
    expect(migrated).toMatchObject({ code: 0, stdout: 'The database is up to date.\n', stderr: '' });
    const [second, { stdout }] = await Promise.all([
      hubCommand({ DATA_DIR }, 'serve'),
      hubCommand({ DATA_DIR }, 'token', 'auditor'),
    ]);
    expectFault(second, /^DATA_DIR .* is in use by another hub \(process \d+\)\.\n$/);
    expect((await ask('{ viewer { displayName } }', stdout.trim())).data.viewer).not.toBeNull();
    expect(await networks()).toHaveLength(5);
    expect((await fetch(`${hub!.url}/readyz`)).status).toBe(200);
    expect((await end('SIGINT')).code).toBe(0);
  });

  it('is not needed for a command: it starts the database and stops it', async () => {
    expect((await hubCommand({ DATA_DIR }, ...grant)).stdout).toBe('neu is CASEWORKER in unna already.\n');
    expect((await hubCommand({ DATA_DIR }, ...grant, '--revoke')).stdout).toBe(
      'neu is no longer CASEWORKER in unna.\n',
    );
    expectFault(await hubCommand({ DATA_DIR }, ...grant, '--revoke'), /nothing was changed/);
    expect(await postmaster()).toBeNull();
  });

  it('takes a directory through the API, also where its database did not allow it before', async () => {
    await serve();
    const { port } = (await postmaster())!;
    const superuser = await superuserUrl(
      DATA_DIR,
      `postgresql://hub_app@127.0.0.1:${port}/partnernetz?sslmode=disable`,
    );
    await withClient(superuser, client => client.query('revoke temporary on database partnernetz from hub_app'));
    await end();
    await serve();
    const authorization = `Bearer ${(await hubCommand({ DATA_DIR }, 'token', 'coordinator-aachen')).stdout.trim()}`;
    const body = new Uint8Array(await zipOf(await feedFiles(5, '05334002')));
    const address = `${hub!.url}/imports?network=aachen&source=probe`;
    const answer = await fetch(address, { method: 'POST', headers: { authorization }, body });
    expect(answer.status).toBe(202);
    const { id } = ((await answer.json()) as { importJob: { id: string } }).importJob;
    const query = `{ importJob(id: "${id}") { status failure counts { created refused } } }`;
    const job = async () => (await ask(query, authorization.slice(7))).data.importJob as { status: string };
    await expect.poll(async () => (await job()).status).not.toMatch(/QUEUED|RUNNING/);
    expect(await job()).toEqual({
      status: 'DONE',
      failure: null,
      counts: [
        { created: 1, refused: 0 },
        { created: 1, refused: 0 },
        { created: 5, refused: 0 },
      ],
    });
    expect((await end()).code).toBe(0);
  });

  it('works after a SIGKILL, and ends the database that lived on', async () => {
    await serve();
    await end('SIGKILL');
    const orphan = await postmaster();
    expect(orphan).not.toBeNull();
    await serve();
    expect((await postmaster())?.pid).toBe(orphan?.pid);
    expect(await networks()).toHaveLength(5);
    expect((await end()).code).toBe(0);
    expect(await postmaster()).toBeNull();
  });
});

describe('does not start, says why in one line, and leaves nothing half done', () => {
  it('where the port is taken', async () => {
    const server = createServer();
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const dir = join(base, 'taken');
    expectFault(await hubCommand({ DATA_DIR: dir, PORT: String(port) }, 'serve'), /port \d+: the port is taken/);
    await expect(readdir(dir)).rejects.toThrow('ENOENT');
    server.close();
  });

  it('where settings are wrong: all of them together', async () => {
    const wrong = { DATA_DIR, PORT: 'x', LOG_LEVEL: 'x', DATABASE_URL: 's3cret', NODE_ENV: 'x' };
    const { code, stdout, stderr } = await hubCommand(wrong, 'serve');
    expect([code, stdout]).toEqual([1, '']);
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'NODE_ENV', 'OIDC_ISSUER'])
      expect(stderr).toMatch(new RegExp(`^${name} `, 'm'));
    expect(stderr.trim().split('\n')).toHaveLength(5);
    expect(stderr).not.toContain('s3cret');
  });

  it('where the issuer is missing and real data is within reach', async () => {
    const url = inject('database').hubApp;
    const risky: Record<string, string>[] = [{ DATABASE_URL: url }, { HOST: '0.0.0.0' }, { NODE_ENV: 'production' }];
    for (const settings of risky)
      expectFault(await hubCommand({ DATA_DIR, ...settings }, 'serve'), /^OIDC_ISSUER is missing/);
  });

  it('where the database is out of reach', async () => {
    const DATABASE_URL = 'postgresql://hub_app:s3cret@127.0.0.1:9/hub';
    for (const command of ['serve', 'migrate']) {
      const settings = { DATA_DIR, DATABASE_URL, DATABASE_OWNER_URL: DATABASE_URL, ...PROVIDER };
      const outcome = await hubCommand(settings, command);
      expectFault(outcome, /^PostgreSQL can't be reached at 127\.0\.0\.1:9/);
      expect(outcome.stderr).not.toContain('s3cret');
    }
  });
});

describe('on a PostgreSQL of one’s own', () => {
  let database: TestDatabase;
  let served: Record<string, string>;
  let owned: Record<string, string>;

  const change = (sql: string) => withClient(database.owner, client => client.query(sql));

  beforeAll(async () => {
    database = await copyOfTemplate('test_start');
    served = { DATABASE_URL: database.hubApp, ...PROVIDER };
    owned = { ...served, DATABASE_OWNER_URL: database.owner };
  });

  it('serves without demo data and without an embedded database', async () => {
    await serve({ ...served, DATA_DIR: join(base, 'own'), LOG_LEVEL: 'debug' });
    expect(await networks()).toEqual([]);
    await expect(readdir(join(base, 'own'))).rejects.toThrow('ENOENT');
    await expect.poll(hub!.stdout).toContain('Did what was due.');
    const { code, stdout } = await end();
    expect(code).toBe(0);
    const warnings = stdout.split('\n').filter(line => /"level":(40|50|60)/.test(line));
    expect(warnings.filter(line => !line.includes('identity provider'))).toEqual([]);
  });

  it('lets several hubs serve it', async () => {
    const [one, other] = await Promise.all([startHub(owned), startHub(owned)]);
    expect((await fetch(`${one.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${other.url}/readyz`)).status).toBe(200);
    await Promise.all([one.end(), other.end()]);
  });

  it('seeds only where it is told to, and never in production', async () => {
    expectFault(await hubCommand(served, 'seed'), /^DATABASE_OWNER_URL is missing/);
    expectFault(await hubCommand(served, 'migrate'), /^DATABASE_OWNER_URL is missing/);
    expectFault(await hubCommand({ ...owned, NODE_ENV: 'production' }, 'seed'), /production/);
  });

  it('does not run on a job queue that is behind; migrating mends it', async () => {
    await change(`delete from graphile_worker.migrations where id = ${QUEUE_REVISION}`);
    expectFault(await hubCommand(served, 'serve'), /is behind this program\. Run "npm run hub -- migrate"/);
    expect(await hubCommand(owned, 'migrate')).toMatchObject({ code: 0, stderr: '' });
    await serve(served);
  });

  it('does not run on a schema that is behind or newer', async () => {
    await change(`update mikro_orm_migrations set name = 'Migration99991231'`);
    for (const settings of [served, owned])
      expectFault(await hubCommand(settings, 'serve'), /migrated by a newer version/);
    await change(`delete from mikro_orm_migrations`);
    expectFault(await hubCommand(served, 'serve'), /is empty\. Run "npm run hub -- migrate"/);
  });

  it('does not serve as a role that policies do not hold for', async () => {
    expectFault(await hubCommand({ ...served, DATABASE_URL: database.superuser }, 'serve'), /superuser/);
    expectFault(await hubCommand({ ...served, DATABASE_URL: database.owner }, 'serve'), /owns tables/);
  });
});

describe('commands', () => {
  it.each(['serve', 'migrate', 'seed', 'token', 'schema', 'grant'])('%s has help', async command => {
    const { code, stdout } = await hubCommand({}, command, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: npm run hub -- ${command}`);
  });

  it('token prints a token alone, without a database', async () => {
    const dir = join(base, 'keys');
    const { code, stdout, stderr } = await hubCommand({ DATA_DIR: dir }, 'token', 'admin');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(await readdir(dir)).toEqual(['development-keys.json']);
  });

  it('token refuses the unknown, and whoever might reach real data', async () => {
    expectFault(await hubCommand({ DATA_DIR }, 'token', 'boss'), /no persona "boss"\. There are: caseworker-aachen, /);
    const risky: Record<string, string>[] = [{ NODE_ENV: 'production' }, { HOST: '0.0.0.0' }, PROVIDER];
    for (const settings of risky)
      expectFault(await hubCommand({ DATA_DIR, ...settings }, 'token', 'admin'), /^There are no personas here/);
  });

  it('schema prints the schema, without a database', async () => {
    const { code, stdout } = await hubCommand({ DATA_DIR: join(base, 'none') }, 'schema');
    expect(code).toBe(0);
    expect(stdout).toContain('type Referral ');
    await expect(readdir(join(base, 'none'))).rejects.toThrow('ENOENT');
  });

  it.each([
    ['CASEWORKER without a network', ['--role', 'CASEWORKER'], /CASEWORKER needs --network/],
    ['COORDINATOR without a network', ['--role', 'COORDINATOR'], /COORDINATOR needs --network/],
    ['PARTNER_EDITOR without a partner', ['--role', 'PARTNER_EDITOR'], /PARTNER_EDITOR needs --partner/],
    ['PARTNER_EDITOR of what is no id', ['--role', 'PARTNER_EDITOR', '--partner', '7'], /must be the id of a partner/],
    ['ADMIN of a network', ['--role', 'ADMIN', '--network', 'unna'], /ADMIN takes no --network/],
    ['an unknown role', ['--role', 'BOSS'], /Allowed choices are CASEWORKER/],
    ['a network that is none', ['--role', 'CASEWORKER', '--network', 'essen'], /There are: aachen, bochum/],
    ['an unknown partner', ['--role', 'PARTNER_EDITOR', '--partner', crypto.randomUUID()], /no partner with this id/],
  ])('grant refuses %s', async (_, args, words) => {
    expectFault(await hubCommand({ DATA_DIR }, 'grant', '--subject', 'x', ...args), words);
  });
});
