import { readCsv } from '../file/csv-read.js';
import { finding } from '../file/finding.rules.js';
import type { FileLimits } from '../file/limits.rules.js';
import { stemOf } from '../file/paths.rules.js';
import type { FindingReport } from '../file/report.js';
import type { SourceFile } from '../file/source-file.js';
import type { HsdsTable } from './hsds-columns.rules.js';
import { columnNames } from './hsds-columns-of.js';
import { modernised, type TableName } from './hsds-old.rules.js';
import type { Json, RawRow } from './hsds-row.rules.js';

/** A CSV, and the table it holds. */
export interface TableFile {
  file: SourceFile;
  named: TableName;
  /** The columns that the descriptor of the package knows, where it names this file. */
  described: ReadonlySet<string> | null;
}

/** Texts of an old table that belong into a column of another, by the id they refer to. */
export type Folded = ReadonlyMap<string, { column: string; texts: ReadonlyMap<string, string> }>;

/** The rows of one CSV under the present names of table and columns. */
export async function* rawRowsOf(
  { file, named, described }: TableFile,
  report: FindingReport,
  limits: FileLimits,
  folded?: { column: string; texts: ReadonlyMap<string, string> },
): AsyncIterable<RawRow> {
  const { table, set = {} } = named;
  const names = columnNames(file.name, 1, report);
  if (named.old) report.add(finding({ file: file.name }, 'OLD_NAME', `${stemOf(file.name)}: ${table}`));
  let columns: { header: string; column: string | null; name: string }[] = [];
  const onHeader = (header: readonly string[]) => {
    const plain = new Set(header.map(name => name.toLowerCase()));
    columns = header.map(name => ({
      header: name,
      name: name.toLowerCase(),
      column: names.of(table, name.toLowerCase(), plain),
    }));
    for (const { header: name } of columns)
      if (described && !described.has(name))
        report.add(finding({ file: file.name, row: 1, column: name }, 'BAD_DESCRIPTOR', name));
  };
  for await (const { row, values } of readCsv(file, report, { limits, onHeader })) {
    const cells: Record<string, Json> = { ...set };
    const unknown: Record<string, Json> = {};
    for (const { header, column, name } of columns) {
      const cell = values[header]!;
      if (cell === '') continue;
      if (column) cells[column] = cell;
      else unknown[name] = cell;
    }
    modernised(table, cells, unknown);
    if (folded && !cells[folded.column]) {
      const text = folded.texts.get(String(cells.id ?? '').trim());
      if (text) cells[folded.column] = text;
    }
    yield { table, file: file.name, row, path: '', cells, unknown };
  }
}

/** What an old table said of rows of another one, as one text each. */
export async function foldedTexts(
  file: SourceFile,
  { of, from, column, into }: { of: string; from: string; into: HsdsTable; column: string },
  report: FindingReport,
  limits: FileLimits,
): Promise<Map<string, string>> {
  report.add(finding({ file: file.name }, 'OLD_NAME', `${stemOf(file.name)}: ${into}.${column}`));
  const texts = new Map<string, string>();
  for await (const { values } of readCsv(file, report, { limits })) {
    const [id, text] = [values[of]?.trim(), values[from]?.trim()];
    if (id && text) texts.set(id, texts.has(id) ? `${texts.get(id)}, ${text}` : text);
  }
  return texts;
}
