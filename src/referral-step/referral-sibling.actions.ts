import type { EntityManager } from '@mikro-orm/postgresql';
import { followAcceptance } from '../funding-decision/funding-placement.actions.js';
import { Referral } from '../referral/referral.entity.js';
import { HOLDS_PLACE, OPEN, Party, ReferralStatus, ReferralStep } from '../referral/referral.rules.js';
import { CancelReason } from '../referral/referral-reasons.rules.js';
import { asSystem } from '../shared/as-system.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { applyStep, type Stepping } from './referral-step.actions.js';

const NOT_ENDED = [ReferralStatus.DRAFT, ...OPEN];

/**
 * Of two siblings that are decided at once, one waits here, before it holds any lock that the other may need. Then all of
 * the group are locked, in the order in which a revocation locks them.
 */
export async function lockSiblings(tx: EntityManager, referralId: string): Promise<void> {
  if (!isId(referralId)) return;
  const [group] = await rowsOf<{ id: string }>(
    tx,
    sql`select sibling_group as id, pg_advisory_xact_lock(hashtextextended(sibling_group::text, 0)) from referral
        where id = ${referralId} and sibling_group is not null`,
  );
  if (!group) return;
  await asSystem(tx, () =>
    rowsOf(
      tx,
      sql`select from referral r where r.sibling_group = ${group.id} order by r.service_id, r.id for no key update`,
    ),
  );
}

/** The groups of all that rest on a consent. */
export async function lockSiblingsOnConsent(tx: EntityManager, consentId: string): Promise<void> {
  await rowsOf(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended(id::text, 0)) from
          (select distinct sibling_group as id from referral where consent_id = ${consentId} and sibling_group is not null
           order by 1) as groups`,
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
export async function cancelSiblings(stepping: Stepping, referral: Referral): Promise<void> {
  const { id, siblingGroup } = referral;
  if (!siblingGroup) return;
  const { tx } = stepping;
  await asSystem(tx, async () => {
    const siblings = await entitiesOf(
      tx,
      Referral,
      sql`select ${columnsOf(tx, Referral, 'r')} from referral r
          where r.sibling_group = ${siblingGroup} and r.id <> ${id} and r.status = any(${NOT_ENDED}::text[])
          order by r.service_id, r.id for no key update`,
    );
    for (const sibling of siblings) {
      Object.assign(sibling, { cancelReason: CancelReason.SIBLING_ACCEPTED, cancelText: null });
      await applyStep(stepping, sibling, ReferralStep.CANCEL, Party.SYSTEM);
    }
    await followAcceptance(tx, referral);
  });
}
