import { finished } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import type { Delimiter } from './cell.rules.js';

/** A quote in the wrong place; one that is still open where everything ends. */
export type QuoteFault = 'QUOTE' | 'OPEN_QUOTE';

/** The parser of the package, held so that nothing it has found is lost when it meets a fault. */
export interface CsvParser {
  /** Offset behind the last complete record, in what this parser was given. */
  readonly consumed: number;
  /** A fault where it cannot go on. */
  write(bytes: Buffer): Promise<QuoteFault | null>;
  end(): Promise<QuoteFault | null>;
  discard(): void;
}

/** Strict about quotes; the number of cells is the caller's affair. */
export function csvParser(delimiter: Delimiter, onRecord: (cells: string[]) => void): CsvParser {
  let consumed = 0;
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // The stream would drop what it has buffered when it fails: records are taken where they arise.
    on_record: (record, { bytes }) => {
      consumed = bytes;
      onRecord(record as unknown as string[]);
      return null;
    },
  });
  parser.resume();
  const end = finished(parser).then(() => null, faultOf);
  // Whoever discards a parser does not wait for its end.
  end.catch(() => {});
  return {
    get consumed() {
      return consumed;
    },
    write: bytes =>
      new Promise((resolve, reject) => {
        parser.write(bytes, error => (error ? end.then(resolve, reject) : resolve(null)));
      }),
    end: () => {
      parser.end();
      return end;
    },
    discard: () => parser.destroy(),
  };
}

function faultOf(error: CsvError): QuoteFault {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'OPEN_QUOTE';
  if (error.code === 'CSV_INVALID_CLOSING_QUOTE' || error.code === 'INVALID_OPENING_QUOTE') return 'QUOTE';
  throw error;
}
