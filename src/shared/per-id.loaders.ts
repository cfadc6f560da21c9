import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { rowsOf, type Sql } from './sql.js';

/** What belongs to each id, in the order in which it was read; one reading for all ids of a page. */
export const manyPerId = <T>(
  read: (ids: readonly string[]) => Promise<readonly T[]>,
  ownerOf: (thing: T) => string,
): DataLoader<string, T[]> =>
  new DataLoader(async ids => {
    const found = Map.groupBy(await read(ids), ownerOf);
    return ids.map(id => found.get(id) ?? []);
  });

/** The one thing that belongs to each id, or null. */
export const onePerId = <T>(
  read: (ids: readonly string[]) => Promise<readonly T[]>,
  ownerOf: (thing: T) => string,
  options?: DataLoader.Options<string, T | null>,
): DataLoader<string, T | null> =>
  new DataLoader(async ids => {
    const found = new Map((await read(ids)).map(thing => [ownerOf(thing), thing]));
    return ids.map(id => found.get(id) ?? null);
  }, options);

/** Entities that belong to each id through a join; the statement tells whose in a column `owner_id`. */
export const entitiesPerId = <T extends object>(
  em: EntityManager,
  entity: EntityName<T>,
  statement: (ids: readonly string[]) => Sql,
): DataLoader<string, T[]> =>
  new DataLoader(async ids => {
    const found = Map.groupBy(await rowsOf<{ owner_id: string }>(em, statement(ids)), row => row.owner_id);
    return ids.map(id => (found.get(id) ?? []).map(({ owner_id: _, ...row }) => em.map(entity, row as never) as T));
  });
