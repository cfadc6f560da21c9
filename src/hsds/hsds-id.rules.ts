import { hash } from 'node:crypto';
import { HSDS_PROFILE } from './hsds-profile.rules.js';
import type { CheckedRow } from './hsds-row.rules.js';

/**
 * An id for a row that has none: the same for the same content, whatever else the file holds and however the row was
 * written. Of the columns that tell a row from others (`key` of the profile), else of all. `count` tells apart several
 * such rows; a UUID of version 8 (RFC 9562).
 */
export function contentId({ table, values, unknown }: CheckedRow, count = 0): string {
  const { key, columns } = HSDS_PROFILE[table];
  const names = (key ?? Object.keys(columns)).filter(name => name in values);
  // Where no column of the key is filled, everything tells.
  const told = names.length > 0 ? names.map(name => [name, values[name]]) : [values, unknown];
  const digits = hash('sha256', JSON.stringify(['hsds', table, told, ...(count > 0 ? [count] : [])]));
  const variant = ((Number.parseInt(digits[16]!, 16) & 3) | 8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20, 32),
  ].join('-');
}

/** What a row says, as two short digests: to know it again without keeping it. */
export interface Content {
  /** Of everything but references: 26 bits. */
  said: number;
  /** Of references, which differ where a row is nested in several others: 25 bits. */
  referred: number;
}

export function contentOf({ table, values, unknown }: CheckedRow): Content {
  const { columns } = HSDS_PROFILE[table];
  const said: unknown[] = [unknown];
  const referred: unknown[] = [];
  for (const name of Object.keys(values).sort())
    (columns[name]!.type === 'reference' ? referred : said).push(name, values[name]);
  return { said: digest(said) % 2 ** 26, referred: referred.length > 0 ? digest(referred) % 2 ** 25 : 0 };
}

const digest = (told: unknown): number => Number.parseInt(hash('sha1', JSON.stringify(told)).slice(0, 8), 16);
