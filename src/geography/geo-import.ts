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

/** What a batch did: the identities of records that are new, and of those of which something changed. */
export interface Written {
  added: readonly string[];
  changed: readonly string[];
}

/** A row that was written, as PostgreSQL returns it. */
export interface WrittenRow {
  key: string;
  is_new: boolean;
}

/** `also`: records of which something beside the row itself was written. */
export const writtenOf = (rows: readonly WrittenRow[], also: readonly string[] = []): Written => {
  const added = new Set(rows.filter(row => row.is_new).map(({ key }) => key));
  const changed = new Set([...rows.map(({ key }) => key), ...also].filter(key => !added.has(key)));
  return { added: [...added], changed: [...changed] };
};

/** Rows that go to PostgreSQL in one statement; of outlines fewer, for each may have a megabyte. */
export const BATCH = 2_000;
export const OUTLINE_BATCH = 50;

/** More rows than Germany has pairs of postal code and municipality, several times over: no such file. */
export const MOST_ROWS = 200_000;
