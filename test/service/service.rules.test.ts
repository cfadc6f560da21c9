import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FeedbackLevel, freePlaces, shownFree, showsCoarsely } from '../../src/service/service.rules.js';

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

test.each(Object.values(FeedbackLevel))('%s: what is shown as free', feedbackLevel => {
  const coarse = [0, 1, 1, 3, 3, 3, 6, 6, 6];
  const discreet = feedbackLevel === FeedbackLevel.NONE || feedbackLevel === FeedbackLevel.RECEIVED_ONLY;
  for (const placesRoundedSince of [undefined, null, new Date('2026-03-01T00:00:00Z')]) {
    const coarsely = showsCoarsely({ feedbackLevel, ...(placesRoundedSince !== undefined && { placesRoundedSince }) });
    expect(coarsely).toBe(discreet || placesRoundedSince instanceof Date);
    for (const [free, shown] of coarse.entries()) expect(shownFree(free, coarsely)).toBe(coarsely ? shown : free);
    expect(shownFree(10_000, coarsely)).toBe(coarsely ? 6 : 10_000);
    expect(shownFree(null, coarsely)).toBeNull();
  }
});

test('whether there is a free place is told rightly, coarsely or not', () => {
  fc.assert(
    fc.property(count, fc.boolean(), (free, coarsely) => {
      expect((shownFree(free, coarsely) ?? 0) > 0).toBe(free > 0);
    }),
  );
});
