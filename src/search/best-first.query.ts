import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import type { OrderedList } from '../shared/ordered-list.js';
import { sql } from '../shared/sql.js';
import { hitsOf } from './search-hits.query.js';
import { searchPlan } from './search-plan.query.js';
import type { SearchKind } from './search-record.rules.js';

/** What somebody typed, or null for nothing but blanks: then nothing is searched for. */
export const typed = (query: string | null | undefined): string | null => query?.trim() || null;

/**
 * A list as somebody who searches wants it: only those that meet the query, best first; those that are equally good in
 * the usual order of the list.
 *
 * @param networkId the network whose list it is; null for one of all networks
 */
export async function bestFirst<T extends object>(
  { em, viewer, now }: Context,
  list: OrderedList<T>,
  kind: SearchKind,
  query: string,
  networkId: string | null,
): Promise<OrderedList<T>> {
  const shown = { kinds: [kind], today: berlinDay(now), keeper: viewer };
  const hits = hitsOf(await searchPlan(em, query, networkId, shown), [kind], networkId);
  return {
    ...list,
    order: `hit.rank desc, ${list.order}`,
    after: ([rank, ...rest]) => sql`(hit.rank < ${rank}::int or (hit.rank = ${rank}::int and ${list.after(rest)}))`,
    ranking: { hits: hits.all, tiers: hits.tiers, within: list.order, rankOf: new WeakMap() },
  };
}

/** The name of such a list for its cursors: one of another query is refused. */
export const listOf = (list: string, query: string | null): string => (query ? `${list} for ${query}` : list);

/** What a cursor of such a list begins with: the rank of the row; nothing in a list in the usual order. */
export function rankIn<T extends object>({ ranking }: OrderedList<T>, row: T): number[] {
  const rank = ranking?.rankOf.get(row);
  return rank === undefined ? [] : [rank];
}
