import { Field, ID, ObjectType } from 'type-graphql';
import type { Referral } from '../referral/referral.entity.js';
import { Party } from '../referral/referral.rules.js';
import { GraphQLDateTime } from '../shared/scalars.js';
import type { ReferralAppointment } from './referral-appointment.entity.js';
import './referral-appointment.enums.js';
import { lensOf } from '../referral/referral-feedback.rules.js';
import { AppointmentState, appointmentsSeen, type Course } from './referral-appointment.rules.js';

@ObjectType('ReferralAppointment', { description: 'When the client is to come to the partner (Termin).' })
export class ReferralAppointmentType {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field(() => GraphQLDateTime, { description: 'When it begins.' })
  at!: Date;

  @Field(() => AppointmentState, { description: 'What became of it, as far as the viewer may see.' })
  state!: AppointmentState;

  /** From 1 upwards in each referral. */
  number!: number;

  /** The first of its referral. */
  first!: string;

  referral!: Referral;
}

/** What the appointments of a referral depend on, for its viewer. */
export function courseOf({ parties = [], feedbackLevel: level, endedAt, ...referral }: Referral): Course {
  const lens = lensOf(parties);
  const status = lens === Party.CASEWORKER ? referral.seenStatus : referral.status;
  return { lens, level, status, endedAt };
}

/** Those that the viewer may know, as that side sees them, oldest first. */
export const appointmentsAsSeen = (
  referral: Referral,
  appointments: readonly ReferralAppointment[],
): ReferralAppointmentType[] =>
  appointmentsSeen(
    appointments.map(({ id, at, state, number }) => ({ id, at, state: state as AppointmentState, number })),
    courseOf(referral),
  ).map((one, _, [first]) => ({ ...one, first: first!.id, referral }));
