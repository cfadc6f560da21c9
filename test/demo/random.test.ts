import { describe, expect, test } from 'vitest';
import { demoId, Random } from '../../src/demo/random.js';

const many = (name: string, count = 5_000): number[] => {
  const random = new Random(name);
  return Array.from({ length: count }, () => random.next());
};

describe('Random', () => {
  test('the name decides the stream', () => {
    expect(many('a', 20)).toEqual(many('a', 20));
    expect(many('a', 20)).not.toEqual(many('b', 20));
  });

  test('numbers lie in [0, 1), evenly', () => {
    const numbers = many('even');
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = numbers.filter(number => Math.floor(number * 10) === tenth).length / numbers.length;
      expect(share).toBeCloseTo(0.1, 1);
    }
  });

  test('whole numbers reach both ends and nothing beyond', () => {
    const random = new Random('int');
    const drawn = Array.from({ length: 500 }, () => random.int(3, 6));
    expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6]));
  });

  test('weights count, and a weight of 0 is never drawn', () => {
    const random = new Random('weighted');
    const drawn = Array.from({ length: 4_000 }, () =>
      random.weighted([
        ['never', 0],
        ['often', 3],
        ['seldom', 1],
      ]),
    );
    expect(drawn).not.toContain('never');
    expect(drawn.filter(one => one === 'often').length / drawn.length).toBeCloseTo(0.75, 1);
  });

  test('some: different ones, in the order of the list, all of it at most', () => {
    const random = new Random('some');
    for (let i = 0; i < 50; i++) {
      const taken = random.some(['a', 'b', 'c', 'd'], 2);
      expect(taken).toHaveLength(2);
      expect(taken).toEqual([...new Set(taken)].sort());
    }
    expect(random.some(['a', 'b'], 5)).toEqual(['a', 'b']);
  });

  test('nothing to pick from is a bug', () => {
    expect(() => new Random('x').pick([])).toThrow('Nothing to pick from');
    expect(() => new Random('x').weighted([])).toThrow('Nothing to pick from');
  });
});

test('ids are UUIDs of version 5, one for each name', () => {
  expect(demoId('partner/a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(demoId('partner/a')).toBe(demoId('partner/a'));
  expect(demoId('partner/a')).not.toBe(demoId('partner/b'));
});
