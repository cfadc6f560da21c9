import fc from 'fast-check';
import type { DemandPlace, Supply } from '../../src/coverage/coverage.rules.js';
import { CoverageDecay, type Decay } from '../../src/coverage/coverage-decay.rules.js';
import { EARTH_RADIUS_KM, type Point } from '../../src/shared/geo.rules.js';

const DEGREE_KM = (EARTH_RADIUS_KM * Math.PI) / 180;

/** A point so many km to the north of the equator and to the east of it. */
export const at = (north: number, east = 0): Point => ({ latitude: north / DEGREE_KM, longitude: east / DEGREE_KM });

export const service = (own: Partial<Supply> = {}): Supply => ({
  places: 10,
  freePlaces: 10,
  comesAlong: false,
  sites: [at(0)],
  areaKeys: ['05'],
  ...own,
});

/** Municipalities on a line, one every km, with so many people each. */
export const line = (...demand: (number | null)[]): DemandPlace[] =>
  demand.map((people, km) => ({ key: `0533400${km}`, centre: at(km), demand: people }));

/** The golden world of the domain guide: 100 people each at 0, 1, 2 km; 10 places each at 0 and 2. */
export const GOLDEN = {
  municipalities: line(100, 100, 100),
  services: [service({ sites: [at(0)] }), service({ sites: [at(2)] })],
};

export const gaussian = (catchmentKm: number, sigmaKm?: number): Decay => ({
  kind: CoverageDecay.GAUSSIAN,
  catchmentKm,
  ...(sigmaKm !== undefined && { sigmaKm }),
});
export const binary = (catchmentKm: number): Decay => ({ kind: CoverageDecay.BINARY, catchmentKm });
export const zones = (catchmentKm: number): Decay => ({ kind: CoverageDecay.ZONES, catchmentKm });

const KEYS = ['05334002', '05334004', '05334008', '05124000', '05978004', '03241001'];
/** To the metre; finer than any map, and no two points are nearer than PostgreSQL can square. */
const km = fc.nat(40_000).map(metres => metres / 1000);
const point = fc.tuple(km, km);
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });

/** Where on Earth: also across the equator, where longitudes begin anew, and beside a pole. */
const ORIGINS: readonly Point[] = [
  { latitude: 0, longitude: 0 },
  { latitude: 50.7, longitude: 6.9 },
  { latitude: -0.2, longitude: 179.9 },
  { latitude: 89.6, longitude: -30 },
];

function from(origin: Point, [north, east]: readonly [number, number]): Point {
  const { latitude, longitude } = at(north, east);
  const turned = origin.longitude + longitude;
  return { latitude: origin.latitude + latitude, longitude: turned > 180 ? turned - 360 : turned };
}

const anyLayout = fc.record({
  origin: fc.constantFrom(...ORIGINS),
  municipalities: fc
    .uniqueArray(fc.constantFrom(...KEYS), { minLength: 1 })
    .chain(keys =>
      fc.tuple(...keys.map(key => fc.record({ key: fc.constant(key), centre: point, demand: maybe(fc.nat(5000)) }))),
    ),
  services: fc.array(
    fc
      .record({
        total: maybe(fc.nat(40)),
        taken: fc.nat(40),
        comesAlong: fc.boolean(),
        sites: fc.array(point, { maxLength: 3 }),
        areaKeys: fc.uniqueArray(fc.constantFrom(...KEYS, '05334', '05978', '05', '03'), { maxLength: 3 }),
      })
      .map(({ total, taken, ...rest }) => ({
        ...rest,
        places: total,
        freePlaces: total === null ? null : Math.max(0, total - taken),
      })),
    { maxLength: 6 },
  ),
  decay: fc
    .tuple(fc.constantFrom(gaussian, binary, zones), fc.double({ min: 0.5, max: 60, noNaN: true }))
    .map(([kind, catchment]) => kind(catchment)),
});

/** Small worlds of all kinds: unknown demand, nobody there, places that nobody counts, services without a site. */
export const anyWorld = anyLayout.map(({ origin, municipalities, services, decay }) => ({
  decay,
  municipalities: municipalities.map(({ centre, ...rest }) => ({ ...rest, centre: from(origin, centre) })),
  services: services.map(({ sites, ...rest }) => ({ ...rest, sites: sites.map(site => from(origin, site)) })),
}));
