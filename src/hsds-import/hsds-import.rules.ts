import type { Root } from './hsds-owner.rules.js';

/** What became of the organisations, locations or services of a source. */
export interface RootCounts {
  /** Of which something is new or otherwise since the last time. */
  changed: number;
  created: number;
  updated: number;
  /** News of which people of the hub have said otherwise since: proposals. */
  contested: number;
  /** Not taken; findings say why. */
  refused: number;
}

export type ImportCounts = { rows: number } & Record<Root, RootCounts>;

export const noCounts = (): ImportCounts => {
  const none = (): RootCounts => ({ changed: 0, created: 0, updated: 0, contested: 0, refused: 0 });
  return { rows: 0, organizations: none(), locations: none(), services: none() };
};

/** In lists of this length, so that each transaction is short and what was done before a stop stays done. */
export function* inBatches<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
