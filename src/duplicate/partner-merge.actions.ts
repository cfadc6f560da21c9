import type { EntityManager } from '@mikro-orm/postgresql';
import { keepOldestDrafts } from '../accessibility/accessibility-assessment.actions.js';
import { decideAccessibility } from '../accessibility/accessibility-decision.actions.js';
import { joinMemberships, lockConsortiaOf } from '../consortium/consortium-merge.actions.js';
import { JOB_OPENING_RECORD } from '../job-opening/job-opening-record.rules.js';
import { LocationStatus } from '../location/location.rules.js';
import { LOCATION_RECORD } from '../location/location-record.rules.js';
import { leavingAs } from '../partner/partner.rules.js';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { ProposalStatus } from '../proposal/proposal.rules.js';
import { changeRecords, type Provenance } from '../record/record.actions.js';
import { lockRecords } from '../record/record.query.js';
import { type JsonValue, Origin, type RecordDocument } from '../record/record.rules.js';
import { checkRecordVersion } from '../record/record-edit.actions.js';
import { indexRecords } from '../search/search-index.actions.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import { asSystem } from '../shared/as-system.js';
import { change, changeOne } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { oneAtATime } from '../shared/one-at-a-time.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { carryDismissals } from './duplicate-dismissal.actions.js';
import {
  equalLocations,
  type LocationPair,
  type MergeRecord,
  mayMerge,
  mergeRecords,
  umbrellasOf,
} from './partner-merge.query.js';
import {
  AtMerge,
  differences,
  filledIn,
  obstacleTo,
  PARTNER_COLUMNS,
  pick,
  TAKEABLE,
  unitedContacts,
} from './partner-merge.rules.js';

const { INVALID_INPUT, NOT_FOUND } = UserErrorCode;

export interface MergeWish {
  /** Ids of the one that stays, and of the one that it takes in. */
  readonly id: string;
  readonly other: string;
  /** Names of the fields in which the survivor becomes as the other is. */
  readonly take: readonly string[];
  readonly expectedVersion?: number | null | undefined;
  readonly otherVersion?: number | null | undefined;
}

/**
 * Makes two partners of a network one, in one transaction: locations, services with all that hangs on them, referrals and
 * what was said in them, members. The other stays as an archived row whose id answers the survivor. NOT_FOUND,
 * INVALID_INPUT, VERSION_CONFLICT. Returns the survivor's id.
 *
 * Locks: the partners, umbrellas, consortia, referrals, requests, services, locations, each by id. So a step that holds a referral
 * is waited for, and one that comes later finds it at the survivor.
 */
export function mergePartners(ctx: Context, wish: MergeWish): Promise<string> {
  return write(ctx, async tx => {
    const { survivor, other } = await lockBoth(ctx, tx, wish);
    await oneAtATime(tx, 'umbrellas');
    await lockConsortiaOf(tx, [survivor.id, other.id]);
    const taken = await takenFields(tx, survivor, other, wish.take);
    const isBelow = (await umbrellasOf(tx, survivor.id)).includes(other.id);
    const contacts = unitedContacts(survivor.document.contacts, other.document.contacts);
    const pairs = await equalLocations(tx, survivor.id, other.id);
    const left = leftBehind(survivor, other, taken);
    const moved = await moveAll(tx, survivor.id, other.id);
    await joinMemberships(tx, survivor.id);
    const by = { origin: Origin.MERGE, at: ctx.now, account: ctx.viewer.accountId };
    const gone = [other.id, ...pairs.map(({ theirs }) => theirs)];
    await endOpenBusiness(ctx, tx, survivor.id, other.id, gone);
    await carryDismissals(ctx, tx, survivor.id, other.id);
    await joinLocations(tx, pairs, { ...by, source: other.id });
    await uniteMembers(tx, survivor, other, { ...by, source: other.id });
    // Who belonged to the other, itself or over others, now belongs to what that belonged to.
    const fromOther = { ...(isBelow && pick(other.document, ['parent'])), ...taken, contacts };
    await changeRecords(tx, PARTNER_RECORD, [{ id: survivor.id, wanted: fromOther }], { ...by, source: other.id });
    const out = { status: leavingAs(other.document.status) };
    await changeRecords(tx, PARTNER_RECORD, [{ id: other.id, wanted: out }], { ...by, source: survivor.id });
    // What was merged into the other before answers the survivor at once, too.
    await change(
      tx,
      sql`update partner set merged_into_id = ${survivor.id} where id = ${other.id} or merged_into_id = ${other.id}`,
    );
    await changeOne(
      tx,
      sql`insert into partner_merge (network_id, survivor_id, other_id, at, merged_by_id, taken, left_behind, services, locations)
          values (${survivor.network}, ${survivor.id}, ${other.id}, ${ctx.now}, ${ctx.viewer.accountId}::uuid,
            ${JSON.stringify(taken)}::jsonb, ${JSON.stringify(left)}::jsonb, ${moved.services}::uuid[], ${moved.locations}::uuid[])`,
    );
    // Its services are found by its name from now on, also where it has not changed itself.
    await indexRecords(tx, { partners: [survivor.id] });
    return survivor.id;
  });
}

/** Both locked, and the members of the other with them, in the order of their ids. */
async function lockBoth(
  { viewer }: Context,
  tx: EntityManager,
  { expectedVersion, otherVersion, take, ...wish }: MergeWish,
): Promise<{ survivor: MergeRecord; other: MergeRecord }> {
  const ids = [wish.id, wish.other].map(id => (isId(id) ? id.toLowerCase() : null));
  const known = ids.filter(id => id !== null);
  const members = await rowsOf<{ id: string }>(tx, sql`select id from partner where parent_id = any(${known}::uuid[])`);
  await lockRecords(tx, PARTNER_RECORD, [...new Set([...known, ...members.map(one => one.id)])]);
  const records = await mergeRecords(tx, known);
  const [survivor, other] = ids.map((id, i) => {
    const record = id === null ? undefined : records.get(id);
    if (record && mayMerge(viewer, record)) return record;
    throw new Refusal(NOT_FOUND, 'Diesen Partner gibt es nicht.', [i === 0 ? 'id' : 'other']);
  }) as [MergeRecord, MergeRecord];
  const obstacle = obstacleTo(survivor, other);
  if (obstacle) throw new Refusal(INVALID_INPUT, obstacle.message, [obstacle.argument]);
  await checkRecordVersion(tx, PARTNER_RECORD, survivor, expectedVersion, {});
  checkOtherVersion(other, otherVersion);
  return { survivor, other };
}

function checkOtherVersion({ version }: MergeRecord, expected: number | null | undefined): void {
  try {
    checkVersion(expected, version);
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.code, error.message, ['otherVersion'], error.detail) : error;
  }
}

/** What the survivor takes; INVALID_INPUT for a field that cannot be, or an umbrella that is the survivor's own member. */
async function takenFields(
  tx: EntityManager,
  survivor: MergeRecord,
  other: MergeRecord,
  take: readonly string[],
): Promise<RecordDocument> {
  for (const [i, field] of take.entries())
    if (!TAKEABLE.includes(field))
      throw new Refusal(INVALID_INPUT, `Übernehmen lassen sich: ${TAKEABLE.join(', ')}.`, ['take', String(i)]);
  const parent = other.document.parent;
  if (!take.includes('parent') || parent == null) return pick(other.document, take);
  if (parent === survivor.id || (await umbrellasOf(tx, other.id)).includes(survivor.id))
    throw new Refusal(INVALID_INPUT, 'Der Dachverband würde zu sich selbst gehören.', [
      'take',
      String(take.indexOf('parent')),
    ]);
  return pick(other.document, take);
}

const leftBehind = (survivor: MergeRecord, other: MergeRecord, taken: RecordDocument): RecordDocument =>
  Object.fromEntries(
    Object.entries(differences(survivor.document, other.document)).flatMap(([field, { after }]) =>
      field in taken ? [] : [[field, after]],
    ),
  );

interface Moved {
  readonly services: string[];
  readonly locations: string[];
}

/**
 * Everything that names the other names the survivor. One statement, since keys that carry service and partner together
 * must hold at its end; as SYSTEM, since the coordination sees no drafts and no words of referrals.
 */
async function moveAll(tx: EntityManager, survivor: string, other: string): Promise<Moved> {
  const moves = Object.keys(PARTNER_COLUMNS).filter(column => PARTNER_COLUMNS[column] === AtMerge.MOVES);
  const updates = moves.map(name => {
    const [table, column] = name.split('.') as [string, string];
    const returned = RETURNED.includes(table) ? 'returning id' : '';
    return sql`${verbatim(`moved_${table}`)} as (update ${verbatim(table)} set ${verbatim(column)} = ${survivor}
      where ${verbatim(column)} = ${other} ${verbatim(returned)})`;
  });
  return asSystem(tx, async () => {
    await lockInOrder(tx, other);
    const [moved] = await rowsOf<Moved>(
      tx,
      sql`with ${updates.reduce((all, one) => sql`${all}, ${one}`)}
          select array(select id::text from moved_service order by id) as services,
            array(select id::text from moved_location order by id) as locations`,
    );
    return moved!;
  });
}

/** What was proposed for what is gone is decided by the merge; a link that confirms it must not confirm the survivor. */
async function endOpenBusiness(
  { viewer, now }: Context,
  tx: EntityManager,
  survivor: string,
  other: string,
  gone: readonly string[],
): Promise<void> {
  await change(
    tx,
    sql`update proposal set status = ${ProposalStatus.SUPERSEDED}, decided_at = ${now}, decided_by_id = ${viewer.accountId}::uuid,
          version = version + 1
        where record_id = any(${gone}::uuid[]) and status = ${ProposalStatus.OPEN}`,
  );
  await change(
    tx,
    sql`update confirmation_link set revoked_at = ${now}
        where partner_id = ${other} and used_at is null and revoked_at is null`,
  );
  // The next import finds the survivor, but where the same source knows both: then the other stays what it says of it.
  await change(
    tx,
    sql`update source_record r set record_id = ${survivor} where r.record_id = ${other} and not exists (
          select from source_record s where s.source_id = r.source_id and s.record_id = ${survivor})`,
  );
}

const RETURNED: readonly string[] = ['service', 'location'];

/** As steps lock them: referrals, then requests, then services, then where they take place. */
async function lockInOrder(tx: EntityManager, partner: string): Promise<void> {
  await rowsOf(tx, sql`select from referral where partner_id = ${partner} order by service_id, id for no key update`);
  await rowsOf(tx, sql`select from availability_request where partner_id = ${partner} order by id for no key update`);
  await rowsOf(tx, sql`select from service where partner_id = ${partner} order by id for update`);
  await rowsOf(tx, sql`select from location where partner_id = ${partner} order by id for no key update`);
}

/**
 * Of two locations at one address one remains: what it did not say is filled in, the services of the other take place
 * there, and that one is archived. All of them are the survivor's by now.
 */
async function joinLocations(tx: EntityManager, pairs: readonly LocationPair[], by: Provenance): Promise<void> {
  if (pairs.length === 0) return;
  const locations = await lockRecords(
    tx,
    LOCATION_RECORD,
    pairs.flatMap(({ mine, theirs }) => [mine, theirs]),
  );
  const documentOf = (id: string) => locations.get(id)!.document;
  const stand = new Map(pairs.map(({ mine, theirs }) => [theirs, mine]));
  const fills = new Map<string, RecordDocument>();
  for (const { mine, theirs } of pairs) {
    const now = { ...documentOf(mine), ...fills.get(mine) };
    // Since the pairs were found somebody may have protected one of them: both are the same address.
    const isProtected = [now, documentOf(theirs)].some(({ addressProtected }) => addressProtected === true);
    fills.set(mine, {
      ...fills.get(mine),
      ...filledIn(now, documentOf(theirs)),
      ...(isProtected && { addressProtected: true }),
    });
  }
  const services = await rowsOf<{ id: string }>(
    tx,
    sql`select distinct service_id as id from service_location where location_id = any(${[...stand.keys()]}::uuid[])`,
  );
  const records = await lockRecords(
    tx,
    SERVICE_RECORD,
    services.map(one => one.id),
  );
  const relocated = [...records.values()].map(({ id, document }) => ({
    id,
    wanted: { locations: [...new Set((document.locations as string[]).map(one => stand.get(one) ?? one))] },
  }));
  await changeRecords(tx, SERVICE_RECORD, relocated, by);
  const openings = await rowsOf<{ id: string; at: string }>(
    tx,
    sql`select id, location_id as at from job_opening where location_id = any(${[...stand.keys()]}::uuid[]) order by id`,
  );
  const reopened = openings.map(({ id, at }) => ({ id, wanted: { location: stand.get(at)! } }));
  await changeRecords(tx, JOB_OPENING_RECORD, reopened, by);
  // What a source says of the one is heard of the other since; where it knows both, each keeps its own.
  await change(
    tx,
    sql`update source_record s set record_id = p.mine
        from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (mine uuid, theirs uuid)
        where s.record_id = p.theirs
          and not exists (select from source_record o where o.source_id = s.source_id and o.record_id = p.mine)`,
  );
  const archived = pairs.map(({ mine, theirs }) => ({
    id: theirs,
    wanted: {
      status: LocationStatus.ARCHIVED as JsonValue,
      ...({ ...documentOf(mine), ...fills.get(mine) }.addressProtected === true && { addressProtected: true }),
    },
  }));
  await changeRecords(tx, LOCATION_RECORD, [...archived, ...[...fills].map(([id, wanted]) => ({ id, wanted }))], by);
  await joinWhatIsThere(tx, pairs, by);
  // What became one with the other before answers the one that remains at once, too.
  await change(
    tx,
    sql`update location l set merged_into_id = p.mine
        from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (mine uuid, theirs uuid)
        where l.id = p.theirs or l.merged_into_id = p.theirs`,
  );
}

/**
 * Assessments, remedies and teams of a location that is gone are those of the one that remains, and its accessibility what
 * the latest of them all decides. Of several drafts that meet there the oldest goes on, and the others are discarded.
 */
async function joinWhatIsThere(tx: EntityManager, pairs: readonly LocationPair[], by: Provenance): Promise<void> {
  await keepOldestDrafts(tx, pairs);
  const joined = sql`jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (mine uuid, theirs uuid)`;
  await change(
    tx,
    sql`update accessibility_assessment a set location_id = p.mine, version = version + 1 from ${joined}
        where a.location_id = p.theirs`,
  );
  await change(
    tx,
    sql`update accessibility_remedy r set location_id = p.mine, version = version + 1 from ${joined}
        where r.location_id = p.theirs`,
  );
  await change(
    tx,
    sql`update team t set location_id = p.mine, version = version + 1 from ${joined} where t.location_id = p.theirs`,
  );
  for (const mine of new Set(pairs.map(pair => pair.mine))) await decideAccessibility(tx, mine, by);
}

/** The members of the other belong to the survivor; the survivor itself, where it was one, is seen to by itself. */
async function uniteMembers(
  tx: EntityManager,
  survivor: MergeRecord,
  other: MergeRecord,
  by: Provenance,
): Promise<void> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`select id from partner where parent_id = ${other.id} and id <> ${survivor.id} order by id`,
  );
  const edits = rows.map(({ id }) => ({ id, wanted: { parent: survivor.id } }));
  if (edits.length > 0) await changeRecords(tx, PARTNER_RECORD, edits, by);
}
