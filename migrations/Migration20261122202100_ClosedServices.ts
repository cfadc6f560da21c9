import { Migration } from '@mikro-orm/migrations';

/** Services that are closed: searches pass by them. */
export class Migration20261122202100_ClosedServices extends Migration {
  override up(): void {
    this.addSql(`create index service_closed on service (id) where status = 'CLOSED'`);
  }
}
