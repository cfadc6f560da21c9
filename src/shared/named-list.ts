import type { EntityManager, EntityName } from '@mikro-orm/postgresql';
import type { Page } from './connection.js';
import { allOf, columnsOf, countWhere, entitiesOf, rowsOf, type Sql, sql, verbatim } from './sql.js';

/**
 * A list of the directory, ordered by name as Germans expect; ties end in the key. `t` is the alias of its table in
 * conditions.
 */
export interface NamedList<T extends object> {
  entity: EntityName<T>;
  table: string;
  key: { column: 'id'; type: 'uuid' } | { column: 'key'; type: 'text' };
}

/** Up to one row more than the page: it tells whether there is a next one. */
export const namedPage = <T extends object>(
  em: EntityManager,
  list: NamedList<T>,
  conditions: readonly Sql[],
  page: Page,
): Promise<T[]> =>
  entitiesOf(em, list.entity, sql`select ${columnsOf(em, list.entity, 't')} ${oneList(list, conditions, page)}`);

/** The same page of the list of each parent, by one statement; `parent` is the column that names it. */
export async function namedPagePerParent<T extends object>(
  em: EntityManager,
  list: NamedList<T>,
  parent: string,
  ids: readonly string[],
  conditions: readonly Sql[],
  page: Page,
): Promise<Map<string, T[]>> {
  const ofParent = sql`t.${verbatim(parent)} = parent.id`;
  const rows = await rowsOf<{ parent_id_of_list: string }>(
    em,
    sql`select parent.id as parent_id_of_list, t.* from unnest(${ids}::uuid[]) as parent (id) cross join lateral (
      select ${columnsOf(em, list.entity, 't')} ${oneList(list, [ofParent, ...conditions], page)}) as t`,
  );
  const found = new Map<string, T[]>(ids.map(id => [id, []]));
  for (const { parent_id_of_list, ...row } of rows)
    found.get(parent_id_of_list)?.push(em.map(list.entity, row as never) as T);
  return found;
}

export const countOf = <T extends object>(
  em: EntityManager,
  { table }: NamedList<T>,
  conditions: readonly Sql[],
): Promise<number> => countWhere(em, `${table} as t`, conditions);

export async function countPerParent<T extends object>(
  em: EntityManager,
  list: NamedList<T>,
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

function oneList<T extends object>({ table, key }: NamedList<T>, conditions: readonly Sql[], page: Page): Sql {
  const after = page.after ? [afterRow(key, page.after)] : [];
  const order = `order by t.name, t.${key.column} limit ${page.size + 1}`;
  return sql`from ${verbatim(table)} as t where ${allOf([...conditions, ...after])} ${verbatim(order)}`;
}

function afterRow(key: NamedList<object>['key'], [name, id]: NonNullable<Page['after']>): Sql {
  return sql`(t.name, t.${verbatim(key.column)}) > (${name}, ${id}::${verbatim(key.type)})`;
}
