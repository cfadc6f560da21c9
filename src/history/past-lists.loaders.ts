import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { Page } from '../shared/connection.js';
import type { OrderedList } from '../shared/ordered-list.js';
import { allOf, columnsOf, rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { hydrated, type PastOf, rowsThen, thenOf } from './past-records.query.js';

export interface PastWish<T extends object> {
  readonly list: OrderedList<T>;
  /** SQL: whose list each record belonged to, by the id in a column of `t`. */
  readonly parent: string;
  /** SQL: among which records those of these parents were; it spares reading the past of all others. */
  readonly among: (parents: readonly string[]) => Sql;
  readonly conditions: readonly Sql[];
  readonly page: Page;
}

/** A page of the list of each parent as it was, and how long it was; for the same wishes one statement for all parents. */
export const pastLists = <T extends object>(em: EntityManager, of: PastOf<T>) => {
  const known = new Map<string, ReturnType<typeof listsOf<T>>>();
  return (wishes: string, wish: () => PastWish<T>) => {
    const lists = known.get(wishes) ?? listsOf(em, of, wish());
    known.set(wishes, lists);
    return lists;
  };
};

function listsOf<T extends object>(em: EntityManager, of: PastOf<T>, wish: PastWish<T>) {
  const { list, conditions, page, among } = wish;
  const parent = verbatim(`t.${wish.parent}`);
  const from = (ids: readonly string[], rest: readonly Sql[]): Sql =>
    sql`${rowsThen(of)} and ${allOf([among(ids), sql`${parent} = any(${ids}::uuid[])`, ...conditions, ...rest])}`;
  return {
    rows: new DataLoader<string, T[]>(async ids => {
      const rows = await rowsOf<Row>(
        em,
        sql`select * from (
          select ${columnsOf(em, of.entity, 't')}, ${thenOf(of)} as past_document, ${parent} as parent_of_list,
            row_number() over (partition by ${parent} order by ${verbatim(list.order)}) as place_in_list
          from ${from(ids, page.after ? [list.after(page.after)] : [])}) found
        where place_in_list <= ${page.size + 1} order by place_in_list`,
      );
      const found = Map.groupBy(rows, row => row.parent_of_list);
      return ids.map(id =>
        (found.get(id) ?? []).map(({ parent_of_list, place_in_list, ...row }) => hydrated(em, of, row)),
      );
    }),
    count: new DataLoader<string, number>(async ids => {
      const rows = await rowsOf<{ id: string; count: number }>(
        em,
        sql`select ${parent} as id, count(*)::int as count from ${from(ids, [])} group by 1`,
      );
      const counts = new Map(rows.map(({ id, count }) => [id, count]));
      return ids.map(id => counts.get(id) ?? 0);
    }),
  };
}

interface Row {
  readonly past_document: never;
  readonly parent_of_list: string;
  readonly place_in_list: number;
}
