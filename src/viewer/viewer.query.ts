import type { EntityManager } from '@mikro-orm/postgresql';
import { preparedRows } from '../shared/prepared.js';
import { sql } from '../shared/sql.js';
import { coversPartner } from '../sharing/sharing-cover.query.js';
import type { Identity } from './sign-in.js';
import { ANONYMOUS, type MembershipOf, Role, type Viewer } from './viewer.rules.js';

interface Row {
  id: string;
  display_name: string;
  role: Role | null;
  network_id: string | null;
  partner_id: string | null;
  referred_from: string[];
  refers_to: string[];
}

/**
 * Reads account and memberships, on every request. A subject without an account is signed in and may do nothing. Who
 * edited a partner that was merged into another edits that one: memberships stay as they were granted.
 */
export async function viewerOf(em: EntityManager, identity: Identity | null): Promise<Viewer> {
  if (!identity) return ANONYMOUS;
  const { issuer, subject, name } = identity;
  const rows = await preparedRows<Row>(
    em,
    sql`select a.id, a.display_name, m.role, m.network_id, stands.id as partner_id,
          array(select distinct g.receiver_id::text from sharing_agreement g
            where stands.id is not null and g.network_id = m.network_id and g.agreed_at is not null
              and ${coversPartner(sql`stands.id`)} order by 1) as referred_from,
          array(select distinct g.network_id::text from sharing_agreement g
            where m.role = ${Role.CASEWORKER} and g.receiver_id = m.network_id and g.agreed_at is not null) as refers_to
        from account a left join membership m on m.account_id = a.id left join partner p on p.id = m.partner_id
        left join lateral (select coalesce(p.merged_into_id, p.id) as id) stands on true
        where a.issuer = ${issuer} and a.subject = ${subject}
        order by m.role, m.id`,
  );
  const account = rows[0];
  if (!account) return { ...ANONYMOUS, subject, displayName: name ?? subject };
  const referredFrom = each(rows.flatMap(row => row.referred_from));
  const refersTo = each(rows.flatMap(row => row.refers_to));
  return {
    accountId: account.id,
    subject,
    displayName: account.display_name,
    memberships: membershipsOf(rows),
    ...(referredFrom.length > 0 && { referredFrom }),
    ...(refersTo.length > 0 && { refersTo }),
  };
}

/** Each once: two partners that she edited may have become one. */
function membershipsOf(rows: readonly Row[]): MembershipOf[] {
  const all = rows.flatMap(membership).map(one => [`${one.role} ${one.networkId} ${one.partnerId}`, one] as const);
  return [...new Map(all).values()];
}

const each = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

const membership = ({ role, network_id, partner_id }: Row): MembershipOf[] =>
  role ? [{ role, networkId: network_id, partnerId: partner_id }] : [];
