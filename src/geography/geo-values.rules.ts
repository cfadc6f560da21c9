import type { Point } from '../shared/geo.rules.js';

/**
 * Keys as official tables write them: AGS of 8 digits, ARS of 12, districts of 5. Blanks inside are left out, and a
 * spreadsheet may have eaten the leading zero of the states 01 to 09: one digit fewer is put right.
 *
 * @returns the key, and whether it had to be put right; null for what is none
 */
export function readKey(text: string, digits: 5 | 8 | 12): { key: string; mended: boolean } | null {
  const bare = text.replace(/[\s\u00a0]/g, '').replace(/^(\d+)\.0$/, '$1');
  if (!/^\d+$/.test(bare)) return null;
  const padded = bare.length === digits - 1 ? `0${bare}` : bare;
  if (padded.length !== digits || !STATES.test(padded)) return null;
  return { key: padded, mended: padded !== text.trim() };
}

/** Keys begin with one of the 16 states. */
const STATES = /^(0[1-9]|1[0-6])/;

/** AGS of a municipality by its ARS: state, region and district, then its own number; the association drops out. */
export const municipalityKeyOf = (regionalKey: string): string => regionalKey.slice(0, 5) + regionalKey.slice(9, 12);

/** What offices write where they tell no number: unknown, secret, not certain enough, later (Zeichenerklärung). */
const WITHHELD = ['', '.', '..', '...', '…', '*', '/', 'x', 'X', '·', '•'];
/** Exactly zero ("nichts vorhanden"). */
const NOTHING_THERE = ['-', '–', '—'];

const SPACES = /[\s\u00a0\u202f\u2009']/g;
const LARGEST_COUNT = 2_147_483_647;

/** A count of people, null where the office withholds it; undefined for what is no count. Thousands may be parted. */
export function readCount(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (WITHHELD.includes(trimmed)) return null;
  if (NOTHING_THERE.includes(trimmed)) return 0;
  const bare = trimmed.replace(SPACES, '');
  const whole = /^\d{1,3}([.,]\d{3})+$/.test(bare) ? bare.replace(/[.,]/g, '') : bare.replace(/[.,]0{1,2}$/, '');
  if (!/^\d{1,10}$/.test(whole) || Number(whole) > LARGEST_COUNT) return undefined;
  return Number(whole);
}

/** One comma or point parts the decimals; more than one, or both, part thousands as Germans or as the English do. */
const PLAIN = /^-?\d{1,12}([.,]\d{1,20})?$/;
const GERMAN = /^-?\d{1,3}(\.\d{3}){1,3}(,\d{1,20})?$/;
const ENGLISH = /^-?\d{1,3}(,\d{3}){1,3}(\.\d{1,20})?$/;

/** A decimal number in German or English writing, null for a withheld one; undefined for what is none. */
export function readDecimal(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (WITHHELD.includes(trimmed)) return null;
  const bare = trimmed.replace(SPACES, '').replace('−', '-');
  if (PLAIN.test(bare)) return Number(bare.replace(',', '.'));
  if (GERMAN.test(bare)) return Number(bare.replaceAll('.', '').replace(',', '.'));
  return ENGLISH.test(bare) ? Number(bare.replaceAll(',', '')) : undefined;
}

/** A day: 2024-12-31, 31.12.2024, or the last one of 2024; null for what is none. */
export function readDay(text: string): string | null {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim());
  const day = german
    ? `${german[3]}-${german[2]!.padStart(2, '0')}-${german[1]!.padStart(2, '0')}`
    : text.trim().replace(/^(\d{4})$/, '$1-12-31');
  return isDay(day) ? day : null;
}

/** Is it a day of the calendar, YYYY-MM-DD? */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/** Where every municipality with a key lies, generously. */
const GERMANY = { south: 47, north: 55.3, west: 5.6, east: 15.3 };

const inGermany = ({ latitude, longitude }: Point): boolean =>
  latitude >= GERMANY.south && latitude <= GERMANY.north && longitude >= GERMANY.west && longitude <= GERMANY.east;

export type PlaceFault = 'OUT_OF_RANGE' | 'SWAPPED_COORDINATES';

/** What is wrong with a place in Germany; null for nothing. Latitude and longitude exchanged are recognised. */
export function placeFault({ latitude, longitude }: Point): PlaceFault | null {
  if (inGermany({ latitude, longitude })) return null;
  return inGermany({ latitude: longitude, longitude: latitude }) ? 'SWAPPED_COORDINATES' : 'OUT_OF_RANGE';
}
