import type { EntityManager } from '@mikro-orm/postgresql';

/** So many more referrals like one that is SENT, each of a case of its own, on the statutory task: made in SQL. */
export async function copiesOf(em: EntityManager, referralId: string, count: number): Promise<void> {
  await em.execute(
    `with cases as (
       insert into client_case (network_id, reference, municipality_key, languages, assigned_to_id, version)
       select c.network_id, c.reference || '-' || n, c.municipality_key, '{}', c.assigned_to_id, 1
       from referral r join client_case c on c.id = r.client_case_id, generate_series(1, ?) n where r.id = ?
       returning id),
     health as (
       insert into client_case_health (client_case_id, network_id, needs, accessibility, revision)
       select cases.id, r.network_id, '{}', '{}', 1 from referral r, cases where r.id = ?),
     referrals as (
       insert into referral (network_id, client_case_id, service_id, partner_id, basis, feedback_level, status, seen_status, sent_at, revision)
       select r.network_id, cases.id, r.service_id, r.partner_id, 'STATUTORY_TASK', r.feedback_level, 'SENT', 'SENT', r.sent_at, 1
       from referral r, cases where r.id = ? returning id, network_id, partner_id)
     insert into referral_disclosure (referral_id, network_id, partner_id, disclosed_at, revision)
     select id, network_id, partner_id, now(), 1 from referrals`,
    [count, referralId, referralId, referralId],
  );
}
