import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { Page } from './connection.js';
import { countPerParent, listPagePerParent, type OrderedList } from './ordered-list.js';
import type { Sql } from './sql.js';

export interface ListsPerParent<T> {
  rows: DataLoader<string, T[]>;
  count: DataLoader<string, number>;
}

export type ListsOf<T, Parent extends string> = (
  parent: Parent,
  filter: object,
  page: Page,
  conditions?: () => Promise<Sql[]>,
) => ListsPerParent<T>;

/** Lists below a page of parents: for the same wishes one statement for all, and one more if they are counted. */
export function listsPerParent<T extends object, Parent extends string>(
  em: EntityManager,
  list: OrderedList<T>,
): ListsOf<T, Parent> {
  const known = new Map<string, ListsPerParent<T>>();
  return (parent, filter, page, conditions = async () => []) => {
    const wishes = JSON.stringify([parent, filter, page]);
    const lists = known.get(wishes) ?? make(em, list, parent, page, conditions);
    known.set(wishes, lists);
    return lists;
  };
}

function make<T extends object>(
  em: EntityManager,
  list: OrderedList<T>,
  parent: string,
  page: Page,
  conditions: () => Promise<Sql[]>,
): ListsPerParent<T> {
  return {
    rows: new DataLoader(async ids => {
      const found = await listPagePerParent(em, list, parent, ids, await conditions(), page);
      return ids.map(id => found.get(id) ?? []);
    }),
    count: new DataLoader(async ids => {
      const found = await countPerParent(em, list, parent, ids, await conditions());
      return ids.map(id => found.get(id) ?? 0);
    }),
  };
}
