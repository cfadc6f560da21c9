import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "geo_source" (
  "id" uuid not null default gen_random_uuid(),
  "name" text not null,
  "licence" text null,
  "retrieved_on" date not null,
  primary key ("id")
);
create unique index geo_source_once on geo_source (name, licence) nulls not distinct;

create table "district" (
  "key" text not null,
  "name" text collate "de-x-icu" not null,
  "kind" text null,
  "jobcenter_form" text null,
  "government_region" text null,
  "area" double precision null,
  "population" int null,
  "recipients" int null,
  "source_id" uuid null,
  primary key ("key")
);
create index "district_source_id_index" on "district" ("source_id");
alter table "district" add constraint "district_key_digits" check (key ~ '^[0-9]{5}$');
alter table "district"
  add constraint "district_jobcenter_form_check" check ("jobcenter_form" in ('JOINT_FACILITY', 'APPROVED_MUNICIPALITY'));

create table "area_outline" (
  "area_key" text not null,
  "geometry" jsonb not null,
  "note" text null,
  "source_id" uuid not null,
  primary key ("area_key")
);
create index "area_outline_source_id_index" on "area_outline" ("source_id");
alter table "area_outline" add constraint "area_outline_key_form" check (area_key ~ '^([0-9]{5}|[0-9]{8})$');

create table "demand_figure" (
  "area_key" text not null,
  "measure" text not null,
  "reference_date" date not null,
  "value" int null,
  "source_id" uuid not null,
  primary key ("area_key", "measure", "reference_date")
);
create index "demand_figure_source_id_index" on "demand_figure" ("source_id");
alter table "demand_figure" add constraint "demand_figure_key_form" check (area_key ~ '^([0-9]{5}|[0-9]{8})$');
alter table "demand_figure" add constraint "demand_figure_counted" check (value >= 0);
alter table "demand_figure"
  add constraint "demand_figure_measure_check" check ("measure" in ('POPULATION', 'SGB2_RECIPIENTS', 'UNEMPLOYED', 'SEVERELY_DISABLED'));

alter table "municipality" add column "kind" text null, add column "regional_key" text null,
  add column "area" double precision null, add column "source_id" uuid null;
create index "municipality_source_id_index" on "municipality" ("source_id");
alter table "municipality"
  add constraint "municipality_regional_key_digits" check (regional_key ~ '^[0-9]{12}$');

alter table "postal_code" add column "source_id" uuid null;
create index "postal_code_source_id_index" on "postal_code" ("source_id");
`;

const KEYS = `
alter table "district" add constraint "district_source_id_foreign" foreign key ("source_id") references "geo_source" ("id") on delete set null;
alter table "area_outline" add constraint "area_outline_source_id_foreign" foreign key ("source_id") references "geo_source" ("id");
alter table "demand_figure" add constraint "demand_figure_source_id_foreign" foreign key ("source_id") references "geo_source" ("id");
alter table "municipality" add constraint "municipality_source_id_foreign" foreign key ("source_id") references "geo_source" ("id") on delete set null;
alter table "postal_code" add constraint "postal_code_source_id_foreign" foreign key ("source_id") references "geo_source" ("id") on delete set null;
`;

/** Every municipality there is tells its district already. */
const KNOWN_DISTRICTS = `
insert into "district" ("key", "name") select distinct on (district_key) district_key, district_name from "municipality"
  order by district_key, key;
`;

export class Migration20261122191000_Geography extends Migration {
  override up(): void {
    for (const sql of [TABLES, KEYS, KNOWN_DISTRICTS]) this.addSql(sql);
  }
}
