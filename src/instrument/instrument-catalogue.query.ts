import type { EntityManager } from '@mikro-orm/postgresql';
import { Instrument, InstrumentVersion } from './instrument.entity.js';

/** All instruments and all versions of their rules: some dozens of rows. */
export interface Catalogue {
  /** In the order of their codes. */
  readonly byCode: ReadonlyMap<string, Instrument>;
  /** The oldest first. */
  readonly versions: readonly InstrumentVersion[];
}

export async function catalogueOf(em: EntityManager): Promise<Catalogue> {
  const instruments = await em.find(Instrument, {}, { orderBy: { code: 'asc' } });
  const versions = await em.find(InstrumentVersion, {}, { orderBy: { validFrom: 'asc', id: 'asc' } });
  return { byCode: new Map(instruments.map(one => [one.code, one])), versions };
}

/** Read once a request when asked for. */
export function instrumentCatalogue(em: EntityManager): () => Promise<Catalogue> {
  let catalogue: Promise<Catalogue> | undefined;
  return () => {
    catalogue ??= catalogueOf(em);
    return catalogue;
  };
}
