import { parseValue } from 'graphql';
import { describe, expect, test } from 'vitest';
import { Cents } from '../../src/shared/scalars.js';

describe('money', () => {
  test.each([[0], [1], [-1], [38_000_000], [1_000_000_000_000]])('%d cents come in and go out', amount => {
    expect(Cents.parseValue(amount)).toBe(amount);
    expect(Cents.parseLiteral(parseValue(String(amount)))).toBe(amount);
    expect(Cents.serialize(amount)).toBe(amount);
  });

  test.each([[0.5], ['100'], [1_000_000_000_001], [true], [null], [{}], [1e21], [Number.NaN]])('%j is none', value => {
    expect(() => Cents.parseValue(value)).toThrow('This is no Cents.');
  });

  test.each([['1.0'], ['"100"'], ['1000000000001'], ['true']])('the literal %s is none', literal => {
    expect(() => Cents.parseLiteral(parseValue(literal))).toThrow('This is no Cents.');
  });

  test('a bigint of the database goes out exactly, or not at all', () => {
    expect(Cents.serialize('9007199254740991')).toBe(9_007_199_254_740_991);
    for (const value of ['9007199254740993', '0.5', 'viel'])
      expect(() => Cents.serialize(value)).toThrow('whole number');
  });
});
