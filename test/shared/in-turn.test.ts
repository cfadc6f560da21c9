import { expect, test } from 'vitest';
import { inTurn } from '../../src/shared/in-turn.js';

test('between long sums everybody else has a turn, they come in order, and one that fails stops no other', async () => {
  const seen: string[] = [];
  const others = (async () => {
    for (let i = 0; i < 20; i++) {
      await new Promise(resolve => setImmediate(resolve));
      seen.push('other');
    }
  })();
  const sums = ['a', 'b', 'c'].map(name =>
    inTurn(() => {
      seen.push(name);
      if (name === 'b') throw new Error('a sum that fails');
      return name;
    }),
  );
  expect((await Promise.allSettled(sums)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  await others;
  const order = seen.filter(one => one !== 'other');
  expect(order).toEqual(['a', 'b', 'c']);
  for (const [one, next] of [
    ['a', 'b'],
    ['b', 'c'],
  ] as const)
    expect(seen.slice(seen.indexOf(one), seen.indexOf(next))).toContain('other');
});
