import { Temporal } from 'temporal-polyfill';
import { berlinDay, dayNumber, daysBetween, localDateOf } from '../shared/calendar.rules.js';
import type { Bilingual } from '../shared/texts.rules.js';
import { holidayOn } from './holidays.rules.js';
import { daysOfRule, tellsWhen, weekdayOf } from './opening-days.rules.js';
import {
  type Attendance,
  OnHolidays,
  type OpeningException,
  type OpeningHours,
  type OpeningRule,
  type Span,
} from './opening-hours.rules.js';

/** A stretch of time in which it is open, for one kind of attendance; `endsAt` is no longer open. */
export interface Opening {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly attendance: Attendance;
  readonly notes: readonly string[];
  /** Reason of the exception that opens it. */
  readonly exception: string | null;
  /** The holiday on which it is open all the same. */
  readonly holiday: Bilingual | null;
}

/** A day that is not as the rules have it. */
export interface SpecialDay {
  readonly day: string;
  readonly holiday: Bilingual | null;
  readonly exception: OpeningException | null;
}

const ZONE = 'Europe/Berlin';

/** Is it told at all when it is open? Where not, nobody can say that it is closed. */
export const tellsTimes = ({ rules, exceptions }: OpeningHours): boolean =>
  rules.some(tellsWhen) || exceptions.some(({ hours }) => hours.length > 0);

/**
 * When it is open from one local day to another, both included: in the order of their beginnings; of one attendance
 * disjoint, also without touching; none outside of these days, so what lasts over midnight is cut at their ends.
 *
 * @param from, until YYYY-MM-DD
 * @param state first two digits of the municipality's key, for its holidays
 * @param attendance one of these; any where there is none
 */
export function openingsBetween(
  hours: OpeningHours,
  from: string,
  until: string,
  state: string,
  attendance: readonly Attendance[] = [],
): Opening[] {
  const [start, end] = [startOfDay(from), startOfDay(dayAfter(until))];
  return wholeOpenings(hours, from, until, state, attendance).flatMap(opening => {
    const startsAt = opening.startsAt < start ? start : opening.startsAt;
    const endsAt = opening.endsAt > end ? end : opening.endsAt;
    return startsAt < endsAt ? [{ ...opening, startsAt, endsAt }] : [];
  });
}

/** What is open at that moment: one for each kind of attendance at most. They may have begun the day before. */
export function openingsAt(
  hours: OpeningHours,
  at: Date,
  state: string,
  attendance: readonly Attendance[] = [],
): Opening[] {
  const today = berlinDay(at);
  return wholeOpenings(hours, today, today, state, attendance).filter(
    ({ startsAt, endsAt }) => startsAt <= at && at < endsAt,
  );
}

/** Days to look ahead, each in vain a longer time: most open within a week. */
const AHEAD = [8, 62, 400];

/** The first that begins after that moment; null where none does within 400 days. */
export function nextOpening(
  hours: OpeningHours,
  after: Date,
  state: string,
  attendance: readonly Attendance[] = [],
): Opening | null {
  const today = berlinDay(after);
  for (const days of AHEAD) {
    const last = dayAfter(today, days);
    const end = startOfDay(last);
    const found = wholeOpenings(hours, today, last, state, attendance).find(one => one.startsAt > after);
    // What lasts beyond the days that were looked at may end later than it seems.
    if (found && (found.endsAt < end || days === AHEAD.at(-1))) return found;
  }
  return null;
}

/** The days from one to another on which a holiday or an exception holds. */
export function specialDays(hours: OpeningHours, from: string, until: string, state: string): SpecialDay[] {
  return daysFrom(from, until).flatMap(day => {
    const [holiday, exception] = [holidayOn(day, state), exceptionOn(hours.exceptions, day, state)];
    return holiday || exception ? [{ day, holiday, exception }] : [];
  });
}

/**
 * The exception of a day: of several the one of the fewest days. A holiday stays what the rules make of it, unless the
 * exception is of this day alone, or closes.
 */
export function exceptionOn(
  exceptions: readonly OpeningException[],
  day: string,
  state: string,
): OpeningException | null {
  const weekday = weekdayOf(day);
  const on = exceptions.filter(
    ({ from, until, weekdays }) => from <= day && day <= until && (!weekdays.length || weekdays.includes(weekday)),
  );
  const [found] = on.length < 2 ? on : on.sort((a, b) => daysBetween(a.from, a.until) - daysBetween(b.from, b.until));
  if (!found) return null;
  return found.from < found.until && found.hours.length > 0 && holidayOn(day, state) ? null : found;
}

/** Also what began the day before, and beyond the last midnight: not cut. */
function wholeOpenings(
  { rules, exceptions }: OpeningHours,
  from: string,
  until: string,
  state: string,
  attendance: readonly Attendance[],
): Opening[] {
  const isWanted = (one: { readonly attendance: Attendance }) =>
    attendance.length === 0 || attendance.includes(one.attendance);
  const wanted = rules.filter(rule => isWanted(rule) && tellsWhen(rule));
  // Nothing to look for: days need not be gone through.
  if (wanted.length === 0 && !exceptions.some(({ hours }) => hours.some(isWanted))) return [];
  const first = dayBefore(from);
  const byDay = new Map<string, OpeningRule[]>();
  for (const rule of wanted)
    for (const day of daysOfRule(rule, first, until)) {
      const others = byDay.get(day);
      if (others) others.push(rule);
      else byDay.set(day, [rule]);
    }
  const openings = daysFrom(first, until).flatMap(day =>
    openingsOf(day, byDay.get(day) ?? [], exceptions, state).filter(isWanted),
  );
  return [...Map.groupBy(openings, ({ attendance }) => attendance).values()].flatMap(merged).sort(inOrder);
}

function openingsOf(
  day: string,
  rules: readonly OpeningRule[],
  exceptions: readonly OpeningException[],
  state: string,
): Opening[] {
  if (rules.length === 0 && exceptions.length === 0) return [];
  const exception = exceptionOn(exceptions, day, state);
  if (exception)
    return exception.hours.flatMap(({ attendance, ...span }) =>
      opening(day, span, { attendance, notes: [], exception: exception.reason, holiday: null }),
    );
  const holiday = holidayOn(day, state);
  const without = holiday ? OnHolidays.CLOSED : OnHolidays.ONLY;
  return rules
    .filter(({ onHolidays }) => onHolidays !== without)
    .flatMap(({ opens, closes, attendance, note }) =>
      opening(
        day,
        { opens: opens!, closes: closes! },
        { attendance, notes: note ? [note] : [], exception: null, holiday },
      ),
    );
}

/** None where the clock leaves out all of it. */
function opening(day: string, { opens, closes }: Span, more: Omit<Opening, 'startsAt' | 'endsAt'>): Opening[] {
  const startsAt = instantOf(day, opens, 'earlier');
  const endsAt = instantOf(closes <= opens ? dayAfter(day) : day, closes, 'later');
  return startsAt < endsAt ? [{ startsAt, endsAt, ...more }] : [];
}

function merged(openings: Opening[]): Opening[] {
  const apart: Opening[] = [];
  for (const one of openings.sort(inOrder)) {
    const last = apart.at(-1);
    if (!last || last.endsAt < one.startsAt) apart.push(one);
    else apart[apart.length - 1] = together(last, one);
  }
  return apart;
}

const together = (a: Opening, b: Opening): Opening => ({
  ...a,
  endsAt: a.endsAt > b.endsAt ? a.endsAt : b.endsAt,
  notes: [...new Set([...a.notes, ...b.notes])],
  exception: a.exception ?? b.exception,
  holiday: a.holiday ?? b.holiday,
});

const inOrder = (a: Opening, b: Opening): number =>
  a.startsAt.getTime() - b.startsAt.getTime() || a.attendance.localeCompare(b.attendance);

/**
 * When the clocks of Berlin come to that time. One that they leap over in spring is the moment of the leap; one that
 * comes twice in autumn is the earlier for what opens, the later for what closes. @param time HH:MM, up to 24:00
 */
export function instantOf(day: string, time: string, of: 'earlier' | 'later'): Date {
  const [start, end] = [midnightOf(day), midnightOf(dayAfter(day))];
  if (time === '24:00') return new Date(end);
  const sinceMidnight = Number(time.slice(0, 2)) * HOUR + Number(time.slice(3)) * MINUTE;
  // Two days of a year are longer or shorter: only they need the calendar.
  if (end - start === DAY || sinceMidnight === 0) return new Date(start + sinceMidnight);
  const wanted = Temporal.PlainDateTime.from(`${day}T${time}`);
  const found = wanted.toZonedDateTime(ZONE, { disambiguation: of });
  if (found.toPlainDateTime().equals(wanted)) return new Date(found.epochMilliseconds);
  const before = wanted.toZonedDateTime(ZONE, { disambiguation: 'earlier' });
  return new Date(before.getTimeZoneTransition('next')!.epochMilliseconds);
}

const midnights = new Map<string, number>();

/** The beginning of a local day, which exists in Berlin: its clocks leap later at night. Kept, for the days of a century. */
function midnightOf(day: string): number {
  const known = midnights.get(day);
  if (known !== undefined) return known;
  const midnight = Temporal.PlainDate.from(day).toZonedDateTime(ZONE).epochMilliseconds;
  midnights.set(day, midnight);
  return midnight;
}

const startOfDay = (day: string): Date => new Date(midnightOf(day));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const dayAfter = (day: string, days = 1): string => localDateOf(dayNumber(day) + days);

const dayBefore = (day: string): string => dayAfter(day, -1);

const daysFrom = (from: string, until: string): string[] =>
  Array.from({ length: Math.max(0, daysBetween(from, until) + 1) }, (_, days) => dayAfter(from, days));
