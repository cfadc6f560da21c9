import {
  Arg,
  Authorized,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Referral } from '../referral/referral.entity.js';
import { findReferral } from '../referral/referral.query.js';
import { ReferralPayload } from '../referral/referral-payload.type.js';
import type { Context } from '../shared/context.js';
import { payload } from '../shared/payload.js';
import { GraphQLLocalDate } from '../shared/scalars.js';
import { EXPECTED_VERSION } from '../shared/version.js';
import { Role } from '../viewer/viewer.rules.js';
import { appointmentCalendar, calendarOf } from './referral-appointment.query.js';
import { MOST_APPOINTMENTS, noShows, reschedules } from './referral-appointment.rules.js';
import { appointmentsAsSeen, courseOf, ReferralAppointmentType } from './referral-appointment.types.js';
import { noteNoShow } from './referral-no-show.actions.js';

@Resolver(() => Referral)
export class ReferralAppointmentResolver {
  @Authorized(Role.PARTNER_EDITOR)
  @Mutation(() => ReferralPayload, {
    description:
      "The client did not come to the appointment, whose time has come; the referral stays SCHEDULED. For the partner's editors.",
  })
  referralNoShow(
    @Arg('id', () => ID, { description: 'Which referral.' }) id: string,
    @Arg('expectedVersion', () => Int, EXPECTED_VERSION)
    expectedVersion: number | null,
    @Ctx() ctx: Context,
  ): Promise<ReferralPayload> {
    return payload(
      'referral',
      noteNoShow(ctx, { id, expectedVersion }).then(key => findReferral(ctx, key)),
    );
  }

  @Extensions({ items: MOST_APPOINTMENTS })
  @FieldResolver(() => [ReferralAppointmentType], {
    description:
      'Oldest first, at most 50. For the partner, and for caseworkers where the feedback level is STATUS or more; empty otherwise.',
  })
  async appointments(@Root() referral: Referral, @Ctx() { loaders }: Context): Promise<ReferralAppointmentType[]> {
    return appointmentsAsSeen(referral, await loaders.appointmentsOfReferral.load(referral.id));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How often the client did not come; null for caseworkers where the feedback level is below STATUS_AND_OUTCOME.',
  })
  async noShows(@Root() referral: Referral, @Ctx() { loaders }: Context): Promise<number | null> {
    return noShows(await loaders.appointmentsOfReferral.load(referral.id), courseOf(referral));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How often an appointment was moved; null for caseworkers where the feedback level is below STATUS.',
  })
  async reschedules(@Root() referral: Referral, @Ctx() { loaders }: Context): Promise<number | null> {
    return reschedules(await loaders.appointmentsOfReferral.load(referral.id), courseOf(referral));
  }
}

@Resolver(() => ReferralAppointmentType)
export class AppointmentCalendarResolver {
  @Extensions({ caseData: true })
  @Authorized([Role.CASEWORKER, Role.PARTNER_EDITOR])
  @Query(() => String, {
    complexity: 1000,
    description:
      'Your planned appointments on these days, as iCalendar (RFC 5545). Names the service and its place, nobody and nothing else. For caseworkers and the editors of partners.',
  })
  appointmentCalendar(
    @Arg('from', () => GraphQLLocalDate, { description: 'The first day.' }) from: string,
    @Arg('until', () => GraphQLLocalDate, { description: 'The last day; at most 92 days in all.' }) until: string,
    @Ctx() ctx: Context,
  ): Promise<string> {
    return appointmentCalendar(ctx, from, until);
  }

  @FieldResolver(() => String, {
    description:
      'As iCalendar (RFC 5545), with the service and its place and nothing else. All appointments of a referral are one event there, which moves.',
  })
  icalendar(@Root() appointment: ReferralAppointmentType, @Ctx() ctx: Context): Promise<string> {
    return calendarOf(ctx, [appointment]);
  }
}
