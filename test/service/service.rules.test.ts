import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FeedbackLevel, freePlaces, shownFree } from '../../src/service/service.rules.js';

const count = fc.nat(1_000);

test('free places are never negative, and null where none are counted', () => {
  fc.assert(
    fc.property(count, count, count, (total, reserved, occupiedElsewhere) => {
      const free = freePlaces({ total, reserved, occupiedElsewhere });
      expect(free).toBe(Math.max(0, total - reserved - occupiedElsewhere));
      expect(freePlaces({ total: null, reserved, occupiedElsewhere })).toBeNull();
    }),
  );
});

test.each(Object.values(FeedbackLevel))('%s: what is shown as free', level => {
  const discreet = level === FeedbackLevel.NONE || level === FeedbackLevel.RECEIVED_ONLY;
  const coarse = [0, 1, 1, 3, 3, 3, 6, 6, 6];
  for (const [free, shown] of coarse.entries()) expect(shownFree(free, level)).toBe(discreet ? shown : free);
  expect(shownFree(10_000, level)).toBe(discreet ? 6 : 10_000);
  expect(shownFree(null, level)).toBeNull();
});

test('whether there is a free place is told rightly at every level', () => {
  fc.assert(
    fc.property(count, fc.constantFrom(...Object.values(FeedbackLevel)), (free, level) => {
      expect((shownFree(free, level) ?? 0) > 0).toBe(free > 0);
    }),
  );
});
