import { expect, test } from 'vitest';
import {
  Attendance,
  exceptionOf,
  OnHolidays,
  type OpeningException,
  type OpeningRule,
  Recurrence,
  ruleOf,
  WEEK,
  type Weekday,
} from '../../src/opening-hours/opening-hours.rules.js';
import { hoursText } from '../../src/opening-hours/opening-hours-text.rules.js';

const NOW = new Date('2026-11-22T12:00:00+01:00');
const on = (...weekdays: Weekday[]) => weekdays.map(weekday => ({ weekday, ordinal: null }));
const [MO, TU, WE, TH, FR] = WEEK as [Weekday, Weekday, Weekday, Weekday, Weekday];

const text = (language: string, rules: Partial<OpeningRule>[], exceptions: OpeningException[] = []) =>
  hoursText({ rules: rules.map(ruleOf), exceptions }, language, NOW);

test.each<[string, Partial<OpeningRule>[], string, string]>([
  [
    'days of the same hours together',
    [
      { days: on(MO, TU, WE, TH), opens: '09:00', closes: '16:00' },
      { days: on(FR), opens: '09:00', closes: '12:30' },
    ],
    'Mo–Do 9–16 Uhr, Fr 9–12:30 Uhr; an Feiertagen geschlossen',
    'Mon–Thu 09:00–16:00, Fri 09:00–12:30; closed on public holidays',
  ],
  [
    'two times a day',
    [
      { days: on(MO, WE), opens: '14:00', closes: '16:00' },
      { days: on(MO, WE), opens: '09:00', closes: '12:00' },
    ],
    'Mo und Mi 9–12 und 14–16 Uhr; an Feiertagen geschlossen',
    'Mon and Wed 09:00–12:00 and 14:00–16:00; closed on public holidays',
  ],
  [
    'how one gets through, and notes',
    [
      { days: on(MO), opens: '09:00', closes: '12:00', note: 'bitte klingeln' },
      { days: on(TU), opens: '09:00', closes: '12:00', attendance: Attendance.PHONE },
      { attendance: Attendance.BY_APPOINTMENT, note: 'auch abends' },
    ],
    'Mo 9–12 Uhr (bitte klingeln); telefonisch Di 9–12 Uhr; nach Vereinbarung (auch abends); an Feiertagen geschlossen',
    'Mon 09:00–12:00 (bitte klingeln); by phone Tue 09:00–12:00; by appointment (auch abends); closed on public holidays',
  ],
  [
    'months and intervals',
    [
      {
        frequency: Recurrence.MONTHLY,
        days: [1, 3].map(ordinal => ({ weekday: TU, ordinal })),
        opens: '16:00',
        closes: '18:00',
      },
      { days: on(WE), interval: 2, anchor: '2026-01-07', opens: '10:00', closes: '11:00' },
      { frequency: Recurrence.MONTHLY, daysOfMonth: [1, 15, -1], opens: '08:00', closes: '09:00' },
    ],
    '1. und 3. Di im Monat 16–18 Uhr, jede 2. Woche ab 7.1.2026 Mi 10–11 Uhr, am 1., 15. und letzten des Monats 8–9 Uhr; an Feiertagen geschlossen',
    '1st and 3rd Tue of the month 16:00–18:00, every 2nd week from 7 Jan 2026 Wed 10:00–11:00, on the 1st, 15th and last of the month 08:00–09:00; closed on public holidays',
  ],
  [
    'each day, on holidays too',
    [{ days: on(...WEEK), opens: '20:00', closes: '08:00', onHolidays: OnHolidays.OPEN }],
    'täglich 20–8 Uhr; auch an Feiertagen',
    'daily 20:00–08:00; also on public holidays',
  ],
  [
    'different days for holidays',
    [
      { days: on(MO), opens: '09:00', closes: '12:00' },
      { days: on(...WEEK), opens: '10:00', closes: '11:00', onHolidays: OnHolidays.ONLY },
    ],
    'Mo 9–12 Uhr (an Feiertagen geschlossen); täglich 10–11 Uhr (nur an Feiertagen)',
    'Mon 09:00–12:00 (closed on public holidays); daily 10:00–11:00 (on public holidays only)',
  ],
  [
    'what is not over yet',
    [
      { days: on(MO), opens: '09:00', closes: '12:00', validTo: '2026-11-21' },
      { days: on(TU), opens: '09:00', closes: '12:00', validFrom: '2026-01-01', validTo: '2026-12-31' },
      { days: on(WE), opens: '09:00', closes: '12:00', validFrom: '2027-01-01' },
    ],
    'bis 31.12.2026 Di 9–12 Uhr; ab 1.1.2027 Mi 9–12 Uhr; an Feiertagen geschlossen',
    'until 31 Dec 2026 Tue 09:00–12:00; from 1 Jan 2027 Wed 09:00–12:00; closed on public holidays',
  ],
])('%s', (_, rules, german, english) => {
  expect(text('de', rules)).toBe(german);
  expect(text('uk', rules)).toBe(german);
  expect(text('en-GB', rules)).toBe(english);
});

test('exceptions are told from a month ahead until they are over', () => {
  const hours = [{ opens: '09:00', closes: '12:00', attendance: Attendance.OPEN_DOOR }];
  const exceptions = [
    exceptionOf({ from: '2026-11-01', until: '2026-11-21' }),
    exceptionOf({ from: '2026-11-24', hours }),
    exceptionOf({ from: '2026-12-23', until: '2027-01-01', reason: 'Betriebsferien' }),
    exceptionOf({ from: '2026-12-24' }),
  ];
  expect(text('de', [], exceptions)).toBe(
    'am 24.11.2026 9–12 Uhr; Betriebsferien: vom 23.12.2026 bis 1.1.2027 geschlossen',
  );
  expect(text('en', [], exceptions)).toBe(
    'on 24 Nov 2026 09:00–12:00; Betriebsferien: from 23 Dec 2026 to 1 Jan 2027 closed',
  );
});

test('an open day among those that are told as closed is told with them', () => {
  const hours = [{ opens: '10:00', closes: '12:00', attendance: Attendance.OPEN_DOOR }];
  const exceptions = [
    exceptionOf({ from: '2026-12-23', until: '2027-01-01' }),
    exceptionOf({ from: '2026-12-28', hours, reason: 'Notsprechstunde' }),
    exceptionOf({ from: '2027-01-05', hours }),
  ];
  expect(text('de', [], exceptions)).toBe(
    'vom 23.12.2026 bis 1.1.2027 geschlossen; Notsprechstunde: am 28.12.2026 10–12 Uhr',
  );
});

test('of nothing nothing is told', () => {
  expect(text('de', [])).toBeNull();
});

test('where no moment is given, all is told', () => {
  const rules = [ruleOf({ days: on(MO), opens: '09:00', closes: '12:00', validTo: '2020-12-31' })];
  const exceptions = [exceptionOf({ from: '2030-01-02' })];
  expect(hoursText({ rules, exceptions }, 'de', null)).toBe(
    'bis 31.12.2020 Mo 9–12 Uhr; an Feiertagen geschlossen; am 2.1.2030 geschlossen',
  );
});
