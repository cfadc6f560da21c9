import { Migration } from '@mikro-orm/migrations';

/** One case is looked up by its key: `client_case_id in (select id from client_case)` went through all of them. */
const LOOK_UP = ['client_case_health', 'consent', 'referral']
  .map(
    table => `
alter policy "on_case" on "${table}" using (
  network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[])
  and exists (select from client_case c where c.id = client_case_id));`,
  )
  .join('');

export class Migration20261122150000_CaseLookups extends Migration {
  override up(): void {
    this.addSql(LOOK_UP);
  }
}
