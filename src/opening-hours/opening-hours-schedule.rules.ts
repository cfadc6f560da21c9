import type { Fault } from '../record/fault.rules.js';
import { letters, tokenOf } from './opening-days.rules.js';
import {
  Attendance,
  LONGEST_NOTE,
  OnHolidays,
  type OpeningRule,
  type OtherText,
  Recurrence,
  type RuleDay,
  ruleOf,
  WEEK,
  Weekday,
} from './opening-hours.rules.js';
import { hoursFaults } from './opening-hours-faults.rules.js';

/**
 * A row of `schedules` of HSDS 3.x as text by column; what is empty is null. One column is our own, `on_holidays`: only
 * there where a rule opens on holidays, for which HSDS has no word.
 */
export type ScheduleRow = Readonly<Record<string, string | null>>;

/**
 * What a rule says in the columns of HSDS. Its days and times are local: HSDS's `timezone` is kept where a file had it,
 * and never applied, since what stands on a door is local time.
 */
const COLUMNS: Readonly<Record<string, (rule: OpeningRule) => string | null>> = {
  freq: ({ frequency }) => frequency,
  interval: ({ interval }) => `${interval}`,
  byday: ({ days }) => days.map(tokenOf).join(',') || null,
  bymonthday: ({ daysOfMonth }) => daysOfMonth.join(',') || null,
  dtstart: ({ anchor }) => anchor,
  count: ({ count }) => (count === null ? null : `${count}`),
  wkst: ({ weekStart }) => letters(weekStart),
  opens_at: ({ opens }) => opens,
  closes_at: ({ closes }) => closes,
  valid_from: ({ validFrom }) => validFrom,
  valid_to: ({ validTo }) => validTo,
  attending_type: ({ attendance }) => ATTENDING[attendance],
  notes: ({ note }) => note,
  on_holidays: ({ onHolidays }) => (onHolidays === OnHolidays.CLOSED ? null : onHolidays),
};

const ATTENDING: Readonly<Record<Attendance, string | null>> = {
  OPEN_DOOR: null,
  BY_APPOINTMENT: 'by appointment',
  PHONE: 'phone',
  VIDEO: 'video',
};

/** The first that fits a text about how to attend: who may come in person finds an open door, whatever else there is. */
const ATTENDED: readonly (readonly [RegExp, Attendance])[] = [
  [/appointment|termin|vereinbarung|anmeldung/i, Attendance.BY_APPOINTMENT],
  [/person|persönlich|vor ort|physical|on.?site/i, Attendance.OPEN_DOOR],
  [/phone|telefon/i, Attendance.PHONE],
  [/video|online|virtual|remote/i, Attendance.VIDEO],
];

/**
 * A rule as a row of HSDS `schedules`; every column of HSDS that it says something of, and what a file said that it
 * could not, as long as the rule still says the same there. `toSchedule(fromSchedule(row))` is the row, but for null
 * columns.
 */
export function toSchedule(rule: OpeningRule): Record<string, string | null> {
  const own = columnsOf(rule);
  const kept = rule.other.filter(({ column, insteadOf }) => (own[column] ?? null) === insteadOf);
  return { ...own, ...Object.fromEntries(kept.map(({ column, text }) => [column, text])) };
}

/** What a row of HSDS `schedules` says, as far as a rule can say it; all else is in its `other`. */
export function fromSchedule(row: ScheduleRow): OpeningRule {
  const text = (column: string): string | null => row[column]?.trim() || null;
  const [opens, closes] = [timeOf(text('opens_at'), false), timeOf(text('closes_at'), true)];
  const both = opens !== null && closes !== null;
  const rule = ruleOf({
    frequency: frequencyOf(text('freq')),
    interval: wholeOf(text('interval')) ?? 1,
    days: listOf(text('byday'), dayOf),
    daysOfMonth: listOf(text('bymonthday'), wholeOf),
    anchor: dateOf(text('dtstart')),
    count: wholeOf(text('count')),
    weekStart: WEEK.find(day => letters(day) === text('wkst')?.toUpperCase()) ?? Weekday.MONDAY,
    opens: both ? opens : null,
    closes: both ? closes : null,
    validFrom: dateOf(text('valid_from')),
    validTo: earlier(dateOf(text('valid_to')), dateOf(text('until'))),
    onHolidays: Object.values(OnHolidays).find(one => one === text('on_holidays')) ?? OnHolidays.CLOSED,
    attendance: attendanceOf(text('attending_type')),
    note: text('notes') ?? text('description'),
  });
  return { ...rule, other: otherOf(row, columnsOf(rule)) };
}

const columnsOf = (rule: OpeningRule): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(COLUMNS).flatMap(([column, of]) => {
      const text = of(rule);
      return text === null ? [] : [[column, text]];
    }),
  );

/** Of the columns that tell days and times: is that a text of which a rule can say all that it means? */
const UNDERSTOOD: Readonly<Record<string, (text: string) => boolean>> = {
  freq: text => Object.values(Recurrence).some(one => one === text.toUpperCase()),
  interval: text => wholeOf(text) !== null,
  byday: text => listOf(text, dayOf).length > 0,
  bymonthday: text => listOf(text, wholeOf).length > 0,
  byweekno: () => false,
  byyearday: () => false,
  dtstart: text => dateOf(text) !== null,
  count: text => wholeOf(text) !== null,
  wkst: text => WEEK.some(day => letters(day) === text.toUpperCase()),
  opens_at: text => timeOf(text, false) !== null,
  closes_at: text => timeOf(text, true) !== null,
  valid_from: text => dateOf(text) !== null,
  valid_to: text => dateOf(text) !== null,
  until: text => dateOf(text) !== null,
};

const isUnderstood = (column: string, text: string | null): boolean =>
  !text?.trim() || (UNDERSTOOD[column]?.(text.trim()) ?? true);

function otherOf(row: ScheduleRow, own: ScheduleRow): OtherText[] {
  const columns = [...new Set([...Object.keys(row), ...Object.keys(own)])].sort();
  return columns.flatMap(column => {
    const [text, insteadOf] = [row[column] ?? null, own[column] ?? null];
    return text === insteadOf ? [] : [{ column, text, insteadOf, understood: isUnderstood(column, text) }];
  });
}

const frequencyOf = (text: string | null): Recurrence =>
  Object.values(Recurrence).find(one => one === text?.toUpperCase()) ?? Recurrence.WEEKLY;

const attendanceOf = (text: string | null): Attendance =>
  ATTENDED.find(([words]) => text !== null && words.test(text))?.[1] ?? Attendance.OPEN_DOOR;

/** All of a list that is understood, or nothing of it: half of it would be another series. */
function listOf<T>(text: string | null, read: (item: string) => T | null): T[] {
  const items = (text ?? '').split(/[,;]/).map(item => item.trim());
  const read_ = items.filter(item => item !== '').map(read);
  return read_.every(item => item !== null) ? (read_ as T[]) : [];
}

function dayOf(text: string): RuleDay | null {
  const [, ordinal, day] = /^([+-]?[1-9]\d?)?([a-z]{2})$/i.exec(text) ?? [];
  const weekday = WEEK.find(one => letters(one) === day?.toUpperCase());
  return weekday ? { weekday, ordinal: ordinal === undefined ? null : Number(ordinal) } : null;
}

const wholeOf = (text: string | null): number | null =>
  text !== null && /^[+-]?\d{1,4}$/.test(text) && Number(text) !== 0 ? Number(text) : null;

/** The day of a date or a moment; 2026-02-30 is none. */
function dateOf(text: string | null): string | null {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})(?:$|T)/.exec(text ?? '') ?? [];
  const date = `${year}-${month}-${day}`;
  return year !== undefined && !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date)
    ? date
    : null;
}

/** HH:MM of "09:00:00", "9:00am", "9.30 Uhr", "17:00+01:00"; null for what is no time, or has seconds. */
function timeOf(text: string | null, closing: boolean): string | null {
  const form = /^(\d{1,2})(?:[:.](\d{2}))?(?::00(?:\.0+)?)?\s*(?:(a|p)\.?m\.?|uhr|z|[+-]\d{2}:?\d{2})?$/i;
  const [, hours, minutes = '00', half] = form.exec(text ?? '') ?? [];
  if (hours === undefined || (half && (Number(hours) > 12 || Number(hours) === 0))) return null;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours);
  if (Number(minutes) > 59 || hour > 24 || (hour === 24 && (!closing || minutes !== '00'))) return null;
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

const earlier = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a);

/**
 * What can be stored of a row: the rule, or, where that is faulty, one that tells no times and keeps all that the row
 * said for the way back.
 */
export function storableRule(row: ScheduleRow): { rule: OpeningRule; faults: Fault[] } {
  const rule = fromSchedule(row);
  const faults = hoursFaults({ rules: [rule], exceptions: [] });
  if (faults.length === 0) return { rule, faults };
  const untimed = ruleOf({ note: rule.note && [...rule.note].slice(0, LONGEST_NOTE).join('') });
  return { rule: { ...untimed, other: otherOf(row, columnsOf(untimed)) }, faults };
}
