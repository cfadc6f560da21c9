import { describe, expect, it } from 'vitest';
import {
  municipalityKeyOf,
  placeFault,
  readCount,
  readDecimal,
  readKey,
} from '../../src/geography/geo-values.rules.js';

describe('keys', () => {
  it.each([
    ['05334002', 8, '05334002', false],
    ['5334002', 8, '05334002', true],
    [' 05 3 34 002', 8, '05334002', true],
    ['5334002.0', 8, '05334002', true],
    ['09162000', 8, '09162000', false],
    ['16077001', 8, '16077001', false],
    ['5334', 5, '05334', true],
    ['053340002002', 12, '053340002002', false],
  ] as const)('%j of %i digits is %s', (text, digits, key, mended) => {
    expect(readKey(text, digits)).toEqual({ key, mended });
  });

  it.each([
    ['', 8],
    ['533400', 8],
    ['053340021', 8],
    ['17000000', 8],
    ['00000000', 8],
    ['0533400x', 8],
    ['5,33E+06', 8],
    ['-5334002', 8],
  ] as const)('%j is none of %i digits', (text, digits) => {
    expect(readKey(text, digits)).toBeNull();
  });

  it('of a municipality by its regional key', () => {
    expect(municipalityKeyOf('053340002002')).toBe('05334002');
    expect(municipalityKeyOf('073395003054')).toBe('07339054');
  });
});

describe('counts', () => {
  it.each([
    ['618685', 618685],
    ['618.685', 618685],
    ['618,685', 618685],
    ['18.034.454', 18034454],
    ['618 685', 618685],
    ['618\u00a0685', 618685],
    ["618'685", 618685],
    ['618685.0', 618685],
    ['0', 0],
    ['-', 0],
    ['–', 0],
    ['', null],
    ['.', null],
    ['*', null],
    ['/', null],
    ['...', null],
    ['x', null],
  ])('%j is %j', (text, count) => {
    expect(readCount(text)).toBe(count);
  });

  it.each(['12.5', '1.23', '-5', '1e3', 'viele', '99999999999', '1.2345', '12,34,567'])('%j is none', text => {
    expect(readCount(text)).toBeUndefined();
  });
});

describe('decimal numbers', () => {
  it.each([
    ['217.41', 217.41],
    ['217,41', 217.41],
    ['1.217,41', 1217.41],
    ['1,217.41', 1217.41],
    ['1 217,41', 1217.41],
    ['1.234.567', 1234567],
    ['51,22422', 51.22422],
    ['6', 6],
    ['-6,5', -6.5],
    ['', null],
    ['.', null],
  ])('%j is %j', (text, number) => {
    expect(readDecimal(text)).toBe(number);
  });

  it.each(['51°13', '12.34,5,6', '1.23,4.5', 'Infinity', '0x10', '1e5', '5.', ',5'])('%j is none', text => {
    expect(readDecimal(text)).toBeUndefined();
  });
});

it.each([
  [51.22, 6.78, null],
  [6.78, 51.22, 'SWAPPED_COORDINATES'],
  [0, 0, 'OUT_OF_RANGE'],
  [100, 7, 'OUT_OF_RANGE'],
  [5_680_000, 344_000, 'OUT_OF_RANGE'],
  [Number.NaN, 7, 'OUT_OF_RANGE'],
])('latitude %d, longitude %d: %s', (latitude, longitude, fault) => {
  expect(placeFault({ latitude, longitude })).toBe(fault);
});
