import type { Context } from '../shared/context.js';
import type { Referral } from './referral.entity.js';
import { withParties } from './referral.query.js';
import { Party } from './referral.rules.js';

/** What belongs to the same case is told to whoever works on it; other partners are nobody else's affair. */
const isOnCase = ({ parties }: Referral): boolean => (parties ?? []).includes(Party.CASEWORKER);

export async function parentOf(ctx: Context, referral: Referral): Promise<Referral | null> {
  if (!referral.parent || !isOnCase(referral)) return null;
  const [parent] = await withParties(ctx, [await referral.parent.loadOrFail()]);
  return parent ?? null;
}

export async function childrenOf(ctx: Context, referral: Referral): Promise<Referral[]> {
  if (!isOnCase(referral)) return [];
  return withParties(ctx, await ctx.loaders.childrenOfReferral.load(referral.id));
}

export async function siblingsOf(ctx: Context, { id, siblingGroup, parties }: Referral): Promise<Referral[]> {
  if (!siblingGroup || !(parties ?? []).includes(Party.CASEWORKER)) return [];
  const group = await ctx.loaders.referralsOfGroup.load(siblingGroup);
  return withParties(
    ctx,
    group.filter(one => one.id !== id),
  );
}
