import type { Location } from '../location/location.entity.js';
import { asCaseworker, asPartner } from '../referral/referral.access.js';
import { referralRows } from '../referral/referral.query.js';
import { showsProgress } from '../referral/referral-feedback.rules.js';
import { DeliveryMode, FeedbackLevel } from '../service/service.rules.js';
import { berlinDay, daysBetween } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { type CalendarEvent, icalendar } from '../shared/icalendar.js';
import { allOf, anyOf, sql, verbatim } from '../shared/sql.js';
import { networksInSight } from '../viewer/viewer.rules.js';
import { AppointmentState } from './referral-appointment.rules.js';
import { appointmentsAsSeen, type ReferralAppointmentType } from './referral-appointment.types.js';

/** At which caseworkers see appointments. */
const LEVELS_WITH_PROGRESS = Object.values(FeedbackLevel).filter(showsProgress);
/** Days of one calendar. */
const LONGEST_CALENDAR = 92;
/** Referrals in one calendar. */
const MOST_IN_CALENDAR = 1_000;

/**
 * The planned appointments of the viewer's referrals on these days, both included, as iCalendar; BAD_USER_INPUT for too
 * many days, or too many appointments.
 */
export async function appointmentCalendar(ctx: Context, from: string, until: string): Promise<string> {
  const days = daysBetween(from, until) + 1;
  if (days < 1 || days > LONGEST_CALENDAR) throw badInput('until', `1 to ${LONGEST_CALENDAR} days.`);
  const isMeant = (day: string): boolean => day >= from && day <= until;
  const planned = (await allAppointments(ctx, from, until)).filter(
    ({ state, at }) => state === AppointmentState.PLANNED && isMeant(berlinDay(at)),
  );
  return calendarOf(
    ctx,
    planned.sort((a, b) => a.at.getTime() - b.at.getTime() || a.id.localeCompare(b.id)),
  );
}

/** As iCalendar. */
export async function calendarOf(ctx: Context, appointments: readonly ReferralAppointmentType[]): Promise<string> {
  return icalendar(await Promise.all(appointments.map(one => eventOf(ctx, one))), ctx.now);
}

/** Of each of the viewer's referrals that has one on these days, all. */
async function allAppointments(ctx: Context, from: string, until: string): Promise<ReferralAppointmentType[]> {
  const seen = sql`r.feedback_level = any(${LEVELS_WITH_PROGRESS}::text[])`;
  const mine = anyOf([asPartner(ctx.viewer), allOf([asCaseworker(ctx.viewer), seen])]);
  const meanwhile = sql`r.id in (
    select a.referral_id from referral_appointment a where a.network_id = any(${networksInSight(ctx.viewer)}::uuid[])
      and a.at >= (${from}::date)::timestamp at time zone 'Europe/Berlin'
      and a.at < (${until}::date + 1)::timestamp at time zone 'Europe/Berlin')`;
  const referrals = await referralRows(ctx, [mine, meanwhile], verbatim(`limit ${MOST_IN_CALENDAR + 1}`));
  if (referrals.length > MOST_IN_CALENDAR) throw badInput('until', 'Too many appointments: ask for fewer days.');
  const of = await ctx.loaders.appointmentsOfReferral.loadMany(referrals.map(({ id }) => id));
  return referrals.flatMap((referral, i) => {
    const found = of[i]!;
    if (found instanceof Error) throw found;
    return appointmentsAsSeen(referral, found);
  });
}

/**
 * In calendars all appointments of a referral are one event, which moves: its key is the first one's. Only the service
 * and its place are named.
 */
async function eventOf(
  ctx: Context,
  { first, number, at, state, referral }: ReferralAppointmentType,
): Promise<CalendarEvent> {
  const service = await referral.service.loadOrFail();
  const onSite = service.deliveryModes.includes(DeliveryMode.ON_SITE);
  const locations = onSite ? await ctx.loaders.locationsOfService.load(service) : [];
  // Of several, nobody has said which.
  const place = locations.length === 1 ? locations[0]! : null;
  const cancelled = state === AppointmentState.CANCELLED || state === AppointmentState.MOVED;
  return {
    uid: first,
    sequence: 2 * number - (state === AppointmentState.CANCELLED ? 1 : 2),
    at,
    cancelled,
    summary: place ? `${service.name}, ${place.city}` : service.name,
    location: place && addressOf(place),
  };
}

/** A protected address shows as its town. */
function addressOf({ name, street, postalCode, city }: Location): string {
  const town = [postalCode, city].filter(part => part !== null).join(' ');
  return [name, street, town].filter(part => part !== null).join(', ');
}
