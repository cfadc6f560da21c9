import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysOfRule } from '../../src/opening-hours/opening-days.rules.js';
import {
  Attendance,
  exceptionOf,
  hoursOf,
  NO_HOURS,
  OnHolidays,
  type OpeningHours,
  type OpeningRule,
  Recurrence,
  ruleOf,
  storedHours,
  WEEK,
  Weekday,
} from '../../src/opening-hours/opening-hours.rules.js';
import { hoursFaults } from '../../src/opening-hours/opening-hours-faults.rules.js';
import {
  instantOf,
  nextOpening,
  openingsAt,
  openingsBetween,
  specialDays,
  tellsTimes,
} from '../../src/opening-hours/openings.rules.js';

const NW = '05';
const BERLIN = '11';
const DAY = 86_400_000;

const on = (...weekdays: Weekday[]) => weekdays.map(weekday => ({ weekday, ordinal: null }));
const MO_FR = on(...WEEK.slice(0, 5));
const hoursWith = (...rules: Partial<OpeningRule>[]): OpeningHours => ({ rules: rules.map(ruleOf), exceptions: [] });
const nineToFour = hoursWith({ days: MO_FR, opens: '09:00', closes: '16:00' });

// Local time by another part than the one that is tested.
const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' });
const local = (at: Date): string => CLOCK.format(at);

const told = (hours: OpeningHours, from: string, until = from, state = NW): string[] =>
  openingsBetween(hours, from, until, state).map(({ startsAt, endsAt }) => `${local(startsAt)} – ${local(endsAt)}`);

describe('rules', () => {
  test('open every week on their days', () => {
    expect(told(nineToFour, '2026-11-20', '2026-11-23')).toEqual([
      '2026-11-20 09:00 – 2026-11-20 16:00',
      '2026-11-23 09:00 – 2026-11-23 16:00',
    ]);
  });

  test('every second week count from the week of their anchor', () => {
    const hours = hoursWith({
      days: on(Weekday.WEDNESDAY),
      interval: 2,
      anchor: '2026-01-07',
      opens: '10:00',
      closes: '11:00',
    });
    const days = told(hours, '2026-01-01', '2026-02-28').map(text => text.slice(0, 10));
    expect(days).toEqual(['2026-01-07', '2026-01-21', '2026-02-04', '2026-02-18']);
  });

  test('on the 1st and 3rd Tuesday and on the last day of the month', () => {
    const days = [1, 3].map(ordinal => ({ weekday: Weekday.TUESDAY, ordinal }));
    const tuesdays = hoursWith({ frequency: Recurrence.MONTHLY, days, opens: '09:00', closes: '10:00' });
    expect(told(tuesdays, '2026-11-01', '2026-12-31').map(text => text.slice(0, 10))).toEqual([
      '2026-11-03',
      '2026-11-17',
      '2026-12-01',
      '2026-12-15',
    ]);
    const last = hoursWith({ frequency: Recurrence.MONTHLY, daysOfMonth: [-1], opens: '09:00', closes: '10:00' });
    expect(told(last, '2028-02-01', '2028-03-31').map(text => text.slice(0, 10))).toEqual(['2028-02-29', '2028-03-31']);
  });

  test('hold from the first to the last of their days, over the end of a year', () => {
    const hours = hoursWith({
      days: on(...WEEK),
      opens: '09:00',
      closes: '10:00',
      validFrom: '2026-12-30',
      validTo: '2027-01-02',
      onHolidays: OnHolidays.OPEN,
    });
    expect(told(hours, '2026-12-01', '2027-01-31').map(text => text.slice(0, 10))).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
  });

  test('of a series of so many days end after them', () => {
    const hours = hoursWith({
      days: on(Weekday.MONDAY),
      count: 3,
      anchor: '2026-11-02',
      opens: '09:00',
      closes: '10:00',
    });
    expect(told(hours, '2026-11-01', '2026-12-31')).toHaveLength(3);
    expect(told(hours, '2026-11-10', '2026-12-31')).toHaveLength(1);
  });

  test('close after midnight on the next day, or at midnight', () => {
    const night = hoursWith({ days: on(Weekday.SATURDAY), opens: '20:00', closes: '09:00' });
    expect(told(night, '2026-11-21', '2026-11-22')).toEqual(['2026-11-21 20:00 – 2026-11-22 09:00']);
    expect(told(night, '2026-11-22')).toEqual(['2026-11-22 00:00 – 2026-11-22 09:00']);
    expect(told(night, '2026-11-21')).toEqual(['2026-11-21 20:00 – 2026-11-22 00:00']);
    const always = hoursWith({ days: on(...WEEK), opens: '00:00', closes: '24:00', onHolidays: OnHolidays.OPEN });
    expect(told(always, '2026-12-30', '2027-01-02')).toEqual(['2026-12-30 00:00 – 2027-01-03 00:00']);
  });

  test('without times open nothing, and it is not told when', () => {
    const arranged = hoursWith({ days: MO_FR, note: 'nach Vereinbarung' });
    expect(tellsTimes(arranged)).toBe(false);
    expect(told(arranged, '2026-11-16', '2026-11-22')).toEqual([]);
    expect(tellsTimes(NO_HOURS)).toBe(false);
    expect(tellsTimes(nineToFour)).toBe(true);
  });

  test('of which a file said more than they can are closed rather than wrong', () => {
    const other = [{ column: 'byweekno', text: '41', insteadOf: null, understood: false }];
    const hours = hoursWith({ days: MO_FR, opens: '09:00', closes: '16:00', other });
    expect(tellsTimes(hours)).toBe(false);
    expect(told(hours, '2026-11-16', '2026-11-22')).toEqual([]);
  });

  test('for the same attendance are taken together, for another stand apart', () => {
    const hours = hoursWith(
      { days: on(Weekday.MONDAY), opens: '09:00', closes: '12:00', note: 'Tresen' },
      { days: on(Weekday.MONDAY), opens: '11:00', closes: '13:00', note: 'Büro' },
      { days: on(Weekday.MONDAY), opens: '13:00', closes: '14:00' },
      { days: on(Weekday.MONDAY), opens: '08:00', closes: '18:00', attendance: Attendance.PHONE },
    );
    const openings = openingsBetween(hours, '2026-11-23', '2026-11-23', NW);
    expect(openings.map(one => [one.attendance, local(one.startsAt).slice(11), local(one.endsAt).slice(11)])).toEqual([
      ['PHONE', '08:00', '18:00'],
      ['OPEN_DOOR', '09:00', '14:00'],
    ]);
    expect(openings[1]!.notes).toEqual(['Tresen', 'Büro']);
  });
});

describe('public holidays', () => {
  // Fronleichnam, a Thursday; Allerheiligen 2027, a Monday.
  test.each(['2026-06-04', '2027-11-01'])('of North Rhine-Westphalia close there and not in Berlin: %s', day => {
    expect(told(nineToFour, day, day, NW)).toEqual([]);
    expect(told(nineToFour, day, day, BERLIN)).toHaveLength(1);
    expect(specialDays(nineToFour, day, day, BERLIN)).toEqual([]);
  });

  test('are named', () => {
    const [special] = specialDays(nineToFour, '2026-05-31', '2026-06-30', NW);
    expect(special).toEqual({
      day: '2026-06-04',
      holiday: { de: 'Fronleichnam', en: 'Corpus Christi' },
      exception: null,
    });
  });

  test('close none that is open on them, and open those that are for them alone', () => {
    const open = hoursWith({ days: MO_FR, opens: '09:00', closes: '16:00', onHolidays: OnHolidays.OPEN });
    const [opening] = openingsBetween(open, '2026-06-04', '2026-06-04', NW);
    expect(opening!.holiday).toMatchObject({ de: 'Fronleichnam' });
    const only = hoursWith({ days: on(...WEEK), opens: '10:00', closes: '12:00', onHolidays: OnHolidays.ONLY });
    expect(told(only, '2026-06-01', '2026-06-07')).toEqual(['2026-06-04 10:00 – 2026-06-04 12:00']);
  });
});

describe('exceptions', () => {
  const withExceptions = (...exceptions: OpeningHours['exceptions']): OpeningHours => ({ ...nineToFour, exceptions });
  const short = { opens: '10:00', closes: '11:00', attendance: Attendance.OPEN_DOOR };
  const summer = exceptionOf({
    from: '2026-06-01',
    until: '2026-06-14',
    weekdays: WEEK.slice(0, 5),
    hours: [short],
    reason: 'Sommerzeiten',
  });

  test('close the days from the first to the last', () => {
    const holidays = exceptionOf({ from: '2026-11-17', until: '2026-11-19', reason: 'Betriebsferien' });
    const days = told(withExceptions(holidays), '2026-11-16', '2026-11-20').map(text => text.slice(0, 10));
    expect(days).toEqual(['2026-11-16', '2026-11-20']);
    expect(specialDays(withExceptions(holidays), '2026-11-01', '2026-11-18', NW).map(({ day }) => day)).toEqual([
      '2026-11-01',
      '2026-11-17',
      '2026-11-18',
    ]);
  });

  test('have hours of their own on some days of the week, and name themselves', () => {
    const openings = openingsBetween(withExceptions(summer), '2026-06-06', '2026-06-08', NW);
    expect(openings.map(({ startsAt, exception }) => [local(startsAt), exception])).toEqual([
      ['2026-06-08 10:00', 'Sommerzeiten'],
    ]);
  });

  test('of several days leave a holiday closed, one of this day alone opens it', () => {
    expect(told(withExceptions(summer), '2026-06-04')).toEqual([]);
    const thatDay = exceptionOf({ from: '2026-06-04', hours: [short] });
    expect(told(withExceptions(thatDay), '2026-06-04')).toEqual(['2026-06-04 10:00 – 2026-06-04 11:00']);
  });

  test('of fewer days go before those of more', () => {
    const thatDay = exceptionOf({ from: '2026-06-08' });
    for (const exceptions of [
      [summer, thatDay],
      [thatDay, summer],
    ])
      expect(told(withExceptions(...exceptions), '2026-06-08')).toEqual([]);
  });

  test('a closed day leaves the night before it to its end', () => {
    const night = hoursWith({ days: on(...WEEK), opens: '20:00', closes: '08:00' });
    const hours = { ...night, exceptions: [exceptionOf({ from: '2026-11-17' })] };
    expect(told(hours, '2026-11-17')).toEqual(['2026-11-17 00:00 – 2026-11-17 08:00']);
  });
});

describe('daylight saving', () => {
  const rule = (opens: string, closes: string) => hoursWith({ days: on(...WEEK), opens, closes });
  const instants = (hours: OpeningHours, day: string) =>
    openingsBetween(hours, day, day, NW).map(({ startsAt, endsAt }) => [startsAt.toISOString(), endsAt.toISOString()]);

  test('on 29 March 2026 a time between 2 and 3 that does not exist is the moment of the leap', () => {
    expect(instants(rule('02:30', '04:00'), '2026-03-29')).toEqual([
      ['2026-03-29T01:00:00.000Z', '2026-03-29T02:00:00.000Z'],
    ]);
    expect(instants(rule('01:00', '02:30'), '2026-03-29')).toEqual([
      ['2026-03-29T00:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    ]);
    expect(instants(rule('02:10', '02:50'), '2026-03-29')).toEqual([]);
  });

  test('on 25 October 2026 a time between 2 and 3 comes twice: it opens with the first, closes with the second', () => {
    expect(instants(rule('02:30', '04:00'), '2026-10-25')).toEqual([
      ['2026-10-25T00:30:00.000Z', '2026-10-25T03:00:00.000Z'],
    ]);
    expect(instants(rule('01:00', '02:30'), '2026-10-25')).toEqual([
      ['2026-10-24T23:00:00.000Z', '2026-10-25T01:30:00.000Z'],
    ]);
  });

  test('it opens at the same local time before and after', () => {
    const hours = rule('09:00', '10:00');
    for (const [from, until] of [
      ['2026-03-27', '2026-03-31'],
      ['2026-10-23', '2026-10-27'],
    ] as const)
      for (const text of told(hours, from, until)) expect(text).toMatch(/ 09:00 – .* 10:00$/);
  });

  test.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2028-02-29', 24],
  ])('%s has %i hours', (day, length) => {
    expect(instantOf(day, '24:00', 'later').getTime() - instantOf(day, '00:00', 'earlier').getTime()).toBe(
      length * 3_600_000,
    );
  });
});

describe('the next opening', () => {
  const at = (moment: string) => new Date(moment);

  test('is after what is open now, over nights, weekends and holidays', () => {
    const next = (moment: string) => local(nextOpening(nineToFour, at(moment), NW)!.startsAt);
    expect(next('2026-11-20T08:59:00+01:00')).toBe('2026-11-20 09:00');
    expect(next('2026-11-20T09:00:00+01:00')).toBe('2026-11-23 09:00');
    expect(next('2026-06-03T17:00:00+02:00')).toBe('2026-06-05 09:00');
    expect(next('2026-12-24T17:00:00+01:00')).toBe('2026-12-28 09:00');
  });

  test('may be far away, or nowhere', () => {
    const yearly = hoursWith({ frequency: Recurrence.YEARLY, anchor: '2020-12-01', opens: '09:00', closes: '10:00' });
    expect(local(nextOpening(yearly, at('2026-12-01T12:00:00Z'), NW)!.startsAt)).toBe('2027-12-01 09:00');
    const over = hoursWith({ days: MO_FR, opens: '09:00', closes: '10:00', validTo: '2026-01-31' });
    expect(nextOpening(over, at('2026-11-22T12:00:00Z'), NW)).toBeNull();
    const always = hoursWith({ days: on(...WEEK), opens: '00:00', closes: '24:00', onHolidays: OnHolidays.OPEN });
    expect(nextOpening(always, at('2026-11-22T12:00:00Z'), NW)).toBeNull();
  });

  test('tells its whole length', () => {
    const always = { days: on(...WEEK), opens: '00:00', closes: '24:00', onHolidays: OnHolidays.OPEN };
    const hours = hoursWith({ ...always, validFrom: '2026-11-25', validTo: '2026-12-31' });
    expect(nextOpening(hours, at('2026-11-22T12:00:00Z'), NW)!.endsAt).toEqual(at('2026-12-31T23:00:00Z'));
  });
});

const times = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 51 }))
  .map(([start, length]) => ({ opens: clock(start), closes: clock(start + length) }));
const clock = (quarters: number): string => {
  const text = (of: number) =>
    `${String(Math.floor(of / 4)).padStart(2, '0')}:${String((of % 4) * 15).padStart(2, '0')}`;
  return quarters === 96 ? '24:00' : text(quarters % 96);
};
const days = fc
  .integer({ min: 0, max: 900 })
  .map(n => new Date(Date.parse('2026-01-01') + n * DAY).toISOString().slice(0, 10));
const weekdays = fc.uniqueArray(fc.constantFrom(...WEEK), { minLength: 1, maxLength: 7 });
const attendances = fc.constantFrom(...Object.values(Attendance));
const rules: fc.Arbitrary<OpeningRule> = fc.oneof(
  fc
    .record({
      span: times,
      weekdays,
      attendance: attendances,
      interval: fc.integer({ min: 1, max: 3 }),
      anchor: days,
      onHolidays: fc.constantFrom(...Object.values(OnHolidays)),
    })
    .map(({ span, weekdays, ...more }) => ruleOf({ ...span, days: on(...weekdays), ...more })),
  fc
    .record({
      span: times,
      weekday: fc.constantFrom(...WEEK),
      ordinal: fc.constantFrom(1, 2, 3, 4, 5, -1),
      validTo: fc.option(days),
    })
    .map(({ span, weekday, ordinal, validTo }) =>
      ruleOf({ ...span, frequency: Recurrence.MONTHLY, days: [{ weekday, ordinal }], validTo }),
    ),
);
const exceptions = fc
  .record({
    from: days,
    length: fc.integer({ min: 0, max: 20 }),
    weekdays: fc.uniqueArray(fc.constantFrom(...WEEK)),
    hours: fc.array(
      fc.record({ span: times, attendance: attendances }).map(({ span, attendance }) => ({ ...span, attendance })),
      { maxLength: 2 },
    ),
  })
  .map(({ from, length, ...more }) =>
    exceptionOf({ from, until: new Date(Date.parse(from) + length * DAY).toISOString().slice(0, 10), ...more }),
  );
const worlds: fc.Arbitrary<OpeningHours> = fc.record({
  rules: fc.array(rules, { maxLength: 5 }),
  exceptions: fc.array(exceptions, { maxLength: 4 }),
});
/** Mostly around the changes of the clocks, the ends of years, leap days. */
const ranges = fc
  .tuple(
    fc.oneof(days, fc.constantFrom('2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2026-12-31', '2028-02-28')),
    fc.integer({ min: 0, max: 20 }),
  )
  .map(([from, length]) => [from, new Date(Date.parse(from) + length * DAY).toISOString().slice(0, 10)] as const);
const states = fc.constantFrom(NW, BERLIN);

describe('whatever the hours', () => {
  test('openings are ordered, inside the days asked for, and of one attendance disjoint', () => {
    fc.assert(
      fc.property(worlds, ranges, states, (hours, [from, until], state) => {
        const openings = openingsBetween(hours, from, until, state);
        for (const { startsAt, endsAt } of openings) {
          expect(startsAt.getTime()).toBeLessThan(endsAt.getTime());
          expect(local(startsAt) >= `${from} 00:00`).toBe(true);
          expect(local(new Date(endsAt.getTime() - 1)) <= `${until} 23:59`).toBe(true);
        }
        for (const [i, { startsAt }] of openings.slice(1).entries())
          expect(openings[i]!.startsAt.getTime()).toBeLessThanOrEqual(startsAt.getTime());
        for (const of of Map.groupBy(openings, one => one.attendance).values())
          for (const [i, { startsAt }] of of.slice(1).entries())
            expect(of[i]!.endsAt.getTime()).toBeLessThan(startsAt.getTime());
      }),
    );
  });

  test('it is open at a moment if and only if an opening holds it', () => {
    fc.assert(
      fc.property(
        worlds,
        ranges,
        states,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (hours, [from, until], state, part) => {
          const [start, end] = [
            instantOf(from, '00:00', 'earlier').getTime(),
            instantOf(until, '24:00', 'later').getTime(),
          ];
          const openings = openingsBetween(hours, from, until, state);
          const moments = [
            start + Math.floor(part * (end - start - 1)),
            ...openings.flatMap(o => [
              o.startsAt.getTime(),
              o.endsAt.getTime() - 1,
              Math.min(o.endsAt.getTime(), end - 1),
            ]),
          ];
          for (const moment of moments) {
            const holding = openings.filter(one => one.startsAt.getTime() <= moment && moment < one.endsAt.getTime());
            const now = openingsAt(hours, new Date(moment), state);
            expect(now.map(one => one.attendance).sort()).toEqual(holding.map(one => one.attendance).sort());
          }
        },
      ),
    );
  });

  test('the next opening is the first of those that begin later', () => {
    fc.assert(
      fc.property(worlds, ranges, states, fc.integer({ min: 0, max: 1440 }), (hours, [from], state, minute) => {
        const now = new Date(instantOf(from, '00:00', 'earlier').getTime() + minute * 60_000);
        const next = nextOpening(hours, now, state);
        const last = new Date(Date.parse(from) + 50 * DAY).toISOString().slice(0, 10);
        const first = openingsBetween(hours, from, last, state).find(one => one.startsAt > now);
        if (first) expect(next?.startsAt).toEqual(first.startsAt);
        else if (next) expect(local(next.startsAt) > `${last} 23:59`).toBe(true);
      }),
    );
  });

  test('of one attendance they are those of all that are of it', () => {
    const attendances = fc.subarray(Object.values(Attendance), { minLength: 1 });
    fc.assert(
      fc.property(worlds, ranges, states, attendances, (hours, [from, until], state, among) => {
        const of = openingsBetween(hours, from, until, state).filter(({ attendance }) => among.includes(attendance));
        expect(openingsBetween(hours, from, until, state, among)).toEqual(of);
      }),
    );
  });

  test('days and weeks are counted as the library does, which counts those of a series of so many', () => {
    const series = fc.record({
      frequency: fc.constantFrom(Recurrence.DAILY, Recurrence.WEEKLY),
      interval: fc.integer({ min: 1, max: 6 }),
      days: fc.subarray(Object.values(Weekday)).map(weekdays => weekdays.map(weekday => ({ weekday, ordinal: null }))),
      weekStart: fc.constantFrom(...Object.values(Weekday)),
    });
    fc.assert(
      fc.property(series, days, fc.integer({ min: -3, max: 40 }), (rule, anchor, after) => {
        const from = new Date(Date.parse(anchor) + after * DAY).toISOString().slice(0, 10);
        const last = new Date(Date.parse(from) + 30 * DAY).toISOString().slice(0, 10);
        const one = ruleOf({ ...rule, anchor, opens: '09:00', closes: '12:00' });
        expect(daysOfRule(one, from, last)).toEqual(daysOfRule({ ...one, count: 1_000 }, from, last));
      }),
    );
  });

  test('a day’s clock says so: by minutes, for plain weekly hours without exceptions', () => {
    const plain = fc.record({ span: times, weekdays }).map(({ span, weekdays }) => ({ span, weekdays }));
    fc.assert(
      fc.property(plain, ranges, fc.integer({ min: 0, max: 1439 }), ({ span, weekdays }, [day], minute) => {
        // On days with one leap or one hour twice the clock alone does not say it.
        fc.pre(!['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31', '2028-03-26'].includes(day));
        const hours = hoursWith({ ...span, days: on(...weekdays), onHolidays: OnHolidays.OPEN });
        const at = new Date(instantOf(day, '00:00', 'earlier').getTime() + minute * 60_000);
        const now = local(at).slice(11);
        const weekday = WEEK[(new Date(day).getUTCDay() + 6) % 7]!;
        const dayBefore = WEEK[(new Date(day).getUTCDay() + 5) % 7]!;
        const over = span.closes <= span.opens;
        const expected =
          (weekdays.includes(weekday) && now >= span.opens && (over || now < span.closes)) ||
          (over && weekdays.includes(dayBefore) && now < span.closes);
        expect(openingsAt(hours, at, NW).length > 0).toBe(expected);
      }),
    );
  });

  test('what is stored says the same, and what is usual is not stored', () => {
    fc.assert(
      fc.property(worlds, hours => {
        expect(hoursOf(storedHours(hours))).toEqual(hours);
      }),
    );
    expect(storedHours(nineToFour)).toEqual([{ kind: 'RULE', days: MO_FR, opens: '09:00', closes: '16:00' }]);
    expect(hoursOf([])).toEqual(NO_HOURS);
  });

  test('these worlds are free of faults but for overlaps', () => {
    fc.assert(
      fc.property(worlds, hours => {
        for (const { message } of hoursFaults(hours))
          expect(message).toMatch(/überschneidet|gibt es schon eine Ausnahme/);
      }),
    );
  });
});
