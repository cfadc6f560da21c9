import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { type Delimiter, defused } from './cell.rules.js';

export type CsvCell = string | number | boolean | null;

export interface CsvWriteOptions {
  delimiter?: Delimiter;
  /** Excel takes a file for UTF-8 only with it. */
  byteOrderMark?: boolean;
}

/**
 * A CSV of these columns, in UTF-8 with CRLF, a piece at a time as it is taken. No cell can become a formula; `readCsv`
 * with `literalBreaks: false` reads back exactly the texts that were written. Null is an empty cell.
 */
export const writeCsv = (
  columns: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]> | Iterable<readonly CsvCell[]>,
  { delimiter = ',', byteOrderMark = false }: CsvWriteOptions = {},
): AsyncIterable<Buffer> => {
  async function* cells(): AsyncIterable<string[]> {
    yield columns.map(defused);
    for await (const row of rows) yield row.map(textOf);
  }
  return Readable.from(cells()).compose(
    stringify({
      delimiter,
      bom: byteOrderMark,
      record_delimiter: 'windows',
      quote_record_delimiter: true,
      // A quoted empty cell tells a row of one empty cell from a blank line.
      quoted_empty: columns.length === 1,
    }),
  ) as AsyncIterable<Buffer>;
};

const textOf = (cell: CsvCell): string => (cell === null ? '' : defused(String(cell)));
