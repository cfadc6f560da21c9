import type { EntityManager } from '@mikro-orm/postgresql';
import { checkConfirmed, confirmEdits } from '../confirmation/confirmed-edit.actions.js';
import { keepOrReview } from '../proposal/proposal-review.actions.js';
import type { StoredRecord } from '../record/record.query.js';
import { type FieldGroup, Origin, type RecordDocument } from '../record/record.rules.js';
import { checkRecordVersion, lockForEdit, refuseFaults } from '../record/record-edit.actions.js';
import { wantedOf } from '../record/record-input.rules.js';
import { naming } from '../record/standing.query.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { write } from '../shared/write.js';
import type { PartnerUpdateInput } from './partner.inputs.js';
import { faultsOfPartner } from './partner-faults.rules.js';
import { isKeeper } from './partner-keepers.query.js';
import { PARTNER_RECORD } from './partner-record.rules.js';
import { partnerReferenceFaults } from './partner-references.query.js';

/**
 * Changes what is given; name, kinds and umbrella wait for the coordination, unless she edits who coordinates. NOT_FOUND,
 * INVALID_INPUT, VERSION_CONFLICT. Groups of its fields are confirmed with it. Returns the id.
 */
export function updatePartner(
  ctx: Context,
  id: string,
  input: PartnerUpdateInput,
  expectedVersion?: number | null,
  confirm?: readonly FieldGroup[] | null,
): Promise<string> {
  return write(ctx, async tx => {
    const partner = await lockPartner(ctx, tx, id);
    checkConfirmed(PARTNER_RECORD, confirm);
    const wanted = await naming(tx, PARTNER_RECORD, wantedOfPartner(input));
    await checkRecordVersion(tx, PARTNER_RECORD, partner, expectedVersion, wanted);
    await checkPartner(tx, partner.id, wanted);
    const { changes, waiting } = await keepOrReview(tx, ctx.viewer, PARTNER_RECORD, partner, wanted, {
      origin: Origin.EDIT,
      at: ctx.now,
      account: ctx.viewer.accountId,
    });
    await confirmEdits(ctx, tx, PARTNER_RECORD, [{ id: partner.id, wanted, changes, waiting, confirm }]);
    return partner.id;
  });
}

/** What an input says of a partner; ids as they are stored. */
export function wantedOfPartner(input: PartnerUpdateInput): RecordDocument {
  const { parent } = input;
  return wantedOf(PARTNER_RECORD, isId(parent) ? { ...input, parent: parent.toLowerCase() } : input);
}

/** INVALID_INPUT for what a partner cannot be. `id` null: of one that is to be made. */
export async function checkPartner(tx: EntityManager, id: string | null, wanted: RecordDocument): Promise<void> {
  refuseFaults(faultsOfPartner(wanted));
  if (wanted.parent == null) return;
  // Of two who each become the other's umbrella one waits here, and then sees what the other has made.
  await oneAtATime(tx, 'umbrellas');
  refuseFaults((await partnerReferenceFaults(tx, [{ id, document: wanted }])).flat());
}

/** A partner whose records the viewer keeps, locked; NOT_FOUND on the argument that names it, by an old id too. */
export const lockPartner = (ctx: Context, tx: EntityManager, id: string, argument = 'id'): Promise<StoredRecord> =>
  lockForEdit(tx, PARTNER_RECORD, id, one => isKeeper(tx, ctx.viewer, one), 'Diesen Partner gibt es nicht.', argument);
