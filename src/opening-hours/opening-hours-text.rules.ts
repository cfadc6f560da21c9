import { berlinDay, germanDay } from '../shared/calendar.rules.js';
import { inLanguage } from '../shared/texts.rules.js';
import { tellsWhen } from './opening-days.rules.js';
import {
  type Attendance,
  type OnHolidays,
  type OpeningException,
  type OpeningHours,
  type OpeningRule,
  Recurrence,
  type RuleDay,
  type Span,
  WEEK,
  type Weekday,
} from './opening-hours.rules.js';

/** The words of one language. */
interface Words {
  readonly days: Readonly<Record<Weekday, string>>;
  readonly daily: string;
  readonly and: string;
  readonly attendance: Readonly<Record<Attendance, string | null>>;
  readonly onHolidays: Readonly<Record<OnHolidays, string>>;
  readonly closed: string;
  date(day: string): string;
  range(from: string, until: string): string;
  spans(spans: readonly Span[]): string;
  ordinal(number: number): string;
  inMonth(days: string): string;
  inYear(days: string): string;
  ofMonth(days: readonly string[]): string;
  every(interval: number, frequency: Recurrence, anchor: string): string;
  since(day: string): string;
  to(day: string): string;
}

const GERMAN: Words = {
  days: { MONDAY: 'Mo', TUESDAY: 'Di', WEDNESDAY: 'Mi', THURSDAY: 'Do', FRIDAY: 'Fr', SATURDAY: 'Sa', SUNDAY: 'So' },
  daily: 'täglich',
  and: 'und',
  attendance: { OPEN_DOOR: null, BY_APPOINTMENT: 'nach Vereinbarung', PHONE: 'telefonisch', VIDEO: 'per Video' },
  onHolidays: { CLOSED: 'an Feiertagen geschlossen', OPEN: 'auch an Feiertagen', ONLY: 'nur an Feiertagen' },
  closed: 'geschlossen',
  date: day => shortDate(day),
  range: (from, until) => (from === until ? `am ${shortDate(from)}` : `vom ${shortDate(from)} bis ${shortDate(until)}`),
  spans: spans =>
    `${listed(
      spans.map(({ opens, closes }) => `${germanTime(opens)}–${germanTime(closes)}`),
      'und',
    )} Uhr`,
  ordinal: number => (number === -1 ? 'letzter' : number < 0 ? `${-number}.-letzter` : `${number}.`),
  inMonth: days => `${days} im Monat`,
  inYear: days => `${days} im Jahr`,
  ofMonth: days =>
    `am ${listed(
      days.map(day => (day === '-1' ? 'letzten' : `${day}.`)),
      'und',
    )} des Monats`,
  every: (interval, frequency, anchor) =>
    `${{ DAILY: 'jeden', WEEKLY: 'jede', MONTHLY: 'jeden', YEARLY: 'jedes' }[frequency]} ${interval}. ${
      { DAILY: 'Tag', WEEKLY: 'Woche', MONTHLY: 'Monat', YEARLY: 'Jahr' }[frequency]
    } ab ${shortDate(anchor)}`,
  since: day => `ab ${shortDate(day)}`,
  to: day => `bis ${shortDate(day)}`,
};

const ENGLISH: Words = {
  days: {
    MONDAY: 'Mon',
    TUESDAY: 'Tue',
    WEDNESDAY: 'Wed',
    THURSDAY: 'Thu',
    FRIDAY: 'Fri',
    SATURDAY: 'Sat',
    SUNDAY: 'Sun',
  },
  daily: 'daily',
  and: 'and',
  attendance: { OPEN_DOOR: null, BY_APPOINTMENT: 'by appointment', PHONE: 'by phone', VIDEO: 'by video' },
  onHolidays: { CLOSED: 'closed on public holidays', OPEN: 'also on public holidays', ONLY: 'on public holidays only' },
  closed: 'closed',
  date: day => englishDate(day),
  range: (from, until) =>
    from === until ? `on ${englishDate(from)}` : `from ${englishDate(from)} to ${englishDate(until)}`,
  spans: spans =>
    listed(
      spans.map(({ opens, closes }) => `${opens}–${closes}`),
      'and',
    ),
  ordinal: number => (number === -1 ? 'last' : number < 0 ? `${nth(-number)} to last` : nth(number)),
  inMonth: days => `${days} of the month`,
  inYear: days => `${days} of the year`,
  ofMonth: days =>
    `on the ${listed(
      days.map(day => (day === '-1' ? 'last' : nth(Number(day)))),
      'and',
    )} of the month`,
  every: (interval, frequency, anchor) =>
    `every ${nth(interval)} ${{ DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' }[frequency]} from ${englishDate(anchor)}`,
  since: day => `from ${englishDate(day)}`,
  to: day => `until ${englishDate(day)}`,
};

/** Exceptions are told this many days ahead. */
const AHEAD_DAYS = 31;

/**
 * Opening hours in words: "Mo–Do 9–16 Uhr, Fr 9–12 Uhr; an Feiertagen geschlossen". Rules that are over are left out,
 * exceptions are told from a month ahead. Null where nothing is told.
 *
 * @param language BCP 47, German for most
 * @param now null: all are told, whenever they hold
 */
export function hoursText(
  { rules, exceptions }: OpeningHours,
  language: string | null,
  now: Date | null,
): string | null {
  const words = inLanguage(language, { de: 'de', en: 'en' }) === 'en' ? ENGLISH : GERMAN;
  const today = now ? berlinDay(now) : '';
  const horizon = now ? berlinDay(new Date(now.getTime() + AHEAD_DAYS * 86_400_000)) : '9999';
  const current = rules.filter(({ validTo }) => validTo === null || validTo >= today);
  const near = exceptions.filter(({ from, until }) => until >= today && from <= horizon);
  // Hours within days that are told as closed are told with them, however far ahead.
  const soon = exceptions.filter(one => near.includes(one) || (one.hours.length > 0 && near.some(isAround(one))));
  const holidays = [...new Set(current.filter(tellsWhen).map(({ onHolidays }) => onHolidays))];
  const groups = [...Map.groupBy(current, groupOf).values()].map(group => groupText(group, today, words));
  const parts = [
    ...groups,
    // Told once for all where all are the same, else with each group.
    ...(holidays.length === 1 ? [words.onHolidays[holidays[0]!]] : []),
    ...soon.map(one => exceptionText(one, words)),
  ];
  return parts.length > 0 ? parts.join('; ') : null;

  function groupText(group: readonly OpeningRule[], day: string, w: Words): string {
    const [first] = group;
    const { attendance, note, onHolidays, validFrom, validTo } = first!;
    const timed = group.filter(tellsWhen);
    const limits = [
      ...(validFrom !== null && validFrom > day ? [w.since(validFrom)] : []),
      ...(validTo === null ? [] : [w.to(validTo)]),
    ];
    const tail = [
      ...(note === null ? [] : [note]),
      ...(holidays.length > 1 && timed.length ? [w.onHolidays[onHolidays]] : []),
    ];
    const text = [w.attendance[attendance], ...limits, timed.length > 0 ? timesText(timed, w) : daysOnly(group, w)]
      .filter(part => part !== null && part !== '')
      .join(' ');
    if (text === '') return tail.join(', ');
    return tail.length > 0 ? `${text} (${tail.join(', ')})` : text;
  }
}

const isAround =
  (one: OpeningException) =>
  ({ from, until }: OpeningException): boolean =>
    from <= one.until && until >= one.from;

/** Rules that are told together: alike but for days and times. */
const groupOf = ({ attendance, note, onHolidays, validFrom, validTo }: OpeningRule): string =>
  JSON.stringify([attendance, note, onHolidays, validFrom, validTo]);

/** Days of the same hours together: "Mo–Do 9–12 und 14–16 Uhr, Fr 9–12 Uhr". */
function timesText(rules: readonly OpeningRule[], words: Words): string {
  const simple = rules.filter(isSimple);
  const spansOf = new Map<Weekday, Span[]>();
  for (const { days, opens, closes } of simple)
    for (const { weekday } of days)
      spansOf.set(weekday, [...(spansOf.get(weekday) ?? []), { opens: opens!, closes: closes! }]);
  const byText = new Map<string, Weekday[]>();
  for (const day of WEEK.filter(one => spansOf.has(one))) {
    const text = words.spans(spansOf.get(day)!.sort((a, b) => a.opens.localeCompare(b.opens)));
    byText.set(text, [...(byText.get(text) ?? []), day]);
  }
  const others = rules.filter(rule => !isSimple(rule));
  return [
    ...[...byText].map(([times, days]) => `${weekText(days, words)} ${times}`),
    ...others.map(rule => `${seriesText(rule, words)} ${words.spans([{ opens: rule.opens!, closes: rule.closes! }])}`),
  ].join(', ');
}

const isSimple = ({ frequency, interval, days, daysOfMonth, count }: OpeningRule): boolean =>
  frequency === Recurrence.WEEKLY && interval === 1 && count === null && daysOfMonth.length === 0 && days.length > 0;

/** Of rules without times: their days, where they name some. */
const daysOnly = (rules: readonly OpeningRule[], words: Words): string | null => {
  const days = WEEK.filter(day => rules.some(rule => rule.days.some(({ weekday }) => weekday === day)));
  return days.length > 0 ? weekText(days, words) : null;
};

/** "Mo–Do", "Mo, Mi und Fr", "täglich". */
function weekText(days: readonly Weekday[], words: Words): string {
  if (days.length === WEEK.length) return words.daily;
  const runs: Weekday[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && WEEK.indexOf(run.at(-1)!) + 1 === WEEK.indexOf(day)) run.push(day);
    else runs.push([day]);
  }
  const names = runs.flatMap(run =>
    run.length > 2 ? [`${words.days[run[0]!]}–${words.days[run.at(-1)!]}`] : run.map(day => words.days[day]),
  );
  return listed(names, words.and);
}

function seriesText({ frequency, interval, days, daysOfMonth, anchor, validFrom }: OpeningRule, words: Words): string {
  const from = anchor ?? validFrom;
  const every = interval > 1 && from ? [words.every(interval, frequency, from)] : [];
  const plain = days.filter(({ ordinal }) => ordinal === null).map(({ weekday }) => weekday);
  const inMonth = ordinalsText(days, words);
  const ofPeriod = frequency === Recurrence.YEARLY ? words.inYear : words.inMonth;
  const named = [
    ...(plain.length > 0
      ? [
          weekText(
            WEEK.filter(day => plain.includes(day)),
            words,
          ),
        ]
      : []),
    ...(inMonth ? [ofPeriod(inMonth)] : []),
    ...(daysOfMonth.length > 0 ? [words.ofMonth(daysOfMonth.map(String))] : []),
  ];
  const daily = frequency === Recurrence.DAILY && interval === 1 && named.length === 0 ? [words.daily] : [];
  return [...every, ...daily, ...named].join(' ');
}

/** "1. und 3. Di". */
function ordinalsText(days: readonly RuleDay[], words: Words): string {
  const counted = days.filter(({ ordinal }) => ordinal !== null);
  const byDay = [...Map.groupBy(counted, ({ weekday }) => weekday)];
  const texts = byDay.map(
    ([weekday, of]) =>
      `${listed(
        of.map(({ ordinal }) => words.ordinal(ordinal!)),
        words.and,
      )} ${words.days[weekday]}`,
  );
  return listed(texts, words.and);
}

function exceptionText({ from, until, weekdays, hours, reason }: OpeningException, words: Words): string {
  const open = [...Map.groupBy(hours, ({ attendance }) => attendance)].map(([attendance, spans]) =>
    [words.attendance[attendance], words.spans(spans)].filter(Boolean).join(' '),
  );
  const what = open.length > 0 ? open.join(', ') : words.closed;
  const days =
    weekdays.length > 0
      ? ` (${weekText(
          WEEK.filter(day => weekdays.includes(day)),
          words,
        )})`
      : '';
  const text = `${words.range(from, until)}${days} ${what}`;
  return reason ? `${reason}: ${text}` : text;
}

const listed = (items: readonly string[], and: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;

const germanTime = (time: string): string => {
  const [hours, minutes] = time.split(':');
  return minutes === '00' ? `${Number(hours)}` : `${Number(hours)}:${minutes}`;
};

/** 24.12.2026, as Germans write it by hand: 1.6.2026. */
const shortDate = (day: string): string => germanDay(day).replace(/(^|\.)0/g, '$1');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

/** 24 Dec 2026. @param day YYYY-MM-DD */
export const englishDate = (day: string): string =>
  `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

const nth = (number: number): string => {
  const [ten, one] = [Math.floor(number / 10) % 10, number % 10];
  return `${number}${ten === 1 ? 'th' : (({ 1: 'st', 2: 'nd', 3: 'rd' } as Record<number, string>)[one] ?? 'th')}`;
};
