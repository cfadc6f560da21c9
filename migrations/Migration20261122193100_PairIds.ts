import { Migration } from '@mikro-orm/migrations';

/** Finds a service's being at a location by the id under which it goes out. */
export class Migration20261122193100_PairIds extends Migration {
  override up(): void {
    this.addSql(
      `create index "service_location_pair_id" on "service_location" ((overlay(overlay(md5("service_id"::text || '/' || "location_id"::text) placing '8' from 13 for 1) placing '8' from 17 for 1)))`,
    );
  }
}
