import { expect, test } from 'vitest';
import {
  isOccupation,
  occupationAbove,
  occupationName,
  occupationsBelow,
} from '../../src/occupation/occupation.rules.js';
import { OCCUPATIONS } from '../../src/occupation/occupations.data.js';

test('there are ten areas and 37 main groups, each of an area, in their order', () => {
  const codes = OCCUPATIONS.map(({ code }) => code);
  expect(codes.filter(code => code.length === 1)).toEqual([...'0123456789']);
  expect(codes.filter(code => code.length === 2)).toHaveLength(37);
  expect([...codes].sort()).toEqual(codes);
  expect(new Set(OCCUPATIONS.flatMap(({ de, en }) => [de, en])).size).toBe(2 * codes.length);
});

test.each(['0', '01', '5', '54', '541', '5410', '54101', '82104', '01104'])('%s is a code', code => {
  expect(isOccupation(code)).toBe(true);
});

test.each(['', '10', '02', '99', '540', '54105', '54100', '541012', '5 4', '５４', 'Koch', '-1'])(
  '%s is none',
  code => {
    expect(isOccupation(code)).toBe(false);
  },
);

test('a code below the main groups has the label of its group, with the code', () => {
  expect(occupationName('54')).toMatchObject({ de: 'Reinigung', en: 'Cleaning' });
  expect(occupationName('54101')).toEqual({ de: 'Reinigung (54101)', en: 'Cleaning (54101)' });
  expect(occupationAbove('54101')).toBe('5410');
  expect(occupationAbove('5')).toBeNull();
  expect(occupationsBelow('5')).toEqual(['51', '52', '53', '54']);
  expect(occupationsBelow('54')).toEqual([]);
});
