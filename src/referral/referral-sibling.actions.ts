import type { EntityManager } from '@mikro-orm/postgresql';
import { asSystem } from '../shared/as-system.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { Referral } from './referral.entity.js';
import { HOLDS_PLACE, isEnded, Party, ReferralStep } from './referral.rules.js';
import { CancelReason } from './referral-reasons.rules.js';
import { applyStep, type Stepping } from './referral-step.actions.js';

/** Of two siblings that are accepted at once, one waits here, before it holds any lock that the other may need. */
export async function lockSiblings(tx: EntityManager, referralId: string): Promise<void> {
  if (!isId(referralId)) return;
  await rowsOf(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended(sibling_group::text, 0)) from referral
        where id = ${referralId} and sibling_group is not null`,
  );
}

/** Was another of its group accepted, as far as that lasts? The group is locked. */
export async function hasAcceptedSibling(tx: EntityManager, { id, siblingGroup }: Referral): Promise<boolean> {
  if (!siblingGroup) return false;
  const rows = await asSystem(tx, () =>
    rowsOf(
      tx,
      sql`select from referral r where r.sibling_group = ${siblingGroup} and r.id <> ${id}
            and r.status = any(${HOLDS_PLACE}::text[]) limit 1`,
    ),
  );
  return rows.length > 0;
}

/** The first acceptance cancels the others, drafts too. They are other partners' affair, so the hub itself does it. */
export async function cancelSiblings(stepping: Stepping, { id, siblingGroup }: Referral): Promise<void> {
  if (!siblingGroup) return;
  const { tx } = stepping;
  await asSystem(tx, async () => {
    const siblings = await entitiesOf(
      tx,
      Referral,
      sql`select ${columnsOf(tx, Referral, 'r')} from referral r
          where r.sibling_group = ${siblingGroup} and r.id <> ${id} order by r.service_id, r.id for no key update`,
    );
    for (const sibling of siblings.filter(one => !isEnded(one.status))) {
      Object.assign(sibling, { cancelReason: CancelReason.SIBLING_ACCEPTED, cancelText: null });
      await applyStep(stepping, sibling, ReferralStep.CANCEL, Party.SYSTEM);
    }
  });
}
