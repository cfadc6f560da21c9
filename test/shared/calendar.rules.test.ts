import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  addWorkingDays,
  berlinDay,
  daysBetween,
  endOfBerlinDay,
  isWorkingDay,
  startOfBerlinDay,
  workingDaysBetween,
} from '../../src/shared/calendar.rules.js';

const moments = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2035-12-31T00:00:00Z'),
  noInvalidDate: true,
});

// A second implementation to compare with: naive, slow, and of other parts (Gauss's Easter, Intl instead of luxon).
const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'medium' });
const dayOf = (at: Date): string => CLOCK.format(at).slice(0, 10);
const timeOf = (at: Date): string => CLOCK.format(at).slice(11);

function easter(year: number): number {
  const century = Math.floor(year / 100);
  const moon = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const d = (19 * (year % 19) + moon) % 30;
  const border = 21 + d - Math.floor((d + Math.floor((year % 19) / 11)) / 29);
  const sun = 7 - ((year + Math.floor(year / 4) + 2 - Math.floor((3 * century + 3) / 4)) % 7);
  return Date.UTC(year, 2, border + 7 - ((border - sun) % 7));
}

function naiveWorkingDay(day: string): boolean {
  const noon = new Date(`${day}T12:00:00Z`);
  const offset = Math.round((Date.parse(`${day}T00:00:00Z`) - easter(noon.getUTCFullYear())) / 86_400_000);
  const fixed = ['01-01', '05-01', '10-03', '11-01', '12-25', '12-26'].includes(day.slice(5));
  return ![0, 6].includes(noon.getUTCDay()) && !fixed && ![-2, 1, 39, 50, 60].includes(offset);
}

function naiveCount(a: Date, b: Date): number {
  const days = new Set<string>();
  for (let at = a.getTime(); at < b.getTime(); at += 3_600_000) days.add(dayOf(new Date(at)));
  days.add(dayOf(b));
  days.delete(dayOf(a));
  return [...days].filter(naiveWorkingDay).length;
}

test.each([
  ['2026-06-04', 'Fronleichnam'],
  ['2027-11-01', 'Allerheiligen'],
  ['2026-04-03', 'Karfreitag'],
  ['2026-04-06', 'Ostermontag'],
  ['2026-05-14', 'Christi Himmelfahrt'],
  ['2026-05-25', 'Pfingstmontag'],
  ['2026-01-01', 'Neujahr'],
  ['2026-05-01', 'Tag der Arbeit'],
  ['2029-10-03', 'Tag der Deutschen Einheit'],
  ['2026-12-25', 'Weihnachten'],
  ['2028-12-26', 'zweiter Weihnachtstag'],
  ['2026-06-06', 'ein Samstag'],
  ['2026-06-07', 'ein Sonntag'],
])('%s is no working day: %s', day => {
  expect(isWorkingDay(day)).toBe(false);
});

test.each([
  ['2028-01-06', 'Heilige Drei Könige, elsewhere'],
  ['2025-08-15', 'Mariä Himmelfahrt, elsewhere'],
  ['2025-10-31', 'Reformationstag, elsewhere'],
  ['2026-12-24', 'Heiligabend'],
  ['2026-06-05', 'the bridge day after Fronleichnam'],
])('%s is a working day here: %s', day => {
  expect(isWorkingDay(day)).toBe(true);
});

test.each([
  ['Monday to Thursday', '2026-06-08T09:30:00+02:00', 3, '2026-06-11T09:30:00+02:00'],
  ['over a weekend', '2026-06-12T16:00:00+02:00', 1, '2026-06-15T16:00:00+02:00'],
  ['from a Saturday', '2026-06-13T16:00:00+02:00', 1, '2026-06-15T16:00:00+02:00'],
  ['over Fronleichnam', '2026-06-03T10:00:00+02:00', 3, '2026-06-09T10:00:00+02:00'],
  ['over Allerheiligen', '2027-10-29T10:00:00+02:00', 1, '2027-11-02T10:00:00+01:00'],
  ['into summer time', '2026-03-27T10:00:00+01:00', 1, '2026-03-30T10:00:00+02:00'],
  ['into winter time', '2026-10-23T10:00:00+02:00', 1, '2026-10-26T10:00:00+01:00'],
  ['from an hour that exists twice', '2026-10-25T02:30:00+01:00', 1, '2026-10-26T02:30:00+01:00'],
  ['over the turn of the year', '2026-12-23T10:00:00+01:00', 3, '2026-12-29T10:00:00+01:00'],
  ['late in the evening, when UTC is a day behind', '2026-06-12T00:30:00+02:00', 1, '2026-06-15T00:30:00+02:00'],
  ['none', '2026-06-13T16:00:00+02:00', 0, '2026-06-13T16:00:00+02:00'],
])('%s: %s and %d working days', (_case, from, days, expected) => {
  expect(addWorkingDays(new Date(from), days)).toEqual(new Date(expected));
});

test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no number of working days', days => {
  expect(() => addWorkingDays(new Date('2026-06-08T09:30:00Z'), days)).toThrow(RangeError);
});

test.each([
  ['the same day', '2026-06-08T08:00:00+02:00', '2026-06-08T17:00:00+02:00', 0],
  ['Friday to Monday', '2026-06-12T17:00:00+02:00', '2026-06-15T08:00:00+02:00', 1],
  ['within a weekend', '2026-06-13T08:00:00+02:00', '2026-06-14T08:00:00+02:00', 0],
  ['over Fronleichnam', '2026-06-03T08:00:00+02:00', '2026-06-05T08:00:00+02:00', 1],
  ['backwards', '2026-06-15T08:00:00+02:00', '2026-06-12T17:00:00+02:00', -1],
])('%s: from %s to %s are %d working days', (_case, from, to, expected) => {
  expect(workingDaysBetween(new Date(from), new Date(to))).toBe(expected);
});

test.each([
  ['2026-06-08T22:30:00Z', '2026-06-09'],
  ['2026-12-31T22:59:59.999Z', '2026-12-31'],
  ['2026-12-31T23:00:00Z', '2027-01-01'],
])('%s is %s in Berlin', (at, day) => {
  expect(berlinDay(new Date(at))).toBe(day);
});

test.each([
  ['a day in summer', '2026-06-08', '2026-06-07T22:00:00.000Z', '2026-06-08T21:59:59.999Z'],
  ['23 hours', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
  ['25 hours', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
])('%s: %s begins at %s and ends at %s', (_case, day, start, end) => {
  expect([startOfBerlinDay(day), endOfBerlinDay(day)]).toEqual([new Date(start), new Date(end)]);
});

test('a day later is the same time of day, and the hour that is left out moves on', () => {
  expect(addDays(new Date('2026-03-28T12:00:00+01:00'), 1)).toEqual(new Date('2026-03-29T12:00:00+02:00'));
  expect(addDays(new Date('2026-03-28T02:30:00+01:00'), 1)).toEqual(new Date('2026-03-29T03:30:00+02:00'));
  expect(addDays(new Date('2026-03-30T12:00:00+02:00'), -2)).toEqual(new Date('2026-03-28T12:00:00+01:00'));
});

test('days between dates do not care about summer time', () => {
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
});

test('counting on and counting agree, at the same time of day, on a working day', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 1, max: 60 }), (from, days) => {
      const to = addWorkingDays(from, days);
      expect(workingDaysBetween(from, to)).toBe(days);
      expect(isWorkingDay(berlinDay(to))).toBe(true);
      expect(timeOf(to)).toBe(timeOf(from));
    }),
  );
});

test('the naive second implementation says the same', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 0, max: 40 * 24 }), (from, hours) => {
      const to = new Date(from.getTime() + hours * 3_600_000);
      expect(berlinDay(from)).toBe(dayOf(from));
      expect(workingDaysBetween(from, to)).toBe(naiveCount(from, to));
    }),
    { numRuns: 60 },
  );
});
