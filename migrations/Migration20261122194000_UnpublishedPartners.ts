import { Migration } from '@mikro-orm/migrations';

/** Partners that are not published: everybody's searches pass by them. */
export class Migration20261122194000_UnpublishedPartners extends Migration {
  override up(): void {
    this.addSql(`create index partner_unpublished on partner (id) where status <> 'ACTIVE'`);
  }
}
