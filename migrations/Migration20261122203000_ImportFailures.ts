import { Migration } from '@mikro-orm/migrations';

/** Why an import failed is told to whoever waits for it. */
export class Migration20261122203000_ImportFailures extends Migration {
  override up(): void {
    this.addSql(`alter table "import_job" add column "failure" text`);
  }
}
