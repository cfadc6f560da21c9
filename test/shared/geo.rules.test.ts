import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaHolds, EARTH_RADIUS_KM, haversineKm, isCityOfItsOwn, isOnEarth } from '../../src/shared/geo.rules.js';

const BOCHUM = { latitude: 51.4788, longitude: 7.223 };
const DORTMUND = { latitude: 51.5178, longitude: 7.4593 };

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

test('from Bochum to Dortmund it is 16.9225 km', () => {
  expect(haversineKm(BOCHUM, DORTMUND)).toBeCloseTo(16.9225, 4);
});

test('a degree along the meridian, and half the way round', () => {
  const degree = (EARTH_RADIUS_KM * Math.PI) / 180;
  expect(haversineKm({ latitude: 50, longitude: 7 }, { latitude: 51, longitude: 7 })).toBeCloseTo(degree, 9);
  expect(haversineKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(180 * degree, 9);
});

test('a distance is the same both ways, 0 to itself and at most half the way round', () => {
  fc.assert(
    fc.property(point, point, (a, b) => {
      expect(haversineKm(a, b)).toBeCloseTo(haversineKm(b, a), 9);
      expect(haversineKm(a, a)).toBe(0);
      expect(haversineKm(a, b)).toBeLessThanOrEqual(Math.PI * EARTH_RADIUS_KM);
    }),
  );
});

test.each([
  [{ latitude: 90, longitude: -180 }, true],
  [{ latitude: 100, longitude: 7 }, false],
  [{ latitude: 51, longitude: 180.1 }, false],
  [{ latitude: Number.NaN, longitude: 7 }, false],
])('is %o on Earth? %s', (at, expected) => {
  expect(isOnEarth(at)).toBe(expected);
});

test.each([
  ['its own key', ['05334012'], true],
  ['its district', ['05334'], true],
  ['its state', ['05'], true],
  ['one of several', ['05913000', '05334'], true],
  ['a neighbour', ['05334002'], false],
  ['another district', ['05978'], false],
  ['another state', ['03'], false],
  ['a piece of a key', ['053340'], false],
  ['nothing at all', [], false],
])('an area of %s holds Eschweiler: %o %s', (_case, keys, expected) => {
  expect(areaHolds(keys, '05334012')).toBe(expected);
});

test('Bochum is a city of its own, Eschweiler and Aachen are not', () => {
  expect(['05911000', '05334012', '05334002'].map(isCityOfItsOwn)).toEqual([true, false, false]);
});
