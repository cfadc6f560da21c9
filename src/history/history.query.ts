import { wasProtectedSince } from '../location/protected-since.query.js';
import { Partner } from '../partner/partner.entity.js';
import { ADDRESS_FIELDS } from '../proposal/proposal.rules.js';
import { FieldDiff } from '../proposal/proposal.types.js';
import { pastOf } from '../record/past.js';
import { type Owners, type RecordKind, RecordName } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { ownerAt } from '../record/record-owners.query.js';
import type { Revision } from '../record/revision.entity.js';
import { pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { badInput } from '../shared/errors.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { Account } from '../viewer/account.entity.js';
import { coordinatedNetworks, editedPartners, isSignedIn, type Role, type Viewer } from '../viewer/viewer.rules.js';
import { isHistoryFor, type PartnersOf, readsNames, roleTowards } from './history.access.js';
import { type HistoryArgs, RevisionConnection } from './history.inputs.js';

/** The changes of a record that the viewer sees, newest first; of a past one, those until then. */
export async function historyOf(
  ctx: Context,
  name: RecordName,
  record: { readonly id: string },
  args: HistoryArgs,
): Promise<RevisionConnection> {
  const { loaders, secrets, viewer } = ctx;
  const kind = RECORD_KINDS[name];
  const { field } = args;
  if (field != null && !Object.hasOwn(kind.fields, field)) throw badInput('field', 'The record has no such field.');
  const page = pageOf(args, secrets, RevisionConnection.list);
  const until = pastOf(record)?.at;
  const lists = loaders.revisionsOf('record_id', { name, field, until }, page, async () => ({
    conditions: [
      isHistoryFor(viewer, partnersOf(kind)),
      ...(kind.secret ? [saysSomething(viewer, kind, field)] : []),
      ...(field != null ? [sql`t.changes->${field}::text is not null`] : []),
      ...(until ? [sql`t.at <= ${until}`] : []),
    ],
  }));
  return RevisionConnection.of(secrets, {
    rows: (await lists.rows.load(record.id)).map(one => (field != null ? ofField(one, field) : one)),
    page,
    position: ({ at, version, id }) => [at.toISOString(), version, id],
    count: () => lists.count.load(record.id),
  });
}

/** The field alone that a revision is asked about, where it is about one. */
const asked = new WeakMap<Revision, string>();

/** The same revision, told of one field. Others may ask for all of it, so it is another object. */
function ofField(revision: Revision, field: string): Revision {
  const told = Object.create(revision) as Revision;
  asked.set(told, field);
  return told;
}

/** SQL: that a shelter has moved is told to those who keep it, and to nobody else. */
function saysSomething(viewer: Viewer, kind: RecordKind, field: string | null | undefined): Sql {
  const { fields } = kind.secret!;
  const open =
    field != null && fields.includes(field)
      ? sql`false`
      : sql`t.changes = '{}' or t.changes - ${fields}::text[] <> '{}'`;
  return sql`(${open} or t.network_id = any(${coordinatedNetworks(viewer)}::uuid[])
    or ${partnersOf(kind).keeper} = any(${editedPartners(viewer)}::uuid[])
    or not ${wasProtectedSince(sql`t.record_id`, sql`t.at`)})`;
}

function partnersOf(kind: RecordKind): PartnersOf {
  const of = (column: Sql): Sql => sql`(select ${column} from ${verbatim(kind.table)} o where o.id = t.record_id)`;
  if (kind.name === RecordName.PARTNER)
    return { keeper: of(sql`coalesce(o.merged_into_id, o.id)`), owner: sql`t.record_id` };
  const keeper = of(sql`o.partner_id`);
  return { keeper, owner: ownerAt(kind, sql`t.record_id`, keeper, sql`t.at`) };
}

/** What changed, in the order of the record's fields; nothing of an address that is protected, or came to be since. */
export async function diffsOfRevision({ loaders }: Context, revision: Revision): Promise<FieldDiff[]> {
  const changed = Object.keys(revision.changes);
  const told = changed.some(field => ADDRESS_FIELDS.includes(field)) && revision.kind === RecordName.LOCATION;
  const untold = told && (await loaders.hidesAddressThen.load(revision.id)) ? ADDRESS_FIELDS : [];
  const only = asked.get(revision);
  return Object.entries(RECORD_KINDS[revision.kind].fields).flatMap(([field, spec]) => {
    const change = revision.changes[field];
    if (!change || untold.includes(field) || (only !== undefined && only !== field)) return [];
    return [Object.assign(new FieldDiff(), { field, spec, ...change, current: null })];
  });
}

/** Who keeps a record today; of a partner that was merged, the one that stands for it. */
export async function ownersOf({ em, loaders }: Context, kind: RecordName, record: string): Promise<Owners> {
  const owners = await loaders.storedRecords(kind).load(record);
  if (!owners) throw new Error('The owners are asked of no record.');
  if (kind !== RecordName.PARTNER) return owners;
  const { mergedInto } = await em.findOneOrFail(Partner, record);
  return mergedInto ? { ...owners, partner: mergedInto.id } : owners;
}

/** The name of who did it; null for those who are not to know, and where nobody signed in did. */
export async function nameOfAuthor(ctx: Context, revision: Revision): Promise<string | null> {
  if (!revision.account || !isSignedIn(ctx.viewer)) return null;
  if (!readsNames(ctx.viewer, await ownersOf(ctx, revision.kind, revision.record))) return null;
  return nameOfAccount(ctx, revision.account.id);
}

export const nameOfAccount = async ({ em }: Context, id: string): Promise<string> =>
  (await em.getReference(Account, id, { wrapped: true }).loadOrFail()).displayName;

/** As what somebody did it, for those who are signed in. */
export async function roleOfAuthor(ctx: Context, revision: Revision): Promise<Role | null> {
  if (!revision.account || !isSignedIn(ctx.viewer)) return null;
  const memberships = await ctx.loaders.membershipsOfAccount.load(revision.account.id);
  return roleTowards(memberships, await ownersOf(ctx, revision.kind, revision.record));
}

/** The name of the file or system, for those who are signed in. */
export const sourceOfRevision = ({ viewer }: Context, { source }: Revision): string | null =>
  isSignedIn(viewer) ? source : null;
