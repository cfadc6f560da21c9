import { expect, test } from 'vitest';
import { rowsOf, sql, verbatim } from '../../src/shared/sql.js';
import { firstOfTiers } from '../../src/shared/tiers.js';
import { testHub } from '../support/hub.js';

const hub = testHub('tiers');

const numbers = (from: number, to: number) => sql`select n from generate_series(${from}::int, ${to}::int) as n`;
/** Whoever reads a row of it fails. */
const UNREAD = sql`select 1 / (n - n) as n from generate_series(7, 9) as n`;
const first = async (parts: Parameters<typeof firstOfTiers>[0], limit: number) =>
  (await rowsOf<{ n: number }>(hub.owner(), firstOfTiers(parts, 't', 't.n', limit, 'n'))).map(({ n }) => n);

test.each([
  [1, [1]],
  [3, [1, 2, 3]],
  [5, [1, 2, 3, 4, 5]],
  [9, [1, 2, 3, 4, 5, 6]],
])('of three parts the first %i rows', async (limit, expected) => {
  expect(await first([numbers(1, 2), numbers(3, 3), numbers(4, 6)], limit)).toEqual(expected);
});

test('a part is not looked into where those before it have enough rows', async () => {
  expect(await first([numbers(1, 2), numbers(3, 6), UNREAD], 6)).toEqual([1, 2, 3, 4, 5, 6]);
  await expect(first([numbers(1, 2), numbers(3, 6), UNREAD], 7)).rejects.toThrow('division by zero');
});

test('values of a request stay values', async () => {
  const part = sql`select n, ${"'; drop table partner; --"}::text as said from ${verbatim('generate_series(1, 2)')} as n`;
  expect(await first([part, part], 3)).toEqual([1, 1, 2]);
});
