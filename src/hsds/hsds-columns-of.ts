import { finding } from '../file/finding.rules.js';
import type { FindingReport } from '../file/report.js';
import type { HsdsTable } from './hsds-columns.rules.js';
import { columnNamed, isOldList } from './hsds-old.rules.js';
import { HSDS_PROFILE } from './hsds-profile.rules.js';

/** Tells of columns with an old name and of unknown ones, each once per file. */
export interface ColumnNames {
  /** The column's present name; null where the profile has none. */
  of(table: HsdsTable, name: string, others: { has(name: string): boolean }, path?: string): string | null;
}

/** So many different ones of a file are told; a file may have a new one in every record. */
const TOLD = 1_000;

export function columnNames(file: string, row: number | null, report: FindingReport): ColumnNames {
  const told = new Set<string>();
  const tell = (code: 'OLD_NAME' | 'UNKNOWN_COLUMN', column: string, value: string) => {
    if (told.has(column) || told.size >= TOLD) return;
    told.add(column);
    report.add(finding({ file, row, column }, code, value));
  };
  return {
    of(table, name, others, path = '') {
      const now = columnNamed(table, name, others);
      if (now !== name) tell('OLD_NAME', path + name, now);
      if (now === 'id' || HSDS_PROFILE[table].columns[now]) return now;
      if (isOldList(table, name)) tell('OLD_NAME', path + name, 'rows of another table');
      else tell('UNKNOWN_COLUMN', path + name, name);
      return null;
    },
  };
}
