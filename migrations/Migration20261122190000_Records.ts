import { Migration } from '@mikro-orm/migrations';

/** What partners keep of themselves beyond the first fields, and what their records were before. */
export class Migration20261122190000_Records extends Migration {
  override up(): void {
    this.addSql(`
      alter table "partner"
        add column "alternate_name" text null,
        add column "status" text not null default 'ACTIVE',
        add column "contacts" jsonb not null default '[]',
        add constraint "partner_status_check" check ("status" in ('PENDING', 'ACTIVE', 'ARCHIVED'));

      alter table "location"
        add column "status" text not null default 'ACTIVE',
        add column "directions" text null,
        add column "phone" text null,
        add column "opening_hours" jsonb not null default '[]',
        add column "version" int not null default 1,
        add column "created_at" timestamptz(3) not null default now(),
        add column "updated_at" timestamptz(3) not null default now(),
        add constraint "location_status_check" check ("status" in ('ACTIVE', 'ARCHIVED'));

      alter table "service"
        add column "criteria" jsonb not null default '[]',
        add column "costs" jsonb not null default '[]',
        add column "required_documents" jsonb not null default '[]',
        add column "how_to_apply" text null,
        add column "contacts" jsonb not null default '[]',
        add column "email" text null,
        add column "phone" text null,
        add column "website" text null,
        add column "opening_hours" jsonb not null default '[]';

      create table "revision" (
        "id" uuid not null default gen_random_uuid(),
        "kind" text not null,
        "record_id" uuid not null,
        "network_id" uuid not null,
        "version" int not null,
        "at" timestamptz(3) not null,
        "origin" text not null,
        "account_id" uuid null,
        "source" text null,
        "changes" jsonb not null,
        primary key ("id"),
        constraint "revision_kind_check" check ("kind" in ('PARTNER', 'LOCATION', 'SERVICE')),
        constraint "revision_origin_check" check ("origin" in ('EDIT', 'PROPOSAL', 'IMPORT', 'MERGE')),
        constraint "revision_network_id_foreign" foreign key ("network_id") references "network" ("id"),
        constraint "revision_account_id_foreign" foreign key ("account_id") references "account" ("id") on delete set null
      );
      create index "revision_record_id_version_index" on "revision" ("record_id", "version");
      create index "revision_network_id_index" on "revision" ("network_id");
      create index "revision_account_id_index" on "revision" ("account_id");
    `);
  }
}
