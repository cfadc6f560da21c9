import { type Delimiter, delimiterOf } from './cell.rules.js';
import { csvRecords } from './csv-records.js';
import { type CsvOptions, type CsvRow, csvTable } from './csv-table.js';
import { utf8Of } from './decode.js';
import { finding } from './finding.rules.js';
import { DEFAULT_FILE_LIMITS } from './limits.rules.js';
import type { FindingReport } from './report.js';
import { SourceFault } from './source-fault.js';
import type { SourceFile } from './source-file.js';

export type { CsvOptions, CsvRow } from './csv-table.js';

/**
 * The rows of a CSV: comma, semicolon or tab, with or without byte-order mark, UTF-8 or not, cells with line breaks.
 * Whatever is wrong goes to the report, and good rows are kept. A row with too few or too many cells is not: its values
 * may stand in the wrong columns. Blank lines are passed over, but count as rows.
 */
export async function* readCsv(
  file: SourceFile,
  report: FindingReport,
  options: CsvOptions = {},
): AsyncIterable<CsvRow> {
  const limits = options.limits ?? DEFAULT_FILE_LIMITS;
  const table = csvTable(file.name, report, { ...options, limits });
  try {
    const text = await beginning(utf8Of(file, report));
    const marked = /^sep=([,;\t])\r?$/i.exec(text.firstLine)?.[1] as Delimiter | undefined;
    if (marked) table.skipLine();
    const delimiter = options.delimiter ?? marked ?? delimiterOf(text.firstLine);
    for await (const records of csvRecords(text.pieces, { delimiter, recordSize: limits.recordSize }))
      for (const record of records) {
        const row = table.take(record);
        if (row) yield row;
      }
    table.end(text.endsInLine());
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    table.end(false);
    report.add(finding({ file: file.name }, error.code, error.value));
  }
}

/** The first line, before anything is parsed, and then everything. */
async function beginning(bytes: AsyncIterable<Buffer>) {
  const reading = bytes[Symbol.asyncIterator]();
  const first = await reading.next();
  let last: number | undefined;
  async function* pieces(): AsyncIterable<Buffer> {
    try {
      for (let next = first; !next.done; next = await reading.next()) {
        last = next.value.at(-1) ?? last;
        yield next.value;
      }
    } finally {
      await reading.return?.();
    }
  }
  return {
    firstLine: first.done ? '' : first.value.toString().split('\n', 1)[0]!,
    pieces: pieces(),
    endsInLine: () => last !== undefined && last !== NEWLINE && last !== RETURN,
  };
}

const NEWLINE = 10;
const RETURN = 13;
