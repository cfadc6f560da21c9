import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allOf, anyOf, NOTHING, rowsOf, Sql, sql, verbatim } from '../../src/shared/sql.js';
import { testHub } from '../support/hub.js';

const hub = testHub('shared_sql');
const one = async <T>(piece: Sql): Promise<T | undefined> => (await rowsOf<{ it: T }>(hub.owner(), piece))[0]?.it;

test('what stands between braces is a value, a piece is part of the text', () => {
  const piece = sql`a = ${1} and ${sql`b = ${'x'}`} or ${verbatim('true')}${NOTHING}`;
  expect([piece.text, piece.values]).toEqual(['a = ? and b = ? or true', [1, 'x']]);
});

test('of none all hold, and not any', async () => {
  expect(await one(sql`select ${allOf([])} as it`)).toBe(true);
  expect(await one(sql`select ${anyOf([])} as it`)).toBe(false);
  const [yes, no] = [sql`${1} = ${1}::int`, sql`${1} = ${2}::int`];
  expect(await one(sql`select ${allOf([yes, no])} as it`)).toBe(false);
  expect(await one(sql`select ${anyOf([no, yes])} as it`)).toBe(true);
  expect(await one(sql`select not ${anyOf([no, yes])} as it`)).toBe(false);
});

test('texts and lists of texts arrive as they are', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 }).filter(some => !/[\0\p{Surrogate}]/u.test(some));
  const odd = fc.constantFrom('', 'NULL', 'null', '{}', '{a,b}', ',', '"', '\\', '\\"', "'", '?', ' ', '\n');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(text, odd), { maxLength: 6 }), odd, async (list, single) => {
      expect(await one(sql`select ${list}::text[] as it`)).toEqual(list);
      expect(await one(sql`select ${single}::text as it`)).toBe(single);
    }),
    { numRuns: 200 },
  );
});

test('a moment arrives as that moment', async () => {
  const at = new Date('2026-03-29T01:30:00.123Z');
  expect(await one(sql`select ${at}::timestamptz = timestamptz '2026-03-29T01:30:00.123Z' as it`)).toBe(true);
  expect(new Sql('x', [1]).values).toEqual([1]);
});
