import { type Sql, sql, verbatim } from './sql.js';

/**
 * SQL: the first rows of what comes in parts, of which all rows of one come before all of the next. A part is looked into
 * only where those before it have too few rows: a limit of none is known before anything is read.
 *
 * @param parts selects without an order
 * @param alias of the rows of all parts in `order`
 * @param order of the rows of all parts; `within`: of those of one, where its aliases differ
 */
export function firstOfTiers(parts: readonly Sql[], alias: string, order: string, limit: number, within = order): Sql {
  const name = (i: number) => `tier_${i}`;
  const tiers = parts.map((part, i) => {
    const before = parts.slice(0, i).map((_, j) => ` - (select count(*) from ${name(j)})`);
    const left = before.length > 0 ? `greatest(${limit}${before.join('')}, 0)` : String(limit);
    return sql`${verbatim(name(i))} as materialized (${part} ${verbatim(`order by ${within} limit ${left}`)})`;
  });
  const rows = parts.map((_, i) => `select * from ${name(i)}`).join(' union all ');
  return sql`with ${tiers.reduce((all, one) => sql`${all}, ${one}`)}
    select ${verbatim(`${alias}.* from (${rows}) as ${alias} order by ${order} limit ${limit}`)}`;
}
