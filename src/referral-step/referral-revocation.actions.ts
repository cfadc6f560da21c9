import type { EntityManager } from '@mikro-orm/postgresql';
import type { Consent } from '../consent/consent.entity.js';
import { Referral } from '../referral/referral.entity.js';
import { OPEN, Party, ReferralStep } from '../referral/referral.rules.js';
import { endAccess } from '../referral/referral-disclosure.actions.js';
import { limitsIn } from '../referral-clock/referral-limits.query.js';
import type { Context } from '../shared/context.js';
import { columnsOf, entitiesOf, sql } from '../shared/sql.js';
import { lockSiblingsOnConsent } from './referral-sibling.actions.js';
import { applyStep } from './referral-step.actions.js';

/**
 * The consent is no more: what rests on it and is open, or looks open to the caseworker, becomes REVOKED. One that ended
 * stays what it is, but what its partner may still look up ends all the same. In the order of the services, whose places
 * are locked on the way.
 */
export async function revokeReferralsOn({ now }: Context, tx: EntityManager, consent: Consent): Promise<void> {
  const limits = await limitsIn(consent.network);
  await lockSiblingsOnConsent(tx, consent.id);
  const referrals = await entitiesOf(
    tx,
    Referral,
    sql`select ${columnsOf(tx, Referral, 'r')} from referral r
        where r.consent_id = ${consent.id} order by r.service_id, r.id for no key update`,
  );
  for (const referral of referrals) {
    if (OPEN.includes(referral.status) || OPEN.includes(referral.seenStatus))
      await applyStep({ tx, now, limits }, referral, ReferralStep.REVOKE, Party.CASEWORKER);
    else await endAccess(tx, referral, now);
  }
}
