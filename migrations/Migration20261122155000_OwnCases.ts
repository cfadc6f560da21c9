import { Migration } from '@mikro-orm/migrations';

/*
 * The policies say the same as before, so that indexes answer them: who is no caseworker looks at no case, who is one at
 * her own, and what hangs on a referral looks at that one.
 */
const CASEWORKER = `(select nullif(current_setting('app.casework', true), '')) is not null
  and network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[])`;

const VIEWER = `(select nullif(current_setting('app.account', true), ''))::uuid`;
const OWN_CASE = `(c.assigned_to_id = ${VIEWER} or c.deputy_id = ${VIEWER})`;

const OF_OWN_CASE = `${CASEWORKER}
  and exists (select from client_case c where c.id = client_case_id and ${OWN_CASE})`;

const OF_OWN_REFERRAL = `${CASEWORKER} and (
  select true from referral r join client_case c on c.id = r.client_case_id where r.id = referral_id and ${OWN_CASE})`;

const ofDisclosed = (table: string): string => `(
  select true from referral_disclosure d where d.referral_id = ${table}.referral_id
    and d.partner_id = any ((select string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[])::uuid[])
    and d.disclosed_at is not null
    and (d.readable_until is null or d.readable_until > coalesce((select nullif(current_setting('app.now', true), ''))::timestamptz, now())))`;

export class Migration20261122155000_OwnCases extends Migration {
  override up(): void {
    for (const table of ['client_case_health', 'consent', 'referral'])
      this.addSql(`alter policy "on_case" on "${table}" using (${OF_OWN_CASE})`);
    for (const table of ['referral_disclosure', 'referral_message', 'referral_question'])
      this.addSql(`alter policy "on_case" on "${table}" using (${OF_OWN_REFERRAL})`);
    this.addSql(`alter policy "on_case" on "referral_notice" using (party = 'CASEWORKER' and ${OF_OWN_REFERRAL})`);
    this.addSql(
      `alter policy "disclosed" on "referral_message" using (not unheard and ${ofDisclosed('referral_message')})`,
    );
    this.addSql(`alter policy "disclosed" on "referral_question" using (${ofDisclosed('referral_question')})`);
  }
}
