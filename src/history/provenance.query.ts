import { seesPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import { ADDRESS_FIELDS } from '../proposal/proposal.rules.js';
import { pastOf } from '../record/past.js';
import type { JsonValue, RecordDocument, RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import type { Context } from '../shared/context.js';
import { isSignedIn } from '../viewer/viewer.rules.js';
import { readsNames } from './history.access.js';
import { nameOfAccount, ownersOf } from './history.query.js';
import { FieldProvenance } from './history.types.js';
import type { LastChange } from './last-change.rules.js';

/** Whose member a partner is, is told to those who see that one. */
async function toldValue({ em, viewer }: Context, field: string, value: JsonValue): Promise<JsonValue> {
  if (field !== 'parent' || typeof value !== 'string') return value;
  const umbrella = await em.getReference(Partner, value, { wrapped: true }).load();
  return umbrella && seesPartner(viewer, umbrella) ? value : null;
}

interface OfRecord {
  readonly id: string;
  readonly createdAt: Date;
  readonly addressProtected?: boolean;
}

/** Where the value of each field of a record comes from, in the order of its fields; of a past one as of then. */
export async function provenanceOf(ctx: Context, name: RecordName, record: OfRecord): Promise<FieldProvenance[]> {
  const { loaders, viewer } = ctx;
  const past = pastOf(record);
  const [stored, owners, changes, groups] = await Promise.all([
    loaders.storedRecords(name).load(record.id),
    ownersOf(ctx, name, record.id),
    loaders.lastChangesOf(past?.at).load(record.id),
    loaders.confirmationsOf(name, past?.at).load(record.id),
  ]);
  if (!stored) throw new Error('The provenance is asked of no record.');
  const document: RecordDocument = past?.document ?? stored.document;
  const byField = new Map(changes.map(change => [change.field, change]));
  const confirmed = new Map(groups.map(({ group, confirmedAt }) => [group, confirmedAt]));
  const authorOf = async (change: LastChange | undefined) =>
    change?.account && readsNames(viewer, owners) ? nameOfAccount(ctx, change.account) : null;
  return Promise.all(
    Object.entries(RECORD_KINDS[name].fields).map(async ([field, spec]) => {
      const untold = record.addressProtected && ADDRESS_FIELDS.includes(field);
      // When a shelter moved is no more told than where to.
      const change = (untold ? undefined : byField.get(field)) ?? byField.get('');
      return Object.assign(new FieldProvenance(), {
        spec,
        field,
        value: untold ? null : await toldValue(ctx, field, document[field] ?? null),
        since: change?.at ?? record.createdAt,
        origin: change?.origin ?? null,
        source: isSignedIn(viewer) ? (change?.source ?? null) : null,
        by: await authorOf(change),
        group: spec.group,
        confirmedAt: confirmed.get(spec.group) ?? null,
      });
    }),
  );
}
