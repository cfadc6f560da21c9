import { Migration } from '@mikro-orm/migrations';

/** Pairs of partners of which somebody said that they are two. */
export class Migration20261122196100_DuplicateDismissals extends Migration {
  override up(): void {
    this.addSql(`
      create table "duplicate_dismissal" (
        "id" uuid not null default gen_random_uuid(),
        "first_id" uuid not null,
        "second_id" uuid not null,
        "reason" text null,
        "dismissed_at" timestamptz(3) not null,
        "dismissed_by_id" uuid null,
        "undone_at" timestamptz(3) null,
        "undone_by_id" uuid null,
        "version" int not null default 1,
        primary key ("id"),
        constraint "duplicate_dismissal_in_order" check (first_id < second_id),
        constraint "duplicate_dismissal_first_id_foreign" foreign key ("first_id") references "partner" ("id"),
        constraint "duplicate_dismissal_second_id_foreign" foreign key ("second_id") references "partner" ("id"),
        constraint "duplicate_dismissal_dismissed_by_id_foreign" foreign key ("dismissed_by_id") references "account" ("id") on delete set null,
        constraint "duplicate_dismissal_undone_by_id_foreign" foreign key ("undone_by_id") references "account" ("id") on delete set null
      );
      create index "duplicate_dismissal_first_id_index" on "duplicate_dismissal" ("first_id");
      create index "duplicate_dismissal_second_id_index" on "duplicate_dismissal" ("second_id");
      create index "duplicate_dismissal_dismissed_by_id_index" on "duplicate_dismissal" ("dismissed_by_id");
      create index "duplicate_dismissal_undone_by_id_index" on "duplicate_dismissal" ("undone_by_id");
      create unique index duplicate_dismissal_once on duplicate_dismissal (first_id, second_id) where undone_at is null;
    `);
  }
}
