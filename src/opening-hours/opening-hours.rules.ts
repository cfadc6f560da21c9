import type { JsonValue } from '../record/record.rules.js';

export enum Weekday {
  MONDAY = 'MONDAY',
  TUESDAY = 'TUESDAY',
  WEDNESDAY = 'WEDNESDAY',
  THURSDAY = 'THURSDAY',
  FRIDAY = 'FRIDAY',
  SATURDAY = 'SATURDAY',
  SUNDAY = 'SUNDAY',
}

/** In the order of the week. */
export const WEEK = Object.values(Weekday);

export enum Recurrence {
  DAILY = 'DAILY',
  WEEKLY = 'WEEKLY',
  MONTHLY = 'MONTHLY',
  YEARLY = 'YEARLY',
}

/** What one may do during these hours. */
export enum Attendance {
  OPEN_DOOR = 'OPEN_DOOR',
  BY_APPOINTMENT = 'BY_APPOINTMENT',
  PHONE = 'PHONE',
  VIDEO = 'VIDEO',
}

export enum OnHolidays {
  CLOSED = 'CLOSED',
  OPEN = 'OPEN',
  ONLY = 'ONLY',
}

/** A day of the week; `ordinal` tells which of the month (of the year, if YEARLY), −1 the last; null every one. */
export interface RuleDay {
  readonly weekday: Weekday;
  readonly ordinal: number | null;
}

/** From when to when, local times HH:MM; 24:00 is the end of the day. Earlier than it opens: it closes the next day. */
export interface Span {
  readonly opens: string;
  readonly closes: string;
}

/** What a file said in a column and the rule cannot: its text instead of what the rule would say there. */
export interface OtherText {
  readonly column: string;
  readonly text: string | null;
  readonly insteadOf: string | null;
  /** Is it only another way to say the same? Else the file said something of the days or times that is not known. */
  readonly understood: boolean;
}

/** A series of days with the same hours, as RFC 5545 has it. Days are YYYY-MM-DD, local. */
export interface OpeningRule {
  readonly frequency: Recurrence;
  /** Every second week, and so on: counted from the week (month, day) of the anchor. */
  readonly interval: number;
  readonly days: readonly RuleDay[];
  /** 1 to 31, −1 the last. */
  readonly daysOfMonth: readonly number[];
  /** The first day of the series; nothing before it. Null: since ever. */
  readonly anchor: string | null;
  /** How many days the series has, from the anchor on; null: no end. */
  readonly count: number | null;
  /** Where a week begins that is counted in intervals. */
  readonly weekStart: Weekday;
  /** Both null: when is not told (by arrangement); such a rule opens nothing. */
  readonly opens: string | null;
  readonly closes: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly onHolidays: OnHolidays;
  readonly attendance: Attendance;
  readonly note: string | null;
  readonly other: readonly OtherText[];
}

export interface ExceptionSpan extends Span {
  readonly attendance: Attendance;
}

/** A day or days, both ends included, on which the rules do not hold: closed, or with hours of their own. */
export interface OpeningException {
  readonly from: string;
  readonly until: string;
  /** Only these days of the week; empty: all. */
  readonly weekdays: readonly Weekday[];
  /** Empty: closed. */
  readonly hours: readonly ExceptionSpan[];
  readonly reason: string | null;
}

export interface OpeningHours {
  readonly rules: readonly OpeningRule[];
  readonly exceptions: readonly OpeningException[];
}

export const MOST_RULES = 50;
export const MOST_EXCEPTIONS = 200;
/** Days that openings are told of at once. */
export const MOST_DAYS = 62;
export const LONGEST_NOTE = 500;
export const LONGEST_REASON = 200;

export const NO_HOURS: OpeningHours = { rules: [], exceptions: [] };

const EVERY_WEEK: OpeningRule = {
  frequency: Recurrence.WEEKLY,
  interval: 1,
  days: [],
  daysOfMonth: [],
  anchor: null,
  count: null,
  weekStart: Weekday.MONDAY,
  opens: null,
  closes: null,
  validFrom: null,
  validTo: null,
  onHolidays: OnHolidays.CLOSED,
  attendance: Attendance.OPEN_DOOR,
  note: null,
  other: [],
};

/** A rule of which only something is said: weekly, closed on holidays, the door open. */
export const ruleOf = (said: Partial<OpeningRule>): OpeningRule => ({ ...EVERY_WEEK, ...said });

export const exceptionOf = (said: Partial<OpeningException> & Pick<OpeningException, 'from'>): OpeningException => ({
  until: said.from,
  weekdays: [],
  hours: [],
  reason: null,
  ...said,
});

/**
 * The value of the field `openingHours` of a record: one list, of rules and exceptions, each with its `kind`. Members
 * that say what is usual are left out, so that equal hours are stored alike.
 */
export const storedHours = ({ rules, exceptions }: OpeningHours): JsonValue[] => [
  ...rules.map(rule => ({ kind: 'RULE', ...saidOf(rule, EVERY_WEEK) })),
  ...exceptions.map(one => ({ kind: 'EXCEPTION', ...saidOf(one, exceptionOf({ from: one.from })), from: one.from })),
];

/** What `storedHours` made the value of. */
export function hoursOf(stored: JsonValue): OpeningHours {
  const entries = (Array.isArray(stored) ? stored : []) as readonly ({ kind: string } & Record<string, JsonValue>)[];
  const of = <T>(wanted: string) =>
    entries.filter(({ kind }) => kind === wanted).map(({ kind: _, ...entry }) => entry as unknown as T);
  return {
    rules: of<Partial<OpeningRule>>('RULE').map(ruleOf).map(whole),
    exceptions: of<OpeningException>('EXCEPTION').map(exceptionOf),
  };
}

/** Where values are compared and told, a member that is null may be left out. */
const whole = (rule: OpeningRule): OpeningRule => ({
  ...rule,
  days: rule.days.map(({ weekday, ordinal }) => ({ weekday, ordinal: ordinal ?? null })),
  other: rule.other.map(one => ({ ...one, text: one.text ?? null, insteadOf: one.insteadOf ?? null })),
});

const saidOf = <T extends object>(thing: T, usual: T): Record<string, JsonValue> =>
  Object.fromEntries(
    Object.entries(thing).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name as keyof T] ?? null),
    ),
  );
