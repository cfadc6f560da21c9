import { Migration } from '@mikro-orm/migrations';

/** What a discreet service decided and is taken back leaves its figures when the month is over, as it entered them. */
export class Migration20261122181000_TakenBack extends Migration {
  override up(): void {
    for (const table of ['service_acceptance', 'service_answer'])
      this.addSql(
        `alter table "${table}" add column "taken_back" int not null default 0, add column "taken_back_in" date null`,
      );
  }
}
