/** A value that was read: as it should be written, and whether it was written otherwise. Null: it cannot be read. */
export type Read<T> = { value: T; rewritten: boolean } | null;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const GERMAN: Readonly<Record<string, string>> = { mär: 'mar', mrz: 'mar', mai: 'may', okt: 'oct', dez: 'dec' };

/**
 * A day as `YYYY-MM-DD`, of the forms that feeds use: ISO with or without a time, `31.12.2024`, `12/31/2024` (American,
 * as in the older versions; where that is no date, day first), `20241231`, `December 31, 2024`. Years of two digits are
 * of 1970 to 2069.
 */
export function readDate(text: string): Read<string> {
  const parts = partsOf(text.trim());
  if (!parts) return null;
  const [year, month, day] = parts;
  const value = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isDay(year, month, day) ? { value, rewritten: value !== text.trim() } : null;
}

function partsOf(text: string): [number, number, number] | null {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:$|[T ]\d)/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (iso) return [Number(iso[1]), Number(iso[2]), Number(iso[3])];
  const german = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})$/.exec(text);
  if (german) return [yearOf(german[3]!), Number(german[2]), Number(german[1])];
  const american = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$/.exec(text);
  if (american) {
    const [year, first, second] = [yearOf(american[3]!), Number(american[1]), Number(american[2])];
    return first > 12 ? [year, second, first] : [year, first, second];
  }
  const spelled =
    /^(?<month>\p{L}{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})$/u.exec(text) ??
    /^(?<day>\d{1,2})\.? (?<month>\p{L}{3,9})\.? (?<year>\d{4})$/u.exec(text);
  if (!spelled?.groups) return null;
  const name = spelled.groups.month!.slice(0, 3).toLowerCase();
  const month = MONTHS.indexOf(GERMAN[name] ?? name) + 1;
  return month === 0 ? null : [Number(spelled.groups.year), month, Number(spelled.groups.day)];
}

const yearOf = (text: string): number =>
  text.length === 4 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900);

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
}

/** A moment as ISO 8601 in UTC; without an offset it is taken for UTC, without a time for the day's beginning. */
export function readMoment(text: string): Read<string> {
  const given = text.trim();
  const day = readDate(given.slice(0, 10)) ?? readDate(given);
  if (!day) return null;
  if (day.rewritten || given.length === 10) return { value: `${day.value}T00:00:00.000Z`, rewritten: true };
  const time = /^[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?$/i.exec(given.slice(10));
  if (!time) return null;
  const offset = (time[2] ?? 'Z').toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const moment = new Date(`${day.value}T${time[1]}${offset}`);
  if (Number.isNaN(moment.getTime())) return null;
  return { value: moment.toISOString(), rewritten: !time[2] || given[10] === ' ' };
}

/**
 * A time of day as `HH:MM`: `09:00`, `9:00am`, `9 a.m.`, `9.00`, `9 Uhr`, `noon`. Seconds that are none and an offset
 * fall away; midnight at the end of a day is `24:00`.
 */
export function readTime(text: string): Read<string> {
  const given = text.trim();
  const plain = given.toLowerCase().replace(/[.\s](?=m\b)|(?<=[ap])\.|(?<=m)\.$/g, '');
  if (plain === 'noon' || plain === 'mittag') return { value: '12:00', rewritten: true };
  if (plain === 'midnight' || plain === 'mitternacht') return { value: '00:00', rewritten: true };
  const match = /^(\d{1,2})(?:[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(am|pm|uhr|h)?(z|[+-]\d{2}:?\d{2})?$/.exec(plain);
  if (!match) return null;
  const [, hours, minutes = '00', seconds = '00', suffix, offset] = match;
  let hour = Number(hours);
  if ((suffix === 'am' || suffix === 'pm') && (hour < 1 || hour > 12)) return null;
  if (suffix === 'am' && hour === 12) hour = 0;
  if (suffix === 'pm' && hour < 12) hour += 12;
  // A bare number is a time only where something says so.
  if (match[2] === undefined && !suffix) return null;
  const end = hour === 24 && Number(minutes) === 0 && Number(seconds) === 0;
  if ((hour > 23 && !end) || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const value = `${String(hour).padStart(2, '0')}:${minutes}${seconds === '00' ? '' : `:${seconds}`}`;
  return { value, rewritten: offset !== undefined || (given !== value && given !== `${value}:00`) };
}
