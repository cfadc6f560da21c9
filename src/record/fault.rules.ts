import type { JsonValue, RecordDocument } from './record.rules.js';

/** Something wrong with what is said of a record: where, by the names of fields and the places in lists; in German. */
export interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

/** Every fault of a value; none for one that is fit to be stored. Values of the wrong type are faults too. */
export type Check = (value: JsonValue, path: readonly string[]) => Fault[];

/** The faults of those fields of a document that have a check. */
export const faultsOf = (document: RecordDocument, checks: Readonly<Record<string, Check>>): Fault[] =>
  Object.entries(document).flatMap(([field, value]) => checks[field]?.(value, [field]) ?? []);

const wrong = (path: readonly string[], message: string): Fault[] => [{ path, message }];

/** Characters as PostgreSQL counts them: an emoji is one. */
const lengthOf = (text: string): number => Array.from(text).length;

/**
 * Control characters, line breaks of all kinds, marks that turn the direction of writing, and what has no width: with
 * them one name looks like another, or like nothing. What joins emojis and Persian letters may stay.
 */
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
/**
 * What nobody means in a text of several lines either: control characters but line breaks and tabs, and what turns the
 * direction of all that is written after it. Marks for single letters and joiners may stay: Arabic and emojis need them.
 */
const MISLEADING = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]/gu;

/** A text of several lines without what nobody means in it. */
export const withoutMisleading = (text: string): string => text.replace(MISLEADING, '');

const UNSTORABLE = /[\0\p{Surrogate}]/u;
const READABLE = /[\p{L}\p{N}]/u;

export const LONGEST_NAME = 200;

const hasMargin = (text: string): boolean => text !== text.trim();

const NAME_MESSAGE = `Ein Name hat 2 bis ${LONGEST_NAME} Zeichen und keine Leerzeichen am Rand.`;

/** What a thing is called: 2 to 200 characters, something to read among them. */
export const aName: Check = (value, path) => {
  if (typeof value !== 'string' || hasMargin(value) || !READABLE.test(value)) return wrong(path, NAME_MESSAGE);
  const length = lengthOf(value);
  if (length < 2 || length > LONGEST_NAME) return wrong(path, NAME_MESSAGE);
  return UNSEEN.test(value) ? wrong(path, 'Steuerzeichen und unsichtbare Zeichen sind hier nicht möglich.') : [];
};

/** A text of one line, up to so many characters. */
export const aLine =
  (longest = LONGEST_NAME): Check =>
  (value, path) => {
    if (typeof value !== 'string' || hasMargin(value) || !READABLE.test(value))
      return wrong(path, 'Hier steht ein kurzer Text ohne Leerzeichen am Rand.');
    if (lengthOf(value) > longest) return wrong(path, `Möglich sind höchstens ${longest} Zeichen.`);
    return UNSEEN.test(value) ? wrong(path, 'Steuerzeichen und unsichtbare Zeichen sind hier nicht möglich.') : [];
  };

/** A text of several lines, up to so many characters, as it was written. */
export const someText =
  (longest: number): Check =>
  (value, path) => {
    if (typeof value !== 'string' || UNSTORABLE.test(value)) return wrong(path, 'Das ist kein Text.');
    if (withoutMisleading(value) !== value)
      return wrong(path, 'Steuerzeichen und Zeichen, die die Schreibrichtung ändern, sind hier nicht möglich.');
    return lengthOf(value) > longest
      ? wrong(path, `Möglich sind höchstens ${longest.toLocaleString('de')} Zeichen.`)
      : [];
  };

/** Whatever a file said, kept as it was. */
export const anyText =
  (longest: number): Check =>
  (value, path) =>
    typeof value === 'string' && !UNSTORABLE.test(value) && lengthOf(value) <= longest
      ? []
      : wrong(path, 'Das ist kein Text.');

/** A text of a form of its own, such as an address; without blanks at its ends. */
export const fitting =
  (fits: (text: string) => boolean, message: string): Check =>
  (value, path) =>
    typeof value === 'string' && !hasMargin(value) && fits(value) ? [] : wrong(path, message);

/** Null is fine. */
export const optional =
  (check: Check): Check =>
  (value, path) =>
    value === null ? [] : check(value, path);

/** A whole number in a range. */
export const whole =
  (least: number, most: number): Check =>
  (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? []
      : wrong(path, `Möglich ist eine ganze Zahl von ${least.toLocaleString('de')} bis ${most.toLocaleString('de')}.`);

/** Any number in a range. */
export const between =
  (least: number, most: number): Check =>
  (value, path) =>
    typeof value === 'number' && value >= least && value <= most
      ? []
      : wrong(path, `Möglich ist eine Zahl von ${least.toLocaleString('de')} bis ${most.toLocaleString('de')}.`);

export const aBoolean: Check = (value, path) =>
  typeof value === 'boolean' ? [] : wrong(path, 'Hier steht ja oder nein.');

/** A day of the calendar, YYYY-MM-DD. */
export const aDay: Check = (value, path) =>
  isDay(value) ? [] : wrong(path, 'Das ist kein Tag des Kalenders; möglich ist zum Beispiel 2026-12-31.');

export const isDay = (value: JsonValue): boolean =>
  typeof value === 'string' &&
  /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(value) &&
  new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true;

/** One of some words. @param names what people call them */
export const oneOf =
  (words: readonly string[], names: Readonly<Record<string, { readonly de: string }>> = {}): Check =>
  (value, path) => {
    if (typeof value === 'string' && words.includes(value)) return [];
    const known = `möglich ist: ${words.map(one => names[one]?.de ?? one).join(', ')}.`;
    return wrong(path, value === null ? `Hier fehlt eine Angabe; ${known}` : `M${known.slice(1)}`);
  };

/** A list of at most so many, each of which is checked. */
export const listOf =
  (check: Check, most: number, least = 0): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return wrong(path, 'Hier steht eine Liste.');
    if (value.length > most) return wrong(path, `Möglich sind höchstens ${most} Einträge.`);
    if (value.length < least) return wrong(path, 'Mindestens ein Eintrag ist nötig.');
    return value.flatMap((item, i) => check(item, [...path, String(i)]));
  };

/** An object with these members and no others; one that is not there counts as null. */
export const anObject =
  (members: Readonly<Record<string, Check>>, whole: Check = () => []): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(path, 'Hier fehlen Angaben.');
    const own = value as Readonly<Record<string, JsonValue>>;
    const strange = Object.keys(own).filter(name => !members[name]);
    if (strange.length > 0)
      return strange.map(name => ({ path: [...path, name], message: 'Diese Angabe gibt es nicht.' }));
    const faults = Object.entries(members).flatMap(([name, check]) => check(own[name] ?? null, [...path, name]));
    return faults.length > 0 ? faults : whole(value, path);
  };
