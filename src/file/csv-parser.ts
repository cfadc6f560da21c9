import { finished } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import type { Delimiter } from './cell.rules.js';

/** The parser of the package, held so that nothing it has found is lost when it meets a fault. */
export interface CsvParser {
  /** Offset behind the last complete record, in what this parser was given. */
  readonly consumed: number;
  /** False where it cannot go on. */
  write(bytes: Buffer): Promise<boolean>;
  /** False where a quote is still open. */
  end(): Promise<boolean>;
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
  const end = finished(parser).then(
    () => true,
    (error: CsvError) => {
      if (!error.code?.startsWith('CSV_') && String(error.code) !== 'INVALID_OPENING_QUOTE') throw error;
      return false;
    },
  );
  // Whoever discards a parser does not wait for its end.
  end.catch(() => {});
  return {
    get consumed() {
      return consumed;
    },
    write: bytes => Promise.race([new Promise<boolean>(resolve => parser.write(bytes, error => resolve(!error))), end]),
    end: () => {
      parser.end();
      return end;
    },
    discard: () => parser.destroy(),
  };
}
