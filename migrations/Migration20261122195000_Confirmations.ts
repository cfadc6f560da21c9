import { Migration } from '@mikro-orm/migrations';

/** Who confirmed which groups of fields when; links that confirm without sign-in; reminders of what nobody confirms. */
export class Migration20261122195000_Confirmations extends Migration {
  override up(): void {
    this.addSql(`
      alter table "location" add column "confirmed_at" timestamptz(3) null;
      -- Who confirmed a partner said so of its locations, too.
      update "location" l set "confirmed_at" = p."confirmed_at" from "partner" p where p."id" = l."partner_id";

      create table "confirmation_link" (
        "id" uuid not null default gen_random_uuid(),
        "partner_id" uuid not null,
        "token_hash" text not null,
        "purpose" text not null default 'CONFIRM',
        "groups" text[] not null,
        "created_by_id" uuid null,
        "created_at" timestamptz(3) not null,
        "expires_at" timestamptz(3) not null,
        "used_at" timestamptz(3) null,
        "revoked_at" timestamptz(3) null,
        primary key ("id"),
        constraint "confirmation_link_token_hash_unique" unique ("token_hash"),
        constraint "confirmation_link_purpose_check" check ("purpose" in ('CONFIRM')),
        constraint "confirmation_link_ends_once" check (used_at is null or revoked_at is null),
        constraint "confirmation_link_partner_id_foreign" foreign key ("partner_id") references "partner" ("id"),
        constraint "confirmation_link_created_by_id_foreign" foreign key ("created_by_id") references "account" ("id") on delete set null
      );
      create index "confirmation_link_partner_id_index" on "confirmation_link" ("partner_id");
      create index "confirmation_link_created_by_id_index" on "confirmation_link" ("created_by_id");

      create table "confirmation" (
        "id" uuid not null default gen_random_uuid(),
        "kind" text not null,
        "record_id" uuid not null,
        "groups" text[] not null,
        "at" timestamptz(3) not null,
        "account_id" uuid null,
        "link_id" uuid null,
        primary key ("id"),
        constraint "confirmation_kind_check" check ("kind" in ('PARTNER', 'LOCATION', 'SERVICE')),
        constraint "confirmation_account_id_foreign" foreign key ("account_id") references "account" ("id") on delete set null,
        constraint "confirmation_link_id_foreign" foreign key ("link_id") references "confirmation_link" ("id") on delete set null
      );
      create index "confirmation_record_id_at_index" on "confirmation" ("record_id", "at");
      create index "confirmation_account_id_index" on "confirmation" ("account_id");
      create index "confirmation_link_id_index" on "confirmation" ("link_id");

      create table "record_reminder" (
        "id" uuid not null default gen_random_uuid(),
        "kind" text not null,
        "record_id" uuid not null,
        "partner_id" uuid not null,
        "since" timestamptz(3) not null,
        "months" int not null,
        "due_at" timestamptz(3) not null,
        "at" timestamptz(3) not null,
        primary key ("id"),
        constraint "record_reminder_record_id_since_months_unique" unique ("record_id", "since", "months"),
        constraint "record_reminder_kind_check" check ("kind" in ('PARTNER', 'LOCATION', 'SERVICE')),
        constraint "record_reminder_partner_id_foreign" foreign key ("partner_id") references "partner" ("id")
      );
      create index "record_reminder_partner_id_index" on "record_reminder" ("partner_id");
    `);
  }
}
