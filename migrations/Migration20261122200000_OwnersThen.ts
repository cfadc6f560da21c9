import { Migration } from '@mikro-orm/migrations';

/** Whose a record was on a day is looked up among the merges since. */
export class Migration20261122200000_OwnersThen extends Migration {
  override up(): void {
    this.addSql(`
      create index partner_merge_services on partner_merge using gin (services) with (fastupdate = off);
      create index partner_merge_locations on partner_merge using gin (locations) with (fastupdate = off);
    `);
  }
}
