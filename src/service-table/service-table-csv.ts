import { readCsv } from '../file/csv-read.js';
import { writeCsv } from '../file/csv-write.js';
import { FINDING_CODES, type Finding } from '../file/finding.rules.js';
import { findingReport } from '../file/report.js';
import type { CsvDelimiter } from './service-table.rules.js';

const CHARACTERS: Readonly<Record<CsvDelimiter, ';' | ','>> = { SEMICOLON: ';', COMMA: ',' };

/** A CSV as a spreadsheet opens it by a click; no cell can become a formula. */
export async function csvText(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  delimiter: CsvDelimiter,
): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of writeCsv(header, rows, { delimiter: CHARACTERS[delimiter], byteOrderMark: true }))
    pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

export interface CsvRead {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly row: number; readonly values: Readonly<Record<string, string>> }[];
  /** What could not be read, each with a sentence in German. */
  readonly unread: readonly { readonly row: number; readonly message: string }[];
}

/** Of a row, where the general sentence is about a value. */
const UNREADABLE: Readonly<Record<string, string>> = {
  BAD_FORMAT:
    'Diese Zeile ist nicht zu lesen: Anführungszeichen stehen nur um eine ganze Zelle, und in ihr doppelt ("").',
};

/** Reads what `csvText` or a spreadsheet wrote, with semicolons, commas or tabs, with or without a byte-order mark. */
export async function readCsvText(csv: string): Promise<CsvRead> {
  const findings: Finding[] = [];
  const report = findingReport({ kept: 0, sink: one => findings.push(one) });
  const bytes = Buffer.from(csv);
  async function* read(): AsyncIterable<Buffer> {
    yield bytes;
  }
  let columns: readonly string[] = [];
  const rows: CsvRead['rows'][number][] = [];
  const file = { name: 'services.csv', size: bytes.length, read };
  // Spreadsheets write rows that were emptied, too.
  for await (const row of readCsv(file, report, { literalBreaks: false, onHeader: found => (columns = found) }))
    if (Object.values(row.values).some(cell => cell.trim() !== '')) rows.push(row);
  const unread = findings
    .filter(({ severity }) => severity === 'ERROR')
    .map(({ row, code }) => ({ row: row ?? 0, message: UNREADABLE[code] ?? FINDING_CODES[code].german }));
  return { columns, rows, unread };
}
