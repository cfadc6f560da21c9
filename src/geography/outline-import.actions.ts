import type { EntityManager } from '@mikro-orm/postgresql';
import { type FindingCode, finding } from '../file/finding.rules.js';
import { type JsonObject, type JsonValue, readJson } from '../file/json-read.js';
import type { FindingReport } from '../file/report.js';
import type { SourceFile } from '../file/source-file.js';
import { rowsOf, sql } from '../shared/sql.js';
import { unknownAreas } from './demand-figure.actions.js';
import { importRecords, type Placed, type RecordWriter } from './geo-import.actions.js';
import { type ImportCounts, type ImportWish, OUTLINE_BATCH, type WrittenRow, writtenOf } from './geo-import.js';
import { type OutlineGeometry, outlineOf, UnfitGeometry } from './geometry.rules.js';
import { outlineKeyOf } from './outline-key.rules.js';

interface OutlineRecord {
  area_key: string;
  geometry: OutlineGeometry;
  note: string | null;
}

/** Where municipalities and districts end: a GeoJSON FeatureCollection. Outlines are replaced, none is removed. */
export const importOutlines = (em: EntityManager, wish: ImportWish & { note: string | null }): Promise<ImportCounts> =>
  importRecords(em, wish, file => outlineRecords(file, wish.report, wish.note), OUTLINES);

async function* outlineRecords(
  file: SourceFile,
  report: FindingReport,
  note: string | null,
): AsyncIterable<Placed<OutlineRecord> | null> {
  for await (const { row, value } of readJson(file, report, { isList: key => key === 'features' })) {
    const refuse = (column: string, code: FindingCode, what: unknown) => {
      report.add(finding({ file: file.name, row, column }, code, what));
      return null;
    };
    yield outlineRecord(value, note, row, refuse);
  }
}

function outlineRecord(
  value: JsonValue,
  note: string | null,
  row: number,
  refuse: (column: string, code: FindingCode, what: unknown) => null,
): Placed<OutlineRecord> | null {
  const feature = objectOf(value);
  if (feature?.type !== 'Feature') return refuse('type', 'BAD_FORMAT', feature?.type ?? value);
  const key = outlineKeyOf(objectOf(feature.properties) ?? {}, feature.id);
  if (!key) return refuse('properties', 'MISSING_VALUE', feature.properties);
  try {
    return { record: { area_key: key, geometry: outlineOf(feature.geometry), note }, row, column: 'id' };
  } catch (error) {
    if (error instanceof UnfitGeometry) return refuse('geometry', error.code, error.value);
    throw error;
  }
}

const objectOf = (value: JsonValue | undefined): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;

const OUTLINES: RecordWriter<OutlineRecord> = {
  label: 'Outlines',
  batch: OUTLINE_BATCH,
  identity: ({ area_key }) => area_key,
  async write(tx, batch, sourceId, refuse) {
    const unknown = await unknownAreas(
      tx,
      batch.map(({ record }) => record.area_key),
    );
    const known = batch.filter(placed => {
      if (!unknown.has(placed.record.area_key)) return true;
      refuse(placed, 'UNKNOWN_AREA', placed.record.area_key);
      return false;
    });
    const records = JSON.stringify(known.map(({ record }) => record));
    const rows = await rowsOf<WrittenRow>(
      tx,
      sql`insert into area_outline (area_key, geometry, note, source_id)
        select area_key, geometry, note, ${sourceId}::uuid from jsonb_populate_recordset(null::area_outline, ${records}::jsonb)
        on conflict (area_key) do update set (geometry, note, source_id) = row(excluded.geometry, excluded.note, excluded.source_id)
          where (area_outline.geometry, area_outline.note, area_outline.source_id)
            is distinct from (excluded.geometry, excluded.note, excluded.source_id)
        returning area_key as key, xmax = 0 as is_new`,
    );
    return writtenOf(rows);
  },
};
