import { Migration } from '@mikro-orm/migrations';

/** Reminders go with their records; of what was merged before, too. */
export class Migration20261122200100_MovedReminders extends Migration {
  override up(): void {
    this.addSql(`
      update record_reminder r set partner_id = p.merged_into_id
      from partner p where p.id = r.partner_id and p.merged_into_id is not null;
    `);
  }
}
