import { Migration } from '@mikro-orm/migrations';

/** When a membership was entered: what others entered just now the partner may undo; of older ones it is not known. */
export class Migration20261122217100_EnteredMembers extends Migration {
  override up(): void {
    this.addSql(`alter table "consortium_member" add column "entered_on" date null;`);
  }
}
