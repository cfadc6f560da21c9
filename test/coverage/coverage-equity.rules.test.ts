import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concentration, gini, type Weighted, weightedMean } from '../../src/coverage/coverage-equity.rules.js';

const people = (...values: number[]): Weighted[] => values.map(value => ({ value, weight: 100 }));

const anyPeople = fc.array(
  fc.record({ value: fc.double({ min: 0.001, max: 5, noNaN: true }), weight: fc.integer({ min: 1, max: 5000 }) }),
  {
    minLength: 1,
    maxLength: 12,
  },
);

/** The formula as it stands in the books: every pair, both ways. */
function naiveGini(items: readonly Weighted[]): number {
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  const mean = items.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
  let differences = 0;
  for (const a of items) for (const b of items) differences += a.weight * b.weight * Math.abs(a.value - b.value);
  return differences / (2 * total ** 2 * mean);
}

test.each([
  ['golden', people(0.05, 0.1, 0.05), 1 / 6],
  ['everybody the same', people(3, 3, 3), 0],
  ['one has everything', people(0, 0, 0, 1), 0.75],
  ['one alone', people(7), 0],
  ['nobody has anything', people(0, 0), null],
  ['nobody there', [], null],
  ['places, but no people', [{ value: 1, weight: 0 }], null],
  ['whom nobody counts does not count', [...people(3, 3), { value: 99, weight: 0 }], 0],
])('%s', (_case, items, expected) => {
  if (expected === null) expect(gini(items)).toBeNull();
  else expect(gini(items)).toBeCloseTo(expected, 12);
});

test('it is what the books say, from 0 to below 1', () => {
  fc.assert(
    fc.property(anyPeople, items => {
      expect(gini(items)).toBeCloseTo(naiveGini(items), 9);
      expect(gini(items)).toBeGreaterThanOrEqual(0);
      expect(gini(items)).toBeLessThan(1);
    }),
  );
});

test('scale, order and splitting a group change nothing', () => {
  fc.assert(
    fc.property(anyPeople, fc.integer({ min: 1, max: 50 }), (items, factor) => {
      const expected = gini(items)!;
      expect(gini(items.map(one => ({ ...one, value: one.value * factor })))).toBeCloseTo(expected, 9);
      expect(gini([...items].reverse())).toBeCloseTo(expected, 9);
      const halves = items.flatMap(one => [one, one]).map(one => ({ ...one, weight: one.weight / 2 }));
      expect(gini(halves)).toBeCloseTo(expected, 9);
    }),
  );
});

test('the mean is weighted', () => {
  expect(
    weightedMean([
      { value: 1, weight: 3 },
      { value: 5, weight: 1 },
    ]),
  ).toBe(2);
  expect(weightedMean([])).toBeNull();
});

test.each([
  [[40], 1],
  [[10, 10], 0.5],
  [[8, 1, 1], 0.66],
  [[5, 0], 1],
  [[0, 0], null],
  [[], null],
])('the concentration of %j is %s', (counts, expected) => {
  if (expected === null) expect(concentration(counts)).toBeNull();
  else expect(concentration(counts)).toBeCloseTo(expected, 12);
});
