import type { EntityManager } from '@mikro-orm/postgresql';
import { change } from '../shared/change.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';
import { FIGURE_HEADINGS, type FigureFileRole } from './geo-columns.rules.js';
import { importTable, type RecordWriter, type TableReader } from './geo-import.actions.js';
import { type ImportCounts, type ImportWish, type WrittenRow, writtenOf } from './geo-import.js';
import { type FigureRecord, figureRecord } from './geo-records.rules.js';
import { DemandMeasure } from './geography.rules.js';

/** Figures of areas that are there, each area, measure and day once. Returns those of which something is new, by area. */
export async function writeFigures(
  tx: EntityManager,
  figures: readonly FigureRecord[],
  sourceId: string,
): Promise<(WrittenRow & { day: string })[]> {
  if (figures.length === 0) return [];
  return rowsOf(
    tx,
    sql`insert into demand_figure (area_key, measure, reference_date, value, source_id)
      select area_key, measure, reference_date, value, ${sourceId}::uuid
      from jsonb_populate_recordset(null::demand_figure, ${JSON.stringify(figures)}::jsonb)
      on conflict (area_key, measure, reference_date) do update set value = excluded.value, source_id = excluded.source_id
        where (demand_figure.value, demand_figure.source_id) is distinct from (excluded.value, excluded.source_id)
      returning area_key as key, reference_date::text as day, xmax = 0 as is_new`,
  );
}

const SHOWN = { population: DemandMeasure.POPULATION, recipients: DemandMeasure.SGB2_RECIPIENTS };

/** What coverage and lists read beside the area itself: the newest figure, also where that is suppressed. */
export async function showNewestFigures(tx: EntityManager): Promise<void> {
  for (const table of ['municipality', 'district'])
    for (const [column, measure] of Object.entries(SHOWN))
      await change(
        tx,
        sql`update ${verbatim(table)} a set ${verbatim(column)} = newest.value
            from (select distinct on (area_key) area_key, value from demand_figure where measure = ${measure}
                  order by area_key, reference_date desc) newest
            where newest.area_key = a.key and ${verbatim(`a.${column}`)} is distinct from newest.value`,
      );
}

/** Of these keys those that no municipality and no district has. */
export async function unknownAreas(tx: EntityManager, keys: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ key: string }>(
    tx,
    sql`select distinct key from unnest(${keys}::text[]) as asked (key)
        where not exists (select from municipality m where m.key = asked.key)
          and not exists (select from district d where d.key = asked.key)`,
  );
  return new Set(rows.map(({ key }) => key));
}

const FIGURES: RecordWriter<FigureRecord> = {
  label: 'Figures',
  identity: ({ area_key, reference_date }) => `${area_key} ${reference_date}`, // of one measure
  async write(tx, batch, sourceId, refuse) {
    const unknown = await unknownAreas(
      tx,
      batch.map(({ record }) => record.area_key),
    );
    const known = batch.filter(placed => !unknown.has(placed.record.area_key));
    for (const placed of batch)
      if (unknown.has(placed.record.area_key)) refuse(placed, 'UNKNOWN_AREA', placed.record.area_key);
    const rows = await writeFigures(
      tx,
      known.map(({ record }) => record),
      sourceId,
    );
    return writtenOf(rows.map(row => ({ ...row, key: `${row.key} ${row.day}` })));
  },
  finish: showNewestFigures,
};

/**
 * Figures of one measure for municipalities or districts that are there already. @param day YYYY-MM-DD; without it the
 * heading of the column must tell one
 */
export function importFigures(
  em: EntityManager,
  wish: ImportWish & { measure: DemandMeasure; day: string | null },
): Promise<ImportCounts> {
  const { measure, day } = wish;
  const table: TableReader<FigureFileRole, FigureRecord> = {
    headings: FIGURE_HEADINGS,
    required: [
      ['any', 'municipality', 'regionalKey', 'district'],
      [measure, 'value'],
    ],
    record: row => figureRecord(row, measure, day),
  };
  return importTable(em, wish, table, FIGURES);
}
