import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { assess, type DemandPlace, figuresOf, STRAINED_BELOW, type Supply } from '../../src/coverage/coverage.rules.js';
import type { CoverageDecay } from '../../src/coverage/coverage-decay.rules.js';
import { weightedMean } from '../../src/coverage/coverage-equity.rules.js';
import { figuresFromDatabase } from '../../src/coverage/coverage-figures.query.js';
import { shareOf } from '../../src/demand-share/demand-share.rules.js';
import { Municipality } from '../../src/municipality/municipality.entity.js';
import type { Network } from '../../src/network/network.entity.js';
import {
  DeliveryMode,
  FeedbackLevel,
  ServiceStatus,
  shownFree,
  showsCoarsely,
} from '../../src/service/service.rules.js';
import { anonymous, caseworkerOf, coordinatorOf, editorOf, emptied, type FinderWorld } from '../match/finder-world.js';
import { both } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { anyWorld, at, GOLDEN, line, service } from './world.js';

const hub = testHub('coverage_query');
const NOW = new Date('2026-06-10T12:00:00+02:00');

const COVERAGE = `query ($input: CoverageInput!) { coverage(input: $input) {
  rows { municipality { key } demand services places freePlaces nearestKm placesPer1000 accessibility status }
  gaps { municipality { key } }
  gini
} }`;

const answer = async (own: object = {}, viewer = anonymous) => {
  const { data, errors } = await hub.as(viewer, COVERAGE, { input: { category: 'placement', ...own } });
  expect(errors).toBeUndefined();
  return data.coverage;
};

let world: FinderWorld;

beforeEach(async () => {
  world = await emptied(hub.owner());
});

/** The same world as rows; whatever the number of taken places, the partner reported it. */
async function written(municipalities: readonly DemandPlace[], services: readonly Supply[], level?: FeedbackLevel) {
  const places = [];
  for (const { key, centre, demand } of municipalities) places.push(await world.municipality(key, centre, demand));
  const network = await world.network(places);
  for (const { places: total, freePlaces, comesAlong, sites, areaKeys } of services)
    await world.service(network, {
      ...(level && { feedbackLevel: level }),
      deliveryModes: [DeliveryMode.ON_SITE, ...(comesAlong ? [DeliveryMode.OUTREACH] : [])],
      sites,
      areaKeys,
      capacity: { total, reserved: total === null ? 0 : total - (freePlaces ?? 0), reportedAt: NOW },
    });
  return network;
}

const close = (values: readonly number[], digits: number) => values.map(value => expect.closeTo(value, digits));
const column = (rows: Record<string, unknown>[], name: string) => rows.map(row => row[name]);

describe('golden values, through the schema', () => {
  test('exp(−d²/2)', async () => {
    await written(GOLDEN.municipalities, GOLDEN.services);
    const { rows, gini } = await answer({ catchmentKm: 2 });
    expect(column(rows, 'accessibility')).toEqual(close([0.065179, 0.069641, 0.065179], 6));
    expect(column(rows, 'status')).toEqual(['COVERED', 'COVERED', 'COVERED']);
    expect(gini).toBeCloseTo(assess(figuresOf(GOLDEN.municipalities, GOLDEN.services, gaussian2)).gini!, 9);
  });

  test('binary, d0 = 1', async () => {
    await written(GOLDEN.municipalities, GOLDEN.services);
    const { rows, gini } = await answer({ catchmentKm: 1, decay: 'BINARY' });
    expect(column(rows, 'accessibility')).toEqual(close([0.05, 0.1, 0.05], 9));
    expect(gini).toBeCloseTo(0.166667, 6);
    expect(rows[1]).toEqual({
      municipality: { key: '05334001' },
      demand: 100,
      services: 2,
      places: 20,
      freePlaces: 20,
      nearestKm: expect.closeTo(1, 9),
      placesPer1000: 200,
      accessibility: expect.closeTo(0.1, 9),
      status: 'COVERED',
    });
  });

  const gaussian2 = { kind: 'GAUSSIAN' as CoverageDecay, catchmentKm: 2 };
});

test('sites all around are found for a whole state, as far as they are within reach', async () => {
  const around = [-45, 0, 45, 90, 135, 180, 225, 270].map(degrees => (degrees * Math.PI) / 180);
  const sites = [9.9, 10.1].flatMap(km => around.map(angle => at(5 + km * Math.cos(angle), 5 + km * Math.sin(angle))));
  const municipalities = [{ key: '05334002', centre: at(5, 5), demand: 100 }];
  await written(
    municipalities,
    sites.map(site => service({ sites: [site], areaKeys: ['05'] })),
  );
  const { rows } = await answer({ catchmentKm: 10, decay: 'BINARY' });
  expect(column(rows, 'accessibility')).toEqual(close([0.8], 9));
  expect(column(rows, 'services')).toEqual([16]);
});

test('25 km, Gaussian, all networks, if nothing else is said', async () => {
  const municipalities = line(100, 100);
  const services = [service({ sites: [at(20)] }), service({ sites: [at(25.5)] })];
  await written(municipalities, services);
  const expected = figuresOf(municipalities, services, { kind: 'GAUSSIAN' as CoverageDecay, catchmentKm: 25 });
  for (const own of [{}, { catchmentKm: null, decay: null, networks: null }])
    expect(column((await answer(own)).rows, 'accessibility')).toEqual(
      close(
        expected.map(row => row.accessibility),
        9,
      ),
    );
});

test('gaps come with the most demand first, rows by name', async () => {
  await written(line(10, null, 500, 40), [service({ sites: [at(0)] })]);
  const { rows, gaps } = await answer({ catchmentKm: 0.5 });
  const keys = (list: { municipality: { key: string } }[]) => list.map(row => row.municipality.key);
  expect(keys(rows)).toEqual(['05334000', '05334001', '05334002', '05334003']);
  expect(keys(gaps)).toEqual(['05334002', '05334003', '05334001']);
});

describe('what counts', () => {
  let network: Network;
  beforeEach(async () => {
    const home = await world.municipality('05334012', at(0), 1000);
    network = await world.network([home]);
  });
  const capacity = { total: 10, reserved: 5, reportedAt: NOW };
  const first = async (own: object = {}, viewer = anonymous) => (await answer(own, viewer)).rows[0];

  test.each([
    ['an active service', {}, 10],
    ['below the category', { categories: ['job-coaching', 'placement'] }, 10],
    ['of another category', { categories: ['debt-counselling'] }, 0],
    ['a paused one', { status: ServiceStatus.PAUSED }, 0],
    ['a closed one', { status: ServiceStatus.CLOSED }, 0],
    ['one that pauses its intake', { intakePausedUntil: '2099-01-01' }, 10],
    ['for another area', { areaKeys: ['05978'] }, 0],
    ['one that never reported', { capacity: { total: 10 } }, 0],
    ['one that counts no places', { capacity: { reportedAt: NOW } }, 0],
  ])('%s', async (_case, wish, places) => {
    await world.service(network, { sites: [at(0)], capacity, ...wish });
    expect((await first()).places).toBe(places);
  });

  test('the networks asked for: their municipalities, their partners', async () => {
    const away = await world.municipality('05978004', at(5), 1000);
    const other = await world.network([away]);
    await world.service(network, { sites: [at(0)], capacity });
    await world.service(other, { sites: [at(0)], capacity: { ...capacity, total: 7 } });
    const seen = async (own: object) =>
      (await answer(own)).rows.map((row: { municipality: { key: string }; places: number }) => [
        row.municipality.key,
        row.places,
      ]);
    expect(await seen({})).toEqual([
      ['05334012', 17],
      ['05978004', 17],
    ]);
    expect(await seen({ networks: [other.slug] })).toEqual([['05978004', 7]]);
    expect(await seen({ networks: [] })).toEqual(await seen({}));
  });

  test('a municipality of two networks has one row', async () => {
    const home = await hub.owner().findOneOrFail(Municipality, { key: '05334012' });
    await world.network([home]);
    expect((await answer()).rows).toHaveLength(1);
  });

  test('discreet services show their free places coarsely, except to the partner and its coordinators', async () => {
    const quiet = await world.service(network, { sites: [at(0)], capacity, feedbackLevel: FeedbackLevel.NONE });
    await world.service(network, { sites: [at(0)], capacity });
    expect((await first()).freePlaces).toBe(3 + 5);
    expect((await first({}, coordinatorOf(network))).freePlaces).toBe(5 + 5);
    expect((await first({}, both(caseworkerOf(network), coordinatorOf(network)))).freePlaces).toBe(3 + 5);
    expect((await first({}, editorOf(await quiet.partner.loadOrFail()))).freePlaces).toBe(5 + 5);
  });

  test('rounded as everywhere: to 0, 1, 3 or 6', async () => {
    const numbers = Array.from({ length: 9 }, (_, free) => free);
    const keys = numbers.map(free => `0597800${free}`);
    const places = [];
    for (const key of keys) places.push(await world.municipality(key, at(0), 1));
    const wide = await world.network(places);
    for (const free of numbers)
      await world.service(wide, {
        areaKeys: [keys[free]!],
        capacity: { total: 8, reserved: 8 - free, reportedAt: NOW },
        feedbackLevel: FeedbackLevel.RECEIVED_ONLY,
      });
    const { rows } = await answer({ networks: [wide.slug] });
    expect(column(rows, 'freePlaces')).toEqual(numbers.map(free => shownFree(free, true)));
  });

  test('a protected address counts as its municipality', async () => {
    await world.service(network, { sites: [{ ...at(3), isProtected: true }], capacity });
    expect((await first()).nearestKm).toBe(0);
  });
});

const anyShare = fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }));
const SHARE = 'disability-or-health';

/** Whatever the last digits, in which sums of another order differ. */
const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 9));

test('the database computes what the rules say, whatever the world', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyWorld,
      fc.constantFrom(...Object.values(FeedbackLevel)),
      anyShare,
      fc.constantFrom(null, '05', '05334', '05978004'),
      async (any, level, share, area) => {
        world = await emptied(hub.owner());
        const network = await written(any.municipalities, any.services, level);
        await hub.owner().execute('update demand_share set share = ? where code = ?', [share ?? 1, SHARE]);
        const services = any.services.map(one => ({
          ...one,
          freePlaces: shownFree(one.freePlaces, showsCoarsely({ feedbackLevel: level })),
        }));
        const places = any.municipalities.map(one => ({ ...one, demand: shareOf(one.demand, share ?? 1) }));
        const figures = figuresOf(places, services, any.decay).filter(({ key }) => key.startsWith(area ?? ''));
        const expected = assess(figures.sort((a, b) => (a.key < b.key ? -1 : 1)));
        const found = await figuresFromDatabase(hub.nobody(), anonymous, {
          category: 'placement',
          networks: area === null ? [network.slug] : null,
          area,
          share: share === null ? null : SHARE,
          decay: any.decay,
        });
        expect(found).toMatchObject({ known: true, gini: found.rows.length > 0 ? near(expected.gini) : null });
        const byKey = [...found.rows].sort((a, b) => (a.key < b.key ? -1 : 1));
        const status = (index: number) =>
          isClose(expected.rows, index) ? expect.any(String) : expected.rows[index]!.status;
        expect(byKey.map(({ municipality: _, ...row }) => row)).toEqual(
          expected.rows.map((row, index) => ({
            ...row,
            status: status(index),
            accessibility: near(row.accessibility),
            nearestKm: near(row.nearestKm),
            placesPer1000: near(row.placesPer1000),
          })),
        );
      },
    ),
    { numRuns: 60 },
  );
});

/** Does it lie on the threshold of STRAINED, where the last digit decides? */
function isClose(rows: readonly { accessibility: number; demand: number | null }[], index: number): boolean {
  const people = rows.map(({ accessibility, demand }) => ({ value: accessibility, weight: demand ?? 0 }));
  const threshold = STRAINED_BELOW * (weightedMean(people) ?? 0);
  return Math.abs(rows[index]!.accessibility - threshold) < 1e-12;
}

test.each([
  ['input.category', { category: 'nonsense' }],
  ['input.networks', { networks: ['nowhere'] }],
  ['input.demandShare', { demandShare: 'everybody' }],
  ['input.catchmentKm', { catchmentKm: 0 }],
  ['input.catchmentKm', { catchmentKm: 5e-324 }],
  ['input.catchmentKm', { catchmentKm: -5 }],
  ['input.catchmentKm', { catchmentKm: 1e300 }],
])('%s is told to be wrong: %j', async (argument, own) => {
  const { errors } = await hub.as(anonymous, COVERAGE, { input: { category: 'placement', ...own } });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
});

test('without a municipality there is nothing to say', async () => {
  expect(await answer()).toEqual({ rows: [], gaps: [], gini: null });
});

test('it takes one statement, however many municipalities and services', async () => {
  const network = await written(line(1, 2, 3, 4, 5), GOLDEN.services);
  const sent = await hub.statements(() => answer({ networks: [network.slug] }));
  expect(sent.filter((statement: string) => /^(select|with)/.test(statement))).toHaveLength(1);
});
