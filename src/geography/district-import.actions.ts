import type { EntityManager } from '@mikro-orm/postgresql';
import { change } from '../shared/change.js';
import { rowsOf, sql } from '../shared/sql.js';
import { showNewestFigures, writeFigures } from './demand-figure.actions.js';
import { DISTRICT_HEADINGS, type DistrictRole } from './geo-columns.rules.js';
import { importTable, type RecordWriter, type TableReader } from './geo-import.actions.js';
import { type ImportCounts, type ImportWish, type WrittenRow, writtenOf } from './geo-import.js';
import { type DistrictRecord, districtRecord } from './geo-records.rules.js';
import { DemandMeasure } from './geography.rules.js';
import { findingRenamed } from './renamed-places.actions.js';

/**
 * Districts with what the file says of them, figures too; their municipalities take over the name. What the file is
 * silent about stays as it was. @param day that figures are of whose column tells none
 */
export function importDistricts(em: EntityManager, wish: ImportWish & { day: string | null }): Promise<ImportCounts> {
  const table: TableReader<DistrictRole, DistrictRecord> = {
    headings: DISTRICT_HEADINGS,
    required: [['key']],
    record: row => districtRecord(row, wish.day),
    dated: Object.values(DemandMeasure),
    day: wish.day,
  };
  return findingRenamed(em, wish, () => importTable(em, wish, table, DISTRICTS));
}

const DISTRICTS: RecordWriter<DistrictRecord> = {
  label: 'Districts',
  identity: ({ key }) => key,
  async write(tx, batch, sourceId, refuse) {
    const keys = batch.map(({ record }) => record.key);
    const there = await rowsOf<{ key: string }>(tx, sql`select key from district where key = any(${keys}::text[])`);
    const known = new Set(there.map(({ key }) => key));
    const complete = batch.filter(placed => {
      if (placed.record.name !== null || known.has(placed.record.key)) return true;
      refuse(placed, 'MISSING_VALUE', 'name');
      return false;
    });
    const records = complete.map(({ record: { figures: _, ...record } }) => record);
    const rows = await writeDistricts(tx, records, sourceId);
    const figures = complete.flatMap(({ record }) => record.figures);
    const counted = await writeFigures(tx, figures, sourceId);
    return writtenOf(
      rows,
      counted.map(({ key }) => key),
    );
  },
  async finish(tx) {
    await change(
      tx,
      sql`update municipality m set district_name = d.name from district d
          where d.key = m.district_key and m.district_name <> d.name`,
    );
    await showNewestFigures(tx);
  },
};

async function writeDistricts(tx: EntityManager, records: readonly object[], sourceId: string): Promise<WrittenRow[]> {
  return rowsOf(
    tx,
    sql`with merged as (
      select t.key, coalesce(t.name, d.name) as name, coalesce(t.kind, d.kind) as kind,
        coalesce(t.jobcenter_form, d.jobcenter_form) as jobcenter_form,
        coalesce(t.government_region, d.government_region) as government_region, coalesce(t.area, d.area) as area
      from jsonb_populate_recordset(null::district, ${JSON.stringify(records)}::jsonb) t left join district d on d.key = t.key
    )
      insert into district (key, name, kind, jobcenter_form, government_region, area, source_id)
      select *, ${sourceId}::uuid from merged
      on conflict (key) do update set (name, kind, jobcenter_form, government_region, area, source_id) =
        row(excluded.name, excluded.kind, excluded.jobcenter_form, excluded.government_region, excluded.area, excluded.source_id)
        where (district.name, district.kind, district.jobcenter_form, district.government_region, district.area, district.source_id)
          is distinct from (excluded.name, excluded.kind, excluded.jobcenter_form, excluded.government_region, excluded.area,
            excluded.source_id)
      returning key, xmax = 0 as is_new`,
  );
}
