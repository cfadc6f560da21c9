import { getHolidays } from 'feiertagejs';
import { DateTime } from 'luxon';

/**
 * Days as the offices of North Rhine-Westphalia count them. Fronleichnam and Allerheiligen are holidays, Saturdays are
 * no working days. Everything here is in the local time of Berlin, so a day has 23, 24 or 25 hours.
 */
const ZONE = 'Europe/Berlin';
const STATE = 'NW';
const DAY = 86_400_000;

/** Whole days since 1970 of a local date; knows no time zone and no daylight saving. */
export type DayNumber = number;

const local = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: ZONE });

export const dayNumber = (localDate: string): DayNumber => Date.parse(`${localDate}T00:00:00Z`) / DAY;

/** The last day that the field knows: often said for "for ever". */
export const LAST_DAY = '9999-12-31';

/** The day after a local date; null after the last one of the calendar. @param localDate YYYY-MM-DD */
export const dayAfter = (localDate: string): string | null =>
  localDate >= LAST_DAY ? null : localDateOf(dayNumber(localDate) + 1);

export const localDateOf = (day: DayNumber): string => new Date(day * DAY).toISOString().slice(0, 10);

const holidaysByYear = new Map<string, ReadonlySet<string>>();

function holidaysOf(year: string): ReadonlySet<string> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const holidays = new Set(getHolidays(year, STATE).map(holiday => holiday.dateString));
  holidaysByYear.set(year, holidays);
  return holidays;
}

/** Monday to Friday and no holiday. @param localDate YYYY-MM-DD */
export function isWorkingDay(localDate: string): boolean {
  const weekday = new Date(dayNumber(localDate) * DAY).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidaysOf(localDate.slice(0, 4)).has(localDate);
}

const HOUR = 3_600_000;
/** Berlin is whole hours away from Greenwich since 1893. */
const WHOLE_HOURS_SINCE = Date.UTC(1900);
const MOST_HOURS = 10_000;
const dayByHour = new Map<number, string>();

/** The day in Berlin at that moment: YYYY-MM-DD. It never changes within an hour, and is asked for all the time. */
export function berlinDay(at: Date): string {
  const ms = at.getTime();
  if (!(ms >= WHOLE_HOURS_SINCE)) return local(at).toFormat('yyyy-MM-dd');
  const hour = Math.floor(ms / HOUR);
  const known = dayByHour.get(hour);
  if (known) return known;
  if (dayByHour.size >= MOST_HOURS) dayByHour.clear();
  const day = local(at).toFormat('yyyy-MM-dd');
  dayByHour.set(hour, day);
  return day;
}

/** A local day as Germans write it: 24.12.2026. @param localDate YYYY-MM-DD */
export const germanDay = (localDate: string): string => localDate.split('-').reverse().join('.');

/** The last millisecond of a local day. @param localDate YYYY-MM-DD */
export const endOfBerlinDay = (localDate: string): Date =>
  DateTime.fromISO(localDate, { zone: ZONE }).endOf('day').toJSDate();

/** The first millisecond of a local day. @param localDate YYYY-MM-DD */
export const startOfBerlinDay = (localDate: string): Date =>
  DateTime.fromISO(localDate, { zone: ZONE }).startOf('day').toJSDate();

/** So many calendar days later (or earlier) at the same local time; an hour that does not exist moves on by one. */
export const addDays = (from: Date, days: number): Date => local(from).plus({ days }).toJSDate();

/** So many calendar months later: the same day, or the last one of a month that is too short. @param localDate YYYY-MM-DD */
export const addMonths = (localDate: string, months: number): string =>
  DateTime.fromISO(localDate, { zone: 'utc' }).plus({ months }).toFormat('yyyy-MM-dd');

/** Calendar days from one local date to another, negative when it is earlier. @param a, b YYYY-MM-DD */
export const daysBetween = (a: string, b: string): number => dayNumber(b) - dayNumber(a);

/**
 * The given number of working days after a moment, at the same local time: with 1, the next working day, even from a
 * Saturday. 0 is the moment itself.
 * @throws RangeError for a negative or broken number
 */
export function addWorkingDays(from: Date, days: number): Date {
  if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`Not a number of working days: ${days}`);
  let day = dayNumber(berlinDay(from));
  for (let left = days; left > 0; ) {
    day += 1;
    if (isWorkingDay(localDateOf(day))) left -= 1;
  }
  return addDays(from, day - dayNumber(berlinDay(from)));
}

/**
 * How many working days lie after the day of `a` up to and with the day of `b`: 0 on the same day, 1 from Friday to
 * Monday. Negative when `b` is the earlier one.
 */
export function workingDaysBetween(a: Date, b: Date): number {
  if (b < a) return 0 - workingDaysBetween(b, a);
  const last = dayNumber(berlinDay(b));
  let count = 0;
  for (let day = dayNumber(berlinDay(a)) + 1; day <= last; day += 1) {
    if (isWorkingDay(localDateOf(day))) count += 1;
  }
  return count;
}

/** The first day of its month. @param day YYYY-MM-DD */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;
