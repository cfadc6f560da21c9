import type { EntityManager } from '@mikro-orm/postgresql';
import { Need } from './need.entity.js';

/** All needs by code in their order, read once a request when asked for. */
export function needsByCode(em: EntityManager): () => Promise<ReadonlyMap<string, Need>> {
  let needs: Promise<ReadonlyMap<string, Need>> | undefined;
  return () => {
    needs ??= em
      .find(Need, {}, { orderBy: { position: 'asc', code: 'asc' } })
      .then(all => new Map(all.map(one => [one.code, one])));
    return needs;
  };
}
