import type { Referral } from '../referral/referral.entity.js';
import { findReferral } from '../referral/referral.query.js';
import { Party } from '../referral/referral.rules.js';
import type { Context } from '../shared/context.js';
import { ReferralFollowUp } from './referral-follow-up.entity.js';

/** What is asked after a referral that was shown: for caseworkers on the case alone. */
export const followUpsOf = async ({ loaders }: Context, { id, parties = [] }: Referral): Promise<ReferralFollowUp[]> =>
  parties.includes(Party.CASEWORKER) ? loaders.followUpsOfReferral.load(id) : [];

/** Null where the viewer is not on the case, or no longer, or where it does not hold any more. */
export async function findFollowUp(ctx: Context, id: string): Promise<ReferralFollowUp | null> {
  const followUp = await ctx.em.findOne(ReferralFollowUp, { id, voidedAt: null });
  const referral = followUp && (await findReferral(ctx, followUp.referral.id));
  return referral?.parties?.includes(Party.CASEWORKER) ? followUp : null;
}
