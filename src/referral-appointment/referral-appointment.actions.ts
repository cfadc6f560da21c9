import type { EntityManager } from '@mikro-orm/postgresql';
import type { Referral } from '../referral/referral.entity.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { ReferralAppointment } from './referral-appointment.entity.js';
import { AppointmentState, MOST_APPOINTMENTS } from './referral-appointment.rules.js';

/**
 * The referral has another appointment, its first or a later one; a planned one was moved, also where nobody said that it
 * was missed. INVALID_INPUT on `at` for one too many. The referral is locked.
 */
export async function setAppointment(tx: EntityManager, referral: Referral, at: Date, now: Date): Promise<void> {
  const last = await lastAppointment(tx, referral);
  const planned = last?.state === AppointmentState.PLANNED ? last : null;
  if (planned?.at.getTime() === at.getTime()) return;
  const number = (last?.number ?? 0) + 1;
  if (number > MOST_APPOINTMENTS)
    throw new Refusal(UserErrorCode.INVALID_INPUT, `Mehr als ${MOST_APPOINTMENTS} Termine sind nicht möglich.`, ['at']);
  if (planned) planned.state = AppointmentState.MOVED;
  tx.create(ReferralAppointment, { referral, network: referral.network, number, at, createdAt: now });
}

export const lastAppointment = (tx: EntityManager, { id }: Referral): Promise<ReferralAppointment | null> =>
  tx.findOne(ReferralAppointment, { referral: id }, { orderBy: { number: 'desc' } });
