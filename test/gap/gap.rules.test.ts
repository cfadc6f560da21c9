import { expect, test } from 'vitest';
import { GapReason, gapOfDecline, shownEvents } from '../../src/gap/gap.rules.js';
import { DeclineReason } from '../../src/referral/referral-reasons.rules.js';
import { monthOf } from '../../src/shared/calendar.rules.js';

test('six reasons of declines enter the register, as themselves', () => {
  const entering = Object.values(DeclineReason).filter(reason => gapOfDecline(reason) !== null);
  expect(entering).toEqual([
    'NO_CAPACITY',
    'WAITLIST_FULL',
    'NOT_ELIGIBLE',
    'OUT_OF_AREA',
    'LANGUAGE_NOT_AVAILABLE',
    'NOT_ACCESSIBLE',
  ]);
  for (const reason of entering) expect(gapOfDecline(reason)).toBe(reason);
  const others = [GapReason.NO_ANSWER, GapReason.NO_SERVICE];
  expect(Object.values(GapReason)).toEqual([...entering, ...others]);
});

test('a month is named by its first day', () => {
  expect(['2026-01-01', '2026-01-31', '2026-12-09'].map(monthOf)).toEqual(['2026-01-01', '2026-01-01', '2026-12-01']);
});

test.each([
  [{ events: 2, withheld: 0, withheldIn: '2026-03-01' }, 2, 2],
  [{ events: 0, withheld: 3, withheldIn: '2026-03-01' }, 0, 3],
  [{ events: 2, withheld: 3, withheldIn: '2026-03-01' }, 2, 5],
  [{ events: 2, withheld: -1, withheldIn: '2026-03-01' }, 2, 1],
])('of %j March shows %i, and April %i', (count, march, april) => {
  expect(['2026-03-01', '2026-04-01', '2027-01-01'].map(month => shownEvents(count, month))).toEqual([
    march,
    april,
    april,
  ]);
});
