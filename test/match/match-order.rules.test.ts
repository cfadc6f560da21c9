import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRanks, rankOf, tieBreak } from '../../src/match/match-order.rules.js';

const DRAW = { secret: 'secret', day: '2026-06-10', question: 'q' };
const services = Array.from({ length: 50 }, (_, i) => `service-${i}`);

test('the score counts in hundredths, best first', () => {
  const ranks = [0.61, 0.999, 0.6199, 1, 0].map(score => rankOf(score, DRAW, 'a'));
  expect(ranks.map(rank => rank.bucket)).toEqual([61, 99, 61, 100, 0]);
  expect([...ranks].sort(compareRanks).map(rank => rank.bucket)).toEqual([100, 99, 61, 61, 0]);
});

test('equals are drawn by lot: the same all day, for the same question, on every hub with the secret', () => {
  const order = (draw: typeof DRAW) =>
    [...services].sort((a, b) => compareRanks(rankOf(0.5, draw, a), rankOf(0.5, draw, b)));
  expect(order(DRAW)).toEqual(order({ ...DRAW }));
  for (const other of [{ day: '2026-06-11' }, { question: 'r' }, { secret: 'another' }])
    expect(order({ ...DRAW, ...other })).not.toEqual(order(DRAW));
});

test('nobody is favoured: over many days each of two stands first about as often', () => {
  const wins = Array.from({ length: 1000 }, (_, day) => {
    const draw = { ...DRAW, day: `day ${day}` };
    return tieBreak(draw, 'a') < tieBreak(draw, 'b');
  });
  expect(wins.filter(Boolean).length).toBeGreaterThan(430);
  expect(wins.filter(Boolean).length).toBeLessThan(570);
});

test('the parts of a draw cannot be shifted into one another', () => {
  expect(tieBreak({ ...DRAW, question: 'q"' }, 's')).not.toBe(tieBreak(DRAW, '"s'));
  expect(tieBreak({ ...DRAW, day: 'ab', question: 'c' }, 's')).not.toBe(
    tieBreak({ ...DRAW, day: 'a', question: 'bc' }, 's'),
  );
});

test('the order is a total one', () => {
  const rank = fc.record({ bucket: fc.nat(3), tieBreak: fc.constantFrom('a', 'b', 'c') });
  fc.assert(
    fc.property(rank, rank, rank, (a, b, c) => {
      expect(Math.sign(compareRanks(a, b)) + Math.sign(compareRanks(b, a))).toBe(0);
      if (compareRanks(a, b) <= 0 && compareRanks(b, c) <= 0) expect(compareRanks(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});
