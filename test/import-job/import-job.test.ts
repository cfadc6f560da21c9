import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Queue } from '../../src/clock/queue.js';
import { startImports } from '../../src/clock/start-imports.js';
import { ANONYMOUS, type Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';
import { feedFiles, zipOf } from './feed-files.js';

const hub = testHub('import_jobs', { largestUpload: 8 * 2 ** 20 });
let url: string;
beforeAll(async () => {
  url = await hub.hub().app.listen({ port: 0, host: '127.0.0.1' });
});

const running: Queue[] = [];
/** A hub that does imports. */
function start(): Queue {
  const queue = startImports({
    desk: hub.hub().orm,
    url: hub.database().hubApp,
    clock: { now: () => new Date() },
    logger: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    pollMs: 100,
    closingMs: 15_000,
  });
  running.push(queue);
  return queue;
}
afterEach(async () => {
  for (const queue of running.splice(0)) await queue.stop();
  await hub.owner().execute('delete from import_job');
  await hub.owner().execute('delete from import_upload');
});

async function upload(
  viewer: Viewer,
  query: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) {
  const token = viewer === ANONYMOUS ? {} : { authorization: `Bearer ${await hub.enrol(viewer)}` };
  const response = await fetch(`${url}/imports?${query}`, { method: 'POST', headers: { ...token, ...headers }, body });
  // biome-ignore lint/suspicious/noExplicitAny: any answer
  return { status: response.status, body: (await response.json()) as any };
}

const JOB = `query ($id: ID!) { importJob(id: $id) {
  id source status dryRun sha256 bytes phase done total rows failure startedBy startedAt finishedAt network { slug }
  counts { table changed created updated contested refused }
  findingCounts { code severity count message } findings(first: 100) { totalCount nodes { file row column code severity value message } } } }`;
const job = async (viewer: Viewer, id: string) => (await hub.as(viewer, JOB, { id })).data.importJob;

async function ended(viewer: Viewer, id: string) {
  await expect.poll(async () => (await job(viewer, id)).status, { interval: 100 }).not.toMatch(/QUEUED|RUNNING/);
  return job(viewer, id);
}

/** Two batches of services. */
const LARGE = 600;

const count = async (statement: string, ...values: unknown[]): Promise<number> =>
  Number((await hub.owner().execute<{ n: string }[]>(`select count(*) as n ${statement}`, values))[0]!.n);

/** Nobody can store a service until the work is done. */
async function withoutServices(work: () => Promise<void>): Promise<void> {
  const em = hub.owner().fork();
  await em.begin(); // `transactional` would have all that the work starts join in
  await em.execute('lock table service in share mode');
  await work().finally(() => em.rollback());
}

const CANCEL = 'mutation ($id: ID!) { importCancel(id: $id) { importJob { status } userErrors { code path } } }';
const RESUME = 'mutation ($id: ID!) { importResume(id: $id) { importJob { status } userErrors { code path } } }';

describe('an import through the API', () => {
  test('is a job that tells what became of it, and who did it', async () => {
    const { network, home, coordinator } = await hub.given();
    const zip = await zipOf(await feedFiles(30, home.key));
    const { status, body } = await upload(coordinator, `network=${network.slug}&source=stadt`, new Uint8Array(zip));
    expect(status).toBe(202);
    const { id } = body.importJob;
    expect(await job(coordinator, id)).toMatchObject({ status: 'QUEUED', bytes: zip.length, source: 'stadt' });
    start();
    const done = await ended(coordinator, id);
    expect(done).toMatchObject({
      status: 'DONE',
      network: { slug: network.slug },
      counts: [
        { table: 'organizations', created: 6 },
        { table: 'locations', created: 6 },
        { table: 'services', created: 30, refused: 0 },
      ],
    });
    expect(done.rows).toBeGreaterThan(200);
    expect(done.startedBy).toBeTruthy();
    expect(done.finishedAt).toBeTruthy();
    expect(await count('from service where network_id = ?', network.id)).toBe(31);
    expect(
      await count(
        `from revision where network_id = ? and account_id = ? and origin = 'IMPORT'`,
        network.id,
        coordinator.accountId,
      ),
    ).toBeGreaterThan(30);
    expect(await count('from import_piece')).toBe(0);
    const again = await upload(coordinator, `network=${network.slug}&source=stadt`, new Uint8Array(zip));
    expect((await ended(coordinator, again.body.importJob.id)).counts).toMatchObject([
      { changed: 0 },
      { changed: 0 },
      { changed: 0 },
    ]);
    const { data } = await hub.as(
      coordinator,
      'query ($n: String) { importJobs(network: $n) { totalCount nodes { id } } }',
      { n: network.slug },
    );
    expect(data.importJobs.nodes.map((one: { id: string }) => one.id)).toEqual([again.body.importJob.id, id]);
  });

  test('that runs dry tells the same and changes nothing', async () => {
    const { network, home, coordinator } = await hub.given();
    const zip = await zipOf(await feedFiles(10, home.key));
    start();
    const { body } = await upload(coordinator, `network=${network.slug}&dryRun=true`, new Uint8Array(zip));
    expect(await ended(coordinator, body.importJob.id)).toMatchObject({
      status: 'DONE',
      dryRun: true,
      counts: [{ created: 2 }, {}, { created: 10 }],
    });
    expect(await count('from service where network_id = ?', network.id)).toBe(1);
  });

  test('takes JSON, NDJSON and CSV', async () => {
    const { network, coordinator } = await hub.given();
    start();
    const organization = (i: number) => ({ id: `o${i}`, name: `Verein ${i}`, description: 'Hilft.', services: [] });
    for (const [query, body, type] of [
      ['source=json', JSON.stringify([organization(1), organization(2)]), 'application/json'],
      [
        'source=ndjson',
        [organization(3), organization(4)].map(one => JSON.stringify(one)).join('\n'),
        'application/x-ndjson',
      ],
      ['source=csv&table=organizations', 'id;name;description\no5;Verein 5;Hilft.\no6;Verein 6;Hilft.', 'text/csv'],
    ] as const) {
      const answer = await upload(coordinator, `network=${network.slug}&${query}`, body, { 'content-type': type });
      expect([query, answer.status]).toEqual([query, 202]);
      expect(await ended(coordinator, answer.body.importJob.id)).toMatchObject({
        status: 'DONE',
        counts: [{ created: 2 }, {}, {}],
      });
    }
  });

  test('of a file that is wrong ends with findings, not with a failure', async () => {
    const { network, home, coordinator } = await hub.given();
    start();
    const files = await feedFiles(5, home.key);
    const good = await zipOf(files);
    const climbing = await zipOf({ ...files, 'x__notes.csv': 'a' });
    for (let i = climbing.indexOf('x__notes.csv'); i >= 0; i = climbing.indexOf('x__notes.csv'))
      climbing.write('../notes.csv', i);
    const cases: [string, Buffer, string, number][] = [
      ['bomb', await zipOf({ 'services.csv': Buffer.alloc(64 * 2 ** 20, 'a') }), 'RATIO', 0],
      ['climbing', climbing, 'UNSAFE_PATH', 5],
      ['truncated', good.subarray(0, good.length - 40), 'TRUNCATED', 0],
      [
        'latin',
        await zipOf({
          ...files,
          'organizations.csv': Buffer.from(
            files['organizations.csv']!.replace('Beratungsverein', 'Fürsorge'),
            'latin1',
          ),
        }),
        'BAD_ENCODING',
        5,
      ],
      ['garbage', Buffer.from('PK\x03\x04 and then nothing'), 'TRUNCATED', 0],
    ];
    for (const [source, bytes, code, services] of cases) {
      const { body } = await upload(coordinator, `network=${network.slug}&source=${source}`, new Uint8Array(bytes), {
        'content-type': 'application/zip',
      });
      const done = await ended(coordinator, body.importJob.id);
      expect([source, done.status, done.counts[2].created]).toEqual([source, 'DONE', services]);
      const codes = done.findingCounts.map((one: { code: string }) => one.code);
      expect([source, codes.includes(code) || (code === 'TRUNCATED' && codes.includes('BAD_ARCHIVE'))]).toEqual([
        source,
        true,
      ]);
      const found = done.findings.nodes.find((one: { code: string }) => codes.includes(one.code));
      expect(found.message).toMatch(/\.$/);
    }
  });

  test('tells why it failed, and goes on once that is mended', async () => {
    const { network, home, coordinator } = await hub.given();
    const database = new URL(hub.database().hubApp).pathname.slice(1);
    const zip = new Uint8Array(await zipOf(await feedFiles(5, home.key)));
    const uploaded = async () => (await upload(coordinator, `network=${network.slug}`, zip)).body.importJob.id;
    await hub.owner().execute(`revoke temporary on database ${database} from hub_app`);
    start();
    const forbidden = await ended(coordinator, await uploaded());
    expect([forbidden.status, forbidden.failure]).toEqual([
      'FAILED',
      expect.stringMatching(/^Die Datenbank erlaubt keine temporären Tabellen/),
    ]);
    await hub.owner().execute(`grant temporary on database ${database} to hub_app`);
    const resumed = await hub.as(coordinator, RESUME, { id: forbidden.id });
    expect(resumed.data.importResume.userErrors).toEqual([]);
    const done = await ended(coordinator, forbidden.id);
    expect([done.status, done.failure, done.counts[2].created]).toEqual(['DONE', null, 5]);

    await running.pop()!.stop();
    const id = await uploaded();
    await hub.owner().execute(`update import_piece set bytes = 'something else'`);
    start();
    const broken = await ended(coordinator, id);
    expect(broken.status).toBe('FAILED');
    expect(broken.failure).toContain(id);
    expect(broken.failure).not.toContain('upload');
  });

  test('is for those who coordinate the network', async () => {
    const { network, coordinator, caseworker, foreignCoordinator } = await hub.given();
    const query = `network=${network.slug}`;
    expect(await upload(ANONYMOUS, query, '[]')).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    expect((await upload(caseworker, query, '[]')).status).toBe(403);
    expect((await upload(foreignCoordinator, query, '[]')).status).toBe(404);
    expect((await upload(coordinator, 'network=nowhere', '[]')).status).toBe(404);
    for (const wrong of ['', `${query}&source=GROSS`, `${query}&dryRun=ja`, `${query}&colour=red`])
      expect([wrong, (await upload(coordinator, wrong, '[]')).status]).toEqual([wrong, 400]);
    expect((await upload(coordinator, query, 'a,b', { 'content-type': 'text/csv' })).status).toBe(400);
    expect((await upload(coordinator, query, new Uint8Array(9 * 2 ** 20))).status).toBe(413);
    expect(await count('from import_job')).toBe(0);
    expect(await count('from import_piece')).toBe(0);

    const { body } = await upload(coordinator, query, '[]');
    const { id } = body.importJob;
    expect(await job(foreignCoordinator, id)).toBeNull();
    expect((await hub.as(caseworker, JOB, { id })).data).toEqual({ importJob: null });
    expect((await hub.as(caseworker, '{ importJobs { totalCount } }')).data.importJobs.totalCount).toBe(0);
    expect((await hub.as(foreignCoordinator, CANCEL, { id })).data.importCancel.userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect((await hub.as(foreignCoordinator, '{ importJobs { totalCount } }')).data.importJobs.totalCount).toBe(0);
    expect((await job(coordinator, id)).status).toBe('QUEUED');
  });

  test('keeps nothing of an upload that breaks off', async () => {
    const { network, coordinator } = await hub.given();
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    const token = await hub.enrol(coordinator);
    socket.write(
      `POST /imports?network=${network.slug} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Length: 7000000\r\n\r\n`,
    );
    socket.write(Buffer.alloc(3 * 2 ** 20, ' '));
    await expect.poll(() => count('from import_piece')).toBeGreaterThan(0);
    socket.destroy();
    await once(socket, 'close');
    await expect.poll(() => count('from import_piece')).toBe(0);
    expect(await count('from import_job')).toBe(0);
  });

  test('can be cancelled and goes on where it was, to the same result', async () => {
    const { network, home, coordinator } = await hub.given();
    const zip = await zipOf(await feedFiles(LARGE, home.key));
    const { body } = await upload(coordinator, `network=${network.slug}`, new Uint8Array(zip));
    const { id } = body.importJob;
    expect((await hub.as(coordinator, RESUME, { id })).data.importResume.userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
    // Its first batch of services waits until it is told to end.
    await withoutServices(async () => {
      start();
      await waitersOf(hub, 1);
      expect((await hub.as(coordinator, CANCEL, { id })).data.importCancel.userErrors).toEqual([]);
    });
    const stopped = await ended(coordinator, id);
    const there = await count('from service where network_id = ?', network.id);
    expect([stopped.status, there]).toEqual(['CANCELLED', 501]);
    expect(stopped.counts[2].created).toBe(there - 1);
    expect((await hub.as(coordinator, CANCEL, { id })).data.importCancel.userErrors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
    expect((await hub.as(coordinator, RESUME, { id })).data.importResume).toMatchObject({
      importJob: { status: 'QUEUED' },
      userErrors: [],
    });
    await running[0]!.ask();
    const done = await ended(coordinator, id);
    expect(done).toMatchObject({
      status: 'DONE',
      counts: [{ created: LARGE / 5 }, { created: LARGE / 5 }, { created: LARGE }],
    });
    expect(await count('from service where network_id = ?', network.id)).toBe(LARGE + 1);
  });

  test('waits for the one before it, and two hubs do each once', async () => {
    const { network, elsewhere, home, abroad, coordinator, foreignCoordinator } = await hub.given();
    const [first, second] = await Promise.all([
      upload(coordinator, `network=${network.slug}`, new Uint8Array(await zipOf(await feedFiles(200, home.key)))),
      upload(
        foreignCoordinator,
        `network=${elsewhere.slug}`,
        new Uint8Array(await zipOf(await feedFiles(200, abroad.key))),
      ),
    ]);
    start();
    start();
    const [one, other] = [
      await ended(coordinator, first.body.importJob.id),
      await ended(foreignCoordinator, second.body.importJob.id),
    ];
    for (const done of [one, other])
      expect(done).toMatchObject({ status: 'DONE', counts: [{ created: 40 }, {}, { created: 200 }] });
    const [a, b] = [one, other].sort((x, y) => (x.startedAt < y.startedAt ? -1 : 1));
    expect(b.startedAt >= a.finishedAt).toBe(true);
  });

  test('that a hub left in the midst is taken up by another', async () => {
    const { network, home, coordinator } = await hub.given();
    const { body } = await upload(
      coordinator,
      `network=${network.slug}`,
      new Uint8Array(await zipOf(await feedFiles(LARGE, home.key))),
    );
    const { id } = body.importJob;
    // It has stored partners and locations, and waits with its first batch of services.
    await withoutServices(async () => {
      start();
      await waitersOf(hub, 1);
      // As if the machine were gone: the connection at work dies, and with it what holds the job.
      await hub
        .owner()
        .execute(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'partnernetz import'`,
        );
    });
    const lost = performance.now();
    await running[0]!.stop();
    expect(performance.now() - lost, 'the lost connection is given back, not waited for').toBeLessThan(12_000);
    expect((await job(coordinator, id)).status).toMatch(/RUNNING|QUEUED/);
    expect(await count('from service where network_id = ?', network.id)).toBe(1);
    start();
    expect(await ended(coordinator, id)).toMatchObject({ status: 'DONE' });
    expect(await count('from service where network_id = ?', network.id)).toBe(LARGE + 1);
    expect(
      await count('from service_capacity c join service s on s.id = c.service_id where s.network_id = ?', network.id),
    ).toBe(LARGE + 1);
  });

  test('that is cancelled while it waits never begins; uploads are forgotten after a day', async () => {
    const { network, coordinator } = await hub.given();
    const { body } = await upload(coordinator, `network=${network.slug}`, '[]');
    const { id } = body.importJob;
    expect((await hub.as(coordinator, CANCEL, { id })).data.importCancel.importJob.status).toBe('CANCELLED');
    hub.setNow(new Date(Date.now() + 25 * 3_600_000));
    await hub.runClock();
    hub.setNow(undefined);
    expect(await count('from import_piece')).toBe(0);
    expect((await hub.as(coordinator, RESUME, { id })).data.importResume.userErrors).toMatchObject([
      { code: 'TOO_LATE' },
    ]);
  });

  test('has its place before its first byte: of many at once no more than five are taken', async () => {
    const { network, coordinator, elsewhere, foreignCoordinator } = await hub.given();
    const query = `network=${network.slug}`;
    // Slow ones: none is complete before all that are too many have been refused.
    const refusals = Promise.withResolvers<void>();
    let refused = 0;
    const slow = () =>
      new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(Buffer.from('['));
          await refusals.promise;
          controller.enqueue(Buffer.from(']'));
          controller.close();
        },
      });
    const token = await hub.enrol(coordinator);
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const init = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: slow(), duplex: 'half' };
        // Whoever still writes when it is refused may see the end of the connection before the answer.
        const cutOff = (error: Error) => {
          if (['EPIPE', 'ECONNRESET'].includes((error.cause as NodeJS.ErrnoException).code!)) return { status: 400 };
          throw error;
        };
        const { status } = await fetch(`${url}/imports?${query}`, init as RequestInit).catch(cutOff);
        if (status === 400 && ++refused === 7) refusals.resolve();
        return status;
      }),
    );
    expect(answers.sort()).toEqual([...Array(5).fill(202), ...Array(7).fill(400)]);
    expect(await count('from import_upload')).toBe(5);
    expect((await upload(coordinator, query, '[]')).status).toBe(400);
    expect((await upload(foreignCoordinator, `network=${elsewhere.slug}`, '[]')).status).toBe(202);
  });

  test('that was stopped makes room for the next, the oldest first, and cannot be taken up again then', async () => {
    const { network, coordinator } = await hub.given();
    const query = `network=${network.slug}`;
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await upload(coordinator, query, '[]')).body.importJob.id);
    expect((await upload(coordinator, query, '[]')).status).toBe(400);
    for (const id of ids.slice(1, 3)) await hub.as(coordinator, CANCEL, { id });
    expect((await upload(coordinator, query, '[]')).status).toBe(202);
    expect([await count('from import_upload'), await count('from import_piece')]).toEqual([5, 5]);
    const resumed = async (id: string) => (await hub.as(coordinator, RESUME, { id })).data.importResume.userErrors;
    expect(await resumed(ids[1]!)).toMatchObject([{ code: 'TOO_LATE' }]);
    expect(await resumed(ids[2]!)).toEqual([]);
    expect((await upload(coordinator, query, '[]')).status).toBe(400);
  });

  test('that broke off with its hub makes room after an hour', async () => {
    const { network, coordinator } = await hub.given();
    const query = `network=${network.slug}`;
    const reserved = (minutes: number) =>
      hub
        .owner()
        .execute('insert into import_upload (id, network_id, created_at) values (gen_random_uuid(), ?, ?)', [
          network.id,
          new Date(Date.now() - minutes * 60_000),
        ]);
    for (const minutes of [59, 30, 2, 1, 0]) await reserved(minutes);
    expect((await upload(coordinator, query, '[]')).status).toBe(400);
    await hub.owner().execute(`update import_upload set created_at = created_at - interval '2 minutes'`);
    expect((await upload(coordinator, query, '[]')).status).toBe(202);
    expect(await count('from import_upload')).toBe(5);
  });
});
