import { Migration } from '@mikro-orm/migrations';

/** Partners that do something together, as what, since when and until when. */
export class Migration20261122210000_Consortia extends Migration {
  override up(): void {
    this.addSql(`
      create table "consortium" (
        "id" uuid not null default gen_random_uuid(),
        "network_id" uuid not null,
        "name" text collate "de-x-icu" not null,
        "purpose" text null,
        "umbrella_id" uuid null,
        "founded_on" date not null,
        "dissolved_on" date null,
        "version" int not null default 1,
        primary key ("id"),
        constraint "consortium_period" check (dissolved_on >= founded_on),
        constraint "consortium_network_id_foreign" foreign key ("network_id") references "network" ("id"),
        constraint "consortium_umbrella_id_foreign" foreign key ("umbrella_id") references "partner" ("id") on delete set null
      );
      create index "consortium_network_id_index" on "consortium" ("network_id");
      create index "consortium_umbrella_id_index" on "consortium" ("umbrella_id");
      create index "consortium_name_id_index" on "consortium" ("name", "id");

      create table "consortium_member" (
        "id" uuid not null default gen_random_uuid(),
        "consortium_id" uuid not null,
        "partner_id" uuid not null,
        "role" text not null,
        "member_from" date not null,
        "member_until" date null,
        "version" int not null default 1,
        primary key ("id"),
        constraint "consortium_member_period" check (member_until >= member_from),
        constraint "consortium_member_role_check" check ("role" in ('LEAD', 'MEMBER', 'ASSOCIATE', 'FUNDER')),
        constraint "consortium_member_consortium_id_foreign" foreign key ("consortium_id") references "consortium" ("id"),
        constraint "consortium_member_partner_id_foreign" foreign key ("partner_id") references "partner" ("id")
      );
      create index "consortium_member_consortium_id_member_from_id_index" on "consortium_member" ("consortium_id", "member_from", "id");
      create index "consortium_member_partner_id_member_from_id_index" on "consortium_member" ("partner_id", "member_from", "id");
    `);
  }
}
