import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import type { Page } from './connection.js';
import type { Position } from './cursor.js';
import { allOf, columnsOf, countWhere, entitiesOf, rowsOf, type Sql, sql, verbatim } from './sql.js';

/** A list in an order that ends in a key. `t` is the alias of its table, in conditions too. */
export interface OrderedList<T extends object> {
  entity: EntityName<T>;
  table: string;
  /** SQL: the columns of `t` in their order. */
  order: string;
  /** SQL: what comes after the row with that position; the cursors of the list hold it. */
  after: (position: Position) => Sql;
}

/** Up to one row more than the page: it tells whether there is a next one. */
export const listPage = <T extends object>(
  em: EntityManager,
  list: OrderedList<T>,
  conditions: readonly Sql[],
  page: Page,
): Promise<T[]> =>
  entitiesOf(em, list.entity, sql`select ${columnsOf(em, list.entity, 't')} ${onePage(list, conditions, page)}`);

/** The same page of the list of each parent, by one statement; `parent` is the column that names it. */
export async function listPagePerParent<T extends object>(
  em: EntityManager,
  list: OrderedList<T>,
  parent: string,
  ids: readonly string[],
  conditions: readonly Sql[],
  page: Page,
): Promise<Map<string, T[]>> {
  const ofParent = sql`t.${verbatim(parent)} = parent.id`;
  const rows = await rowsOf<{ parent_id_of_list: string }>(
    em,
    sql`select parent.id as parent_id_of_list, t.* from unnest(${ids}::uuid[]) as parent (id) cross join lateral (
      select ${columnsOf(em, list.entity, 't')} ${onePage(list, [ofParent, ...conditions], page)}) as t`,
  );
  const found = new Map<string, T[]>(ids.map(id => [id, []]));
  for (const { parent_id_of_list, ...row } of rows)
    found.get(parent_id_of_list)?.push(em.map(list.entity, row as never) as T);
  return found;
}

export const countOf = <T extends object>(
  em: EntityManager,
  { table }: OrderedList<T>,
  conditions: readonly Sql[],
): Promise<number> => countWhere(em, `${table} as t`, conditions);

export async function countPerParent<T extends object>(
  em: EntityManager,
  list: OrderedList<T>,
  parent: string,
  ids: readonly string[],
  conditions: readonly Sql[],
): Promise<Map<string, number>> {
  const column = verbatim(`t.${parent}`);
  const rows = await rowsOf<{ id: string; count: number }>(
    em,
    sql`select ${column} as id, count(*)::int as count from ${verbatim(list.table)} as t
        where ${allOf([sql`${column} = any(${ids}::uuid[])`, ...conditions])} group by 1`,
  );
  return new Map(rows.map(row => [row.id, row.count]));
}

function onePage<T extends object>(
  { table, order, after }: OrderedList<T>,
  conditions: readonly Sql[],
  page: Page,
): Sql {
  const rest = page.after ? [after(page.after)] : [];
  const inOrder = verbatim(`order by ${order} limit ${page.size + 1}`);
  return sql`from ${verbatim(table)} as t where ${allOf([...conditions, ...rest])} ${inOrder}`;
}
