import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fault } from '../record/fault.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { Surroundings } from './location-plausible.rules.js';

/** What locations name that is not there: municipalities. One statement for all; the faults of each in the same order. */
export async function locationReferenceFaults(
  em: EntityManager,
  documents: readonly RecordDocument[],
): Promise<Fault[][]> {
  const keys = [...new Set(documents.flatMap(({ municipality }) => (municipality == null ? [] : [municipality])))];
  const rows =
    keys.length === 0
      ? []
      : await rowsOf<{ key: string }>(em, sql`select key from municipality where key = any(${keys}::text[])`);
  const known = new Set<unknown>(rows.map(({ key }) => key));
  return documents.map(({ municipality }) =>
    municipality == null || known.has(municipality)
      ? []
      : [{ path: ['municipality'], message: 'Eine Gemeinde mit diesem Schlüssel gibt es nicht.' }],
  );
}

/** Where the locations of a municipality can be; null for a key that none has. */
export async function surroundingsOf(em: EntityManager, municipality: unknown): Promise<Surroundings | null> {
  const [row] = await rowsOf<{ name: string; latitude: number; longitude: number; area: number | null }>(
    em,
    sql`select name, latitude, longitude, area from municipality where key = ${municipality}::text`,
  );
  if (!row) return null;
  const { name, latitude, longitude, area } = row;
  return { name, centre: { latitude, longitude }, area };
}
