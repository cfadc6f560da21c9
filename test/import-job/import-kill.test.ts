import { afterAll, beforeAll, expect, test } from 'vitest';
import { testHub } from '../support/hub.js';
import { build, type RunningHub, startHub } from '../support/program.js';
import { Provider, type Signer, signer } from '../support/provider.js';
import { waitersOf } from '../support/waiters.js';
import { feedFiles, zipOf } from './feed-files.js';

/** Two batches. */
const SERVICES = 600;
/** How many services are there when it is killed, the network's own among them: before each batch. */
const KILLED_AT = [1, 501];

const given = testHub('import_kill');
const provider = new Provider();
let key: Signer;
let program: RunningHub | undefined;
let settings: Record<string, string>;

beforeAll(async () => {
  key = await signer();
  provider.keys = [key.jwk];
  await provider.open();
  await build();
  settings = {
    DATABASE_URL: given.database().hubApp,
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: 'partnernetz',
    LOG_LEVEL: 'fatal',
  };
});
afterAll(async () => {
  await program?.end();
  await provider.goAway();
});

const tokenOf = (subject: string): Promise<string> => provider.tokenOf(subject, key);

const rows = <T extends object>(statement: string, ...values: unknown[]): Promise<T[]> =>
  given.owner().execute<T[]>(statement, values);
const count = async (from: string, ...values: unknown[]): Promise<number> =>
  (await rows<{ n: number }>(`select count(*)::int as n ${from}`, ...values))[0]!.n;

/** Whoever is to store a service waits, as long as somebody holds the lock of how many there are. */
const WAITING = `
  create function wait_for_leave() returns trigger language plpgsql security definer as $$
    begin
      perform pg_advisory_xact_lock_shared(4713, (select count(*)::int from service));
      return null;
    end $$;
  create trigger wait_for_leave before insert on service for each statement execute function wait_for_leave()`;

/** Nobody can store a service where there are so many; ends that. */
async function heldAt(services: number): Promise<() => Promise<void>> {
  const em = given.owner();
  await em.begin();
  await em.execute('select pg_advisory_xact_lock(4713, ?)', [services]);
  return () => em.rollback();
}

test('an import goes on where its program was killed, and counts what it has done once', async () => {
  const { network, home } = await given.given();
  await rows(
    `with account as (insert into account (issuer, subject, display_name) values (?, 'koordination', 'Koordination') returning id)
     insert into membership (account_id, role, network_id) select id, 'COORDINATOR', ? from account`,
    provider.issuer,
    network.id,
  );
  const authorization = `Bearer ${await tokenOf('koordination')}`;
  const zip = new Uint8Array(await zipOf(await feedFiles(SERVICES, home.key)));
  await rows(WAITING);
  const leaves = [];
  for (const services of KILLED_AT) leaves.push(await heldAt(services));
  program = await startHub(settings);
  const answer = await fetch(`${program.url}/imports?network=${network.slug}`, {
    method: 'POST',
    headers: { authorization },
    body: zip,
  });
  expect(answer.status).toBe(202);
  const { id } = ((await answer.json()) as { importJob: { id: string } }).importJob;
  const records = async () =>
    (await count('from partner where network_id = ?', network.id)) +
    (await count('from location l join partner p on p.id = l.partner_id where p.network_id = ?', network.id)) +
    (await count('from service where network_id = ?', network.id));
  const stored = async () =>
    (await rows<{ status: string; counts: Counts }>('select status, counts from import_job where id = ?', id))[0]!;
  const before = await records();

  let done = before;
  for (const services of KILLED_AT) {
    await waitersOf(given, 1);
    expect(await count('from service')).toBe(services);
    await program.end('SIGKILL');
    await leaves.shift()!();
    // What PostgreSQL is at when its client is gone, it ends.
    const busy = `from pg_stat_activity where datname = current_database() and application_name = 'partnernetz import'`;
    await expect.poll(() => count(busy), { interval: 10 }).toBe(0);
    expect(await records()).toBeGreaterThan(done);
    done = await records();
    expect(await count('from service')).toBe(services);
    const { status, counts } = await stored();
    expect(status).toBe('RUNNING');
    expect(createdIn(counts)).toBe(done - before);
    program = await startHub(settings);
  }
  await expect.poll(async () => (await stored()).status, { interval: 50 }).toBe('DONE');
  const { counts } = await stored();
  expect(counts).toMatchObject({
    organizations: { created: SERVICES / 5, updated: 0, refused: 0 },
    locations: { created: SERVICES / 5, updated: 0, refused: 0 },
    services: { created: SERVICES, updated: 0, refused: 0 },
  });
  expect((await records()) - before).toBe(SERVICES * 1.4);
  const own = 'from service s where s.network_id = ?';
  expect(await count(`from (select distinct s.name ${own}) names`, network.id)).toBe(SERVICES + 1);
  expect(
    await count(`from service_capacity c join service s on s.id = c.service_id where s.network_id = ?`, network.id),
  ).toBe(SERVICES + 1);
  // Each was made once, and never touched again.
  expect(await count(`from revision where network_id = ? and origin = 'IMPORT'`, network.id)).toBe(SERVICES * 1.4);
  expect(await count('from import_upload')).toBe(0);
});

type Counts = Record<'organizations' | 'locations' | 'services', { created: number; updated: number; refused: number }>;

const createdIn = (counts: Partial<Counts>): number =>
  Object.values(counts).reduce((sum, one) => sum + (one.created ?? 0), 0);
