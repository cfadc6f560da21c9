import { Migration } from '@mikro-orm/migrations';

/** Networks that others named in a programme leave it by themselves; of those named before it is not known when. */
export class Migration20261122221000_LeavingNetworks extends Migration {
  override up(): void {
    this.addSql(`alter table "programme_network" add column "entered_on" date null, add column "part_until" date null,
      add constraint "programme_network_period" check (part_until >= entered_on);`);
  }
}
