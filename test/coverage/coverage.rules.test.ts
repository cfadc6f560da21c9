import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assess, type CoverageFigures, CoverageStatus, figuresOf, gapsOf } from '../../src/coverage/coverage.rules.js';
import { type Decay, isWithin } from '../../src/coverage/coverage-decay.rules.js';
import { areaHolds, haversineKm } from '../../src/shared/geo.rules.js';
import { anyWorld, at, binary, GOLDEN, gaussian, line, service, zones } from './world.js';

const accessibility = (decay: Decay, { municipalities, services } = GOLDEN): number[] =>
  figuresOf(municipalities, services, decay).map(row => row.accessibility);

const close = (values: readonly number[], digits = 9) => values.map(value => expect.closeTo(value, digits));

test('golden: binary, d0 = 1', () => {
  expect(accessibility(binary(1))).toEqual(close([0.05, 0.1, 0.05]));
});

test('golden: exp(−d²/2), no cut', () => {
  const [first, middle, last] = accessibility(gaussian(Number.POSITIVE_INFINITY, 1));
  expect([first, middle, last]).toEqual(close([0.065179, 0.069641, 0.065179], 6));
  // R = 10 / (100·(1 + e^−½ + e^−2)), and the middle has both at one km
  expect(middle! / (2 * Math.exp(-0.5))).toBeCloseTo(0.0574097, 7);
});

test('golden: a catchment of 2 km gives the same, since σ is half of it and nothing is farther', () => {
  expect(accessibility(gaussian(2))).toEqual(close([0.065179, 0.069641, 0.065179], 6));
});

test('golden: the gini of [.05, .10, .05]', () => {
  expect(assess(figuresOf(GOLDEN.municipalities, GOLDEN.services, binary(1))).gini).toBeCloseTo(0.166667, 6);
});

test('zones weigh thirds of the catchment by 1, .68 and .22', () => {
  const world = { municipalities: line(100, 0, 0, 0), services: [service({ sites: [at(0)] })] };
  expect(accessibility(zones(3), world)).toEqual(close([0.1, 0.1, 0.068, 0.022]));
});

test('a place beyond the catchment is out of reach', () => {
  expect(accessibility(gaussian(0.9))).toEqual(close([0.1, 0, 0.1]));
});

test.each([0, -1, Number.NaN])('%d km is no catchment', catchmentKm => {
  expect(() => figuresOf([], [], gaussian(catchmentKm))).toThrow(RangeError);
});

const figures = (own: Partial<Parameters<typeof service>[0]>, demand: number | null = 100, decay = gaussian(25)) =>
  assess(figuresOf(line(demand), [service(own)], decay)).rows[0];

test.each([
  [
    'an ordinary service',
    {},
    { services: 1, places: 10, freePlaces: 10, placesPer1000: 100, accessibility: 0.1, status: 'COVERED' },
  ],
  ['full', { freePlaces: 0 }, { places: 10, freePlaces: 0, status: 'COVERED' }],
  ['no place at all', { places: 0, freePlaces: 0 }, { services: 1, places: 0, accessibility: 0, status: 'GAP' }],
  [
    'places are not counted',
    { places: null, freePlaces: null },
    { services: 1, places: 0, freePlaces: 0, accessibility: 0, status: 'GAP' },
  ],
  [
    'for another district',
    { areaKeys: ['05978'] },
    { services: 0, places: 0, nearestKm: null, placesPer1000: 0, accessibility: 0, status: 'GAP' },
  ],
  ['for the district', { areaKeys: ['05334'] }, { services: 1, status: 'COVERED' }],
  ['for no area', { areaKeys: [] }, { services: 0, status: 'GAP' }],
  [
    'too far',
    { sites: [at(26)] },
    { services: 1, places: 10, nearestKm: expect.closeTo(26, 9), placesPer1000: 100, accessibility: 0, status: 'GAP' },
  ],
  ['the nearest of two sites', { sites: [at(26), at(7)] }, { nearestKm: expect.closeTo(7, 9), status: 'COVERED' }],
  [
    'online, from far away',
    { sites: [at(300)], comesAlong: true },
    { nearestKm: 0, accessibility: 0.1, status: 'COVERED' },
  ],
  ['outreach without a site', { sites: [], comesAlong: true }, { nearestKm: 0, accessibility: 0.1, status: 'COVERED' }],
  ['no site', { sites: [] }, { services: 1, places: 10, nearestKm: null, accessibility: 0, status: 'GAP' }],
])('%s', (_case, own, expected) => {
  expect(figures(own)).toMatchObject(expected);
});

test('demand that is not known counts nothing and still has its accessibility', () => {
  const services = [service({ sites: [at(0)] })];
  expect(assess(figuresOf(line(null, 100), services, binary(5)))).toMatchObject({
    rows: [
      { demand: null, placesPer1000: null, accessibility: 0.1, status: 'COVERED' },
      { demand: 100, placesPer1000: 100, accessibility: 0.1, status: 'COVERED' },
    ],
    gini: 0,
  });
});

test('a service that reaches nobody is left out, and there is nothing to compare', () => {
  const { rows, gini } = assess(figuresOf(line(null, 0), [service()], binary(5)));
  expect(rows).toMatchObject([
    { placesPer1000: null, accessibility: 0, status: 'COVERED' },
    { placesPer1000: null, accessibility: 0, status: 'COVERED' },
  ]);
  expect(gini).toBeNull();
});

const figure = (accessibility: number, demand: number | null, placeInReach = true): CoverageFigures => ({
  key: '05334002',
  demand,
  services: 1,
  places: 1,
  freePlaces: 1,
  nearestKm: 1,
  placeInReach,
  accessibility,
});

test.each([
  ['just below half of the mean', undefined, [0.0499, 0.1501], ['STRAINED', 'COVERED']],
  ['exactly half of the mean', undefined, [0.05, 0.15], ['COVERED', 'COVERED']],
  ['another threshold', 0.9, [0.08, 0.12], ['STRAINED', 'COVERED']],
] as const)('%s', (_case, strainedBelow, values, expected) => {
  const { rows } = assess(
    values.map(value => figure(value, 100)),
    strainedBelow,
  );
  expect(rows.map(row => row.status)).toEqual(expected);
});

test('the mean is one over people, not over municipalities', () => {
  const { rows } = assess([figure(0.04, 1), figure(0.1, 1_000_000)]);
  expect(rows.map(row => row.status)).toEqual(['STRAINED', 'COVERED']);
});

test('gaps: most demand first, unknown demand last, the rest left as it was', () => {
  const demand = [50, null, 200, 50, 0];
  const { rows } = assess(demand.map((people, i) => ({ ...figure(0, people, false), key: `${i}` })));
  expect(gapsOf([...rows, { ...rows[0]!, status: CoverageStatus.COVERED }]).map(row => row.key)).toEqual([
    '2',
    '0',
    '3',
    '4',
    '1',
  ]);
});

test('no place is lost and none appears: Σ P·A = Σ S over the services that reach any demand', () => {
  fc.assert(
    fc.property(anyWorld, ({ municipalities, services, decay }) => {
      const rows = figuresOf(municipalities, services, decay);
      const given = rows.reduce((sum, row) => sum + (row.demand ?? 0) * row.accessibility, 0);
      const there = services.filter(({ areaKeys, comesAlong, sites }) =>
        municipalities.some(
          ({ key, centre, demand }) =>
            (demand ?? 0) > 0 &&
            areaHolds(areaKeys, key) &&
            (comesAlong || sites.some(site => isWithin(haversineKm(site, centre), decay.catchmentKm))),
        ),
      );
      expect(given).toBeCloseTo(
        there.reduce((sum, { places }) => sum + (places ?? 0), 0),
        6,
      );
    }),
  );
});

test('more places never make anybody worse off', () => {
  fc.assert(
    fc.property(anyWorld, fc.nat(5), ({ municipalities, services, decay }, which) => {
      fc.pre(services.length > 0);
      const more = services.map((one, i) =>
        i === which % services.length ? { ...one, places: (one.places ?? 0) + 5 } : one,
      );
      const before = figuresOf(municipalities, services, decay);
      figuresOf(municipalities, more, decay).forEach((row, i) => {
        expect(row.accessibility).toBeGreaterThanOrEqual(before[i]!.accessibility - 1e-12);
      });
    }),
  );
});

test('every status follows its definition', () => {
  fc.assert(
    fc.property(anyWorld, ({ municipalities, services, decay }) => {
      const before = figuresOf(municipalities, services, decay);
      assess(before).rows.forEach((row, i) => {
        expect(row.status === CoverageStatus.GAP).toBe(!before[i]!.placeInReach);
        if (!before[i]!.placeInReach) expect(row.accessibility).toBe(0);
      });
    }),
  );
});
