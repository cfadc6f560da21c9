import { Migration } from '@mikro-orm/migrations';

const PROGRAMMES = `
create table "programme" (
  "id" uuid not null default gen_random_uuid(),
  "slug" text not null,
  "network_id" uuid not null,
  "consortium_id" uuid null,
  "title" text collate "de-x-icu" not null,
  "goals" text null,
  "starts_on" date not null,
  "ends_on" date null,
  "published" boolean not null default false,
  "version" int not null default 1,
  primary key ("id"),
  constraint "programme_slug_unique" unique ("slug"),
  constraint "programme_slug_form" check (slug ~ '^[a-z][a-z0-9-]*$'),
  constraint "programme_period" check (ends_on >= starts_on),
  constraint "programme_network_id_foreign" foreign key ("network_id") references "network" ("id"),
  constraint "programme_consortium_id_foreign" foreign key ("consortium_id") references "consortium" ("id") on delete set null
);
create index "programme_network_id_index" on "programme" ("network_id");
create index "programme_consortium_id_index" on "programme" ("consortium_id");
create index "programme_title_id_index" on "programme" ("title", "id");

create table "programme_network" (
  "programme_id" uuid not null,
  "network_id" uuid not null,
  primary key ("programme_id", "network_id"),
  constraint "programme_network_programme_id_foreign" foreign key ("programme_id") references "programme" ("id") on update cascade on delete cascade,
  constraint "programme_network_network_id_foreign" foreign key ("network_id") references "network" ("id") on update cascade on delete cascade
);
create index "programme_network_network_id_index" on "programme_network" ("network_id");

create table "programme_funder" (
  "id" uuid not null default gen_random_uuid(),
  "programme_id" uuid not null,
  "position" int not null,
  "name" text not null,
  "source" text null,
  "amount_cents" bigint not null,
  primary key ("id"),
  constraint "programme_funder_programme_id_position_unique" unique ("programme_id", "position"),
  constraint "programme_funder_amount" check (amount_cents >= 0),
  constraint "programme_funder_programme_id_foreign" foreign key ("programme_id") references "programme" ("id") on delete cascade
);

create table "programme_partner" (
  "programme_id" uuid not null,
  "partner_id" uuid not null,
  primary key ("programme_id", "partner_id"),
  constraint "programme_partner_programme_id_foreign" foreign key ("programme_id") references "programme" ("id") on update cascade on delete cascade,
  constraint "programme_partner_partner_id_foreign" foreign key ("partner_id") references "partner" ("id") on update cascade on delete cascade
);
create index "programme_partner_partner_id_index" on "programme_partner" ("partner_id");

create table "programme_instrument" (
  "programme_id" uuid not null,
  "instrument_code" text not null,
  primary key ("programme_id", "instrument_code"),
  constraint "programme_instrument_programme_id_foreign" foreign key ("programme_id") references "programme" ("id") on update cascade on delete cascade,
  constraint "programme_instrument_instrument_code_foreign" foreign key ("instrument_code") references "instrument" ("code") on update cascade on delete cascade
);
create index "programme_instrument_instrument_code_index" on "programme_instrument" ("instrument_code");
`;

const ROUNDS = `
create table "programme_round" (
  "id" uuid not null default gen_random_uuid(),
  "programme_id" uuid not null,
  "number" int not null,
  "starts_on" date not null,
  "ends_on" date null,
  "intake_from" date not null,
  "intake_until" date not null,
  "places" int not null,
  "participants_elsewhere" int not null default 0,
  "elsewhere_source" text null,
  "version" int not null default 1,
  primary key ("id"),
  constraint "programme_round_programme_id_number_unique" unique ("programme_id", "number"),
  constraint "programme_round_period" check (ends_on >= starts_on),
  constraint "programme_round_intake" check (intake_until >= intake_from),
  constraint "programme_round_numbers" check (number >= 1 and places >= 0 and participants_elsewhere >= 0 and (participants_elsewhere = 0 or elsewhere_source is not null)),
  constraint "programme_round_programme_id_foreign" foreign key ("programme_id") references "programme" ("id")
);

create table "programme_round_service" (
  "round_id" uuid not null,
  "service_id" uuid not null,
  primary key ("round_id", "service_id"),
  constraint "programme_round_service_round_id_foreign" foreign key ("round_id") references "programme_round" ("id") on update cascade on delete cascade,
  constraint "programme_round_service_service_id_foreign" foreign key ("service_id") references "service" ("id") on update cascade on delete cascade
);
create index "programme_round_service_service_id_index" on "programme_round_service" ("service_id");

create table "programme_round_field" (
  "round_id" uuid not null,
  "occupation" text not null,
  primary key ("round_id", "occupation"),
  constraint "programme_round_field_round_id_foreign" foreign key ("round_id") references "programme_round" ("id") on delete cascade
);

create table "programme_round_month" (
  "id" uuid not null default gen_random_uuid(),
  "round_id" uuid not null,
  "service_id" uuid null,
  "month" date not null,
  "places" int not null,
  "benefit_cents" bigint not null,
  "subsidy_cents" bigint not null,
  "coaching_minutes" int not null,
  "version" int not null default 1,
  primary key ("id"),
  constraint "programme_round_month_first" check (extract(day from month) = 1),
  constraint "programme_round_month_numbers" check (places >= 0 and benefit_cents >= 0 and subsidy_cents >= 0 and coaching_minutes >= 0),
  constraint "programme_round_month_round_id_foreign" foreign key ("round_id") references "programme_round" ("id"),
  constraint "programme_round_month_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete set null
);
create index "programme_round_month_service_id_index" on "programme_round_month" ("service_id");
create unique index programme_round_month_once on programme_round_month (round_id, month, service_id) nulls not distinct;

create table "programme_round_figures" (
  "round_id" uuid not null,
  "as_of" date not null,
  "participants" int null,
  "started" int null,
  "completed" int null,
  "aborted" int null,
  "employed" int null,
  "sustained" int null,
  "revision" int not null default 1,
  primary key ("round_id"),
  constraint "programme_round_figures_round_id_foreign" foreign key ("round_id") references "programme_round" ("id") on update cascade on delete cascade
);
`;

export class Migration20261122213200_Programmes extends Migration {
  override up(): void {
    for (const sql of [PROGRAMMES, ROUNDS]) this.addSql(sql);
  }
}
