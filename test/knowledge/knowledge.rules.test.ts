import { expect, test } from 'vitest';
import { lastHalfYear, shownReferrals } from '../../src/knowledge/knowledge.rules.js';

const shown = (counted: Record<string, number>, codes = ['a', 'b', 'c']) => [
  ...shownReferrals(
    Object.entries(counted).map(([topics, count]) => ({ topics: topics.split(''), count })),
    codes,
    5,
  ).values(),
];

test.each<[string, Record<string, number>, (number | null)[]]>([
  ['nothing', {}, [null, null, null]],
  ['enough of each', { a: 5, b: 6, c: 70 }, [5, 6, 70]],
  ['too few of one', { a: 4, b: 5 }, [null, 5, null]],
  ['a topic counts all referrals that concern it', { a: 3, ab: 3, b: 5, c: 5 }, [6, 8, 5]],
  ['all of one concern another, of which few more do', { ab: 6, a: 4 }, [10, null, null]],
  ['all of one concern another, of which enough more do', { ab: 6, a: 5 }, [11, 6, null]],
  ['the same referrals', { ab: 6 }, [6, 6, null]],
  ['one within the next', { abc: 6, ab: 3, a: 3 }, [12, null, 6]],
  ['few more of the first, and of the second beside it', { ab: 6, b: 2, c: 9 }, [null, 8, 9]],
])('referrals by topic: %s', (_name, counted, told) => {
  expect(shown(counted)).toEqual(told);
});

test.each([
  ['2026-01-01', '2025-07-01', '2025-12-31'],
  ['2026-06-30', '2025-07-01', '2025-12-31'],
  ['2026-07-01', '2026-01-01', '2026-06-30'],
  ['2026-12-31', '2026-01-01', '2026-06-30'],
  ['0099-08-01', '0099-01-01', '0099-06-30'],
  ['0100-02-01', '0099-07-01', '0099-12-31'],
  ['0001-03-01', '0001-07-01', '0001-12-31'],
])('the last half-year over by %s', (day, from, until) => {
  expect(lastHalfYear(day)).toEqual({ from, until });
});
