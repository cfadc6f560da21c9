import type { EntityManager } from '@mikro-orm/postgresql';
import { newestOf } from '../shared/newest-first.js';
import { manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { listsPerParent } from '../shared/per-parent.loaders.js';
import { Referral } from './referral.entity.js';
import { ReferralDisclosure } from './referral-disclosure.entity.js';
import { ReferralEvent } from './referral-event.entity.js';

/** What was disclosed with a referral that was shown. */
export const disclosureOfReferral = (em: EntityManager) =>
  onePerId(
    ids => em.find(ReferralDisclosure, { referral: { $in: [...ids] } }),
    disclosure => disclosure.referral.id,
  );

/** What happened to a referral that was shown, oldest first. */
export const eventsOfReferral = (em: EntityManager) =>
  manyPerId(
    ids => em.find(ReferralEvent, { referral: { $in: [...ids] } }, { orderBy: { number: 'asc' } }),
    event => event.referral.id,
  );

/** The referrals of cases that were shown, newest first. */
export const referralsOf = (em: EntityManager) =>
  listsPerParent<Referral, 'client_case_id'>(em, newestOf(Referral, 'referral'));
