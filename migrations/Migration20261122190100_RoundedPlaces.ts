import { Migration } from '@mikro-orm/migrations';

/** Services that tell more than they did: what they show of places still tells of referrals that were promised less. */
export class Migration20261122190100_RoundedPlaces extends Migration {
  override up(): void {
    this.addSql(`
      alter table "service" add column "places_rounded_since" timestamptz(3) null;
      create index service_places_rounded on service (id) where places_rounded_since is not null;
    `);
  }
}
