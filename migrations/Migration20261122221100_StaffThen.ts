import { Migration } from '@mikro-orm/migrations';

/** How many worked in a team before that changed; where nothing is said, as many as now, since the beginning. */
const STAFF_THEN = `
create table "team_staff" (
  "team_id" uuid not null,
  "staff_until" date not null,
  "staff" int not null,
  primary key ("team_id", "staff_until"),
  constraint "team_staff_count" check (staff >= 0),
  constraint "team_staff_team_id_foreign" foreign key ("team_id") references "team" ("id")
);
`;

export class Migration20261122221100_StaffThen extends Migration {
  override up(): void {
    this.addSql(STAFF_THEN);
  }
}
