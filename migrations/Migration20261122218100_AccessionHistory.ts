import { Migration } from '@mikro-orm/migrations';

/** What a body decided before, and which catalogues there were before, each with its days. */
export class Migration20261122218100_AccessionHistory extends Migration {
  override up(): void {
    this.addSql(`alter table "accession_consent" add column "earlier" jsonb not null default '[]'`);
    this.addSql(`alter table "accession" add column "earlier_catalogues" jsonb not null default '[]'`);
  }
}
