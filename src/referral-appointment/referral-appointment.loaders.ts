import type { EntityManager } from '@mikro-orm/postgresql';
import { manyPerId } from '../shared/per-id.loaders.js';
import { ReferralAppointment } from './referral-appointment.entity.js';

/** The appointments of a referral that was shown, oldest first. */
export const appointmentsOfReferral = (em: EntityManager) =>
  manyPerId(
    ids => em.find(ReferralAppointment, { referral: { $in: [...ids] } }, { orderBy: { number: 'asc' } }),
    appointment => appointment.referral.id,
  );
