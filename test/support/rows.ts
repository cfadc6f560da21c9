import type { EntityManager } from '@mikro-orm/postgresql';

/** Tables that belong to a case, all of them under policies. */
export const CASE_TABLES = [
  'client_case',
  'client_case_health',
  'consent',
  'funding_decision',
  'referral',
  'referral_disclosure',
  'referral_event',
  'referral_question',
  'referral_notice',
  'referral_message',
  'referral_appointment',
  'referral_follow_up',
] as const;

/** Tables whose rows are one account's own, under policies too. */
export const PERSONAL_TABLES = ['idempotency_key'] as const;

/** What the steps of a referral count beside it. */
export const COUNTER_TABLES = [
  'service_capacity',
  'service_acceptance',
  'service_answer',
  'service_waiting',
  'gap',
] as const;

/** Every row of those tables, to be compared before and after. */
export async function everyRow(em: EntityManager): Promise<string[]> {
  const selects = [...CASE_TABLES, ...COUNTER_TABLES].map(
    table => `select '${table} ' || to_jsonb(t)::text as row from ${table} t`,
  );
  const rows = await em.execute<{ row: string }[]>(`${selects.join(' union all ')} order by 1`);
  return rows.map(({ row }) => row);
}
