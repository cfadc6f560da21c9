import type { FindingReport } from '../file/report.js';
import type { Progress } from '../shared/progress.js';

/** Where a file is from, as it wants to be named. */
export interface SourceWish {
  name: string;
  licence: string | null;
  /** YYYY-MM-DD */
  retrievedOn: string;
}

/** What every import of geography is told. */
export interface ImportWish {
  /** Path of the file, as somebody gave it. */
  path: string;
  source: SourceWish;
  /** Everything is done, and taken back at the end. */
  dryRun: boolean;
  /** Gets whatever is wrong with the file. */
  report: FindingReport;
  progress: Progress;
}

/** What became of the rows of a file. A row that is refused has a finding of severity ERROR. */
export interface ImportCounts {
  read: number;
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
}

/** What a batch did to a table. */
export interface Written {
  added: number;
  changed: number;
}

/** Rows that go to PostgreSQL in one statement. */
export const BATCH = 2_000;

/** More rows than Germany has pairs of postal code and municipality, several times over: no such file. */
export const MOST_ROWS = 200_000;
