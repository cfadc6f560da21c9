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

export type ImportCounts = {
  rows: number;
  /** Organisations, locations and services of the source, unchanged ones too. */
  roots: number;
} & Record<Root, RootCounts>;

export const noCounts = (): ImportCounts => {
  const none = (): RootCounts => ({ changed: 0, created: 0, updated: 0, contested: 0, refused: 0 });
  return { rows: 0, roots: 0, organizations: none(), locations: none(), services: none() };
};

/** How many organisations, locations and services were looked at anew: what is unchanged was taken before. */
export const lookedAtAnew = ({ organizations, locations, services }: ImportCounts): number =>
  organizations.changed + locations.changed + services.changed;

/**
 * Is nothing of the source in the hub? So it is where nothing could be read, or all was refused. Of a source without any
 * organisation, location or service: where it has faults.
 */
export function isNothingIn(counts: ImportCounts, hasErrors: boolean): boolean {
  const { rows, roots, organizations, locations, services } = counts;
  if (rows === 0) return true;
  if (roots === 0) return hasErrors;
  return organizations.refused + locations.refused + services.refused >= roots;
}

/** In lists of this length, so that each transaction is short and what was done before a stop stays done. */
export function* inBatches<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
