import { Migration } from '@mikro-orm/migrations';

/** Partners that were entered twice become one, and what became of the other is kept. */
export class Migration20261122196000_Merges extends Migration {
  override up(): void {
    this.addSql(`
      alter table "partner"
        add column "merged_into_id" uuid null,
        add constraint "partner_merged_into_id_foreign" foreign key ("merged_into_id") references "partner" ("id") on delete set null,
        add constraint "partner_merged_into_same_network" foreign key ("merged_into_id", "network_id") references "partner" ("id", "network_id"),
        add constraint "partner_merged_is_archived" check (merged_into_id is null or status = 'ARCHIVED');
      create index "partner_merged_into_id_index" on "partner" ("merged_into_id");

      create table "partner_merge" (
        "id" uuid not null default gen_random_uuid(),
        "network_id" uuid not null,
        "survivor_id" uuid not null,
        "other_id" uuid not null,
        "at" timestamptz(3) not null,
        "merged_by_id" uuid null,
        "taken" jsonb not null,
        "left_behind" jsonb not null,
        "services" uuid[] not null,
        "locations" uuid[] not null,
        primary key ("id"),
        constraint "partner_merge_other_id_unique" unique ("other_id"),
        constraint "partner_merge_network_id_foreign" foreign key ("network_id") references "network" ("id"),
        constraint "partner_merge_survivor_id_foreign" foreign key ("survivor_id") references "partner" ("id"),
        constraint "partner_merge_other_id_foreign" foreign key ("other_id") references "partner" ("id"),
        constraint "partner_merge_merged_by_id_foreign" foreign key ("merged_by_id") references "account" ("id") on delete set null
      );
      create index "partner_merge_network_id_index" on "partner_merge" ("network_id");
      create index "partner_merge_survivor_id_index" on "partner_merge" ("survivor_id");
      create index "partner_merge_merged_by_id_index" on "partner_merge" ("merged_by_id");
    `);
  }
}
