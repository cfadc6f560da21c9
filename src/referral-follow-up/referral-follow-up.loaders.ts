import type { EntityManager } from '@mikro-orm/postgresql';
import { manyPerId } from '../shared/per-id.loaders.js';
import { ReferralFollowUp } from './referral-follow-up.entity.js';

/** What is asked after a referral that was shown and that holds, first the earlier one. */
export const followUpsOfReferral = (em: EntityManager) =>
  manyPerId(
    ids => em.find(ReferralFollowUp, { referral: { $in: [...ids] }, voidedAt: null }, { orderBy: { months: 'asc' } }),
    followUp => followUp.referral.id,
  );
