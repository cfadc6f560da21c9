import { afterAll, beforeAll, expect, test } from 'vitest';
import { GapReason } from '../../src/gap/gap.rules.js';
import { testHub } from '../support/hub.js';
import { askRegister, register } from './register.js';

const hub = testHub('gap_list');
const MONTHS = ['2026-01-01', '2026-02-01', '2026-03-01'];
const CATEGORIES = ['job-coaching', 'placement', 'debt-counselling'];

let world: Awaited<ReturnType<typeof hub.given>>;
// biome-ignore lint/suspicious/noExplicitAny: rows of any answer
let whole: any[];

/** Each reason in each month; categories, places and numbers take turns. */
beforeAll(async () => {
  hub.setNow(new Date('2026-03-10T09:00:00.000Z'));
  world = await hub.given();
  const { network, home, abroad } = world;
  for (const [i, reason] of Object.values(GapReason).entries())
    for (const month of MONTHS)
      await hub.owner().execute(
        `insert into gap (network_id, municipality_key, category_code, reason, month, withheld_in, events, withheld, status)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          network.id,
          (i % 2 ? home : abroad).key,
          CATEGORIES[i % 3],
          reason,
          month,
          month,
          1 + (i % 3),
          reason === GapReason.NO_SERVICE ? 5 : 0,
          i === 0 ? 'CLOSED' : 'OPEN',
        ],
      );
  whole = await register(hub, world.coordinator, network);
});
afterAll(() => hub.setNow(undefined));

test('is newest month first, then most events; every page of it', async () => {
  expect(whole).toHaveLength(24);
  const inOrder = [...whole].sort(
    (a, b) => b.month.localeCompare(a.month) || b.events - a.events || (a.id < b.id ? 1 : -1),
  );
  expect(whole).toEqual(inOrder);
  const paged = [];
  for (let after: string | null = null; paged.length < 24; ) {
    const { data } = await askRegister(hub, world.coordinator, world.network, { first: 5, after });
    paged.push(...data.gaps.nodes);
    after = data.gaps.pageInfo.endCursor;
    expect(data.gaps.pageInfo.hasNextPage).toBe(paged.length < 24);
  }
  expect(paged).toEqual(whole);
});

test('what is withheld counts and orders in the months that are over, not in the one that runs', () => {
  const withheld = whole.filter(gap => gap.reason === 'NO_SERVICE');
  expect(withheld.map(gap => [gap.month, gap.events])).toEqual([
    ['2026-03-01', 2],
    ['2026-02-01', 7],
    ['2026-01-01', 7],
  ]);
  expect(whole.indexOf(withheld[1])).toBe(8);
});

test.each<[object, (gap: (typeof whole)[number]) => boolean, number]>([
  [{ statuses: ['CLOSED'] }, gap => gap.status === 'CLOSED', 3],
  [{ statuses: [], reasons: null }, () => true, 24],
  [{ reasons: ['NO_ANSWER', 'NO_SERVICE'] }, gap => ['NO_ANSWER', 'NO_SERVICE'].includes(gap.reason), 6],
  [{ category: 'placement' }, gap => gap.category.code !== 'debt-counselling', 18],
  [{ category: 'job-coaching' }, gap => gap.category.code === 'job-coaching', 9],
  [{ from: '2026-02-28' }, gap => gap.month >= '2026-02-01', 16],
  [{ until: '2026-02-01' }, gap => gap.month <= '2026-02-01', 16],
  [{ from: '2026-02-10', until: '2026-02-10' }, gap => gap.month === '2026-02-01', 8],
  [
    { from: '2026-02-10', category: 'job-coaching' },
    gap => gap.month >= '2026-02-01' && gap.category.code === 'job-coaching',
    6,
  ],
  [{ from: '2026-03-01', until: '2026-02-01' }, () => false, 0],
])('filters by %j', async (filter, fits, number) => {
  const found = await register(hub, world.coordinator, world.network, filter);
  expect(found).toEqual(whole.filter(fits));
  expect(found).toHaveLength(number);
});

test('filters by municipality', async () => {
  const { coordinator, network, home } = world;
  const ofHome = whole.filter(gap => gap.municipality.key === home.key);
  expect(ofHome).toHaveLength(12);
  expect(await register(hub, coordinator, network, { municipality: home.key })).toEqual(ofHome);
});

test.each([
  ['filter.category', { filter: { category: 'nonsense' } }],
  ['filter.municipality', { filter: { municipality: '99999999' } }],
  ['first', { first: 0 }],
  ['first', { first: 101 }],
])('tells that %s is wrong: %j', async (argument, variables) => {
  expect((await askRegister(hub, world.coordinator, world.network, variables)).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT', argument } },
  ]);
});

test('refuses the cursor of another list', async () => {
  const { coordinator, network } = world;
  const { data } = await hub.as(coordinator, '{ partners(first: 1) { edges { cursor } } }');
  const after = data.partners.edges[0].cursor;
  expect((await askRegister(hub, coordinator, network, { after })).errors).toMatchObject([
    { extensions: { code: 'INVALID_CURSOR', argument: 'after' } },
  ]);
});

test('is five statements, however long', async () => {
  const reads: number[] = [];
  for (const first of [1, 24]) {
    const sent = await hub.statements(() => askRegister(hub, world.coordinator, world.network, { first }));
    reads.push(sent.filter(one => /^select /.test(one) && !/ from "?(account|membership)|set_config/.test(one)).length);
  }
  // network, page, count, municipalities, categories
  expect(reads).toEqual([5, 5]);
});
