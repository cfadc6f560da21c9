import { expect, test } from 'vitest';
import { rateLimit } from '../../src/http/rate-limit.js';

/** A limit on a clock of its own. */
function limited(most: number, within: number) {
  let now = 5_000;
  const count = rateLimit({ most, within }, () => now);
  return {
    wait: (ms: number) => {
      now += ms;
    },
    ask: (caller: string): number | null => count(caller),
  };
}

test('takes so many of one caller, and tells her how long to wait', () => {
  const { ask, wait } = limited(3, 10_000);
  expect([1, 2, 3, 4].map(() => ask('a'))).toEqual([null, null, null, 10]);
  expect(ask('b')).toBe(null);
  wait(7_500);
  expect(ask('a')).toBe(3);
  wait(2_499);
  expect(ask('a')).toBe(1);
  wait(1);
  expect([1, 2, 3, 4].map(() => ask('a'))).toEqual([null, null, null, 10]);
});

test('remembers a bounded number of callers, and forgets the oldest first', () => {
  const { ask } = limited(1, 10_000);
  ask('first');
  for (let i = 0; i < 9_999; i++) ask(`caller ${i}`);
  expect(ask('first')).toBe(10);
  ask('one more');
  expect(ask('caller 0')).toBe(10);
  expect(ask('first')).toBe(null);
});
