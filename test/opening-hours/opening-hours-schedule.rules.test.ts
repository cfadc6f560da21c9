import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Attendance,
  OnHolidays,
  type OpeningRule,
  Recurrence,
  ruleOf,
  WEEK,
  Weekday,
} from '../../src/opening-hours/opening-hours.rules.js';
import { hoursFaults } from '../../src/opening-hours/opening-hours-faults.rules.js';
import {
  fromSchedule,
  type ScheduleRow,
  storableRule,
  toSchedule,
} from '../../src/opening-hours/opening-hours-schedule.rules.js';
import { tellsTimes } from '../../src/opening-hours/openings.rules.js';

const said = (row: ScheduleRow) => Object.fromEntries(Object.entries(row).filter(([, text]) => text !== null));

const EXAMPLES = new URL('../../../shared/data/hsds-3.0-examples/csv/schedules.csv', import.meta.url);

const texts = (...some: string[]) => fc.oneof(fc.constantFrom(...some), fc.constant(null), fc.string());
const rows: fc.Arbitrary<ScheduleRow> = fc.record(
  {
    id: texts('48102e86-bb50-41c4-8f1e-e269368c41d1'),
    service_id: texts('1'),
    freq: texts('WEEKLY', 'MONTHLY', 'weekly', 'FORTNIGHTLY'),
    interval: texts('1', '2', '0'),
    byday: texts('MO', 'MO,TU', '1TU,-1FR', 'MO, TU', 'Montag'),
    byweekno: texts('41,42'),
    bymonthday: texts('2,3,4', '-1', '0'),
    byyearday: texts('100'),
    dtstart: texts('2026-01-05', '20260105T090000Z', '01.05.2026'),
    until: texts('2026-06-30'),
    count: texts('3'),
    wkst: texts('MO', 'TU'),
    opens_at: texts('09:00', '9:00am', '09:00:00', '9 Uhr', '09:00:30'),
    closes_at: texts('17:00', '5:00 PM', '24:00', '17:00+01:00'),
    valid_from: texts('2026-01-01'),
    valid_to: texts('2026-12-31'),
    timezone: texts('1', '3', 'Europe/Berlin'),
    attending_type: texts('phone', 'in person or by video'),
    description: texts('Nicht an Feiertagen.'),
    notes: texts('Bitte klingeln.'),
    schedule_link: texts('https://example.org'),
    'x-own': fc.string(),
  },
  { requiredKeys: [] },
);

describe('a schedule of HSDS', () => {
  test('becomes a rule and the same schedule again, whatever it says', () => {
    fc.assert(
      fc.property(rows, row => {
        expect(said(toSchedule(fromSchedule(row)))).toEqual(said(row));
      }),
      { numRuns: 1000 },
    );
  });

  test('that cannot be a rule is kept, and opens nothing', () => {
    fc.assert(
      fc.property(rows, row => {
        const { rule, faults } = storableRule(row);
        expect(hoursFaults({ rules: [rule], exceptions: [] }).every(({ path }) => path.at(-1) === 'note')).toBe(true);
        expect(said(toSchedule(rule))).toEqual(said(row));
        if (faults.length > 0) expect(tellsTimes({ rules: [rule], exceptions: [] })).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test.each<[string, ScheduleRow, Partial<OpeningRule>]>([
    [
      'every second week',
      {
        freq: 'WEEKLY',
        interval: '2',
        byday: 'MO,WE',
        dtstart: '2026-01-05',
        opens_at: '9:00am',
        closes_at: '5.30 pm',
      },
      {
        interval: 2,
        days: [Weekday.MONDAY, Weekday.WEDNESDAY].map(weekday => ({ weekday, ordinal: null })),
        anchor: '2026-01-05',
        opens: '09:00',
        closes: '17:30',
      },
    ],
    [
      'the first and the last Friday',
      { freq: 'MONTHLY', byday: '1FR,-1FR', opens_at: '09:00:00', closes_at: '12:00:00', wkst: 'SU' },
      {
        frequency: Recurrence.MONTHLY,
        days: [1, -1].map(ordinal => ({ weekday: Weekday.FRIDAY, ordinal })),
        opens: '09:00',
        closes: '12:00',
        weekStart: Weekday.SUNDAY,
      },
    ],
    ['the earlier of two ends', { until: '2026-06-30', valid_to: '2026-12-31' }, { validTo: '2026-06-30' }],
    ['noon and midnight', { opens_at: '12:00 am', closes_at: '12:00pm' }, { opens: '00:00', closes: '12:00' }],
    ['a phone', { attending_type: 'Telefonsprechstunde' }, { attendance: Attendance.PHONE }],
    ['a note', { description: 'Mo bis Fr' }, { note: 'Mo bis Fr' }],
    ['no time', { opens_at: 'morgens', closes_at: '17:00' }, { opens: null, closes: null }],
  ])('says %s', (_, row, rule) => {
    expect(fromSchedule(row)).toMatchObject(rule);
  });

  test.each<ScheduleRow>([
    { byweekno: '41' },
    { freq: 'FORTNIGHTLY' },
    { interval: 'two' },
    { opens_at: 'morgens' },
    { byday: 'MO,X' },
    { count: 'x' },
  ])('opens nothing where %o is not understood', more => {
    const row = { freq: 'WEEKLY', interval: '1', byday: 'MO', wkst: 'MO', opens_at: '09:00', closes_at: '17:00' };
    expect(tellsTimes({ rules: [fromSchedule(row)], exceptions: [] })).toBe(true);
    expect(tellsTimes({ rules: [fromSchedule({ ...row, ...more })], exceptions: [] })).toBe(false);
  });

  test('that somebody edited says what it says now, and keeps the rest', () => {
    const rule = fromSchedule({ byday: 'MO', opens_at: '9:00am', closes_at: '5:00pm', timezone: '1' });
    expect(toSchedule({ ...rule, opens: '10:00' })).toMatchObject({
      opens_at: '10:00',
      closes_at: '5:00pm',
      timezone: '1',
    });
  });

  test.skipIf(!existsSync(EXAMPLES))('of the official examples comes back', () => {
    const examples = parse(readFileSync(EXAMPLES, 'utf8'), { columns: true }) as Record<string, string>[];
    expect(examples.length).toBeGreaterThan(0);
    for (const row of examples) expect(toSchedule(storableRule(row).rule)).toMatchObject(row);
  });
});

const days = fc.constantFrom('2026-01-05', '2026-11-22', '2028-02-29');
const ownRules: fc.Arbitrary<OpeningRule> = fc
  .record({
    frequency: fc.constantFrom(...Object.values(Recurrence)),
    interval: fc.integer({ min: 1, max: 52 }),
    days: fc.array(fc.record({ weekday: fc.constantFrom(...WEEK), ordinal: fc.option(fc.constantFrom(1, 2, 5, -1)) }), {
      maxLength: 7,
    }),
    daysOfMonth: fc.array(fc.constantFrom(1, 15, 31, -1), { maxLength: 3 }),
    anchor: fc.option(days),
    count: fc.option(fc.integer({ min: 1, max: 1000 })),
    weekStart: fc.constantFrom(...WEEK),
    times: fc.option(fc.constantFrom(['09:00', '17:30'], ['20:00', '08:00'], ['00:00', '24:00'])),
    validFrom: fc.option(days),
    validTo: fc.option(days),
    onHolidays: fc.constantFrom(...Object.values(OnHolidays)),
    attendance: fc.constantFrom(...Object.values(Attendance)),
    note: fc.option(fc.constantFrom('Bitte klingeln.', 'Haus 2, „Tresen“')),
  })
  .map(({ times, ...more }) => ruleOf({ ...more, opens: times?.[0] ?? null, closes: times?.[1] ?? null }));

test('a rule becomes a schedule and the same rule again', () => {
  fc.assert(
    fc.property(ownRules, rule => {
      expect(fromSchedule(toSchedule(rule))).toEqual(rule);
    }),
    { numRuns: 1000 },
  );
});
