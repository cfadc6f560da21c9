import { Freshness, freshnessSpan } from './freshness.rules.js';
import { type Sql, sql } from './sql.js';

/** SQL: `freshnessOf` of the rules, for a column with a moment. */
export function freshnessOfColumn(column: Sql, now: Date): Sql {
  const since = (band: Freshness) => freshnessSpan(band, now)?.after;
  return sql`case when ${column} is null then ${Freshness.UNCONFIRMED}
    when ${column} > ${since(Freshness.FRESH)}::timestamptz then ${Freshness.FRESH}
    when ${column} > ${since(Freshness.AGING)}::timestamptz then ${Freshness.AGING} else ${Freshness.STALE} end`;
}
