import type { EntityManager, QueryResult } from '@mikro-orm/postgresql';
import { countWaiting, releasePlace } from '../service/capacity.actions.js';
import { asSystem } from '../shared/as-system.js';
import { addDays } from '../shared/calendar.rules.js';
import type { Referral } from './referral.entity.js';
import {
  GRACE_AFTER,
  GRACE_DAYS,
  HOLDS_PLACE,
  isEnded,
  type Party,
  ReferralStatus,
  ReferralStep,
  STEPS,
} from './referral.rules.js';
import { ReferralEvent } from './referral-event.entity.js';
import { showsToCaseworker } from './referral-feedback.rules.js';

/**
 * Moves a locked referral by a step that the table allows, with all that follows for every referral alike: what each
 * side sees, the event, the place, the waiting list, the end of the partner's access.
 *
 * A caseworker's step on a referral that has ended unseen changes what the caseworker sees, and nothing else.
 */
export async function applyStep(
  tx: EntityManager,
  referral: Referral,
  step: ReferralStep,
  by: Party,
  now: Date,
): Promise<void> {
  const { status: from, seenStatus: seenFrom } = referral;
  const { to } = STEPS[step];
  const happens = !isEnded(from) || step === ReferralStep.REOPEN || step === ReferralStep.MARK_AS_ERROR;
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
  if (happens) await happen(tx, referral, from, to, now, at);
  if (shows) show(referral, to, at);
  if (step === ReferralStep.REVOKE) await endAccess(tx, referral, now);
  await tx.flush();
}

/** Sets by when somebody has to answer, for those who see it. */
export function setRespondBy(referral: Referral, step: ReferralStep, respondBy: Date | null): void {
  referral.respondBy = respondBy;
  if (showsToCaseworker(step, referral.feedbackLevel)) referral.seenRespondBy = respondBy;
}

/** A request that waited for another's lock came first, but acts later: what is told of time does not run backwards. */
const notBefore = ({ updatedAt, seenUpdatedAt }: Referral, now: Date): Date =>
  new Date(Math.max(now.getTime(), updatedAt.getTime(), seenUpdatedAt.getTime()));

async function happen(
  tx: EntityManager,
  referral: Referral,
  from: ReferralStatus,
  to: ReferralStatus,
  now: Date,
  at: Date,
): Promise<void> {
  const service = referral.service.id;
  Object.assign(referral, { status: to, version: referral.version + 1, updatedAt: at });
  if (from === ReferralStatus.WAITLISTED && to !== ReferralStatus.WAITLISTED) await countWaiting(tx, service, -1);
  if (referral.holdsPlace && !HOLDS_PLACE.includes(to)) {
    await releasePlace(tx, service);
    referral.holdsPlace = false;
  }
  if (!isEnded(to)) return;
  Object.assign(referral, { endedAt: at, respondBy: null });
  await endAccess(tx, referral, GRACE_AFTER.includes(to) ? addDays(now, GRACE_DAYS) : now);
}

function show(referral: Referral, to: ReferralStatus, at: Date): void {
  Object.assign(referral, { seenStatus: to, seenVersion: referral.seenVersion + 1, seenUpdatedAt: at });
  if (isEnded(to)) referral.seenRespondBy = null;
}

/** The partner reads nothing more of the client from then on; never later than was set before. */
export async function endAccess(tx: EntityManager, referral: Referral, at: Date): Promise<void> {
  const statement = `update referral_disclosure set readable_until = least(readable_until, ?), revision = revision + 1
    where referral_id = ?`;
  const { affectedRows } = await asSystem(tx, () => tx.execute<QueryResult>(statement, [at, referral.id], 'run'));
  if (affectedRows !== 1) throw new Error(`Referral ${referral.id} has no disclosure.`);
}
