import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { Page } from './connection.js';
import { countPerParent, listPagePerParent, type OrderedList, type Wish } from './ordered-list.js';

export interface ListsPerParent<T extends object> {
  /** The list that they are pages of: an ordered one of their own, or the usual one. */
  list: () => Promise<OrderedList<T>>;
  rows: DataLoader<string, T[]>;
  count: DataLoader<string, number>;
}

export type ListsOf<T extends object, Parent extends string> = (
  parent: Parent,
  filter: object,
  page: Page,
  wish?: () => Promise<Wish<T>>,
) => ListsPerParent<T>;

/** Lists below a page of parents: for the same wishes one statement for all, and one more if they are counted. */
export function listsPerParent<T extends object, Parent extends string>(
  em: EntityManager,
  list: OrderedList<T>,
): ListsOf<T, Parent> {
  const known = new Map<string, ListsPerParent<T>>();
  return (parent, filter, page, wish = async () => ({ conditions: [] })) => {
    const wishes = JSON.stringify([parent, filter, page]);
    const lists = known.get(wishes) ?? make(em, list, parent, page, wish);
    known.set(wishes, lists);
    return lists;
  };
}

function make<T extends object>(
  em: EntityManager,
  list: OrderedList<T>,
  parent: string,
  page: Page,
  wish: () => Promise<Wish<T>>,
): ListsPerParent<T> {
  let asked: Promise<Required<Wish<T>>> | undefined;
  const wanted = () => {
    asked ??= wish().then(one => ({ list, ...one }));
    return asked;
  };
  return {
    list: async () => (await wanted()).list,
    rows: new DataLoader(async ids => {
      const { list: ordered, conditions } = await wanted();
      const found = await listPagePerParent(em, ordered, parent, ids, conditions, page);
      return ids.map(id => found.get(id) ?? []);
    }),
    count: new DataLoader(async ids => {
      const { list: ordered, conditions } = await wanted();
      const found = await countPerParent(em, ordered, parent, ids, conditions);
      return ids.map(id => found.get(id) ?? 0);
    }),
  };
}
