import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, sql } from '../shared/sql.js';
import { unknownAreas } from './demand-figure.actions.js';
import { POSTAL_CODE_HEADINGS, type PostalCodeRole } from './geo-columns.rules.js';
import { importTable, type RecordWriter, type TableReader } from './geo-import.actions.js';
import { type ImportCounts, type ImportWish, type WrittenRow, writtenOf } from './geo-import.js';
import { type PostalCodeRecord, postalCodeRecord } from './geo-records.rules.js';

/** Which postal code lies in which municipality; one may lie in several. Pairs are added, none is removed. */
export const importPostalCodes = (em: EntityManager, wish: ImportWish): Promise<ImportCounts> =>
  importTable(em, wish, TABLE, POSTAL_CODES);

const TABLE: TableReader<PostalCodeRole, PostalCodeRecord> = {
  headings: POSTAL_CODE_HEADINGS,
  required: [['code'], ['key', 'regionalKey']],
  record: postalCodeRecord,
};

const POSTAL_CODES: RecordWriter<PostalCodeRecord> = {
  label: 'Postal codes',
  identity: ({ code, municipality_key }) => `${code} ${municipality_key}`,
  async write(tx, batch, sourceId, refuse) {
    const unknown = await unknownAreas(
      tx,
      batch.map(({ record }) => record.municipality_key),
    );
    const known = batch.filter(placed => {
      if (!unknown.has(placed.record.municipality_key)) return true;
      refuse(placed, 'UNKNOWN_AREA', placed.record.municipality_key);
      return false;
    });
    const records = JSON.stringify(known.map(({ record }) => record));
    const rows = await rowsOf<WrittenRow>(
      tx,
      sql`insert into postal_code (code, municipality_key, source_id)
        select code, municipality_key, ${sourceId}::uuid from jsonb_populate_recordset(null::postal_code, ${records}::jsonb)
        on conflict (code, municipality_key) do update set source_id = excluded.source_id
          where postal_code.source_id is distinct from excluded.source_id
        returning code || ' ' || municipality_key as key, xmax = 0 as is_new`,
    );
    return writtenOf(rows);
  },
};

/** How many postal codes lie in more than one municipality. */
export async function sharedPostalCodes(em: EntityManager): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    em,
    sql`select count(*)::int as count from (select from postal_code group by code having count(*) > 1) shared`,
  );
  return row!.count;
}
