import { editRecord, lockForEdit } from '../record/record-edit.actions.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { write } from '../shared/write.js';
import { coordinatedNetworks } from '../viewer/viewer.rules.js';
import { leavingAs, PartnerStatus } from './partner.rules.js';
import { PARTNER_RECORD } from './partner-record.rules.js';

/** It takes part no longer; its referrals go on. NOT_FOUND, STEP_NOT_OPEN for one that is pending. Returns the id. */
export const archivePartner = (ctx: Context, id: string): Promise<string> => become(ctx, id, leavingAs);

/** It takes part again. NOT_FOUND, STEP_NOT_OPEN for one that is pending. Returns the id. */
export const reactivatePartner = (ctx: Context, id: string): Promise<string> =>
  become(ctx, id, () => PartnerStatus.ACTIVE);

function become(ctx: Context, id: string, next: (status: unknown) => PartnerStatus): Promise<string> {
  const coordinated = coordinatedNetworks(ctx.viewer);
  return write(ctx, async tx => {
    const isHers = ({ network }: { network: string }) => coordinated.includes(network);
    const partner = await lockForEdit(tx, PARTNER_RECORD, id, isHers, 'Diesen Partner gibt es nicht.');
    if (partner.document.status === PartnerStatus.PENDING)
      throw new Refusal(UserErrorCode.STEP_NOT_OPEN, 'Über die Aufnahme ist noch zu entscheiden.', ['id']);
    await editRecord(ctx, tx, PARTNER_RECORD, partner, { status: next(partner.document.status) });
    return partner.id;
  });
}
