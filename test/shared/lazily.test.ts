import { expect, it } from 'vitest';
import { lazily } from '../../src/shared/lazily.js';

it('makes a property when it is first read, once for each object, and tells the makers what they are given', () => {
  const made: string[] = [];
  const make = lazily<[name: string], { readonly base: { readonly of: string } }>()({
    base: name => {
      made.push(`base of ${name}`);
      return { of: name };
    },
    other: (name, own) => {
      made.push(`other of ${name}`);
      return own.base;
    },
    never: () => made.push('never'),
  });
  const [a, b] = [make('a'), make('b')];
  expect(made).toEqual([]);
  expect(a.other).toBe(a.base);
  expect(a.other).toBe(a.other);
  expect(b.base).toEqual({ of: 'b' });
  expect(made).toEqual(['other of a', 'base of a', 'base of b']);
});
