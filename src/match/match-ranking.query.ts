import type { EntityManager } from '@mikro-orm/postgresql';
import { preparedRows } from '../shared/prepared.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { mayStandAfter, tieBreakOf } from './match-draw.query.js';
import { fitting, isUnsure, type Ranking } from './match-fit.query.js';
import type { Draw, Rank } from './match-order.rules.js';
import { bucketed, MARGIN, valued } from './match-values.query.js';

/** A service and the first bucket in which it may stand. */
export interface Placed {
  service: string;
  bucket: number;
}

/**
 * The first services of those that may fit and stand after a position, from the finder index alone, each where it stands at
 * the earliest: PostgreSQL and the program may differ in the last bits of a score, and some rules the program alone knows. Any
 * other service that fits stands after the last of them.
 */
export function placedServices(
  em: EntityManager,
  ranking: Ranking,
  draw: Draw,
  after: Rank | null,
  limit: number,
): Promise<Placed[]> {
  const service = sql`p.service_id`;
  const mayBeAfter = after ? sql`floor(part.least - ${MARGIN}) <= ${after.bucket}::float8` : verbatim('true');
  const isAfter = after ? sql`floor(part.most + ${MARGIN}) < ${after.bucket}::float8` : verbatim('true');
  return preparedRows<Placed>(
    em,
    sql`with ${fitting(ranking)}, part as materialized (${valued(ranking)}
        ), bound as materialized (
          select floor(part.least - ${MARGIN}) as bucket from part where ${isAfter}
          order by part.least desc offset ${count(limit - 1)} limit 1
        ), place as materialized (
          select p.service_id, p.first, p.last from (${bucketed(
            ranking,
            sql`(
            select * from part where ${mayBeAfter} and part.most + ${MARGIN} >= coalesce((select bucket from bound), -1)) part`,
          )}) p
          where ${after ? mayStandAfter(draw, after, service) : verbatim('true')}
        ), least as materialized (select p.first from place p order by p.first desc offset ${count(limit - 1)} limit 1)
        select p.service_id as service, p.first as bucket from place p
        where p.first >= coalesce((select first from least), -1)
        order by p.first desc, ${tieBreakOf(draw, service)} limit ${count(limit)}`,
  );
}

/** How many services fit; null where the rules have to tell. */
export async function countFitting(em: EntityManager, ranking: Ranking): Promise<number | null> {
  const [row] = await preparedRows<{ all: number; unsure: number }>(
    em,
    sql`with ${fitting(ranking)}
        select count(*)::int as "all", (count(*) filter (where ${isUnsure(ranking)}))::int as unsure from fit`,
  );
  return row && row.unsure === 0 ? row.all : null;
}

/** A number of the program's own, in the text: as a value PostgreSQL would plan anew each time. */
const count = (rows: number): Sql => verbatim(String(Math.trunc(rows)));
