import type { EntityManager } from '@mikro-orm/postgresql';
import type { Party } from '../referral/referral.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { NoticeKind } from './referral-notice.rules.js';

export interface Notice {
  referral: { readonly id: string; readonly network: { readonly id: string } };
  party: Party;
  kind: NoticeKind;
  /** The deadline that it speaks of: one tells once. */
  dueAt: Date;
}

/** Tells one side, as the hub itself: inside `asSystem`, or in the clock's own session. */
export const notify = (tx: EntityManager, notice: Notice, now: Date): Promise<void> => notifyAll(tx, [notice], now);

/** The same of many, by one statement. */
export async function notifyAll(tx: EntityManager, notices: readonly Notice[], now: Date): Promise<void> {
  if (notices.length === 0) return;
  const of = <T>(member: (notice: Notice) => T): T[] => notices.map(member);
  await rowsOf(
    tx,
    sql`insert into referral_notice (id, referral_id, network_id, party, kind, due_at, at)
        select gen_random_uuid(), n.referral, n.network, n.party, n.kind, n.due, ${now}
        from unnest(${of(one => one.referral.id)}::uuid[], ${of(one => one.referral.network.id)}::uuid[],
          ${of(one => one.party)}::text[], ${of(one => one.kind)}::text[],
          ${of(one => one.dueAt.toISOString())}::timestamptz[]) n (referral, network, party, kind, due)
        on conflict (referral_id, party, kind, due_at) do nothing`,
  );
}
