import type { EntityManager } from '@mikro-orm/postgresql';
import type { Fault } from '../record/fault.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { rowsOf, sql } from '../shared/sql.js';

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
