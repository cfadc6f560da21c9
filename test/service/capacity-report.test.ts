import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('capacity_report');
const NOW = new Date('2026-03-10T09:00:00.123Z');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeAll(async () => {
  hub.setNow(NOW);
  world = await hub.given({ status: ReferralStatus.DRAFT });
});

const REPORT = `mutation ($id: ID!, $input: CapacityReportInput!) { answer: serviceCapacityReport(id: $id, input: $input) {
  service { name feedbackLevel version partner { name }
    capacity { total free waiting expectedWaitDays occupiedElsewhere reserved reportedAt freshness } }
  userErrors { code path message } } }`;

const report = async (input: object, headers: Record<string, string> = {}, { partner, service } = world) =>
  (await hub.ask(partner, { query: REPORT, variables: { id: service.id, input } }, headers)).answer;

async function stored({ service } = world) {
  const [row] = await hub.owner().execute('select * from service_capacity where service_id = ?', [service.id]);
  return row;
}

const store = (row: Record<string, unknown>): Promise<unknown> =>
  hub.owner().execute(
    `update service_capacity c set total = r.total, reserved = r.reserved, occupied_elsewhere = r.occupied_elsewhere,
       reported_waiting = r.reported_waiting, expected_wait_days = r.expected_wait_days, reported_at = null
     from jsonb_populate_record(null::service_capacity, ?::jsonb) r where c.service_id = ?`,
    [JSON.stringify(row), world.service.id],
  );

test('stores and answers the same in one statement and in many, whatever was stored and is said', async () => {
  const places = fc.integer({ min: 0, max: 6 });
  const perhaps = fc.option(places);
  const said = fc.record(
    {
      total: fc.option(fc.constantFrom(0, 3, 6, 100_000, 100_001, -1)),
      occupiedElsewhere: perhaps,
      waiting: perhaps,
      expectedWaitDays: fc.option(fc.constantFrom(0, 14, 3_650, 3_651)),
    },
    { requiredKeys: [] },
  );
  const before = fc.record({
    total: perhaps,
    reserved: places,
    occupied_elsewhere: places,
    reported_waiting: perhaps,
    expected_wait_days: perhaps,
  });
  const both = fc.asyncProperty(before, said, async (row, input) => {
    await store(row);
    const atOnce = [await report(input), await stored()];
    await store(row);
    // What comes with a key is written step by step.
    expect([await report(input, { 'idempotency-key': randomUUID() }), await stored()]).toEqual(atOnce);
  });
  await fc.assert(both, { numRuns: 40 });
});

test('is who asks, and one transaction of one statement that writes and one that tells what was written', async () => {
  const sent = await hub.statements(() => report({ total: 4 }));
  const what = sent.map(one => /from account a|update service_capacity| as json/.exec(one)?.[0]);
  expect(what).toEqual(['from account a', 'update service_capacity', ' as json']);
});

test('is refused to others, and nothing changes', async () => {
  const before = await stored();
  const others = [
    { ...world, partner: world.stranger },
    { ...world, service: { ...world.service, id: randomUUID() } },
  ];
  for (const other of [...others, { ...world, service: { ...world.service, id: 'none' } }])
    expect((await report({ total: 9 }, {}, other as never)).data.answer.userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  expect((await report({ total: -1 })).data.answer.userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  expect(await stored()).toEqual(before);
});

/** What somebody else does with the counters, until so many reports wait for it. */
async function beside(work: string, reports: readonly (() => Promise<unknown>)[], kill = false): Promise<unknown[]> {
  const rival = hub.owner();
  await rival.begin();
  await rival.execute(`update service_capacity set ${work} where service_id = ?`, [world.service.id]);
  const answers = Promise.all(reports.map(one => one()));
  await waitersOf(hub, reports.length);
  if (kill)
    await hub.owner().execute(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
  if (kill) await answers;
  await rival.commit();
  return answers;
}

const SOME = { total: 9, reserved: 0, occupied_elsewhere: 1, reported_waiting: null, expected_wait_days: 5 };

test('of two editors beside a referral that takes a place, each changes what she says and nothing else', async () => {
  await store(SOME);
  await beside('reserved = reserved + 1', [() => report({ waiting: 7 }), () => report({ occupiedElsewhere: 2 })]);
  expect(await stored()).toMatchObject({ ...SOME, reserved: 1, occupied_elsewhere: 2, reported_waiting: 7 });
});

test('leaves nothing where its connection is killed in the midst, and goes through the next time', async () => {
  await store(SOME);
  const [killed] = await beside('reserved = 0', [() => report({ total: 1, waiting: 1 })], true);
  expect(killed).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
  expect(await stored()).toMatchObject({ ...SOME, reported_at: null });
  await report({ total: 1, waiting: 1 });
  expect(await stored()).toMatchObject({ ...SOME, total: 1, reported_waiting: 1 });
});
