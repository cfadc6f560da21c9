import type { EntityManager } from '@mikro-orm/postgresql';
import { onCase } from '../client-case/client-case.access.js';
import { countAcceptance, countAnswer, countWaiting, reservePlace } from '../service/capacity.actions.js';
import { addWorkingDays, berlinDay, workingDaysBetween } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { partiesOf, visibleTo } from './referral.access.js';
import { Referral } from './referral.entity.js';
import {
  DECIDE_WITHIN_WORKING_DAYS,
  isOpen,
  openSteps,
  Party,
  ReferralStatus,
  ReferralStep,
  UNANSWERED,
} from './referral.rules.js';
import { viewOf } from './referral.view.js';
import { showsOutcome } from './referral-feedback.rules.js';
import {
  CancelReason,
  DECLINE_ATTRIBUTION,
  DeclineReason,
  isReasonText,
  ReferralOutcome,
} from './referral-reasons.rules.js';
import { checkCanBeSent, disclose, lockCaseOf } from './referral-send.actions.js';
import { applyStep, setRespondBy } from './referral-step.actions.js';

const { INVALID_INPUT, NOT_FOUND, NO_WAITING_LIST, REASON_REQUIRED, STEP_NOT_OPEN } = UserErrorCode;

/** Which referral, and the version that the caller has read, if that matters to them. */
export interface Target {
  id: string;
  expectedVersion?: number | null;
}

/** Inside the transaction of one step, with the referral locked. */
interface Taken {
  tx: EntityManager;
  referral: Referral;
  now: Date;
}

/** The caseworker offers the case: basis, service, area, age and no second open referral; see `checkCanBeSent`. */
export const sendReferral = (ctx: Context, target: Target): Promise<string> =>
  take(ctx, target, ReferralStep.SEND, async ({ tx, referral }) => {
    const sending = await checkCanBeSent(ctx, tx, referral);
    await disclose(ctx, tx, referral, sending);
  });

export const acknowledgeReferral = (ctx: Context, target: Target): Promise<string> =>
  take(ctx, target, ReferralStep.ACKNOWLEDGE, async ({ referral, now }) =>
    setRespondBy(referral, ReferralStep.ACKNOWLEDGE, addWorkingDays(now, DECIDE_WITHIN_WORKING_DAYS)),
  );

/** The partner takes the client on; one place is reserved. NO_CAPACITY; REASON_REQUIRED when somebody waits longer. */
export const acceptReferral = (ctx: Context, target: Target, outOfOrderReason?: string | null): Promise<string> =>
  take(ctx, target, ReferralStep.ACCEPT, async ({ tx, referral, now }) => {
    await countDecision(tx, referral, now);
    await countAcceptance(tx, referral.service.id, berlinDay(now));
    await reservePlace(tx, referral.service.id);
    const passesOver = await someoneWaitsLonger(tx, referral);
    checkReason(passesOver, outOfOrderReason, 'outOfOrderReason', 'Jemand wartet schon länger. ');
    referral.holdsPlace = true;
    referral.outOfOrderReason = passesOver ? (outOfOrderReason ?? null) : null;
    setRespondBy(referral, ReferralStep.ACCEPT, null);
  });

/** The partner puts the client on its waiting list; NO_WAITING_LIST. */
export const waitlistReferral = (ctx: Context, target: Target): Promise<string> =>
  take(ctx, target, ReferralStep.WAITLIST, async ({ tx, referral, now }) => {
    const { keepsWaitingList } = await referral.service.loadOrFail();
    if (!keepsWaitingList) throw new Refusal(NO_WAITING_LIST, 'Das Angebot führt keine Warteliste.', ['id']);
    await countDecision(tx, referral, now);
    await countWaiting(tx, referral.service.id, 1);
    referral.waitlistedAt = now;
    setRespondBy(referral, ReferralStep.WAITLIST, null);
  });

/** The partner does not take the client on; OTHER needs words: REASON_REQUIRED. */
export const declineReferral = (
  ctx: Context,
  target: Target,
  reason: DeclineReason,
  text?: string | null,
): Promise<string> =>
  take(ctx, target, ReferralStep.DECLINE, async ({ tx, referral, now }) => {
    checkReason(reason === DeclineReason.OTHER, text);
    await countDecision(tx, referral, now);
    referral.declineReason = reason;
    referral.declineText = text ?? null;
    referral.attribution = DECLINE_ATTRIBUTION[reason];
    setRespondBy(referral, ReferralStep.DECLINE, null);
  });

/** A first appointment, or another; INVALID_INPUT for one that is over. */
export const scheduleReferral = (ctx: Context, target: Target, at: Date): Promise<string> =>
  take(ctx, target, ReferralStep.SCHEDULE, async ({ referral, now }) => {
    if (at <= now) throw new Refusal(INVALID_INPUT, 'Der Termin liegt in der Vergangenheit.', ['at']);
    referral.scheduledAt = at;
  });

/** The client has begun, today unless told otherwise; INVALID_INPUT for a day to come or before the sending. */
export const startReferral = (ctx: Context, target: Target, on?: string | null): Promise<string> =>
  take(ctx, target, ReferralStep.START, async ({ referral, now }) => {
    const today = berlinDay(now);
    const day = on ?? today;
    if (day > today) throw new Refusal(INVALID_INPUT, 'Der Beginn liegt in der Zukunft.', ['on']);
    if (referral.sentAt && day < berlinDay(referral.sentAt))
      throw new Refusal(INVALID_INPUT, 'Der Beginn liegt vor der Vermittlung.', ['on']);
    referral.startedOn = day;
  });

/** It ends with an outcome; below STATUS_AND_OUTCOME only NO_DETAIL: INVALID_INPUT on `outcome`. */
export const completeReferral = (ctx: Context, target: Target, outcome: ReferralOutcome): Promise<string> =>
  take(ctx, target, ReferralStep.COMPLETE, async ({ referral }) => {
    if (outcome !== ReferralOutcome.NO_DETAIL && !showsOutcome(referral.feedbackLevel))
      throw new Refusal(
        INVALID_INPUT,
        'Dieses Angebot meldet kein Ergebnis; möglich ist nur „ohne Angabe“ (NO_DETAIL).',
        ['outcome'],
      );
    referral.outcome = outcome;
  });

/** The caseworker takes it back, also one that has ended unseen; OTHER needs words: REASON_REQUIRED. */
export const cancelReferral = (
  ctx: Context,
  target: Target,
  reason: CancelReason,
  text?: string | null,
): Promise<string> =>
  take(ctx, target, ReferralStep.CANCEL, async ({ referral }) => {
    if (reason === CancelReason.SIBLING_ACCEPTED)
      throw new Refusal(INVALID_INPUT, 'Diesen Grund setzt nur das Netzwerk selbst.', ['reason']);
    checkReason(reason === CancelReason.OTHER, text);
    referral.cancelReason = reason;
    referral.cancelText = text ?? null;
  });

/**
 * One step in one transaction: lock, then refuse, then change. NOT_FOUND, VERSION_CONFLICT, STEP_NOT_OPEN, and what the
 * step itself refuses. Returns the id.
 */
function take(
  ctx: Context,
  target: Target,
  step: ReferralStep,
  effect: (taken: Taken) => Promise<void>,
): Promise<string> {
  return write(ctx, async tx => {
    if (step === ReferralStep.SEND) await lockCaseOf(tx, target.id);
    const referral = await lock(ctx, tx, target.id);
    checkVersion(target.expectedVersion, viewOf(referral).version);
    const party = actingParty(referral, step);
    await effect({ tx, referral, now: ctx.now });
    await applyStep(tx, referral, step, party, ctx.now);
    return referral.id;
  });
}

/** Locks a referral that the viewer may see. Places are locked after it. */
async function lock({ viewer }: Context, tx: EntityManager, id: string): Promise<Referral> {
  const rows = isId(id)
    ? await rowsOf<{ on_case: boolean }>(
        tx,
        sql`select ${columnsOf(tx, Referral, 'r')},
              exists (select from client_case c where c.id = r.client_case_id and ${onCase(viewer, 'c')}) as on_case
            from referral r where r.id = ${id} and ${visibleTo(viewer)} for update of r`,
      )
    : [];
  if (!rows[0]) throw new Refusal(NOT_FOUND, 'Diese Vermittlung gibt es nicht.', ['id']);
  const { on_case, ...row } = rows[0];
  const referral = tx.map(Referral, row as never);
  return Object.assign(referral, { parties: partiesOf(viewer, referral, on_case) });
}

/** The side on which the viewer may take this step from here, or STEP_NOT_OPEN with what is open instead. */
function actingParty(referral: Referral, step: ReferralStep): Party {
  const parties = referral.parties ?? [];
  const party = parties.find(one => isOpen(step, standing(referral, one), one, referral.feedbackLevel));
  if (party) return party;
  throw new Refusal(STEP_NOT_OPEN, 'Dieser Schritt ist hier nicht möglich.', ['id'], {
    openSteps: openStepsFor(referral),
  });
}

/** What the viewer can do next, on whichever side. */
export const openStepsFor = (referral: Referral): ReferralStep[] => [
  ...new Set(
    (referral.parties ?? []).flatMap(party => openSteps(standing(referral, party), party, referral.feedbackLevel)),
  ),
];

/** The caseworker's guards follow what the caseworker sees. */
const standing = (referral: Referral, party: Party): ReferralStatus =>
  party === Party.CASEWORKER ? referral.seenStatus : referral.status;

/** Is somebody WAITLISTED at this service for longer than this one? Who is not on the list waits for the shortest. */
async function someoneWaitsLonger(tx: EntityManager, referral: Referral): Promise<boolean> {
  const since = referral.status === ReferralStatus.WAITLISTED ? referral.waitlistedAt : null;
  const rows = await rowsOf(
    tx,
    sql`select from referral r where r.service_id = ${referral.service.id} and r.status = ${ReferralStatus.WAITLISTED}
          and r.id <> ${referral.id} and (${since}::timestamptz is null or r.waitlisted_at < ${since}::timestamptz)
        limit 1`,
  );
  return rows.length > 0;
}

/** The first decision after the sending counts for the answer time; one from the waiting list was answered before. */
async function countDecision(tx: EntityManager, referral: Referral, now: Date): Promise<void> {
  if (!UNANSWERED.includes(referral.status) || !referral.sentAt) return;
  const workingDays = Math.max(0, workingDaysBetween(referral.sentAt, now));
  await countAnswer(tx, referral.service.id, berlinDay(now), workingDays);
}

/** Where a reason is needed, 10 to 300 characters; elsewhere words are welcome, however few. `path`: the argument. */
function checkReason(needed: boolean, text: string | null | undefined, path = 'text', why = ''): void {
  if (!needed || isReasonText(text)) return;
  throw new Refusal(REASON_REQUIRED, `${why}Bitte mit 10 bis 300 Zeichen begründen.`, [path]);
}
