import type { EntityManager } from '@mikro-orm/postgresql';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { standingId } from '../record/standing.query.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { write } from '../shared/write.js';
import { type MergeRecord, mayMerge, mergeRecords } from './partner-merge.query.js';

const { DUPLICATE, INVALID_INPUT, NOT_FOUND } = UserErrorCode;
const LONGEST_REASON = 300;

/** Remembers that two partners are two, for good. NOT_FOUND, INVALID_INPUT, DUPLICATE. Returns their ids. */
export function dismissDuplicate(ctx: Context, a: string, b: string, reason: string | null): Promise<string[]> {
  return write(ctx, async tx => {
    if (reason !== null && (reason.trim() === '' || reason.length > LONGEST_REASON))
      throw new Refusal(INVALID_INPUT, `Bitte mit 1 bis ${LONGEST_REASON} Zeichen begründen.`, ['reason']);
    const ids = await lockPair(ctx, tx, a, b);
    const [first, second] = [...ids].sort();
    const made = await change(
      tx,
      sql`insert into duplicate_dismissal (first_id, second_id, reason, dismissed_at, dismissed_by_id)
          values (${first}, ${second}, ${reason}::text, ${ctx.now}, ${ctx.viewer.accountId}::uuid)
          on conflict (first_id, second_id) where undone_at is null do nothing`,
    );
    if (made === 0) throw new Refusal(DUPLICATE, 'Das ist schon vermerkt.', ['b']);
    return ids;
  });
}

/** Takes that back: they may be one after all. NOT_FOUND, INVALID_INPUT. Returns their ids. */
export function reconsiderDuplicate(ctx: Context, a: string, b: string): Promise<string[]> {
  return write(ctx, async tx => {
    const ids = await lockPair(ctx, tx, a, b);
    const [first, second] = [...ids].sort();
    const undone = await change(
      tx,
      sql`update duplicate_dismissal set undone_at = ${ctx.now}, undone_by_id = ${ctx.viewer.accountId}::uuid, version = version + 1
          where first_id = ${first} and second_id = ${second} and undone_at is null`,
    );
    if (undone === 0) throw new Refusal(NOT_FOUND, 'Von diesen beiden ist nichts vermerkt.', ['b']);
    return ids;
  });
}

/** Two partners whose networks the viewer coordinates, neither merged: they wait for a merge that is under way. */
async function lockPair({ viewer }: Context, tx: EntityManager, a: string, b: string): Promise<string[]> {
  const ids: (string | null)[] = [];
  for (const id of [a, b]) ids.push(isId(id) ? await standingId(tx, PARTNER_RECORD, id.toLowerCase()) : null);
  const known = ids.filter(id => id !== null);
  await rowsOf(tx, sql`select from partner where id = any(${known}::uuid[]) order by id for share`);
  const records = await mergeRecords(tx, known);
  return ids.map((id, i) => {
    const record: MergeRecord | undefined = id === null ? undefined : records.get(id);
    if (!record || record.mergedInto || !mayMerge(viewer, record))
      throw new Refusal(NOT_FOUND, 'Diesen Partner gibt es nicht.', [i === 0 ? 'a' : 'b']);
    if (i === 1 && id === ids[0]) throw new Refusal(INVALID_INPUT, 'Das ist derselbe Partner.', ['b']);
    return record.id;
  });
}

/** What was said of the other holds of the survivor; of the two themselves it is taken back. Inside the merge. */
export async function carryDismissals(ctx: Context, tx: EntityManager, survivor: string, other: string): Promise<void> {
  const { now, viewer } = ctx;
  await change(
    tx,
    sql`insert into duplicate_dismissal (first_id, second_id, reason, dismissed_at, dismissed_by_id)
        select least(${survivor}::uuid, x.id), greatest(${survivor}::uuid, x.id), d.reason, d.dismissed_at, d.dismissed_by_id
        from duplicate_dismissal d
        cross join lateral (select case when d.first_id = ${other} then d.second_id else d.first_id end as id) x
        where ${other} in (d.first_id, d.second_id) and d.undone_at is null and x.id <> ${survivor}
        on conflict (first_id, second_id) where undone_at is null do nothing`,
  );
  await change(
    tx,
    sql`update duplicate_dismissal set undone_at = ${now}, undone_by_id = ${viewer.accountId}::uuid, version = version + 1
        where ${other} in (first_id, second_id) and undone_at is null`,
  );
}
