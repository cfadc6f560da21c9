import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { rowsOf, sql } from '../shared/sql.js';
import { DemandShare } from './demand-share.entity.js';
import { shareOf } from './demand-share.rules.js';
import type { EstimatedDemand } from './demand-share.types.js';

/** All of them, by code: they are few. */
export const demandShares = ({ em }: Context): Promise<DemandShare[]> =>
  em.find(DemandShare, {}, { orderBy: { code: 'asc' } });

/** BAD_USER_INPUT where no share has this code. */
export async function knownShare({ loaders }: Context, code: string, argument: string): Promise<DemandShare> {
  const share = await loaders.demandShare.load(code);
  if (!share) throw badInput(argument, 'No demand share has this code.');
  return share;
}

export interface Counted {
  recipients: number | null;
  uncounted: number;
}

/** Those who receive benefits, by network: each municipality of it once. */
export async function recipientsOf(em: EntityManager, networks: readonly string[]): Promise<Map<string, Counted>> {
  const rows = await rowsOf<Counted & { network: string }>(
    em,
    sql`select nm.network_id as network, sum(m.recipients)::int as recipients,
          count(*) filter (where m.recipients is null)::int as uncounted
        from network_municipality nm join municipality m on m.key = nm.municipality_key
        where nm.network_id = any(${networks}::uuid[]) group by 1`,
  );
  return new Map(rows.map(({ network, ...counted }) => [network, counted]));
}

/** The people of a share in a network. BAD_USER_INPUT for a share that is not there. */
export async function estimatedDemand(ctx: Context, networkId: string, code: string): Promise<EstimatedDemand> {
  const share = await knownShare(ctx, code, 'share');
  const { recipients, uncounted } = await ctx.loaders.recipientsOfNetwork.load(networkId);
  return { share, recipients, uncounted, people: shareOf(recipients, share.share) };
}
