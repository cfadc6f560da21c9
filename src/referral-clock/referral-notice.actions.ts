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
export async function notify(tx: EntityManager, { referral, party, kind, dueAt }: Notice, now: Date): Promise<void> {
  await rowsOf(
    tx,
    sql`insert into referral_notice (id, referral_id, network_id, party, kind, due_at, at)
        values (gen_random_uuid(), ${referral.id}, ${referral.network.id}, ${party}, ${kind}, ${dueAt}, ${now})
        on conflict (referral_id, party, kind, due_at) do nothing`,
  );
}
