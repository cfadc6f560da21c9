import { type Finding, type FindingCode, finding, type Severity } from '../file/finding.rules.js';
import type { HsdsColumn, HsdsTable } from './hsds-columns.rules.js';
import { HSDS_PROFILE } from './hsds-profile.rules.js';
import { type HsdsValue, readValue } from './hsds-values.rules.js';

/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A row as it came, under the present names of table and columns. */
export interface RawRow {
  table: HsdsTable;
  file: string;
  row: number;
  /** Where it stood in a nested record: `contacts.phones.`; empty for a row of a table. */
  path: string;
  /** Columns of the profile and `id`. */
  cells: Readonly<Record<string, Json>>;
  /** Everything else. */
  unknown: Readonly<Record<string, Json>>;
  /** Made of a cell of another row: nobody expects an id of its own. */
  made?: boolean;
}

/** A row of HSDS, of whatever form and version it came. */
export interface HsdsRow {
  table: HsdsTable;
  file: string;
  row: number;
  /** Unique within the table; derived from the content where the row had none. */
  id: string;
  /** By the columns of the profile, without `id`; what is empty or could not be read is left out. */
  values: Record<string, HsdsValue>;
  /** Columns and nested fields that the profile does not know, for the way back. */
  unknown: Record<string, Json>;
  /** What was written where a value was rewritten or could not be taken. */
  original: Record<string, Json>;
  /** False where a value is missing without which the row means nothing. */
  usable: boolean;
  /** Columns whose references are already known to point nowhere; others may turn out so at the end. */
  dangling: string[];
  /** A row of this id came before: fill in what is empty so far, change nothing (JSON only). */
  again: boolean;
}

export type CheckedRow = Pick<HsdsRow, 'table' | 'file' | 'row' | 'values' | 'unknown' | 'original' | 'usable'>;

export interface Checked {
  row: CheckedRow;
  findings: readonly Finding[];
}

/** Reads and checks the values of one row by the profile. Pure; ids and references need the whole set, see HsdsSet. */
export function checkRow(raw: RawRow): Checked {
  const { columns } = HSDS_PROFILE[raw.table];
  const findings: Finding[] = [];
  const values: Record<string, HsdsValue> = {};
  const original: Record<string, Json> = {};
  const unknown: Record<string, Json> = { ...raw.unknown };
  const tell = (name: string, code: FindingCode, value: unknown, severity?: Severity) =>
    findings.push(finding({ file: raw.file, row: raw.row, column: raw.path + name }, code, value, severity));

  for (const name in raw.cells) {
    const cell = raw.cells[name]!;
    const column = columns[name];
    if (!column || cell === null) continue;
    if (typeof cell === 'object') {
      unknown[name] = cell;
      tell(name, 'BAD_FORMAT', cell);
      continue;
    }
    const text = String(cell).trim();
    if (text === '') continue;
    if (text.includes('\ufffd')) tell(name, 'BAD_ENCODING', cell);
    const fault = faultOf(column, text);
    if (fault) tell(name, fault.code, cell, fault.severity);
    if (fault) original[name] = cell;
    else {
      const read = readValue(column, text)!;
      values[name] = read.value;
      if (read.rewritten) tell(name, 'NORMALISED', cell);
      if (read.rewritten || String(read.value) !== String(cell)) original[name] = cell;
    }
  }
  let usable = true;
  for (const name in columns) {
    const { required, fallback } = columns[name]!;
    if (!required || name in values) continue;
    if (required === 'KEY') usable = false;
    // What could not be read has been told already.
    if (!(name in original)) tell(name, 'MISSING_VALUE', fallback ?? '', required === 'KEY' ? 'ERROR' : 'WARNING');
    if (fallback && !(name in original)) values[name] = fallback;
  }
  for (const [name, value] of contradictions(values)) tell(name, 'OUT_OF_RANGE', value, 'WARNING');
  return { row: { table: raw.table, file: raw.file, row: raw.row, values, unknown, original, usable }, findings };
}

interface Fault {
  code: FindingCode;
  severity?: Severity;
}

/** Years between which somebody may have been founded, or something be valid. */
const [FIRST_YEAR, LAST_YEAR] = [1000, 2200];

function faultOf(column: HsdsColumn, text: string): Fault | null {
  const read = readValue(column, text);
  if (!read && column.type === 'choice') return { code: 'UNKNOWN_VALUE' };
  if (!read) return { code: 'BAD_FORMAT', severity: column.type === 'country' ? 'WARNING' : 'ERROR' };
  const { value } = read;
  if (typeof value === 'number' && (value < (column.min ?? value) || value > (column.max ?? value)))
    return { code: 'OUT_OF_RANGE' };
  if (!['year', 'date', 'datetime'].includes(column.type)) return null;
  const year = Number(String(value).slice(0, 4));
  // The older versions wrote the year 1 for every year.
  if (year === 1) return { code: 'OUT_OF_RANGE', severity: 'WARNING' };
  return year < FIRST_YEAR || year > LAST_YEAR ? { code: 'OUT_OF_RANGE' } : null;
}

/** Values that are right by themselves and wrong together. */
function* contradictions(values: Readonly<Record<string, HsdsValue>>): Iterable<[string, string]> {
  for (const [low, high] of [
    ['valid_from', 'valid_to'],
    ['minimum_age', 'maximum_age'],
    ['dtstart', 'until'],
  ] as const) {
    const [from, until] = [values[low], values[high]];
    if (from !== undefined && until !== undefined && until < from) yield [high, `${until} < ${from}`];
  }
  const { available, maximum, until, count } = values;
  if (typeof available === 'number' && typeof maximum === 'number' && available > maximum)
    yield ['available', `${available} > ${maximum}`];
  if (until !== undefined && count !== undefined) yield ['count', `${count}, ${until}`];
  if (values.extent_type === 'geojson' && values.extent !== undefined && !isObject(String(values.extent)))
    yield ['extent', String(values.extent)];
}

function isObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
