import { type Delimiter, undefused, withBreaks } from './cell.rules.js';
import type { CsvRecord, RecordFault } from './csv-records.js';
import { type Finding, type FindingCode, finding } from './finding.rules.js';
import type { FileLimits } from './limits.rules.js';
import type { FindingReport } from './report.js';
import { SourceFault } from './source-fault.js';

/** A row of a table with a header. */
export interface CsvRow {
  /** As a spreadsheet shows it: the header is 1, a cell with line breaks makes no further row. */
  row: number;
  /** By the header's names; an empty cell is ''. Has no prototype. */
  values: Record<string, string>;
}

export interface CsvOptions {
  limits?: FileLimits;
  /** Where it is known; else found by the first line. */
  delimiter?: Delimiter;
  /** Whether a written-out `\n` means a line break (NOTICE): so in files of others, never in our own. Default true. */
  literalBreaks?: boolean;
  /** Told once, before the first row. */
  onHeader?: (columns: readonly string[]) => void;
}

/** Makes records into rows by the header, and counts as a spreadsheet does. */
export function csvTable(file: string, report: FindingReport, options: CsvOptions & { limits: FileLimits }) {
  const { limits, literalBreaks = true, onHeader } = options;
  let header: string[] | null = null;
  let row = 0;
  let skipped = 0;
  /** The row before had too few cells: whether it was cut off is known when the file goes on or ends. */
  let short: Finding | null = null;
  const tell = (code: FindingCode, value: unknown, column: string | null = null) =>
    report.add(finding({ file, row, column }, code, value));
  const tellShort = () => {
    if (short) report.add(short);
    short = null;
  };

  function headerOf(cells: readonly string[]): string[] {
    if (cells.length > limits.columns) throw new SourceFault('TOO_MANY', `${cells.length} columns`);
    const taken = new Set<string>();
    return cells.map((cell, i) => {
      const name = undefused(cell).trim() || `column ${i + 1}`;
      let own = name;
      for (let n = 2; taken.has(own); n++) own = `${name} ${n}`;
      if (own !== name) tell('DUPLICATE_COLUMN', name, own);
      taken.add(own);
      return own;
    });
  }

  function readCell(cell: string, column: string): string {
    const value = undefused(cell);
    if (!literalBreaks || !value.includes('\\n')) return value;
    const broken = withBreaks(value);
    if (broken !== value) tell('LITERAL_ESCAPE', value, column);
    return broken;
  }

  function rowOf(cells: string[], names: readonly string[]): CsvRow | null {
    if (cells.length === 1 && cells[0] === '' && names.length > 1) return null;
    if (cells.length < names.length) {
      short = finding({ file, row }, 'COLUMN_COUNT', `${cells.length} of ${names.length}: ${cells.join(' | ')}`);
      return null;
    }
    if (cells.length > names.length && cells.slice(names.length).some(cell => cell.trim() !== '')) {
      tell('COLUMN_COUNT', `${cells.length} of ${names.length}: ${cells.slice(names.length).join(' | ')}`);
      return null;
    }
    const values: Record<string, string> = Object.create(null);
    for (const [i, name] of names.entries()) {
      const cell = cells[i]!;
      if (cell.length > limits.cellSize) return refuse('TOO_LARGE', `${cell.length} characters`, name);
      if (cell.includes('\0')) return refuse('BAD_FORMAT', cell, name);
      values[name] = readCell(cell, name);
    }
    return { row, values };
  }

  function refuse(code: FindingCode, value: string, column: string): null {
    tell(code, value, column);
    return null;
  }

  return {
    /** The first line is no header, but an instruction to a spreadsheet. */
    skipLine(): void {
      skipped = 1;
    },
    take(record: CsvRecord): CsvRow | null {
      row++;
      tellShort();
      if (row <= skipped) return null;
      if ('fault' in record) {
        tell(...FAULTS[record.fault]);
        return null;
      }
      if (header) return rowOf(record.cells, header);
      if (record.cells.every(cell => cell.trim() === '')) return null;
      header = headerOf(record.cells);
      onHeader?.(header);
      return null;
    },
    /** Whether the last line has no end: where it is also short, the file was cut there. */
    end(inLine: boolean): void {
      if (short) report.add(inLine ? { ...short, code: 'TRUNCATED' } : short);
      short = null;
    },
  };
}

const FAULTS: Readonly<Record<RecordFault, [FindingCode, string]>> = {
  QUOTE: ['BAD_FORMAT', 'quote in the wrong place'],
  OPEN_QUOTE: ['BAD_FORMAT', 'quote never closed'],
  CUT: ['TRUNCATED', 'quote never closed'],
  TOO_LARGE: ['TOO_LARGE', 'row'],
  GIVEN_UP: ['TOO_LARGE', 'too many long rows that cannot be read; the rest of the file was left out'],
};
