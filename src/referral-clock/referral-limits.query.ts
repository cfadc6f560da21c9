import type { Ref } from '@mikro-orm/postgresql';
import type { Network } from '../network/network.entity.js';
import { limitsOf, type ReferralLimits } from './referral-limits.rules.js';

/** The limits of a network, which is read once for each request, transaction or page. */
export async function limitsIn(network: Ref<Network>): Promise<ReferralLimits> {
  const { referralLimits } = await network.loadOrFail();
  return limitsOf(referralLimits ?? null);
}
