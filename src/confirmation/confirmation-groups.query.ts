import { momentOf, pastOf } from '../record/past.js';
import type { RecordName } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { freshnessOf } from '../shared/freshness.rules.js';
import type { GroupFreshness } from './confirmation.types.js';

/** How fresh each group of a record is, or was. */
export async function groupsOfRecord(
  { loaders, now }: Context,
  kind: RecordName,
  record: { readonly id: string },
): Promise<GroupFreshness[]> {
  const groups = await loaders.confirmationsOf(kind, pastOf(record)?.at).load(record.id);
  const moment = momentOf(record, now);
  return groups.map(({ group, confirmedAt }) => ({ group, confirmedAt, freshness: freshnessOf(confirmedAt, moment) }));
}
