import type { HsdsColumn } from './hsds-columns.rules.js';
import { type Read, readDate, readMoment, readTime } from './hsds-dates.rules.js';

/** A value of a row as it is used: numbers where the column is one, all else text. */
export type HsdsValue = string | number;

/** The value as the column writes it, of what a feed wrote; null where it cannot be read as such. */
export function readValue(column: HsdsColumn, text: string): Read<HsdsValue> {
  switch (column.type) {
    case 'number':
    case 'integer':
      return readNumber(text, column.type === 'integer');
    case 'year':
      return readYear(text);
    case 'zone':
      return readZone(text);
    case 'date':
      return readDate(text);
    case 'datetime':
      return readMoment(text);
    case 'time':
      return readTime(text);
    case 'days':
      return readDays(text);
    case 'numbers':
      return readNumbers(text, column);
    case 'choice':
      return readChoice(text, column.choices!);
    case 'url':
      return readUrl(text);
    case 'email':
      return after(text.replace(/^mailto:/i, ''), EMAIL, text);
    case 'phone':
      return readPhone(text);
    case 'currency':
      return readCurrency(text);
    case 'country':
      return after(text.toUpperCase(), /^[A-Z]{2}$/, text);
    default:
      return same(text);
  }
}

const same = <T>(value: T): Read<T> => ({ value, rewritten: false });

/** The rewritten text, where it has that form. */
const after = (value: string, form: RegExp, before?: string): Read<string> =>
  form.test(value) ? { value, rewritten: value !== before } : null;

/** One character before the at sign, a dot after it: more is not told by looking. */
const EMAIL = /^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/;

function readNumber(text: string, whole: boolean): Read<number> {
  const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  // A comma is a decimal one: feeds do not group figures.
  const written = plain ? text : /^[+-]?\d+,\d+$/.test(text) ? text.replace(',', '.') : '';
  const value = written === '' ? Number.NaN : Number(written);
  if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return null;
  return { value, rewritten: !plain };
}

function readYear(text: string): Read<number> {
  if (/^\d{4}(\.0+)?$/.test(text)) return { value: Number(text), rewritten: text.length > 4 };
  const date = readDate(text);
  return date && { value: Number(date.value.slice(0, 4)), rewritten: true };
}

/** Hours from UTC; `+01:00` too. */
function readZone(text: string): Read<number> {
  const hours = /^(?:UTC|GMT)?([+-]\d{1,2}):?(00|15|30|45)$/i.exec(text);
  if (!hours) return readNumber(text, false);
  const sign = hours[1]!.startsWith('-') ? -1 : 1;
  return { value: Number(hours[1]) + (sign * Number(hours[2])) / 60, rewritten: true };
}

const WEEKDAYS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['MO', 'mo', 'mon', 'monday', 'montag'],
    ['TU', 'tu', 'tue', 'tues', 'tuesday', 'dienstag', 'di'],
    ['WE', 'we', 'wed', 'wednesday', 'mittwoch', 'mi'],
    ['TH', 'th', 'thu', 'thur', 'thurs', 'thursday', 'donnerstag', 'do'],
    ['FR', 'fr', 'fri', 'friday', 'freitag'],
    ['SA', 'sa', 'sat', 'saturday', 'samstag', 'sonnabend'],
    ['SU', 'su', 'sun', 'sunday', 'sonntag', 'so'],
  ].flatMap(([code, ...names]) => names.map(name => [name, code!])),
);

/** `MO,-1FR`; names of weekdays in English and German too. */
export function readDays(text: string): Read<string> {
  const days = text.split(/[,;|]/).map(part => {
    const [, nth = '', name = ''] = /^\s*([+-]?[1-5]?)\s*(\p{L}+)\.?\s*$/u.exec(part) ?? [];
    const day = WEEKDAYS[name.toLowerCase()];
    return day && `${nth}${day}`;
  });
  const value = days.join(',');
  return days.every(day => day) ? { value, rewritten: value !== text } : null;
}

function readNumbers(text: string, { min = 1, max = 366 }: HsdsColumn): Read<string> {
  const parts = text.split(/[,;|]/).map(part => part.trim());
  const fits = (part: string) =>
    /^[+-]?\d{1,3}$/.test(part) && Math.abs(Number(part)) >= min && Math.abs(Number(part)) <= max;
  const value = parts.join(',');
  return parts.every(fits) ? { value, rewritten: value !== text } : null;
}

function readChoice(text: string, choices: readonly string[]): Read<string> {
  if (choices.includes(text)) return same(text);
  const plain = text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
  const found = choices.find(one => one.toLowerCase() === plain) ?? choices.find(one => WEEKDAYS[plain] === one);
  return found === undefined ? null : { value: found, rewritten: true };
}

/** Only addresses of the web: nobody is led to a script. */
function readUrl(text: string): Read<string> {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text) ? text : `http://${text}`;
  if (!/^https?:\/\/[^\s/]+/i.test(whole) || /\s/.test(whole) || !URL.canParse(whole)) return null;
  if (whole !== text && !/^[^\s/]+\.[a-z]{2,}(?=$|[/:?#])/i.test(text)) return null;
  return { value: whole, rewritten: whole !== text };
}

/** Quotes around a number are an exporter's; at least three digits make one. */
function readPhone(text: string): Read<string> {
  const value = text.replace(/^["']+|["']+$/g, '').trim();
  return (value.match(/\d/g) ?? []).length < 3 ? null : { value, rewritten: value !== text };
}

function readCurrency(text: string): Read<string> {
  const signs: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', $: 'USD' };
  return after(signs[text] ?? text.toUpperCase(), /^[A-Z]{3}$/, text);
}

/** Yes and no, as the older versions and spreadsheets write it. */
export function readFlag(text: string): boolean | null {
  const plain = text.trim().toLowerCase();
  if (['true', 'yes', 'y', 't', '1', 'x', 'ja', 'wahr'].includes(plain)) return true;
  return ['false', 'no', 'n', 'f', '0', 'nein', 'falsch', ''].includes(plain) ? false : null;
}
