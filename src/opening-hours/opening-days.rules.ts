import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { type DayNumber, dayNumber, localDateOf } from '../shared/calendar.rules.js';
import { type OpeningRule, Recurrence, type RuleDay, WEEK, type Weekday } from './opening-hours.rules.js';

/** As RFC 5545 writes a day of the week: MO. */
export const letters = (weekday: Weekday): string => weekday.slice(0, 2);

/** As RFC 5545 writes a day of a rule: MO, 1TU, -1FR. */
export const tokenOf = ({ weekday, ordinal }: RuleDay): string => `${ordinal ?? ''}${letters(weekday)}`;

/** @param day YYYY-MM-DD */
export const weekdayOf = (day: string): Weekday => WEEK[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]!;

/**
 * Can it be said on which days it opens, and when? Not without times, without days, or where a file said something of
 * the days that a rule cannot: rather closed than wrong.
 */
export function tellsWhen(rule: OpeningRule): boolean {
  const { opens, closes, frequency, days, daysOfMonth, interval, count } = rule;
  if (opens === null || closes === null || rule.other.some(({ understood }) => !understood)) return false;
  if (anchorOf(rule)) return true;
  if (interval > 1 || count !== null) return false;
  return frequency === Recurrence.DAILY || days.length > 0 || daysOfMonth.length > 0;
}

/** Intervals are counted from somewhere: the anchor, else the first day on which the rule holds. */
const anchorOf = ({ anchor, validFrom, interval, count }: OpeningRule): string | null =>
  anchor ?? (interval > 1 || count !== null ? validFrom : null);

/**
 * The days of a rule that `tellsWhen`, from one to another, both included: days of the calendar, so no time zone has a
 * say in it. Holidays and exceptions are not looked at.
 */
export function daysOfRule(rule: OpeningRule, from: string, until: string): string[] {
  const [first, last] = [latest(from, rule.validFrom, rule.anchor), earliest(until, rule.validTo)];
  if (first > last) return [];
  return plainDays(rule, first, last) ?? seriesOf(rule, first, last);
}

/**
 * The days of a rule of days or weeks, as nearly all are: counted, since a library takes a hundred times as long, which
 * the rules of many services at once would feel. Null for other rules.
 */
function plainDays(rule: OpeningRule, first: string, last: string): string[] | null {
  const { frequency, interval, count, days, daysOfMonth, weekStart } = rule;
  if (count !== null || daysOfMonth.length > 0 || days.some(({ ordinal }) => ordinal !== null)) return null;
  if (frequency !== Recurrence.DAILY && frequency !== Recurrence.WEEKLY) return null;
  const start = dayNumber(anchorOf(rule) ?? first);
  const isDaily = frequency === Recurrence.DAILY;
  // Days since the beginning of the week in which the series begins.
  const weeksFrom = start - ((weekdayNumber(start) - WEEK.indexOf(weekStart) + 7) % 7);
  const wanted = new Set(days.map(({ weekday }) => WEEK.indexOf(weekday)));
  if (!isDaily && wanted.size === 0) wanted.add(weekdayNumber(start));
  const found: string[] = [];
  for (let day = dayNumber(first); day <= dayNumber(last); day++) {
    const passed = isDaily ? day - start : Math.floor((day - weeksFrom) / 7);
    if (passed % interval === 0 && (wanted.size === 0 || wanted.has(weekdayNumber(day)))) found.push(localDateOf(day));
  }
  return found;
}

/** 0 for Mondays; the first day of 1970 was a Thursday. */
const weekdayNumber = (day: DayNumber): number => (((day + 3) % 7) + 7) % 7;

function seriesOf(rule: OpeningRule, first: string, last: string): string[] {
  const series = new RRuleTemporal({
    freq: rule.frequency,
    interval: rule.interval,
    ...(rule.count !== null && { count: rule.count }),
    ...(rule.days.length > 0 && { byDay: rule.days.map(tokenOf) }),
    ...(rule.daysOfMonth.length > 0 && { byMonthDay: [...rule.daysOfMonth] }),
    wkst: letters(rule.weekStart),
    tzid: 'UTC',
    dtstart: Temporal.ZonedDateTime.from(`${anchorOf(rule) ?? first}T00:00[UTC]`),
  });
  const days = series.between(midnight(first), midnight(last), true);
  return days.map(day => day.toString().slice(0, 10));
}

const midnight = (day: string): Date => new Date(`${day}T00:00:00Z`);

const latest = (...days: (string | null)[]): string => days.reduce<string>((a, b) => (b !== null && b > a ? b : a), '');
const earliest = (day: string, other: string | null): string => (other !== null && other < day ? other : day);
