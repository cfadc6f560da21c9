import { seesPartner } from '../partner/partner.access.js';
import { type RecordDocument, RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import type { Context } from '../shared/context.js';
import { editedPartners } from '../viewer/viewer.rules.js';
import type { Proposal } from './proposal.entity.js';
import { ADDRESS_FIELDS, ProposalStatus } from './proposal.rules.js';
import { FieldDiff } from './proposal.types.js';

/**
 * What a proposal changes, in the order of the record's fields. Of an address that is protected, or was since it was
 * proposed, nothing is told but to those who edit it; of a record that its proposer may no longer see, only what she
 * read then.
 */
export async function diffsOf(ctx: Context, proposal: Proposal): Promise<FieldDiff[]> {
  const { fields } = RECORD_KINDS[proposal.recordKind];
  const current = await currentOf(ctx, proposal);
  const untold = await untoldOf(ctx, proposal);
  return Object.entries(fields).flatMap(([field, spec]) => {
    const change = proposal.changes[field];
    if (!change || untold.includes(field)) return [];
    return [Object.assign(new FieldDiff(), { field, spec, ...change, current: current?.[field] ?? null })];
  });
}

async function untoldOf({ loaders, viewer }: Context, proposal: Proposal): Promise<readonly string[]> {
  if (proposal.recordKind !== RecordName.LOCATION) return [];
  if (editedPartners(viewer).includes(proposal.partner.id)) return [];
  return (await loaders.hidesAddressSinceProposed.load(proposal.id)) ? ADDRESS_FIELDS : [];
}

/** What stands there now, while it is to be decided. */
async function currentOf(ctx: Context, proposal: Proposal): Promise<RecordDocument | undefined> {
  const { recordKind, record, status } = proposal;
  if (status !== ProposalStatus.OPEN || !(await maySee(ctx, proposal))) return undefined;
  return (await ctx.loaders.storedRecords(recordKind).load(record))?.document;
}

const maySee = async ({ viewer }: Context, { partner }: Proposal): Promise<boolean> =>
  seesPartner(viewer, await partner.loadOrFail());
