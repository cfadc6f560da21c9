import type { EntityManager } from '@mikro-orm/postgresql';
import { checkConfirmed, confirmEdits, confirmMade } from '../confirmation/confirmed-edit.actions.js';
import { lockPartner } from '../partner/partner.actions.js';
import { isOut } from '../partner/partner.rules.js';
import { isKeeper } from '../partner/partner-keepers.query.js';
import { createRecords } from '../record/record.actions.js';
import type { StoredRecord } from '../record/record.query.js';
import { completed, type FieldGroup, Origin, type RecordDocument } from '../record/record.rules.js';
import { checkRecordVersion, editRecord, lockForEdit, refuseFaults } from '../record/record-edit.actions.js';
import { wantedOf } from '../record/record-input.rules.js';
import { naming } from '../record/standing.query.js';
import { addDays, berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import type { JobOpeningInput } from './job-opening.inputs.js';
import { jobOpeningReferenceFaults } from './job-opening.query.js';
import { type Closing, JobOpeningStatus, USUAL_DAYS } from './job-opening.rules.js';
import { faultsOfJobOpening } from './job-opening-faults.rules.js';
import { JOB_OPENING_RECORD } from './job-opening-record.rules.js';

/** A new opening of a partner, confirmed by being entered; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function createJobOpening(ctx: Context, partnerId: string, input: JobOpeningInput): Promise<string> {
  return write(ctx, async tx => {
    const { id: partner, network, document: owner } = await lockPartner(ctx, tx, partnerId, 'partner');
    if (isOut(owner.status))
      throw new Refusal(UserErrorCode.INVALID_INPUT, 'Dieser Partner ist nicht mehr dabei.', ['partner']);
    const wanted = await naming(tx, JOB_OPENING_RECORD, wantedOfJobOpening(input));
    const usual = berlinDay(addDays(ctx.now, USUAL_DAYS));
    const document = completed(JOB_OPENING_RECORD, { ...wanted, validUntil: wanted.validUntil ?? usual });
    await checkJobOpening(tx, ctx.now, partner, document);
    const by = { origin: Origin.EDIT, at: ctx.now, account: ctx.viewer.accountId };
    const ids = await createRecords(tx, JOB_OPENING_RECORD, [{ partner, network, document }], by);
    await confirmMade(ctx, tx, JOB_OPENING_RECORD, ids);
    return ids[0]!;
  });
}

/** Changes what is given, and confirms groups of its fields; NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT. Returns the id. */
export function updateJobOpening(
  ctx: Context,
  id: string,
  input: JobOpeningInput,
  expectedVersion?: number | null,
  confirm?: readonly FieldGroup[] | null,
): Promise<string> {
  return write(ctx, async tx => {
    const opening = await lockJobOpening(ctx, tx, id);
    checkConfirmed(JOB_OPENING_RECORD, confirm);
    const wanted = await naming(tx, JOB_OPENING_RECORD, wantedOfJobOpening(input));
    await checkRecordVersion(tx, JOB_OPENING_RECORD, opening, expectedVersion, wanted);
    await checkJobOpening(tx, ctx.now, opening.partner, { ...opening.document, ...wanted }, Object.keys(wanted));
    const changes = (await editRecord(ctx, tx, JOB_OPENING_RECORD, opening, wanted))?.changes ?? {};
    await confirmEdits(ctx, tx, JOB_OPENING_RECORD, [{ id: opening.id, wanted, changes, confirm }]);
    return opening.id;
  });
}

/** Nobody is looked for any more; NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT. Returns the id. */
export function closeJobOpening(
  ctx: Context,
  id: string,
  as: JobOpeningStatus,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const opening = await lockJobOpening(ctx, tx, id);
    const wanted = { status: closing(as) };
    await checkRecordVersion(tx, JOB_OPENING_RECORD, opening, expectedVersion, wanted);
    await editRecord(ctx, tx, JOB_OPENING_RECORD, opening, wanted);
    return opening.id;
  });
}

function closing(status: JobOpeningStatus): Closing {
  if (status !== JobOpeningStatus.OPEN) return status;
  throw new Refusal(UserErrorCode.INVALID_INPUT, 'Eine Stelle endet besetzt oder zurückgezogen.', ['as']);
}

/** What an input says of a job opening; ids as they are stored. */
export const wantedOfJobOpening = ({ location, ...input }: JobOpeningInput): RecordDocument => {
  const wanted = wantedOf(JOB_OPENING_RECORD, {
    ...input,
    location: isId(location) ? location.toLowerCase() : location,
  });
  // A number has no empty form: null is one, as for a new opening.
  return 'positions' in wanted ? { ...wanted, positions: wanted.positions ?? 1 } : wanted;
};

/**
 * INVALID_INPUT for what a job opening of that partner cannot be. `document`: all of it; `changed`: the fields to look
 * at, all when left out. Its location stays in use until the end of the transaction.
 */
export async function checkJobOpening(
  tx: EntityManager,
  now: Date,
  partner: string,
  document: RecordDocument,
  changed: readonly string[] = Object.keys(document),
): Promise<void> {
  refuseFaults(faultsOfJobOpening(document, now, changed));
  const looked = Object.fromEntries(Object.entries(document).filter(([field]) => changed.includes(field)));
  if (isId(looked.location)) await rowsOf(tx, sql`select from location where id = ${looked.location} for share`);
  refuseFaults(await jobOpeningReferenceFaults(tx, partner, looked));
}

/** A job opening whose record the viewer keeps, locked; NOT_FOUND. */
const lockJobOpening = ({ viewer }: Context, tx: EntityManager, id: string): Promise<StoredRecord> =>
  lockForEdit(
    tx,
    JOB_OPENING_RECORD,
    id,
    one => isKeeper(tx, viewer, one),
    'Diese Stelle gibt es nicht, oder Sie dürfen sie nicht bearbeiten.',
  );
