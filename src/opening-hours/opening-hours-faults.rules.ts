import {
  aBoolean,
  anObject,
  anyText,
  type Check,
  type Fault,
  fitting,
  listOf,
  oneOf,
  optional,
  someText,
  whole,
} from '../record/fault.rules.js';
import { tellsWhen } from './opening-days.rules.js';
import {
  Attendance,
  hoursOf,
  LONGEST_NOTE,
  LONGEST_REASON,
  MOST_EXCEPTIONS,
  MOST_RULES,
  OnHolidays,
  type OpeningException,
  type OpeningHours,
  type OpeningRule,
  Recurrence,
  type Span,
  WEEK,
  Weekday,
} from './opening-hours.rules.js';

/** Hours over midnight; more are mostly a slip (16:00 to 9:00). Longer ones are written as two rules. */
export const LONGEST_OVER_MIDNIGHT_HOURS = 13;

const FIRST_DAY = '1990-01-01';
const LAST_DAY = '2100-12-31';
const LONGEST_INTERVAL = 52;
const LONGEST_SERIES = 1000;
const DAY = 24 * 60;

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

const aText = fitting(text => text.length <= 10, 'Das ist kein Tag und keine Uhrzeit.');
const aWeekday = oneOf(Object.values(Weekday));
const anAttendance = oneOf(Object.values(Attendance));
const MOST_COLUMNS = 100;

const aRule = anObject({
  kind: oneOf(['RULE']),
  frequency: optional(oneOf(Object.values(Recurrence))),
  interval: optional(whole(1, LONGEST_INTERVAL)),
  days: optional(listOf(anObject({ weekday: aWeekday, ordinal: optional(whole(-53, 53)) }), 100)),
  daysOfMonth: optional(listOf(whole(-31, 31), 100)),
  anchor: optional(aText),
  count: optional(whole(1, LONGEST_SERIES)),
  weekStart: optional(aWeekday),
  opens: optional(aText),
  closes: optional(aText),
  validFrom: optional(aText),
  validTo: optional(aText),
  onHolidays: optional(oneOf(Object.values(OnHolidays))),
  attendance: optional(anAttendance),
  note: optional(someText(LONGEST_NOTE)),
  other: optional(
    listOf(
      anObject({
        column: anyText(200),
        text: optional(anyText(10_000)),
        insteadOf: optional(anyText(10_000)),
        understood: aBoolean,
      }),
      MOST_COLUMNS,
    ),
  ),
});

const anException = anObject({
  kind: oneOf(['EXCEPTION']),
  from: aText,
  until: optional(aText),
  weekdays: optional(listOf(aWeekday, 100)),
  hours: optional(listOf(anObject({ opens: aText, closes: aText, attendance: anAttendance }), 20)),
  reason: optional(someText(LONGEST_REASON)),
});

/** What is wrong with the stored value of opening hours: its form, and what it says; paths are those of the input. */
export const someHours: Check = (value, path) => {
  const list = listOf((entry, at) => {
    const isRule =
      typeof entry === 'object' && entry !== null && !Array.isArray(entry) && 'kind' in entry && entry.kind === 'RULE';
    return (isRule ? aRule : anException)(entry, at);
  }, 1_000)(value, path);
  return list.length > 0 ? list : under(path, hoursFaults(hoursOf(value)));
};

/**
 * Everything that is wrong with opening hours, in their order; none for those that may be stored. Rules that surely
 * overlap (every week, the same attendance) are a fault, since one of them is a slip; where it takes a calendar to see
 * it (every second week, once a month) they are taken together instead. Hours for different attendance may overlap.
 */
export function hoursFaults({ rules, exceptions }: OpeningHours): Fault[] {
  return [
    ...(rules.length > MOST_RULES ? [fault(['rules'], `Möglich sind höchstens ${MOST_RULES} Regeln.`)] : []),
    ...(exceptions.length > MOST_EXCEPTIONS
      ? [fault(['exceptions'], `Möglich sind höchstens ${MOST_EXCEPTIONS} Ausnahmen.`)]
      : []),
    ...rules.slice(0, MOST_RULES).flatMap((rule, i) => under(['rules', `${i}`], ruleFaults(rule))),
    ...overlapFaults(rules.slice(0, MOST_RULES)),
    ...exceptions.slice(0, MOST_EXCEPTIONS).flatMap((one, i) => under(['exceptions', `${i}`], exceptionFaults(one))),
    ...sameDaysFaults(exceptions.slice(0, MOST_EXCEPTIONS)),
  ];
}

const fault = (path: readonly string[], message: string): Fault => ({ path, message });

const under = (path: readonly string[], faults: readonly Fault[]): Fault[] =>
  faults.map(one => ({ ...one, path: [...path, ...one.path] }));

function ruleFaults(rule: OpeningRule): Fault[] {
  const { opens, closes, note } = rule;
  return [
    ...timeFaults(rule),
    ...seriesFaults(rule),
    ...dayFaults({ validFrom: rule.validFrom, validTo: rule.validTo, anchor: rule.anchor }),
    ...(rule.validFrom && rule.validTo && rule.validTo < rule.validFrom
      ? [fault(['validTo'], 'Die Regel endet, bevor sie beginnt.')]
      : []),
    ...(opens === null && closes === null && !note?.trim() && rule.other.length === 0
      ? [fault(['note'], 'Ohne Uhrzeiten braucht die Regel einen Hinweis, zum Beispiel „nach Vereinbarung“.')]
      : []),
    ...textFaults('note', note, LONGEST_NOTE),
  ];
}

function timeFaults({ opens, closes }: { opens: string | null; closes: string | null }): Fault[] {
  if (opens === null && closes === null) return [];
  if (opens === null) return [fault(['opens'], 'Zu „bis“ fehlt „von“.')];
  if (closes === null) return [fault(['closes'], 'Zu „von“ fehlt „bis“.')];
  if (!TIME.test(opens)) return [fault(['opens'], 'Das ist keine Uhrzeit von 00:00 bis 23:59.')];
  if (closes !== '24:00' && !TIME.test(closes))
    return [fault(['closes'], 'Das ist keine Uhrzeit von 00:00 bis 24:00.')];
  if (opens === closes)
    return [fault(['closes'], 'Öffnet und schließt zur selben Zeit. Rund um die Uhr: 00:00 bis 24:00.')];
  if (lengthOf({ opens, closes }) > LONGEST_OVER_MIDNIGHT_HOURS * 60 && closes < opens)
    return [
      fault(
        ['closes'],
        `Schließt, bevor es öffnet. Über Mitternacht sind höchstens ${LONGEST_OVER_MIDNIGHT_HOURS} Stunden möglich.`,
      ),
    ];
  return [];
}

function seriesFaults(rule: OpeningRule): Fault[] {
  const { frequency, days, daysOfMonth, interval, count, anchor, validFrom } = rule;
  const ordinals = days.flatMap(({ ordinal }) => (ordinal === null ? [] : [ordinal]));
  const most = frequency === Recurrence.YEARLY ? 53 : 5;
  const named = days.map(({ weekday, ordinal }) => `${ordinal} ${weekday}`);
  return [
    ...(isWhole(interval, 1, LONGEST_INTERVAL)
      ? []
      : [fault(['interval'], `Möglich ist eine Zahl von 1 bis ${LONGEST_INTERVAL}.`)]),
    ...(count === null || isWhole(count, 1, LONGEST_SERIES)
      ? []
      : [fault(['count'], `Möglich ist eine Zahl von 1 bis ${LONGEST_SERIES}.`)]),
    ...(anchor === null && (count !== null || (interval > 1 && validFrom === null))
      ? [fault(['anchor'], 'Wovon an gezählt wird, fehlt: ein Tag, an dem die Regel zum ersten Mal gilt.')]
      : []),
    ...(new Set(named).size < named.length ? [fault(['days'], 'Ein Wochentag ist doppelt.')] : []),
    ...(ordinals.length > 0 && ![Recurrence.MONTHLY, Recurrence.YEARLY].includes(frequency)
      ? [fault(['days'], 'Der wievielte Wochentag gibt es nur im Monat oder im Jahr.')]
      : []),
    ...(ordinals.every(ordinal => ordinal !== 0 && isWhole(ordinal, -most, most))
      ? []
      : [fault(['days'], `Möglich ist 1 bis ${most}, oder −1 für den letzten.`)]),
    ...(daysOfMonth.length > 0 && frequency === Recurrence.WEEKLY
      ? [fault(['daysOfMonth'], 'Tage des Monats gibt es nicht in einer wöchentlichen Regel.')]
      : []),
    ...(daysOfMonth.every(day => day !== 0 && isWhole(day, -31, 31))
      ? []
      : [fault(['daysOfMonth'], 'Möglich ist 1 bis 31, oder −1 für den letzten Tag.')]),
    ...(rule.opens !== null && frequency !== Recurrence.DAILY && !days.length && !daysOfMonth.length && !anchor
      ? [fault(['days'], 'An welchen Tagen?')]
      : []),
  ];
}

const isWhole = (number: number, from: number, until: number): boolean =>
  Number.isSafeInteger(number) && number >= from && number <= until;

const dayFaults = (days: Readonly<Record<string, string | null>>): Fault[] =>
  Object.entries(days).flatMap(([name, day]) =>
    day === null || (isDay(day) && day >= FIRST_DAY && day <= LAST_DAY)
      ? []
      : [fault([name], 'Möglich ist ein Tag von 1990 bis 2100.')],
  );

const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);

const textFaults = (name: string, text: string | null, most: number): Fault[] =>
  text !== null && [...text].length > most ? [fault([name], `Möglich sind höchstens ${most} Zeichen.`)] : [];

function exceptionFaults(exception: OpeningException): Fault[] {
  const { from, until, hours, reason } = exception;
  const spans = hours.map(span => timeFaults(span));
  return [
    ...dayFaults({ from, until }),
    ...(until < from ? [fault(['until'], 'Die Ausnahme endet, bevor sie beginnt.')] : []),
    ...spans.flatMap((faults, i) => under(['hours', `${i}`], faults)),
    ...(spans.every(faults => faults.length === 0)
      ? hours.flatMap((span, i) =>
          hours
            .slice(0, i)
            .some(other => other.attendance === span.attendance && overlap(minutesOf(span), minutesOf(other)))
            ? [fault(['hours', `${i}`], 'Diese Zeit überschneidet sich mit einer anderen.')]
            : [],
        )
      : []),
    ...textFaults('reason', reason, LONGEST_REASON),
  ];
}

/** Of several exceptions of a day the shortest holds; of two for just the same days nobody could say which. */
const sameDaysFaults = (exceptions: readonly OpeningException[]): Fault[] =>
  exceptions.flatMap((one, i) =>
    exceptions.slice(0, i).some(other => sameDays(one, other))
      ? [fault(['exceptions', `${i}`], 'Für diese Tage gibt es schon eine Ausnahme.')]
      : [],
  );

const sameDays = (a: OpeningException, b: OpeningException): boolean =>
  a.from === b.from &&
  a.until === b.until &&
  (a.weekdays.length === 0 || b.weekdays.length === 0 || a.weekdays.some(day => b.weekdays.includes(day)));

function overlapFaults(rules: readonly OpeningRule[]): Fault[] {
  const plain = rules.map(rule => (isPlain(rule) && ruleFaults(rule).length === 0 ? rule : null));
  return plain.flatMap((rule, i) => {
    const before = rule ? plain.slice(0, i).findIndex(other => other !== null && surelyOverlap(rule, other)) : -1;
    return before < 0 ? [] : [fault(['rules', `${i}`], `Diese Zeit überschneidet sich mit der ${before + 1}. Regel.`)];
  });
}

/** Every week on the same days. */
const isPlain = (rule: OpeningRule): boolean =>
  rule.frequency === Recurrence.WEEKLY &&
  rule.interval === 1 &&
  rule.count === null &&
  rule.days.length > 0 &&
  tellsWhen(rule);

function surelyOverlap(a: OpeningRule, b: OpeningRule): boolean {
  if (a.attendance !== b.attendance) return false;
  const holidays = [a.onHolidays, b.onHolidays];
  if (holidays.includes(OnHolidays.ONLY) && holidays.includes(OnHolidays.CLOSED)) return false;
  const starts = [a, b].map(rule => [rule.anchor, rule.validFrom].reduce<string>((x, y) => (y && y > x ? y : x), ''));
  if ([a, b].some((rule, i) => rule.validTo !== null && rule.validTo < starts[1 - i]!)) return false;
  return weekOf(a).some(one =>
    weekOf(b).some(other => overlap(one, other) || overlap(one, nextWeek(other)) || overlap(nextWeek(one), other)),
  );
}

/** From which minute to which, of a day or a week. */
type Minutes = readonly [from: number, until: number];

const overlap = (a: Minutes, b: Minutes): boolean => a[0] < b[1] && b[0] < a[1];
const nextWeek = ([from, until]: Minutes): Minutes => [from + 7 * DAY, until + 7 * DAY];

const weekOf = (rule: OpeningRule): Minutes[] =>
  rule.days.map(({ weekday }) => {
    const [from, until] = minutesOf({ opens: rule.opens!, closes: rule.closes! });
    const day = WEEK.indexOf(weekday) * DAY;
    return [day + from, day + until];
  });

const minutesOf = (span: Span): Minutes => [minuteOf(span.opens), minuteOf(span.opens) + lengthOf(span)];

const lengthOf = ({ opens, closes }: Span): number => {
  const minutes = minuteOf(closes) - minuteOf(opens);
  return minutes > 0 ? minutes : minutes + DAY;
};

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
