import type { EntityManager } from '@mikro-orm/postgresql';
import { onCase } from '../client-case/client-case.access.js';
import { ClientCaseStatus } from '../client-case/client-case.rules.js';
import { asCaseworker, partiesOf, visibleTo } from '../referral/referral.access.js';
import { Referral } from '../referral/referral.entity.js';
import { CLOSED_AT_LEVEL_NONE, type Party, ReferralStep, STEPS } from '../referral/referral.rules.js';
import { viewOf } from '../referral/referral.view.js';
import { isReasonText } from '../referral/referral-reasons.rules.js';
import { STATUS_TEXTS } from '../referral/referral-texts.rules.js';
import { limitsIn } from '../referral-clock/referral-limits.query.js';
import { FeedbackLevel } from '../service/service.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { lockCaseOf } from './referral-send.actions.js';
import { lockSiblings } from './referral-sibling.actions.js';
import { applyStep, type Stepping } from './referral-step.actions.js';
import { isHeldByClosedCase, openStepsFor, standingFor } from './referral-steps.view.js';

const { BASIS_MISSING, NOT_FOUND, REASON_REQUIRED, STEP_NOT_OPEN, TOO_LATE } = UserErrorCode;

/** Which referral, and the version that the caller has read, if that matters to them. */
export interface Target {
  id: string;
  expectedVersion?: number | null;
}

/** Inside the transaction of one step, with the referral locked. */
export interface Taken extends Stepping {
  readonly referral: Referral;
}

interface Work {
  /** What the step needs and does before the referral moves. */
  effect(taken: Taken): Promise<void>;
  /** What follows once it has moved. */
  after?(taken: Taken): Promise<void>;
}

/** Steps that look at the whole case, whose lock comes first everywhere. */
const LOCKS_CASE: readonly ReferralStep[] = [ReferralStep.SEND, ReferralStep.REOPEN];
const LOCKS_SIBLINGS: readonly ReferralStep[] = [ReferralStep.SEND, ReferralStep.ACCEPT, ReferralStep.REOPEN];

/**
 * One step in one transaction: lock, then refuse, then change. NOT_FOUND, VERSION_CONFLICT, STEP_NOT_OPEN, TOO_LATE, and
 * what the step itself refuses. Returns the id.
 */
export function take(ctx: Context, target: Target, step: ReferralStep, work: Work): Promise<string> {
  return write(ctx, async tx => {
    if (LOCKS_CASE.includes(step)) await lockCaseOf(tx, target.id);
    if (LOCKS_SIBLINGS.includes(step)) await lockSiblings(tx, target.id);
    const taken = await lock(ctx, tx, target.id);
    checkVersion(target.expectedVersion, viewOf(taken.referral).version);
    const party = actingParty(taken, step);
    await work.effect(taken);
    await applyStep(taken, taken.referral, step, party);
    await work.after?.(taken);
    return taken.referral.id;
  });
}

/**
 * Locks a referral that the viewer may see. Places are locked after it. No key is changed: whoever tells it something, as
 * of a free place, need not wait, nor hold up a third.
 */
export async function lock({ viewer, now }: Context, tx: EntityManager, id: string): Promise<Taken> {
  const rows = isId(id)
    ? await rowsOf<{ on_case: boolean; case_closed: boolean }>(
        tx,
        sql`select ${columnsOf(tx, Referral, 'r')},
              ${asCaseworker(viewer)} as on_case,
              exists (select from client_case c where c.id = r.client_case_id and c.status = ${ClientCaseStatus.CLOSED}
                and ${onCase(viewer, 'c')}) as case_closed
            from referral r where r.id = ${id} and ${visibleTo(viewer)} for no key update of r`,
      )
    : [];
  if (!rows[0]) throw new Refusal(NOT_FOUND, 'Diese Vermittlung gibt es nicht.', ['id']);
  const { on_case, case_closed: caseClosed, ...row } = rows[0];
  const referral = tx.map(Referral, row as never);
  Object.assign(referral, { parties: partiesOf(viewer, referral, on_case), caseClosed });
  return { tx, now, limits: await limitsIn(referral.network), referral };
}

/** The side on which the viewer may take this step from here, or a refusal with what is open instead. */
function actingParty({ referral, limits, now }: Taken, step: ReferralStep): Party {
  const standing = standingFor(referral, step, limits, now);
  if ('party' in standing) return standing.party;
  if (standing.tooLate) throw new Refusal(TOO_LATE, 'Dafür ist es zu spät.', ['id']);
  const why = whyNotOpen(referral, step);
  throw new Refusal(STEP_NOT_OPEN, `Dieser Schritt ist hier nicht möglich. ${why}.`, ['id'], {
    openSteps: openStepsFor(referral, limits, now),
  });
}

/** For people, as far as the viewer knows: mostly it is where the referral stands. */
function whyNotOpen(referral: Referral, step: ReferralStep): string {
  const { status } = viewOf(referral);
  const leadsOn = STEPS[step].from.includes(status);
  if (leadsOn && isHeldByClosedCase(referral, step)) return 'Der Fall ist geschlossen';
  if (leadsOn && referral.feedbackLevel === FeedbackLevel.NONE && CLOSED_AT_LEVEL_NONE.includes(step))
    return 'Das Angebot gibt keine Rückmeldung';
  return `Stand der Vermittlung: ${STATUS_TEXTS[status]}`;
}

/** Where a reason is needed, 10 to 300 characters; elsewhere words are welcome, however few. `path`: the argument. */
export function checkReason(needed: boolean, text: string | null | undefined, path = 'text', why = ''): void {
  if (!needed || isReasonText(text)) return;
  throw new Refusal(REASON_REQUIRED, `${why}Bitte mit 10 bis 300 Zeichen begründen.`, [path]);
}

/** Between the end of the consent and the next look of the clock, nothing more is begun with the client. */
export function checkBasisLasts({ basisEndsAt }: Referral, now: Date): void {
  if (basisEndsAt === null || basisEndsAt > now) return;
  throw new Refusal(BASIS_MISSING, 'Die Einwilligung ist abgelaufen.', ['id']);
}
