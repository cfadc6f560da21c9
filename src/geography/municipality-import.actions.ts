import type { EntityManager } from '@mikro-orm/postgresql';
import { indexPlaces } from '../search/search-index.actions.js';
import { rowsOf, sql } from '../shared/sql.js';
import { showNewestFigures, writeFigures } from './demand-figure.actions.js';
import { MUNICIPALITY_HEADINGS, type MunicipalityRole } from './geo-columns.rules.js';
import { importTable, type Placed, type RecordWriter, type TableReader } from './geo-import.actions.js';
import { type ImportCounts, type ImportWish, type WrittenRow, writtenOf } from './geo-import.js';
import { type MunicipalityRecord, municipalityRecord } from './geo-records.rules.js';
import { DemandMeasure } from './geography.rules.js';
import { findingRenamed } from './renamed-places.actions.js';

/**
 * Municipalities with what the file says of them, figures too. What it is silent about stays as it was; none is ever
 * removed: cases, locations and services point to them. @param day that figures are of whose column tells none
 */
export function importMunicipalities(
  em: EntityManager,
  wish: ImportWish & { day: string | null },
): Promise<ImportCounts> {
  const table: TableReader<MunicipalityRole, MunicipalityRecord> = {
    headings: MUNICIPALITY_HEADINGS,
    required: [['key', 'regionalKey']],
    record: row => municipalityRecord(row, wish.day),
    dated: Object.values(DemandMeasure),
    day: wish.day,
  };
  return findingRenamed(em, wish, () => importTable(em, wish, table, MUNICIPALITIES));
}

const MUNICIPALITIES: RecordWriter<MunicipalityRecord> = {
  label: 'Municipalities',
  identity: ({ key }) => key,
  async write(tx, batch, sourceId, refuse) {
    const known = await knownKeys(tx, batch);
    const complete = batch.filter(placed => {
      const { key, name, latitude } = placed.record;
      if (known.has(key) || (name !== null && latitude !== null)) return true;
      refuse(placed, 'MISSING_VALUE', name === null ? 'name' : 'latitude, longitude');
      return false;
    });
    const records = complete.map(({ record: { figures: _, ...record } }) => record);
    const rows = await writeMunicipalities(tx, records, sourceId);
    const figures = complete.flatMap(({ record }) => record.figures);
    const counted = await writeFigures(tx, figures, sourceId);
    return writtenOf(
      rows,
      counted.map(({ key }) => key),
    );
  },
  async finish(tx) {
    await showNewestFigures(tx);
    await indexPlaces(tx);
  },
};

async function knownKeys(tx: EntityManager, batch: readonly Placed<MunicipalityRecord>[]): Promise<Set<string>> {
  const keys = batch.map(({ record }) => record.key);
  const rows = await rowsOf<{ key: string }>(tx, sql`select key from municipality where key = any(${keys}::text[])`);
  return new Set(rows.map(({ key }) => key));
}

/** Until the districts are imported, one that nobody has named is called by its city, or by its key. */
async function writeMunicipalities(
  tx: EntityManager,
  records: readonly object[],
  sourceId: string,
): Promise<WrittenRow[]> {
  return rowsOf(
    tx,
    sql`with told as (
      select * from jsonb_populate_recordset(null::municipality, ${JSON.stringify(records)}::jsonb)
    ), merged as (
      select t.key, coalesce(t.name, m.name) as name, left(t.key, 5) as district_key,
        coalesce(d.name, t.district_name, m.district_name,
          case when right(t.key, 3) = '000' then t.name else 'Kreis ' || left(t.key, 5) end) as district_name,
        coalesce(t.kind, m.kind) as kind,
        coalesce(t.regional_key, m.regional_key) as regional_key, coalesce(t.area, m.area) as area,
        coalesce(t.latitude, m.latitude) as latitude, coalesce(t.longitude, m.longitude) as longitude
      from told t left join municipality m on m.key = t.key left join district d on d.key = left(t.key, 5)
    )
      insert into municipality (key, name, district_key, district_name, kind, regional_key, area, latitude, longitude, source_id)
      select *, ${sourceId}::uuid from merged
      on conflict (key) do update set (name, district_name, kind, regional_key, area, latitude, longitude, source_id) =
        row(excluded.name, excluded.district_name, excluded.kind, excluded.regional_key, excluded.area, excluded.latitude,
          excluded.longitude, excluded.source_id)
        where (municipality.name, municipality.district_name, municipality.kind, municipality.regional_key, municipality.area,
            municipality.latitude, municipality.longitude, municipality.source_id)
          is distinct from (excluded.name, excluded.district_name, excluded.kind, excluded.regional_key, excluded.area,
            excluded.latitude, excluded.longitude, excluded.source_id)
      returning key, xmax = 0 as is_new`,
  );
}
