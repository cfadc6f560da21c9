import type { EntityManager, EntityName } from '@mikro-orm/postgresql';

/** A piece of SQL with its values apart. Pieces nest; arrays become one PostgreSQL array literal (cast it: `::text[]`). */
export class Sql {
  constructor(
    readonly text: string,
    readonly values: readonly unknown[],
  ) {}
}

export const NOTHING = new Sql('', []);

/** sql`name = ${name}`: what stands in `${}` is a value, unless it is a piece of SQL itself. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  const values: unknown[] = [];
  let text = strings.raw[0]!;
  for (const [i, part] of parts.entries()) text += place(part, values) + strings.raw[i + 1]!;
  return new Sql(text, values);
}

/** All must hold; of none it is true. */
export const allOf = (conditions: readonly Sql[]): Sql => joined(conditions, ' and ', 'true');

/** One must hold; of none it is false. */
export const anyOf = (conditions: readonly Sql[]): Sql => joined(conditions, ' or ', 'false');

/** The rows of all of them; at least one. */
export const unionOf = ([first, ...others]: readonly Sql[]): Sql =>
  others.reduce((all, one) => sql`${all} union all ${one}`, first!);

/** Text of the program's own, never of a request: a column list, a checked number. */
export const verbatim = (text: string): Sql => new Sql(text, []);

export const rowsOf = <T extends object>(em: EntityManager, { text, values }: Sql): Promise<T[]> =>
  em.execute<T[]>(text, [...values]);

/** The rows of a statement that selects `columnsOf` an entity, as entities that the ORM knows. */
export async function entitiesOf<T extends object>(em: EntityManager, entity: EntityName<T>, query: Sql): Promise<T[]> {
  return (await rowsOf(em, query)).map(row => em.map(entity, row as never) as T);
}

/** How many rows of a table, under an alias, meet the conditions. */
export async function countWhere(em: EntityManager, from: string | Sql, conditions: readonly Sql[]): Promise<number> {
  const rows = from instanceof Sql ? from : verbatim(from);
  const query = sql`select count(*)::int as count from ${rows} where ${allOf(conditions)}`;
  const [row] = await rowsOf<{ count: number }>(em, query);
  return row?.count ?? 0;
}

/** Column list of an entity, without what it loads lazily: `columnsOf(em, Partner, 'p')` → `p.id, p.name, …`. */
export function columnsOf<T extends object>(em: EntityManager, entity: EntityName<T>, alias: string): Sql {
  const columns = em
    .getMetadata()
    .get(entity)
    .props.filter(property => property.persist !== false && !property.lazy && property.fieldNames)
    .flatMap(property => property.fieldNames.map(field => `${alias}."${field}"`));
  return verbatim(columns.join(', '));
}

function joined(conditions: readonly Sql[], word: string, empty: string): Sql {
  if (conditions.length === 0) return verbatim(empty);
  return new Sql(
    `(${conditions.map(condition => `(${condition.text})`).join(word)})`,
    conditions.flatMap(condition => condition.values),
  );
}

function place(part: unknown, values: unknown[]): string {
  if (part instanceof Sql) {
    values.push(...part.values);
    return part.text;
  }
  values.push(Array.isArray(part) ? arrayLiteral(part) : part);
  return '?';
}

const arrayLiteral = (items: readonly unknown[]): string =>
  `{${items.map(item => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
