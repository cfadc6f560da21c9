import type { EntityManager } from '@mikro-orm/postgresql';
import type { Referral } from '../referral/referral.entity.js';
import {
  GRACE_AFTER,
  HOLDS_PLACE,
  isEnded,
  type Party,
  ReferralStatus,
  ReferralStep,
  STEPS,
} from '../referral/referral.rules.js';
import { endAccess } from '../referral/referral-disclosure.actions.js';
import { ReferralEvent } from '../referral/referral-event.entity.js';
import { showsToCaseworker } from '../referral/referral-feedback.rules.js';
import type { ReferralLimits } from '../referral-clock/referral-limits.rules.js';
import { restartClock } from '../referral-clock/referral-timing.actions.js';
import { releasePlace } from '../service/capacity.actions.js';
import { freePlaces } from '../service/service.rules.js';
import { addDays } from '../shared/calendar.rules.js';
import { leaveWaitingList, tellNextInLine } from './referral-waiting.actions.js';

/** Inside the transaction of one step, and of those that follow from it. */
export interface Stepping {
  readonly tx: EntityManager;
  readonly now: Date;
  /** Those of the network. */
  readonly limits: ReferralLimits;
}

/** Steps that happen to what has ended as well. */
const AFTER_THE_END: readonly ReferralStep[] = [ReferralStep.REOPEN, ReferralStep.MARK_AS_ERROR];

/**
 * Moves a locked referral by a step that the table allows, with all that follows for every referral alike: what each
 * side sees, the event, the place, the waiting list, the clock, the end of the partner's access.
 *
 * A caseworker's step on a referral that has ended unseen changes what the caseworker sees, and nothing else.
 */
export async function applyStep(stepping: Stepping, referral: Referral, step: ReferralStep, by: Party): Promise<void> {
  const { tx, now } = stepping;
  const { status: from, seenStatus: seenFrom } = referral;
  const { to } = STEPS[step];
  const happens = !isEnded(from) || AFTER_THE_END.includes(step);
  const shows = showsToCaseworker(step, referral.feedbackLevel);
  const at = notBefore(referral, now);
  tx.create(ReferralEvent, {
    referral,
    network: referral.network,
    number: referral.revision,
    step,
    from: happens ? from : null,
    to: happens ? to : null,
    seenFrom: shows ? seenFrom : null,
    seenTo: shows ? to : null,
    at,
    by,
  });
  if (happens) await happen(stepping, referral, from, to, at);
  if (shows) show(referral, to, at);
  if (isEnded(referral.status) && isEnded(referral.seenStatus)) referral.basisEndsAt = null;
  if (step === ReferralStep.REVOKE) await endAccess(tx, referral, now);
  await tx.flush();
}

/** A request that waited for another's lock came first, but acts later: what is told of time does not run backwards. */
const notBefore = ({ updatedAt, seenUpdatedAt }: Referral, now: Date): Date =>
  new Date(Math.max(now.getTime(), updatedAt.getTime(), seenUpdatedAt.getTime()));

async function happen(
  { tx, now, limits }: Stepping,
  referral: Referral,
  from: ReferralStatus,
  to: ReferralStatus,
  at: Date,
): Promise<void> {
  Object.assign(referral, { status: to, version: referral.version + 1, updatedAt: at, escalatedAt: null });
  if (from === ReferralStatus.WAITLISTED && to !== ReferralStatus.WAITLISTED)
    await leaveWaitingList(tx, referral, { takesPlace: to === ReferralStatus.ACCEPTED }, now);
  if (!HOLDS_PLACE.includes(to)) await giveBackPlace(tx, referral, now);
  if (isEnded(to)) {
    Object.assign(referral, { endedAt: at, respondBy: null });
    await endAccess(tx, referral, GRACE_AFTER.includes(to) ? addDays(now, limits.graceDays) : now);
  }
  restartClock(referral, from, now, limits);
}

/** Something was noted that is no step; who must not know of it finds nothing changed. */
export function noteOn(referral: Referral, shows: boolean, now: Date): void {
  const at = notBefore(referral, now);
  Object.assign(referral, { version: referral.version + 1, updatedAt: at });
  if (shows) Object.assign(referral, { seenVersion: referral.seenVersion + 1, seenUpdatedAt: at });
}

function show(referral: Referral, to: ReferralStatus, at: Date): void {
  const seen = { seenStatus: to, seenVersion: referral.seenVersion + 1, seenUpdatedAt: at, seenEscalatedAt: null };
  Object.assign(referral, seen);
  if (isEnded(to)) referral.seenRespondBy = null;
}

/** The place that it holds, if it does, becomes free for whoever is next. */
export async function giveBackPlace(tx: EntityManager, referral: Referral, now: Date): Promise<void> {
  if (!referral.holdsPlace) return;
  const service = referral.service.id;
  const places = await releasePlace(tx, service);
  referral.holdsPlace = false;
  const before = freePlaces({ ...places, reserved: places.reserved + 1 });
  await tellNextInLine(tx, service, { before, after: freePlaces(places) }, now);
}
