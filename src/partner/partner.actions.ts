import type { EntityManager } from '@mikro-orm/postgresql';
import type { StoredRecord } from '../record/record.query.js';
import type { RecordDocument } from '../record/record.rules.js';
import { checkRecordVersion, editRecord, lockForEdit } from '../record/record-edit.actions.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { write } from '../shared/write.js';
import { mayEditPartner } from './partner.access.js';
import type { PartnerUpdateInput } from './partner.inputs.js';
import { isEmailAddress, isName, isPhoneNumber, isWebAddress } from './partner.rules.js';
import { PARTNER_RECORD } from './partner-record.rules.js';

/** Changes what is given; NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function updatePartner(
  ctx: Context,
  id: string,
  input: PartnerUpdateInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const partner = await editablePartner(ctx, tx, id);
    checkRecordVersion(PARTNER_RECORD, partner, expectedVersion, { ...input });
    await editRecord(ctx, tx, PARTNER_RECORD, partner, checked(input));
    return partner.id;
  });
}

/** Everything shown is still right: the partner and its services are confirmed, nothing is edited. Returns the id. */
export function confirmPartner(ctx: Context, id: string): Promise<string> {
  return write(ctx, async tx => {
    const partner = await editablePartner(ctx, tx, id);
    // A confirmation is no edit: it leaves the version.
    await tx.execute('update partner set confirmed_at = ? where id = ?', [ctx.now, partner.id]);
    await tx.execute('update service set confirmed_at = ? where partner_id = ?', [ctx.now, partner.id]);
    return partner.id;
  });
}

const editablePartner = (ctx: Context, tx: EntityManager, id: string): Promise<StoredRecord> =>
  lockForEdit(tx, PARTNER_RECORD, id, one => mayEditPartner(ctx.viewer, one.id), 'Diesen Partner gibt es nicht.');

/** What was given, if it is fit to be stored: as it came, or not at all. */
function checked({ name, description, email, phone, website }: PartnerUpdateInput): RecordDocument {
  return {
    ...(name !== undefined && { name: partnerName(name) }),
    ...(description !== undefined && { description }),
    ...(email !== undefined && { email: fitting('email', email, isEmailAddress, 'Das ist keine E-Mail-Adresse.') }),
    ...(phone !== undefined && { phone: fitting('phone', phone, isPhoneNumber, 'Das ist keine Telefonnummer.') }),
    ...(website !== undefined && {
      website: fitting('website', website, isWebAddress, 'Das ist keine Adresse mit https:// oder http://.'),
    }),
  };
}

function partnerName(text: string | null): string {
  if (text === null || text !== text.trim() || !isName(text))
    throw new Refusal(UserErrorCode.INVALID_INPUT, 'Ein Name hat 2 bis 200 Zeichen und keine Leerzeichen am Rand.', [
      'input',
      'name',
    ]);
  return text;
}

/** A contact, or null for none: what forms send for an emptied field is ''. */
function fitting(field: string, text: string | null, fits: (text: string) => boolean, message: string): string | null {
  if (text === null || text === '') return null;
  if (text !== text.trim() || !fits(text)) throw new Refusal(UserErrorCode.INVALID_INPUT, message, ['input', field]);
  return text;
}
