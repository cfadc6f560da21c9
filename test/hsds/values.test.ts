import { describe, expect, test } from 'vitest';
import { of } from '../../src/hsds/hsds-columns.rules.js';
import { HSDS_PROFILE } from '../../src/hsds/hsds-profile.rules.js';
import { readFlag, readValue } from '../../src/hsds/hsds-values.rules.js';

const read = (type: Parameters<typeof of>[0], value: string, more = {}) => {
  const found = readValue(of(type, more), value);
  return found && [found.value, found.rewritten];
};

describe('values of feeds', () => {
  test.each([
    ['10:00', '10:00', false],
    ['10:00:00', '10:00', false],
    ['10:00:30', '10:00:30', false],
    ['9:00am', '09:00', true],
    ['9am', '09:00', true],
    ['9 a.m.', '09:00', true],
    ['4:00 PM', '16:00', true],
    ['12:30am', '00:30', true],
    ['12pm', '12:00', true],
    ['9.30 Uhr', '09:30', true],
    ['9 Uhr', '09:00', true],
    ['8:00', '08:00', true],
    ['24:00', '24:00', false],
    ['10:00+01:00', '10:00', true],
    ['noon', '12:00', true],
  ])('the time %s', (given, value, rewritten) => expect(read('time', given)).toEqual([value, rewritten]));

  test.each(['9', '25:00', '13pm', '0am', '10:61', '24:01', 'morgens', '10:00 am Montag'])('%s is no time', given =>
    expect(read('time', given)).toBeNull(),
  );

  test.each([
    ['2024-02-29', '2024-02-29', false],
    ['2024-02-29T10:00:00Z', '2024-02-29', true],
    ['29.2.2024', '2024-02-29', true],
    ['12/31/2024', '2024-12-31', true],
    ['31/12/2024', '2024-12-31', true],
    ['1/2/03', '2003-01-02', true],
    ['1/2/70', '1970-01-02', true],
    ['20241231', '2024-12-31', true],
    ['January 01, 0001', '0001-01-01', true],
    ['December 3rd, 2024', '2024-12-03', true],
    ['3. März 2024', '2024-03-03', true],
  ])('the date %s', (given, value, rewritten) => expect(read('date', given)).toEqual([value, rewritten]));

  test.each(['2023-02-29', '2024-13-01', '31.11.2024', '13/13/2024', 'heute', '0', 'Smarch 1, 2024'])(
    '%s is no date',
    given => expect(read('date', given)).toBeNull(),
  );

  test.each([
    ['datetime', '2024-01-01T10:00:00.000Z', '2024-01-01T10:00:00.000Z', false],
    ['datetime', '2024-01-01T10:00:00+02:00', '2024-01-01T08:00:00.000Z', false],
    ['datetime', '2024-01-01 10:00', '2024-01-01T10:00:00.000Z', true],
    ['datetime', '2024-01-01', '2024-01-01T00:00:00.000Z', true],
    ['number', '51.48', 51.48, false],
    ['number', '51,48', 51.48, true],
    ['number', '-0', -0, false],
    ['integer', '3', 3, false],
    ['year', 'January 01, 1970', 1970, true],
    ['zone', '+05:30', 5.5, true],
    ['zone', '-1', -1, false],
    ['days', 'TH,FR', 'TH,FR', false],
    ['days', 'Monday, Dienstag', 'MO,TU', true],
    ['days', '-1FR,2MO', '-1FR,2MO', false],
    ['numbers', '2, 3', '2,3', true],
    ['url', 'https://example.org/a?b=c', 'https://example.org/a?b=c', false],
    ['url', 'www.example.org', 'http://www.example.org', true],
    ['email', 'a@example.org', 'a@example.org', false],
    ['email', 'mailto:a@example.org', 'a@example.org', true],
    ['phone', '"+49 234 1"', '+49 234 1', true],
    ['currency', '€', 'EUR', true],
    ['currency', 'EUR', 'EUR', false],
    ['country', 'de', 'DE', true],
  ] as const)('%s %s', (type, given, value, rewritten) => expect(read(type, given)).toEqual([value, rewritten]));

  test.each([
    ['number', '12 Plätze'],
    ['number', '0x10'],
    ['number', '1e999'],
    ['number', '1,234,567'],
    ['integer', '1.5'],
    ['url', 'javascript:alert(1)'],
    ['url', 'data:text/html,x'],
    ['url', 'siehe oben'],
    ['url', 'http://'],
    ['email', 'a@b'],
    ['email', 'a@b@c.de'],
    ['phone', '-'],
    ['country', 'Deutschland'],
    ['days', 'MO,XX'],
    ['numbers', '400'],
    ['datetime', '2024-01-01T25:00Z'],
  ] as const)('%s %s is none', (type, given) => expect(read(type, given)).toBeNull());

  test('flags', () => {
    expect(['yes', 'Ja', 'TRUE', '1', 'x'].map(readFlag)).toEqual([true, true, true, true, true]);
    expect(['no', 'nein', 'false', '0', ''].map(readFlag)).toEqual([false, false, false, false, false]);
    expect(readFlag('vielleicht')).toBeNull();
  });
});

describe('the profile', () => {
  test('refers to columns that are there', () => {
    for (const [table, { lists, objects, key, columns }] of Object.entries(HSDS_PROFILE)) {
      for (const { table: to, column } of Object.values(lists))
        expect(HSDS_PROFILE[to].columns, table).toHaveProperty(column);
      for (const { column } of Object.values(objects)) expect(columns, table).toHaveProperty(column);
      for (const column of key ?? []) expect(columns, table).toHaveProperty(column);
    }
  });

  test('knows what came with 3.1', () => {
    const tables = Object.entries(HSDS_PROFILE).filter(([, one]) => one.since);
    const columns = Object.entries(HSDS_PROFILE).flatMap(([table, one]) =>
      Object.entries(one.columns).flatMap(([name, { since }]) => (since ? [`${table}.${name}`] : [])),
    );
    expect(tables.map(([name]) => name)).toEqual(['units', 'service_capacity', 'url']);
    expect(columns).toEqual(['service_areas.service_at_location_id', 'attributes.label']);
  });
});
