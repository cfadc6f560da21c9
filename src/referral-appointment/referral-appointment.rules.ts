import { isEnded, Party, ReferralStatus } from '../referral/referral.rules.js';
import { showsOutcome, showsProgress } from '../referral/referral-feedback.rules.js';
import type { FeedbackLevel } from '../service/service.rules.js';

export enum AppointmentState {
  PLANNED = 'PLANNED',
  MOVED = 'MOVED',
  NO_SHOW = 'NO_SHOW',
  CANCELLED = 'CANCELLED',
}

const { PLANNED, MOVED, NO_SHOW, CANCELLED } = AppointmentState;

/** Those that somebody brings about; CANCELLED follows from the end of the referral. */
export const STORED_STATES = [PLANNED, MOVED, NO_SHOW] as const;

/** How many one referral can have. */
export const MOST_APPOINTMENTS = 50;

export interface Appointment {
  at: Date;
  state: AppointmentState;
}

/** What the appointments of a referral depend on, as far as the viewer may know. */
export interface Course {
  lens: Party;
  level: FeedbackLevel;
  status: ReferralStatus;
  endedAt: Date | null;
}

/**
 * The appointments of a referral, oldest first, as one side sees them: a caseworker none where progress is hidden, and
 * where the outcome is, a no-show as if nothing had happened. Coordinators get counts alone.
 */
export function appointmentsSeen<T extends Appointment>(appointments: readonly T[], course: Course): T[] {
  const { lens, level } = course;
  if (lens !== Party.PARTNER && !(lens === Party.CASEWORKER && showsProgress(level))) return [];
  return appointments.map((one, i) => {
    const isLast = i === appointments.length - 1;
    const state = hidesNoShows(course) && one.state === NO_SHOW ? (isLast ? PLANNED : MOVED) : one.state;
    return { ...one, state: state === PLANNED && fellThrough(one.at, course) ? CANCELLED : state };
  });
}

/** How often somebody did not come; null where the viewer may not know. */
export function noShows(appointments: readonly Appointment[], course: Course): number | null {
  if (hidesNoShows(course)) return null;
  return appointments.filter(one => one.state === NO_SHOW).length;
}

/** How often an appointment was moved; null where the viewer may not know. */
export function reschedules(appointments: readonly Appointment[], course: Course): number | null {
  if (course.lens === Party.CASEWORKER && !showsProgress(course.level)) return null;
  const seen = course.lens === Party.COORDINATOR ? appointments : appointmentsSeen(appointments, course);
  return seen.filter(one => one.state === MOVED).length;
}

/** Does the caseworker see that somebody did not come? */
export const showsNoShows = showsOutcome;

const hidesNoShows = ({ lens, level }: Course): boolean => lens === Party.CASEWORKER && !showsNoShows(level);

/** Did the referral end before the appointment came? What was entered in error never had one. */
const fellThrough = (at: Date, { status, endedAt }: Course): boolean =>
  isEnded(status) && (status === ReferralStatus.ENTERED_IN_ERROR || endedAt === null || at > endedAt);
