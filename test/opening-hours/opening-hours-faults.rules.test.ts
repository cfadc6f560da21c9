import { expect, test } from 'vitest';
import {
  Attendance,
  exceptionOf,
  OnHolidays,
  type OpeningRule,
  Recurrence,
  ruleOf,
  storedHours,
  WEEK,
  Weekday,
} from '../../src/opening-hours/opening-hours.rules.js';
import { hoursFaults, someHours } from '../../src/opening-hours/opening-hours-faults.rules.js';
import type { JsonValue } from '../../src/record/record.rules.js';

const MONDAY = [{ weekday: Weekday.MONDAY, ordinal: null }];
const DOOR = Attendance.OPEN_DOOR;
const plain: Partial<OpeningRule> = { days: MONDAY, opens: '09:00', closes: '12:00' };

const pathsOf = (...rules: Partial<OpeningRule>[]) =>
  hoursFaults({ rules: rules.map(ruleOf), exceptions: [] }).map(({ path }) => path.join('.'));

test.each<[string, Partial<OpeningRule>]>([
  ['on a day of the week', plain],
  ['over midnight, 13 hours long', { ...plain, opens: '20:00', closes: '09:00' }],
  ['all day', { ...plain, opens: '00:00', closes: '24:00' }],
  ['every second week from a day on', { ...plain, interval: 2, anchor: '2026-01-05' }],
  ['every second week from the first day on which it holds', { ...plain, interval: 2, validFrom: '2026-01-05' }],
  ['each day', { ...plain, days: [], frequency: Recurrence.DAILY }],
  ['on the last Monday', { ...plain, frequency: Recurrence.MONTHLY, days: [{ weekday: Weekday.MONDAY, ordinal: -1 }] }],
  ['without times, with a word', { note: 'nach Vereinbarung' }],
])('a rule %s is free of faults', (_, rule) => {
  expect(pathsOf(rule)).toEqual([]);
});

test.each<[string, Partial<OpeningRule>, string]>([
  ['opens and never closes', { ...plain, closes: null }, 'closes'],
  ['closes and never opens', { ...plain, opens: null }, 'opens'],
  ['opens at no time', { ...plain, opens: '9 Uhr' }, 'opens'],
  ['opens at the end of the day', { ...plain, opens: '24:00' }, 'opens'],
  ['closes at no time', { ...plain, closes: '25:00' }, 'closes'],
  ['closes when it opens', { ...plain, closes: '09:00' }, 'closes'],
  ['has its times the wrong way round', { ...plain, opens: '16:00', closes: '09:00' }, 'closes'],
  ['says nothing', {}, 'note'],
  ['says blanks', { note: '  ' }, 'note'],
  ['says too much', { ...plain, note: 'x'.repeat(501) }, 'note'],
  ['names no day', { ...plain, days: [] }, 'days'],
  ['names a day twice', { ...plain, days: [...MONDAY, ...MONDAY] }, 'days'],
  ['names the first Monday of a week', { ...plain, days: [{ weekday: Weekday.MONDAY, ordinal: 1 }] }, 'days'],
  [
    'names the 6th Monday',
    { ...plain, frequency: Recurrence.MONTHLY, days: [{ weekday: Weekday.MONDAY, ordinal: 6 }] },
    'days',
  ],
  [
    'names the 0th Monday',
    { ...plain, frequency: Recurrence.MONTHLY, days: [{ weekday: Weekday.MONDAY, ordinal: 0 }] },
    'days',
  ],
  ['names the 32nd', { ...plain, frequency: Recurrence.MONTHLY, days: [], daysOfMonth: [32] }, 'daysOfMonth'],
  ['names days of the month in a week', { ...plain, daysOfMonth: [1] }, 'daysOfMonth'],
  ['comes every 0th week', { ...plain, interval: 0 }, 'interval'],
  ['comes every 53rd week', { ...plain, interval: 53, anchor: '2026-01-05' }, 'interval'],
  ['comes every second week, from when?', { ...plain, interval: 2 }, 'anchor'],
  ['comes three times, from when?', { ...plain, count: 3, validFrom: '2026-01-05' }, 'anchor'],
  ['comes never', { ...plain, count: 0, anchor: '2026-01-05' }, 'count'],
  ['ends before it begins', { ...plain, validFrom: '2026-02-01', validTo: '2026-01-31' }, 'validTo'],
  ['begins on no day', { ...plain, validFrom: '2026-02-29' }, 'validFrom'],
  ['begins in the year 1', { ...plain, anchor: '0001-01-01' }, 'anchor'],
])('a rule that %s has this fault', (_, rule, path) => {
  expect(pathsOf(plain, { ...rule, attendance: Attendance.PHONE })).toEqual([`rules.1.${path}`]);
});

test.each<[string, Partial<OpeningRule>, boolean]>([
  ['the same', {}, true],
  ['later, touching it', { opens: '12:00', closes: '13:00' }, false],
  ['later, overlapping', { opens: '11:59', closes: '13:00' }, true],
  ['on another day', { days: [{ weekday: Weekday.TUESDAY, ordinal: null }] }, false],
  ['the night before', { days: [{ weekday: Weekday.SUNDAY, ordinal: null }], opens: '21:00', closes: '09:01' }, true],
  [
    'the night before, until it opens',
    { days: [{ weekday: Weekday.SUNDAY, ordinal: null }], opens: '21:00', closes: '09:00' },
    false,
  ],
  ['by phone', { attendance: Attendance.PHONE }, false],
  ['on holidays alone', { onHolidays: OnHolidays.ONLY }, false],
  ['when it holds no longer', { validFrom: '2026-07-01' }, false],
  ['on its last day', { validFrom: '2026-06-30' }, true],
  ['every second week, which only a calendar could tell', { interval: 2, anchor: '2026-01-05' }, false],
])('another rule %s overlaps: %#', (_, more, overlaps) => {
  const until = { ...plain, validTo: '2026-06-30' };
  expect(pathsOf(until, { ...plain, ...more })).toEqual(overlaps ? ['rules.1'] : []);
});

test('exceptions are of days in their order, with hours that are some, once', () => {
  const hours = [{ opens: '09:00', closes: '12:00', attendance: DOOR }];
  const faults = hoursFaults({
    rules: [],
    exceptions: [
      exceptionOf({ from: '2026-12-24', until: '2027-01-01', reason: 'Betriebsferien' }),
      exceptionOf({ from: '2026-12-28', hours }),
      exceptionOf({ from: '2026-12-28' }),
      exceptionOf({ from: '2026-12-31', until: '2026-12-30' }),
      exceptionOf({ from: '2026-11-16', until: '2026-11-20', weekdays: [Weekday.MONDAY] }),
      exceptionOf({ from: '2026-11-16', until: '2026-11-20', weekdays: [Weekday.FRIDAY] }),
      exceptionOf({ from: '2026-10-01', hours: [...hours, { opens: '11:00', closes: '13:00', attendance: DOOR }] }),
      exceptionOf({ from: '2026-10-02', hours: [{ opens: '12:00', closes: '12:00', attendance: DOOR }] }),
      exceptionOf({ from: '2026-10-03', reason: 'x'.repeat(201) }),
    ],
  });
  expect(faults.map(({ path }) => path.join('.'))).toEqual([
    'exceptions.3.until',
    'exceptions.6.hours.1',
    'exceptions.7.hours.0.closes',
    'exceptions.8.reason',
    'exceptions.2',
  ]);
  expect(faults.every(({ message }) => /^[A-ZÄÖÜ].*\.$/.test(message))).toBe(true);
});

test('there are 50 rules and 200 exceptions at most', () => {
  const many = WEEK.flatMap(weekday =>
    Array.from({ length: 8 }, (_, i) => ({
      days: [{ weekday, ordinal: null }],
      opens: `${10 + i}:00`,
      closes: `${10 + i}:30`,
    })),
  );
  expect(pathsOf(...many.slice(0, 50))).toEqual([]);
  expect(pathsOf(...many.slice(0, 51))).toEqual(['rules']);
  const days = Array.from({ length: 201 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
  const exceptions = days.map(from => exceptionOf({ from }));
  expect(hoursFaults({ rules: [], exceptions: exceptions.slice(0, 200) })).toEqual([]);
  expect(hoursFaults({ rules: [], exceptions }).map(({ path }) => path)).toEqual([['exceptions']]);
});

test.each<[string, JsonValue]>([
  ['no list', { rules: [] }],
  ['something else', ['Mo 9–12']],
  ['of no kind', [{ days: MONDAY }]],
  ['with a word of its own', [{ kind: 'RULE', opens: '09:00', closes: '12:00', days: MONDAY, lunch: true }]],
  ['with a number for a time', [{ kind: 'RULE', opens: 9, closes: 12, days: MONDAY }]],
  [
    'with a day of another language',
    [{ kind: 'RULE', opens: '09:00', closes: '12:00', days: [{ weekday: 'Montag' }] }],
  ],
  ['with an exception without a day', [{ kind: 'EXCEPTION', until: '2026-01-01' }]],
  ['with what is wrong in itself', [{ kind: 'RULE', opens: '09:00', days: MONDAY }]],
])('a stored value %s is a fault', (_, value) => {
  expect(someHours(value, ['openingHours']).length).toBeGreaterThan(0);
});

test('a stored value that is whole is free of faults', () => {
  const rules = [ruleOf({ ...plain, other: [{ column: 'x', text: null, insteadOf: '1', understood: true }] })];
  const exceptions = [
    exceptionOf({ from: '2026-01-01', hours: [{ opens: '09:00', closes: '10:00', attendance: DOOR }] }),
  ];
  expect(someHours(storedHours({ rules, exceptions }), ['openingHours'])).toEqual([]);
  expect(someHours([], [])).toEqual([]);
});
