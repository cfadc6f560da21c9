import type { Context } from '../shared/context.js';
import type { Referral } from './referral.entity.js';
import { Party } from './referral.rules.js';
import type { ReferralFollowUp } from './referral-follow-up.entity.js';

/** What is asked after a referral that was shown: for caseworkers on the case alone. */
export const followUpsOf = async ({ loaders }: Context, { id, parties = [] }: Referral): Promise<ReferralFollowUp[]> =>
  parties.includes(Party.CASEWORKER) ? loaders.followUpsOfReferral.load(id) : [];
