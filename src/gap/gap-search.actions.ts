import type { EntityManager } from '@mikro-orm/postgresql';
import { berlinDay } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Clockwork } from '../shared/clockwork.js';
import type { Context } from '../shared/context.js';
import { rowsOf, sql } from '../shared/sql.js';
import { inTransaction } from '../shared/write.js';
import { caseworkNetworks } from '../viewer/viewer.rules.js';
import { GapReason } from './gap.rules.js';
import { countGap } from './gap-count.actions.js';

/** A search that found nothing. */
export interface EmptySearch {
  municipality: string;
  category: string;
  /** Where was looked, by id; null: in all networks. */
  networks: readonly string[] | null;
  /** The same for the same question. */
  question: string;
}

/**
 * Counts what a caseworker looked for in vain in the network where the client lives. Whoever looks around, or looks
 * elsewhere only, has not missed anything. The same question of the same person counts once a day, over all hubs.
 */
export function noteEmptySearch(ctx: Context, search: EmptySearch): void {
  const networks = caseworkNetworks(ctx.viewer).filter(id => search.networks?.includes(id) ?? true);
  if (networks.length === 0) return;
  ctx.afterwards.push(() => inTransaction(ctx, tx => countEmptySearch(ctx, tx, { ...search, networks })));
}

async function countEmptySearch(
  ctx: Context,
  tx: EntityManager,
  { municipality, category, networks, question }: EmptySearch,
): Promise<void> {
  const holding = await rowsOf<{ network: string }>(
    tx,
    sql`select network_id as network from network_municipality
        where municipality_key = ${municipality} and network_id = any(${networks ?? []}::uuid[]) order by 1`,
  );
  for (const { network } of holding)
    if (await isFirstToday(ctx, tx, `${network} ${question}`))
      await countGap(tx, {
        network,
        municipality,
        category,
        reason: GapReason.NO_SERVICE,
        now: ctx.now,
        withheld: false,
      });
}

/** Marks the question as asked today. */
async function isFirstToday({ viewer, secrets, now }: Context, tx: EntityManager, question: string): Promise<boolean> {
  const day = berlinDay(now);
  const mark = secrets.sign('gap-search', JSON.stringify([day, viewer.accountId, question]));
  const marked = await rowsOf(
    tx,
    sql`insert into gap_search (mark, day) values (${mark}, ${day}) on conflict do nothing returning mark`,
  );
  return marked.length > 0;
}

/** What was asked before today is forgotten. Returns how much that was. */
export const forgetSearches = ({ orm, now }: Clockwork): Promise<number> =>
  change(orm.em.fork(), sql`delete from gap_search where day < ${berlinDay(now)}::date`);
