import type { Referral } from './referral.entity.js';
import { Party, REFERRED_ON_FROM } from './referral.rules.js';
import { viewOf } from './referral.view.js';

/** Is the viewer on the case, and has it come to nothing as far as she sees? */
export const needsAlternatives = (referral: Referral): boolean =>
  (referral.parties ?? []).includes(Party.CASEWORKER) && REFERRED_ON_FROM.includes(viewOf(referral).status);
