import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { freshnessOfNetworks } from './freshness-shares.query.js';

/** How fresh each network is at the moment of the request. */
export const freshnessOfNetwork = (em: EntityManager) => {
  let loader: ReturnType<typeof at> | undefined;
  return (now: Date) => {
    loader ??= at(em, now);
    return loader;
  };
};

const at = (em: EntityManager, now: Date) =>
  new DataLoader(async (ids: readonly string[]) => {
    const found = await freshnessOfNetworks(em, ids, now);
    return ids.map(id => found.get(id) ?? []);
  });
