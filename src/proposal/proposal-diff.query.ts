import { seesPartner } from '../partner/partner.access.js';
import type { StoredRecord } from '../record/record.query.js';
import { RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import type { Context } from '../shared/context.js';
import { editedPartners } from '../viewer/viewer.rules.js';
import type { Proposal } from './proposal.entity.js';
import { ADDRESS_FIELDS, hidesAddress, ProposalStatus } from './proposal.rules.js';
import { FieldDiff } from './proposal.types.js';

/**
 * What a proposal changes, in the order of the record's fields. Of a protected address nothing is told but to those who
 * edit it; of a record that its proposer may no longer see, only what she read then.
 */
export async function diffsOf(ctx: Context, proposal: Proposal): Promise<FieldDiff[]> {
  const kind = RECORD_KINDS[proposal.recordKind];
  const record = await recordOf(ctx, proposal);
  const current = proposal.status === ProposalStatus.OPEN && (await maySee(ctx, proposal)) ? record?.document : {};
  const untold =
    hidesAddress(kind, record?.document) && !editedPartners(ctx.viewer).includes(proposal.partner.id)
      ? ADDRESS_FIELDS
      : [];
  return Object.entries(kind.fields).flatMap(([field, spec]) => {
    const change = proposal.changes[field];
    if (!change || untold.includes(field)) return [];
    return [Object.assign(new FieldDiff(), { field, spec, ...change, current: current?.[field] ?? null })];
  });
}

/** Read where it is needed: for what stands there now, and for whether an address is protected. */
async function recordOf({ loaders }: Context, { recordKind, record, status }: Proposal): Promise<StoredRecord | null> {
  if (status !== ProposalStatus.OPEN && recordKind !== RecordName.LOCATION) return null;
  return loaders.storedRecords(recordKind).load(record);
}

const maySee = async ({ viewer }: Context, { partner }: Proposal): Promise<boolean> =>
  seesPartner(viewer, await partner.loadOrFail());
