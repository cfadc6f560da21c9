import { Migration } from '@mikro-orm/migrations';

/** Where records come from, and what was said of them there. */
export class Migration20261122193000_Sources extends Migration {
  override up(): void {
    this.addSql(`
      create table "source" (
        "id" uuid not null default gen_random_uuid(),
        "network_id" uuid not null,
        "name" text not null,
        "created_at" timestamptz(3) not null default now(),
        "imported_at" timestamptz(3) null,
        primary key ("id"),
        constraint "source_network_id_name_unique" unique ("network_id", "name"),
        constraint "source_network_id_foreign" foreign key ("network_id") references "network" ("id"),
        constraint "source_name_form" check (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$')
      );

      create table "source_row" (
        "source_id" uuid not null,
        "key" text not null,
        "root" text null,
        "hash" uuid not null,
        "row" jsonb not null,
        primary key ("source_id", "key"),
        constraint "source_row_source_id_foreign" foreign key ("source_id") references "source" ("id") on delete cascade
      );
      create index "source_row_source_id_root_index" on "source_row" ("source_id", "root");

      create table "source_record" (
        "source_id" uuid not null,
        "record_id" uuid not null,
        "key" text not null,
        "document" jsonb not null,
        "imported_at" timestamptz(3) not null,
        primary key ("source_id", "record_id"),
        constraint "source_record_source_id_foreign" foreign key ("source_id") references "source" ("id") on delete cascade
      );
      create index "source_record_record_id_index" on "source_record" ("record_id");
      create index "source_record_source_id_key_index" on "source_record" ("source_id", "key");
    `);
  }
}
