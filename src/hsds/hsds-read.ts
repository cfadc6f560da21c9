import { finding } from '../file/finding.rules.js';
import { readJson } from '../file/json-read.js';
import { extensionOf, stemOf } from '../file/paths.rules.js';
import type { FindingReport } from '../file/report.js';
import type { FileSource, SourceFile } from '../file/source-file.js';
import { HSDS_TABLES, type HsdsTable } from './hsds-columns.rules.js';
import { columnNames } from './hsds-columns-of.js';
import { foldedTexts, rawRowsOf, type TableFile } from './hsds-csv.js';
import { type Described, descriptorOf } from './hsds-descriptor.js';
import { flattened, isRecord, tableOfRecord } from './hsds-flatten.js';
import { csvNamed, FOLDED, rowsOfLists, tableNamed } from './hsds-old.rules.js';
import { checkRow, type HsdsRow, type RawRow } from './hsds-row.rules.js';
import { HsdsSet } from './hsds-set.js';

export type { HsdsRow } from './hsds-row.rules.js';

/**
 * The rows of a feed, of whatever form (folder, zip, CSV, JSON, NDJSON) and version (3.1, 3.0, older, Ohana): one flat
 * stream, table by table in the order of references (JSON: record by record, in this order within each). Values are
 * read and checked on the way. When the stream is over, the report is complete; then, and not before, references that
 * point nowhere have all been told. A row is given once; `again` marks what a later copy of it in JSON adds.
 */
export async function* readHsds(source: FileSource, report: FindingReport): AsyncIterable<HsdsRow> {
  const set = new HsdsSet(report);
  const { tables, folds, records, descriptors } = await sorted(source, report);
  const texts = new Map<HsdsTable, { column: string; texts: Map<string, string> }>();
  for (const [stem, file] of folds) {
    const fold = FOLDED[stem]!;
    texts.set(fold.into, { column: fold.column, texts: await foldedTexts(file, fold, report, source.limits) });
  }
  for (const table of HSDS_TABLES) {
    for (const file of tables.filter(one => one.named.table === table))
      for await (const raw of rawRowsOf(described(file, descriptors), report, source.limits, texts.get(table)))
        yield* taken(raw, set);
    if (records.length === 0) set.close(table);
  }
  for (const file of records) yield* recordsOf(file, set, report, source);
  set.end();
}

function* taken(raw: RawRow, set: HsdsSet): Iterable<HsdsRow> {
  const standing = { given: String(raw.cells.id ?? '').trim(), path: raw.path, made: raw.made ?? false };
  // Rows made of a list may meet the same ones in a table of their own: they add nothing.
  const { id, row } = set.take(checkRow(raw), { ...standing, as: raw.made ? 'NESTED' : 'ROW' });
  if (row && !row.again) yield row;
  for (const made of rowsOfLists(raw, id)) yield* taken(made, set);
}

async function* recordsOf(
  file: SourceFile,
  set: HsdsSet,
  report: FindingReport,
  { limits }: FileSource,
): AsyncIterable<HsdsRow> {
  const names = columnNames(file.name, null, report);
  const hint = tableNamed(stemOf(file.name).replace(/_(full|list|package)$/, ''))?.table ?? null;
  const isList = (key: string) => ['contents', 'content'].includes(key) || key.endsWith('.csv');
  for await (const { row, list, value } of readJson(file, report, { limits, isList })) {
    const named = list?.endsWith('.csv') ? (tableNamed(stemOf(list))?.table ?? null) : hint;
    const table = isRecord(value) ? tableOfRecord(value, named) : null;
    if (table && isRecord(value)) yield* flattened(value, table, { file: file.name, row }, { set, names });
    else report.add(finding({ file: file.name, row }, 'UNKNOWN_TABLE', value));
  }
}

interface Sorted {
  tables: TableFile[];
  folds: [string, SourceFile][];
  records: SourceFile[];
  descriptors: ReadonlyMap<string, Described>;
}

/** Which file is what. Whatever is no table is told and left alone. */
async function sorted({ files, limits, kind }: FileSource, report: FindingReport): Promise<Sorted> {
  const descriptors = new Map<string, Described>();
  for (const file of files.filter(isDescriptor))
    for (const [path, table] of await descriptorOf(file, report, limits)) descriptors.set(path, table);
  const result: Sorted = { tables: [], folds: [], records: [], descriptors };
  for (const file of files) {
    if (isDescriptor(file)) continue;
    const extension = extensionOf(file.name);
    if (['json', 'ndjson', 'jsonl'].includes(extension)) result.records.push(file);
    else if (['csv', 'tsv', 'txt'].includes(extension)) {
      const stem = stemOf(file.name);
      const named = csvNamed(stem) ?? tableNamed(descriptors.get(file.name)?.name ?? '');
      if (FOLDED[stem]) result.folds.push([stem, file]);
      else if (named) result.tables.push({ file, named, described: null });
      else report.add(finding({ file: file.name }, 'UNKNOWN_TABLE', stem));
    } else if (kind === 'file' || extension !== 'md')
      report.add(finding({ file: file.name }, 'UNKNOWN_TABLE', extension));
  }
  result.records.sort((a, b) => rankOf(a) - rankOf(b) || (a.name < b.name ? -1 : 1));
  return result;
}

const isDescriptor = (file: SourceFile): boolean => /(^|\/)datapackage\.json$/i.test(file.name);

/** Records of their own before the same ones nested in others. */
const rankOf = (file: SourceFile): number => {
  const table = tableNamed(stemOf(file.name).replace(/_(full|list|package)$/, ''))?.table;
  return (table ? HSDS_TABLES.indexOf(table) : HSDS_TABLES.length) * 2 + (stemOf(file.name).endsWith('_list') ? 1 : 0);
};

const described = (one: TableFile, descriptors: ReadonlyMap<string, Described>): TableFile => ({
  ...one,
  described: descriptors.get(one.file.name)?.columns ?? null,
});
