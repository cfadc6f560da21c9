import { HOLDS_PLACE, isEnded, Party, ReferralStatus, ReferralStep, UNANSWERED } from '../referral/referral.rules.js';
import { showsToCaseworker } from '../referral/referral-feedback.rules.js';
import {
  ABORT_ATTRIBUTION,
  AbortReason,
  Attribution,
  CancelReason,
  DECLINE_ATTRIBUTION,
  DeclineReason,
  HoldReason,
  ReferralOutcome,
} from '../referral/referral-reasons.rules.js';
import { showsNoShows } from '../referral-appointment/referral-appointment.rules.js';
import { resumed } from '../referral-clock/referral-clock.rules.js';
import { DEFAULT_LIMITS } from '../referral-clock/referral-limits.rules.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { addDays, addWorkingDays, berlinDay } from '../shared/calendar.rules.js';
import type { Journey, Stride } from './journey.js';
import { nextAppointment, type OfficeTime } from './office-time.js';
import type { Random } from './random.js';
import { CANCEL_TEXTS, DECLINE_TEXTS, ERROR_TEXTS } from './remarks.data.js';

/** What a referral's steps leave behind in its row; named as in the table. */
export interface Standing {
  status: ReferralStatus;
  seen_status: ReferralStatus;
  version: number;
  seen_version: number;
  respond_by: Date | null;
  seen_respond_by: Date | null;
  sent_at: Date | null;
  answered_at: Date | null;
  accepted_at: Date | null;
  paused_at: Date | null;
  paused_respond_by: Date | null;
  waitlisted_at: Date | null;
  reconfirm_by: Date | null;
  scheduled_at: Date | null;
  started_on: string | null;
  ended_at: Date | null;
  holds_place: boolean;
  hold_reason: HoldReason | null;
  resume_on: string | null;
  abort_reason: AbortReason | null;
  error_reason: string | null;
  decline_reason: DeclineReason | null;
  decline_text: string | null;
  cancel_reason: CancelReason | null;
  cancel_text: string | null;
  attribution: Attribution | null;
  outcome: ReferralOutcome | null;
  created_at: Date;
  updated_at: Date;
  seen_updated_at: Date;
}

export interface Happening {
  readonly step: ReferralStep | null;
  readonly from_status: ReferralStatus | null;
  readonly to_status: ReferralStatus;
  readonly seen_from: ReferralStatus | null;
  readonly seen_to: ReferralStatus | null;
  readonly at: Date;
  readonly by: Party;
}

export interface Chronicle {
  /** Office minutes since the creation. */
  readonly age: number;
  readonly standing: Standing;
  readonly happenings: readonly Happening[];
  /** When the client was to come, one for each time that it was agreed. */
  readonly appointments: readonly Date[];
}

interface Moment {
  readonly stride: Stride;
  readonly at: Date;
  /** The step after it, where there is one. */
  readonly next: { readonly step: ReferralStep; readonly at: Date } | null;
}

/** Puts a journey into time, its last step as long ago as the journey says, and into the referral's columns. */
export function chronicle(journey: Journey, level: FeedbackLevel, random: Random, time: OfficeTime): Chronicle {
  const { age, moments } = schedule(journey, time);
  const created = time.ago(age);
  const standing = drafted(created);
  const happenings: Happening[] = [
    {
      step: null,
      from_status: null,
      to_status: ReferralStatus.DRAFT,
      seen_from: null,
      seen_to: ReferralStatus.DRAFT,
      at: created,
      by: Party.CASEWORKER,
    },
  ];
  const appointments: Date[] = [];
  for (const moment of moments) {
    const { step, from, to, by } = moment.stride;
    const seen = showsToCaseworker(step, level);
    happenings.push({
      step,
      from_status: from,
      to_status: to,
      seen_from: seen ? standing.seen_status : null,
      seen_to: seen ? to : null,
      at: moment.at,
      by,
    });
    if (step === ReferralStep.SCHEDULE && isMissed(standing.scheduled_at, moment.at)) noteNoShow(standing, level);
    move(standing, moment, level, random, time);
    if (step === ReferralStep.SCHEDULE) appointments.push(standing.scheduled_at!);
    if (seen) show(standing, moment.at);
  }
  return { age, standing, happenings, appointments };
}

function schedule({ strides, since }: Journey, time: OfficeTime): { age: number; moments: Moment[] } {
  let minutes = since;
  const moments: Moment[] = [];
  for (const stride of strides.toReversed()) {
    const after = moments[0];
    moments.unshift({ stride, at: time.ago(minutes), next: after ? { step: after.stride.step, at: after.at } : null });
    minutes += stride.minutes;
  }
  return { age: minutes, moments };
}

const drafted = (at: Date): Standing => ({
  status: ReferralStatus.DRAFT,
  seen_status: ReferralStatus.DRAFT,
  version: 1,
  seen_version: 1,
  respond_by: null,
  seen_respond_by: null,
  sent_at: null,
  answered_at: null,
  accepted_at: null,
  paused_at: null,
  paused_respond_by: null,
  waitlisted_at: null,
  reconfirm_by: null,
  scheduled_at: null,
  started_on: null,
  ended_at: null,
  holds_place: false,
  hold_reason: null,
  resume_on: null,
  abort_reason: null,
  error_reason: null,
  decline_reason: null,
  decline_text: null,
  cancel_reason: null,
  cancel_text: null,
  attribution: null,
  outcome: null,
  created_at: at,
  updated_at: at,
  seen_updated_at: at,
});

/** An appointment that was over before there was another: the client did not come. */
export const isMissed = (appointment: Date | null, another: Date): boolean =>
  appointment !== null && appointment < another;

/** No step, but the referral has changed, for the caseworker where the level shows as much. */
function noteNoShow(standing: Standing, level: FeedbackLevel): void {
  standing.version += 1;
  if (showsNoShows(level)) standing.seen_version += 1;
}

/** What the caseworker sees catches up. */
function show(standing: Standing, at: Date): void {
  standing.seen_status = standing.status;
  standing.seen_version += 1;
  standing.seen_respond_by = standing.respond_by;
  standing.seen_updated_at = at;
}

function move(standing: Standing, moment: Moment, level: FeedbackLevel, random: Random, time: OfficeTime): void {
  const { stride, at } = moment;
  const { step, to } = stride;
  const { paused_at, paused_respond_by, respond_by } = standing;
  Object.assign(standing, step === ReferralStep.ASK ? { paused_at: at, paused_respond_by: respond_by } : RUNNING);
  standing.respond_by = respondBy(step, at, paused_at, paused_respond_by);
  standing.status = to;
  standing.version += 1;
  standing.updated_at = at;
  standing.ended_at = isEnded(to) ? at : null;
  standing.holds_place = HOLDS_PLACE.includes(to) && !(step === ReferralStep.HOLD && random.chance(0.3));
  Object.assign(standing, particulars(moment, level, random, time));
}

/** The partner's clock runs. */
const RUNNING = { paused_at: null, paused_respond_by: null };

/** While somebody owes an answer; a question stops the partner's clock, and the answer lets it run on. */
function respondBy(step: ReferralStep, at: Date, pausedAt: Date | null, pausedRespondBy: Date | null): Date | null {
  switch (step) {
    case ReferralStep.SEND:
      return addWorkingDays(at, DEFAULT_LIMITS.acknowledgeWorkingDays);
    case ReferralStep.ACKNOWLEDGE:
      return addWorkingDays(at, DEFAULT_LIMITS.decideWorkingDays);
    case ReferralStep.ASK:
      return addWorkingDays(at, DEFAULT_LIMITS.answerWorkingDays);
    case ReferralStep.ANSWER:
      return pausedAt && pausedRespondBy && resumed(pausedRespondBy, pausedAt, at);
    default:
      return null;
  }
}

/** What only this one step writes. */
function particulars(
  { stride, at, next }: Moment,
  level: FeedbackLevel,
  random: Random,
  time: OfficeTime,
): Partial<Standing> {
  switch (stride.step) {
    case ReferralStep.SEND:
      return { sent_at: at };
    case ReferralStep.ACCEPT:
      return { accepted_at: at, reconfirm_by: null, ...answeredAt(stride.from, at) };
    case ReferralStep.WAITLIST:
      return { waitlisted_at: at, reconfirm_by: addDays(at, DEFAULT_LIMITS.reconfirmDays), answered_at: at };
    case ReferralStep.RECONFIRM:
      return { reconfirm_by: addDays(at, DEFAULT_LIMITS.reconfirmDays) };
    case ReferralStep.HOLD:
      return { hold_reason: random.pick(HOLD_REASONS), resume_on: goesOn(at, next, random, time) };
    case ReferralStep.RESUME:
      return { hold_reason: null, resume_on: null };
    case ReferralStep.MARK_AS_ERROR:
      return { error_reason: random.pick(ERROR_TEXTS) };
    case ReferralStep.SCHEDULE:
      return { scheduled_at: appointment(at, next, random, time) };
    case ReferralStep.START:
      return { started_on: berlinDay(at) };
    case ReferralStep.COMPLETE:
      return { outcome: outcomeOf(level, random) };
    case ReferralStep.REOPEN:
      return { outcome: null, attribution: null, abort_reason: null };
    case ReferralStep.DECLINE:
      return { ...declined(stride.from, random), ...answeredAt(stride.from, at), reconfirm_by: null };
    case ReferralStep.CANCEL:
      return cancelled(random);
    case ReferralStep.EXPIRE:
      return {
        attribution: stride.from === ReferralStatus.NEEDS_INFO ? Attribution.JOBCENTER : Attribution.SYSTEM,
      };
    case ReferralStep.ABORT:
      return aborted(random);
    default:
      return {};
  }
}

/** The first decision answers the sending; from the waiting list it was answered before. */
const answeredAt = (from: ReferralStatus, at: Date): Partial<Standing> =>
  UNANSWERED.includes(from) ? { answered_at: at } : {};

const HOLD_REASONS = [HoldReason.HOSPITAL, HoldReason.PARENTAL_LEAVE, HoldReason.EMPLOYMENT, HoldReason.FAMILY];

/** The day on which it is to go on: when it did, or some time to come. */
function goesOn(at: Date, next: Moment['next'], random: Random, time: OfficeTime): string {
  if (next?.step === ReferralStep.RESUME && berlinDay(next.at) > berlinDay(at)) return berlinDay(next.at);
  return berlinDay(addDays(next ? at : time.now, random.int(5, 60)));
}

function aborted(random: Random): Partial<Standing> {
  const reason = random.weighted([
    [AbortReason.DROPPED_OUT, 30],
    [AbortReason.NO_SHOW, 20],
    [AbortReason.NOT_REACHABLE, 20],
    [AbortReason.PROGRAMME_ENDED, 25],
    [AbortReason.MISCONDUCT, 5],
  ]);
  return { abort_reason: reason, attribution: ABORT_ATTRIBUTION[reason], hold_reason: null, resume_on: null };
}

const HALF_HOUR = 30 * 60_000;

/**
 * When it began, if it did; for one that still stands, in the days to come. Before another, it was missed just now or lay
 * ahead still; else some days after it was made.
 */
function appointment(at: Date, next: Moment['next'], random: Random, time: OfficeTime): Date {
  const days = random.int(1, 9);
  if (!next) return nextAppointment(addDays(time.now, days));
  const justNow = new Date(Math.floor((next.at.getTime() - 1) / HALF_HOUR) * HALF_HOUR);
  if (next.step === ReferralStep.START) return justNow > at ? justNow : next.at;
  if (next.step === ReferralStep.SCHEDULE)
    return random.chance(0.4) ? justNow : nextAppointment(addDays(next.at, days));
  return nextAppointment(addDays(at, days));
}

function outcomeOf(level: FeedbackLevel, random: Random): ReferralOutcome {
  if (level !== FeedbackLevel.STATUS_AND_OUTCOME) return ReferralOutcome.NO_DETAIL;
  return random.weighted([
    [ReferralOutcome.EMPLOYED, 24],
    [ReferralOutcome.SUBSIDISED_JOB, 10],
    [ReferralOutcome.TRAINING_STARTED, 14],
    [ReferralOutcome.GOAL_REACHED, 22],
    [ReferralOutcome.GOAL_PARTLY_REACHED, 14],
    [ReferralOutcome.GOAL_NOT_REACHED, 9],
    [ReferralOutcome.REFERRED_ON, 7],
  ]);
}

const D = DeclineReason;
const ANY_TIME: readonly (readonly [DeclineReason, number])[] = [
  [D.NO_CAPACITY, 22],
  [D.NOT_ELIGIBLE, 14],
  [D.WRONG_SERVICE, 10],
  [D.MISSING_DOCUMENTS, 7],
  [D.FUNDING_NOT_APPROVED, 5],
  [D.LANGUAGE_NOT_AVAILABLE, 7],
  [D.NOT_ACCESSIBLE, 3],
  [D.OUT_OF_AREA, 2],
  [D.DUPLICATE, 1],
  [D.WAITLIST_FULL, 6],
  [D.OTHER, 4],
];
const ONCE_IN_TOUCH: readonly (readonly [DeclineReason, number])[] = [
  [D.NOT_INTERESTED, 8],
  [D.NOT_REACHABLE, 12],
  [D.MOVED_AWAY, 3],
  [D.ALREADY_SUPPORTED, 6],
  [D.PREFERS_OTHER_PARTNER, 4],
];

function declined(from: ReferralStatus, random: Random): Partial<Standing> {
  const reasons = from === ReferralStatus.SENT ? ANY_TIME : [...ANY_TIME, ...ONCE_IN_TOUCH];
  const reason = random.weighted(reasons);
  return {
    decline_reason: reason,
    decline_text: reason === D.OTHER ? random.pick(DECLINE_TEXTS) : null,
    attribution: DECLINE_ATTRIBUTION[reason],
  };
}

function cancelled(random: Random): Partial<Standing> {
  const reason = random.weighted([
    [CancelReason.CLIENT_DECLINES, 30],
    [CancelReason.SITUATION_CHANGED, 35],
    [CancelReason.FOUND_OTHER_SERVICE, 25],
    [CancelReason.ENTERED_TWICE, 6],
    [CancelReason.OTHER, 4],
  ]);
  return {
    cancel_reason: reason,
    cancel_text: reason === CancelReason.OTHER ? random.pick(CANCEL_TEXTS) : null,
  };
}
