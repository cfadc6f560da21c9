import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Freshness, freshnessOf, freshnessSpan } from '../../src/shared/freshness.rules.js';
import { ago } from '../support/directory.js';

const NOW = new Date('2026-03-10T09:00:00.123Z');

test.each([
  [0, 0, Freshness.FRESH],
  [-1, 0, Freshness.FRESH],
  [30, 0, Freshness.FRESH],
  [30, 1, Freshness.AGING],
  [90, 0, Freshness.AGING],
  [90, 1, Freshness.STALE],
  [10_000, 0, Freshness.STALE],
])('%i days and %i ms ago is %s', (days, milliseconds, band) => {
  expect(freshnessOf(ago(NOW, days, milliseconds), NOW)).toBe(band);
});

test('never is UNCONFIRMED, and has no span', () => {
  expect(freshnessOf(null, NOW)).toBe(Freshness.UNCONFIRMED);
  expect(freshnessSpan(Freshness.UNCONFIRMED, NOW)).toBeNull();
});

test('a moment lies in the span of its own band and of no other', () => {
  const around = [0, 30, 90].map(days => fc.integer({ min: -3, max: 3 }).map(ms => ago(NOW, days, ms)));
  const anywhere = fc.date({ min: new Date('2020-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
  const bands = [Freshness.FRESH, Freshness.AGING, Freshness.STALE];
  fc.assert(
    fc.property(fc.oneof(...around, anywhere), at => {
      const holding = bands.filter(band => {
        const { after, until } = freshnessSpan(band, NOW)!;
        return (!after || at > after) && (!until || at <= until);
      });
      expect(holding).toEqual([freshnessOf(at, NOW)]);
    }),
  );
});
