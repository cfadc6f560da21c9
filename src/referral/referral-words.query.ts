import type { Context } from '../shared/context.js';
import { mayReadClient } from './referral.access.js';
import type { Referral } from './referral.entity.js';
import { isEnded, Party } from './referral.rules.js';
import { lensOf } from './referral-feedback.rules.js';

/**
 * May the viewer read the words of a referral's end? They may tell of the client: to the partner nothing of it is told any
 * more once its access has ended, not even what it wrote itself.
 */
export async function mayReadWords({ loaders, now }: Context, referral: Referral): Promise<boolean> {
  const parties = referral.parties ?? [];
  if (lensOf(parties) !== Party.PARTNER || !isEnded(referral.status)) return true;
  const disclosure = await loaders.disclosureOfReferral.load(referral.id);
  return disclosure !== null && mayReadClient(parties, disclosure, now);
}
