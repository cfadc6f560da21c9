import type { EntityManager } from '@mikro-orm/postgresql';
import { newestOf } from '../shared/newest-first.js';
import { manyPerId } from '../shared/per-id.loaders.js';
import { listsPerParent } from '../shared/per-parent.loaders.js';
import { rowsOf, sql } from '../shared/sql.js';
import { HEARD } from './referral-message.access.js';
import { ReferralMessage } from './referral-message.entity.js';
import type { Side } from './referral-message.rules.js';

/** What was written on referrals that were shown, newest first. */
export const messagesOf = (em: EntityManager) =>
  listsPerParent<ReferralMessage, 'referral_id'>(em, newestOf(ReferralMessage, 'referral_message', 'sent_at'));

/** How much each side wrote that the other has not read. */
export const unreadOfReferral = (em: EntityManager) =>
  manyPerId(
    ids =>
      rowsOf<{ referral: string; by: Side; count: number }>(
        em,
        sql`select t.referral_id as referral, t.by, count(*)::int as count from referral_message t
            where t.referral_id = any(${ids}::uuid[]) and t.read_at is null and ${HEARD} group by 1, 2`,
      ),
    row => row.referral,
  );
