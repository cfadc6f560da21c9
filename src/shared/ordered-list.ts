import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import type { Page } from './connection.js';
import type { Position } from './cursor.js';
import { allOf, columnsOf, countWhere, NOTHING, rowsOf, type Sql, sql, verbatim } from './sql.js';
import { firstOfTiers } from './tiers.js';

/** A list in an order that ends in a key. `t` is the alias of its table, in conditions too. */
export interface OrderedList<T extends object> {
  entity: EntityName<T>;
  table: string;
  /** SQL: the columns of `t` in their order. */
  order: string;
  /** SQL: the JSON of what is the position in its cursors, of a row; not where more than its columns is. */
  position?: (row: string) => readonly string[];
  /** Of a list that is ordered by how well its rows fit: those that do. */
  ranking?: Ranking;
  /** SQL: what comes after the row with that position; the cursors of the list hold it. */
  after: (position: Position) => Sql;
}

/** What orders a list beside its own columns: rows `hit (id, rank)`, which `order` and `after` may name. */
export interface Ranking {
  hits: Sql;
  /** The same in parts: what is in one comes before all that is in the next. */
  tiers: readonly Sql[];
  /** SQL: the order of those with the same rank, by columns of `t`. */
  within: string;
  /** Of the rows that were read: the cursors hold it. */
  rankOf: WeakMap<object, number>;
}

/** What is asked of a list, and in which order where it is not the usual one. */
export interface Wish<T extends object> {
  conditions: Sql[];
  list?: OrderedList<T>;
}

/** Up to one row more than the page: it tells whether there is a next one. */
export async function listPage<T extends object>(
  em: EntityManager,
  list: OrderedList<T>,
  conditions: readonly Sql[],
  page: Page,
): Promise<T[]> {
  const rows = await rowsOf<Ranked>(em, onePage(em, list, conditions, page));
  return rows.map(row => entityOf(em, list, row));
}

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
  const rows = await rowsOf<Ranked & { parent_id_of_list: string }>(
    em,
    sql`select parent.id as parent_id_of_list, t.* from unnest(${ids}::uuid[]) as parent (id) cross join lateral (
      ${onePage(em, list, [ofParent, ...conditions], page)}) as t`,
  );
  const found = new Map<string, T[]>(ids.map(id => [id, []]));
  for (const { parent_id_of_list, ...row } of rows) found.get(parent_id_of_list)?.push(entityOf(em, list, row));
  return found;
}

export const countOf = <T extends object>(
  em: EntityManager,
  list: OrderedList<T>,
  conditions: readonly Sql[],
): Promise<number> => countWhere(em, fromOf(list), conditions);

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
    sql`select ${column} as id, count(*)::int as count from ${fromOf(list)}
        where ${allOf([sql`${column} = any(${ids}::uuid[])`, ...conditions])} group by 1`,
  );
  return new Map(rows.map(row => [row.id, row.count]));
}

/** What SQL needs to know of a list. */
export type ListRows = Omit<OrderedList<object>, 'entity'>;

/** SQL: the rows of `t` on a page in their order, and so many of those after it. */
export function pageRows(list: ListRows, conditions: readonly Sql[], page: Page, more: number): Sql {
  const rest = page.after ? [list.after(page.after)] : [];
  return sql`select t.* from ${fromOf(list)} where ${allOf([...conditions, ...rest])}
    ${verbatim(`order by ${list.order} limit ${page.size + more}`)}`;
}

/** SQL: how many rows the whole list has. */
export const rowsInAll = (list: ListRows, conditions: readonly Sql[]): Sql =>
  sql`select count(*)::int from ${fromOf(list)} where ${allOf(conditions)}`;

interface Ranked {
  rank_in_list?: number;
}

const fromOf = ({ table, ranking }: ListRows, hits = ranking?.hits): Sql =>
  sql`${verbatim(table)} as t ${hits ? sql`join (${hits}) as hit on hit.id = t.id` : NOTHING}`;

const rankedColumns = <T extends object>(em: EntityManager, { entity, ranking }: OrderedList<T>): Sql =>
  sql`${columnsOf(em, entity, 't')}${ranking ? sql`, hit.rank as rank_in_list` : NOTHING}`;

function entityOf<T extends object>(em: EntityManager, { entity, ranking }: OrderedList<T>, row: Ranked): T {
  const { rank_in_list, ...columns } = row;
  const found = em.map(entity, columns as never) as T;
  if (rank_in_list !== undefined) ranking?.rankOf.set(found, rank_in_list);
  return found;
}

function onePage<T extends object>(
  em: EntityManager,
  list: OrderedList<T>,
  conditions: readonly Sql[],
  page: Page,
): Sql {
  const { order, after, ranking } = list;
  const rest = page.after ? [after(page.after)] : [];
  const limit = page.size + 1;
  const from = (hits?: Sql) =>
    sql`select ${rankedColumns(em, list)} from ${fromOf(list, hits)} where ${allOf([...conditions, ...rest])}`;
  if (!ranking) return sql`${from()} ${verbatim(`order by ${order} limit ${limit}`)}`;
  const parts = ranking.tiers.map(from);
  return firstOfTiers(parts, 't', `t.rank_in_list desc, ${ranking.within}`, limit, order);
}
