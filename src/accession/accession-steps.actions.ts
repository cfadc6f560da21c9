import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { refuseFuture } from '../shared/plain-input.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { assignLogo, lockAccession } from './accession.actions.js';
import type { Accession } from './accession.entity.js';
import type { AccessionConfirmInput } from './accession.inputs.js';
import { plansAdopted, stateOf } from './accession.query.js';
import { AccessionGap, AccessionStatus, missingOn, statusOn } from './accession.rules.js';
import { AccessionConsent } from './accession-paper.entity.js';

const { INVALID_INPUT, STEP_NOT_OPEN, TOO_LATE } = UserErrorCode;

/**
 * Declares the accession on a day; all that is missing is told at once. NOT_FOUND, STEP_NOT_OPEN, TOO_LATE after the
 * deadline, INVALID_INPUT, VERSION_CONFLICT. Returns the id.
 */
export const submitAccession = (ctx: Context, id: string, on: string, expectedVersion?: number | null) =>
  step(ctx, id, expectedVersion, async (tx, accession) => {
    refuseFuture(ctx.now, on, ['on']);
    refuseUnless(accession, accession.submittedOn === null);
    if (on > accession.deadline) throw new Refusal(TOO_LATE, 'Die Frist für den Beitritt ist abgelaufen.', ['on']);
    const consents = await tx.find(AccessionConsent, { accession: accession.id });
    const [plan] = await plansAdopted(tx, [accession.id]);
    const lacks = missingOn(stateOf(accession, consents, plan?.adoptedOn ?? null), on).filter(
      ({ what }) => what !== AccessionGap.SUBMISSION,
    );
    const [first, ...others] = lacks.map(({ text }) => ({ code: INVALID_INPUT, message: `${text}.`, path: ['on'] }));
    if (first) throw new Refusal(first.code, first.message, first.path, { others });
    accession.submittedOn = on;
  });

/** The accession is confirmed; NOT_FOUND, STEP_NOT_OPEN, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export const confirmAccession = (
  ctx: Context,
  id: string,
  input: AccessionConfirmInput,
  expectedVersion?: number | null,
) =>
  step(ctx, id, expectedVersion, async (_tx, accession) => {
    const { accededOn } = input;
    refuseUnless(accession, accession.submittedOn !== null && accession.accededOn === null);
    refuseFuture(ctx.now, accededOn, ['input', 'accededOn']);
    if (accededOn < accession.submittedOn!)
      throw new Refusal(INVALID_INPUT, 'Der Beitritt kann nicht vor seiner Erklärung liegen.', ['input', 'accededOn']);
    accession.accededOn = accededOn;
    assignLogo(accession, input.logoFrom ?? null, input.logoUntil ?? null);
  });

/** Takes it back, or leaves; NOT_FOUND, STEP_NOT_OPEN, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export const withdrawAccession = (ctx: Context, id: string, on: string, expectedVersion?: number | null) =>
  step(ctx, id, expectedVersion, async (_tx, accession) => {
    refuseUnless(accession, true);
    refuseFuture(ctx.now, on, ['on']);
    if (on < (accession.accededOn ?? accession.submittedOn ?? on))
      throw new Refusal(INVALID_INPUT, 'Zurücknehmen lässt sich nur, was schon erklärt war.', ['on']);
    accession.withdrawnOn = on;
  });

function step(
  ctx: Context,
  id: string,
  expectedVersion: number | null | undefined,
  work: (tx: EntityManager, accession: Accession) => Promise<void>,
): Promise<string> {
  return write(ctx, async tx => {
    const accession = await lockAccession(ctx, tx, id);
    checkVersion(expectedVersion, accession.version);
    await work(tx, accession);
    return accession.id;
  });
}

/** STEP_NOT_OPEN where it is withdrawn, or the step does not follow from where it stands. */
function refuseUnless(accession: Accession, open: boolean): void {
  if (open && statusOn(accession, '9999-12-31') !== AccessionStatus.WITHDRAWN) return;
  throw new Refusal(STEP_NOT_OPEN, 'Dieser Schritt ist jetzt nicht möglich.', ['id']);
}
