import type { EntityManager } from '@mikro-orm/postgresql';
import { keepsRecords } from '../partner/partner.access.js';
import { lockPartner } from '../partner/partner.actions.js';
import { isKeeper } from '../partner/partner-keepers.query.js';
import { readRecords } from '../record/record.query.js';
import { type FieldGroup, type RecordKind, RecordName } from '../record/record.rules.js';
import { lockForEdit } from '../record/record-edit.actions.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { standingId } from '../record/standing.query.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { groupsOf, SHOWN } from './confirmation.rules.js';
import { type Confirmed, storeConfirmations } from './confirmation-store.actions.js';

/**
 * Everything shown is still right, or these groups of it: of the partner, of its locations, services and job openings as far as
 * they are shown. Nothing is edited. NOT_FOUND, INVALID_INPUT. Returns the id.
 */
export function confirmPartner(ctx: Context, id: string, groups?: readonly FieldGroup[]): Promise<string> {
  return write(ctx, async tx => {
    await lockKept(ctx, tx, id);
    const partner = await lockPartner(ctx, tx, id);
    checkGroups(groups);
    await confirmAllOf(tx, partner.id, groups, byViewer(ctx));
    return partner.id;
  });
}

/** Of a partner that the viewer may keep: who surely may not makes nobody wait. */
async function lockKept({ viewer }: Context, tx: EntityManager, id: string): Promise<void> {
  const key = isId(id) ? await standingId(tx, RECORD_KINDS.PARTNER, id.toLowerCase()) : id;
  const partner = isId(key) ? (await readRecords(tx, RECORD_KINDS.PARTNER, [key])).get(key) : undefined;
  if (partner && keepsRecords(viewer, partner, false)) await lockShown(tx, key);
}

/** The same of one location, service or job opening, or of groups that it has. NOT_FOUND, INVALID_INPUT. Returns the id. */
export function confirmRecord(
  ctx: Context,
  name: RecordName.LOCATION | RecordName.SERVICE | RecordName.JOB_OPENING,
  id: string,
  groups?: readonly FieldGroup[] | null,
): Promise<string> {
  return write(ctx, async tx => {
    const kind = RECORD_KINDS[name];
    const record = await lockForEdit(tx, kind, id, one => isKeeper(tx, ctx.viewer, one), NO_SUCH[name]);
    checkGroups(groups, groupsOf(kind));
    await storeConfirmations(tx, kind, [{ id: record.id, groups }], byViewer(ctx));
    return record.id;
  });
}

const NO_SUCH = {
  [RecordName.LOCATION]: 'Diesen Standort gibt es nicht, oder Sie dürfen ihn nicht bestätigen.',
  [RecordName.SERVICE]: 'Dieses Angebot gibt es nicht, oder Sie dürfen es nicht bestätigen.',
  [RecordName.JOB_OPENING]: 'Diese Stelle gibt es nicht, oder Sie dürfen sie nicht bestätigen.',
} as const;

const byViewer = ({ now, viewer }: Context): Confirmed => ({ at: now, account: viewer.accountId });

/** INVALID_INPUT where groups are named, but none, or one that the record does not have. */
export function checkGroups(groups: readonly FieldGroup[] | null | undefined, known?: readonly FieldGroup[]): void {
  if (groups == null) return;
  const message = groups.length === 0 ? 'Bitte mindestens eine Gruppe nennen.' : 'Diese Gruppe gibt es hier nicht.';
  if (groups.length === 0 || (known && !groups.every(group => known.includes(group))))
    throw new Refusal(UserErrorCode.INVALID_INPUT, message, ['groups']);
}

/**
 * What a partner has, as far as it is shown, locked; its ids by the kind of record. To be called before the partner itself
 * is locked: whoever edits a location or service comes to its partner afterwards, for the search.
 */
export async function lockShown(tx: EntityManager, partner: string): Promise<[RecordKind, string[]][]> {
  return [
    [RECORD_KINDS.LOCATION, await shown(tx, RECORD_KINDS.LOCATION, partner)],
    [RECORD_KINDS.SERVICE, await shown(tx, RECORD_KINDS.SERVICE, partner)],
    [RECORD_KINDS.JOB_OPENING, await shown(tx, RECORD_KINDS.JOB_OPENING, partner)],
  ];
}

/** The partner, which is locked, and what it has as far as it is shown; by a bounded number of statements. */
export async function confirmAllOf(
  tx: EntityManager,
  partner: string,
  groups: readonly FieldGroup[] | null | undefined,
  by: Confirmed,
): Promise<void> {
  await storeConfirmations(tx, RECORD_KINDS.PARTNER, [{ id: partner, groups }], by);
  for (const [kind, ids] of await lockShown(tx, partner)) {
    const records = ids.map(id => ({ id, groups }));
    await storeConfirmations(tx, kind, records, by);
  }
}

/** Locked, in the order of their ids: an edit has the same. */
async function shown(tx: EntityManager, { name, table }: RecordKind, partner: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`select id from ${verbatim(table)} where partner_id = ${partner} and status = any(${SHOWN[name]}::text[])
        order by id for no key update`,
  );
  return rows.map(({ id }) => id);
}
