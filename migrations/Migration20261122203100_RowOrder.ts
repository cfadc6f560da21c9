import { Migration } from '@mikro-orm/migrations';

/** The rows of a source keep their order, so that they go out in it. */
export class Migration20261122203100_RowOrder extends Migration {
  override up(): void {
    this.addSql(`alter table "source_row" add column "position" integer not null default 0`);
  }
}
