import { mayEditPartner } from '../partner/partner.access.js';
import type { Partner } from '../partner/partner.entity.js';
import type { RecordDocument } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { coordinatedNetworks } from '../viewer/viewer.rules.js';
import type { MergedPartner, MergedValue } from './partner-merge.types.js';

const MOST_TOLD = 100;

/** What was merged into a partner, the newest first, for those who edit or coordinate it; for others none. */
export async function mergedInto({ loaders, viewer }: Context, { id, network }: Partner): Promise<MergedPartner[]> {
  if (!coordinatedNetworks(viewer).includes(network.id) && !mayEditPartner(viewer, id)) return [];
  const rows = await loaders.mergesOfPartner.load(id);
  return rows.slice(0, MOST_TOLD).map(({ at, taken, leftBehind, ...row }) => ({
    ...row,
    at: new Date(at),
    taken: valuesOf(taken),
    leftBehind: valuesOf(leftBehind),
  }));
}

const valuesOf = (document: RecordDocument): MergedValue[] =>
  Object.entries(document).map(([field, value]) => ({ field, value }));
