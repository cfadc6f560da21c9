import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { doAfterwards } from '../../src/shared/afterwards.js';
import { Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { counts, register } from './register.js';

const hub = testHub('gap_search');
const NOW = new Date('2026-03-10T09:00:00.000Z');

beforeEach(async () => {
  hub.setNow(NOW);
  await hub.owner().execute('delete from gap_search');
});
afterAll(() => hub.setNow(undefined));

type World = Awaited<ReturnType<typeof hub.given>>;

/** Looks for debt counselling, which nobody offers; how many it finds. */
const search = async (viewer: Viewer, { home }: World, own: object = {}, more = ''): Promise<number> => {
  const { data, errors } = await hub.as(
    viewer,
    `query ($input: ServiceMatchInput!) { serviceMatches(input: $input) { totalCount } ${more} }`,
    { input: { category: 'debt-counselling', municipality: home.key, ...own } },
  );
  expect(errors).toBeUndefined();
  return data.serviceMatches.totalCount;
};

const caseworkerIn = (viewer: Viewer, ...networks: Network[]): Viewer => ({
  ...viewer,
  memberships: networks.map(({ id }) => ({ role: Role.CASEWORKER, networkId: id, partnerId: null })),
});

const marks = () => hub.owner().execute<{ mark: string; day: string }[]>('select * from gap_search order by day');

describe('a search that finds nothing', () => {
  test('of a caseworker is a gap', async () => {
    const world = await hub.given();
    expect(await search(world.caseworker, world)).toBe(0);
    expect(await register(hub, world.coordinator, world.network)).toMatchObject([
      {
        municipality: { key: world.home.key },
        category: { code: 'debt-counselling' },
        reason: 'NO_SERVICE',
        month: '2026-03-01',
        events: 1,
        version: 1,
      },
    ]);
  });

  test.each(['coordinator', 'partner', 'foreigner', 'auditor', 'unknown', 'anonymous'] as const)(
    'of the %s is none',
    async who => {
      const world = await hub.given();
      expect(await search(world[who], world)).toBe(0);
      expect(await counts(hub, world.coordinator, world.network)).toEqual([]);
      expect(await marks()).toEqual([]);
    },
  );

  test.each([
    ['in other words', { needs: [], age: null, languages: null }, 1],
    ['for another client', { age: 30 }, 2],
    ['nearer', { maximumDistanceKm: 5 }, 2],
    ['with a free place', { requireFreePlace: true }, 2],
    ['with an instrument', { instruments: [{ instrument: 'sgb2-16i' }], benefitMonths: 12 }, 1],
  ])('asked again %s: %j', async (_case, own, events) => {
    const world = await hub.given();
    await search(world.caseworker, world);
    await search(world.caseworker, world, own);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_SERVICE', events]]);
  });

  test('counts once a person and day', async () => {
    const world = await hub.given();
    for (let i = 0; i < 3; i++) await search(world.caseworker, world);
    await Promise.all([1, 2, 3].map(() => search(world.caseworker, world)));
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_SERVICE', 1]]);
    await search(world.colleague, world);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_SERVICE', 2]]);
    hub.setNow(new Date('2026-03-10T23:00:00.000Z')); // tomorrow in Berlin
    await search(world.caseworker, world);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_SERVICE', 3]]);
  });

  test('keeps nobody, and nothing beyond the day', async () => {
    const world = await hub.given();
    await search(world.caseworker, world);
    expect(await marks()).toEqual([{ mark: expect.stringMatching(/^[0-9a-f]{64}$/), day: '2026-03-10' }]);
    hub.setNow(new Date('2026-03-10T22:59:59.000Z')); // of the same day in Berlin
    await hub.runClock();
    expect(await marks()).toHaveLength(1);
    hub.setNow(new Date('2026-03-10T23:00:00.000Z'));
    await search(world.colleague, world);
    await hub.runClock();
    expect(await marks()).toEqual([{ mark: expect.any(String), day: '2026-03-11' }]);
  });

  test('on a later page is none', async () => {
    const world = await hub.given();
    const PAGE = `query ($input: ServiceMatchInput!, $after: String) {
      serviceMatches(input: $input, after: $after) { nodes { score } pageInfo { endCursor } } }`;
    const input = { category: 'job-coaching', municipality: world.home.key };
    const first = await hub.as(world.caseworker, PAGE, { input });
    const after = first.data.serviceMatches.pageInfo.endCursor;
    const second = await hub.as(world.caseworker, PAGE, { input, after });
    expect(second.data.serviceMatches.nodes).toEqual([]);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([]);
  });

  test('only if it found nothing', async () => {
    const world = await hub.given();
    expect(await search(world.caseworker, world, { category: 'job-coaching' })).toBe(1);
    // Who is not entitled to an instrument misses no service.
    const instruments = [{ instrument: 'sgb2-16i' }];
    expect(await search(world.caseworker, world, { category: 'job-coaching', instruments })).toBe(0);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([]);
  });

  test('where the client does not live is none; where several networks are looked through, it is in hers', async () => {
    const world = await hub.given();
    const caseworker = caseworkerIn(world.caseworker, world.network, world.elsewhere);
    await search(caseworker, world, { networks: [world.elsewhere.slug] });
    expect(await counts(hub, world.coordinator, world.network)).toEqual([]);
    await search(caseworker, world);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_SERVICE', 1]]);
    expect(await counts(hub, world.foreignCoordinator, world.elsewhere)).toEqual([]);
  });

  test('is counted once the reading is over, in a transaction of its own', async () => {
    const world = await hub.given();
    const sent = await hub.statements(() => search(world.caseworker, world, {}, 'referrals { totalCount }'));
    const wanted = ['start transaction', 'commit', 'begin', 'insert into gap_search', 'insert into gap ', 'commit'];
    const told = sent.filter(one => wanted.some(word => one.startsWith(word)));
    expect(told.map(one => wanted.find(word => one.startsWith(word)))).toEqual(wanted);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_SERVICE', 1]]);
  });

  test('that cannot be counted is answered all the same', async () => {
    const world = await hub.given();
    await hub.owner().execute('revoke insert on gap from hub_app');
    try {
      expect(await search(world.caseworker, world)).toBe(0);
    } finally {
      await hub.owner().execute('grant insert on gap to hub_app');
    }
    expect(await marks()).toEqual([]);
    await search(world.caseworker, world);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_SERVICE', 1]]);
  });
});

test('what is done after the answer is done once, in order; a failure is logged and stops nothing', async () => {
  const done: string[] = [];
  const logged: unknown[] = [];
  const fault = new Error('no');
  const afterwards = [
    async () => void done.push('first'),
    async () => Promise.reject(fault),
    async () => void done.push('second'),
  ];
  const log = { error: (error: unknown) => logged.push(error) };
  await doAfterwards({ afterwards }, log);
  await doAfterwards({ afterwards }, log);
  expect(done).toEqual(['first', 'second']);
  expect(logged).toEqual([fault]);
});
