import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../shared/context.js';
import { columnsOf, rowsOf, sql } from '../shared/sql.js';
import { Referral } from './referral.entity.js';
import { OPEN, Party, ReferralStep } from './referral.rules.js';
import { applyStep } from './referral-step.actions.js';

/**
 * The consent is no more: what rests on it and is open, or looks open to the caseworker, becomes REVOKED. One that ended
 * unseen shows REVOKED to the caseworker and stays what it is, but the partner's access ends all the same.
 */
export async function revokeReferralsOn({ now }: Context, tx: EntityManager, consentId: string): Promise<void> {
  const rows = await rowsOf(
    tx,
    sql`select ${columnsOf(tx, Referral, 'r')} from referral r
        where r.consent_id = ${consentId} and (r.status = any(${OPEN}::text[]) or r.seen_status = any(${OPEN}::text[]))
        order by r.id for update`,
  );
  for (const row of rows)
    await applyStep(tx, tx.map(Referral, row as never), ReferralStep.REVOKE, Party.CASEWORKER, now);
}
