import { Migration } from '@mikro-orm/migrations';

/** Employers' openings by occupation: a fourth kind of record, with its revisions, proposals and confirmations. */
export class Migration20261122190300_JobOpenings extends Migration {
  override up(): void {
    this.addSql(`
      create table "job_opening" (
        "id" uuid not null default gen_random_uuid(),
        "partner_id" uuid not null,
        "network_id" uuid not null,
        "title" text not null,
        "occupation" text not null,
        "description" text null,
        "status" text not null default 'OPEN',
        "positions" int not null default 1,
        "valid_until" date not null,
        "hours_from" double precision null,
        "hours_to" double precision null,
        "pay_from_cents" int null,
        "pay_to_cents" int null,
        "pay_per" text null,
        "collective_agreement" text null,
        "starts_on" date null,
        "fixed_term_until" date null,
        "requirements" text null,
        "languages" text[] not null,
        "location_id" uuid null,
        "confirmed_at" timestamptz(3) null,
        "version" int not null default 1,
        "created_at" timestamptz(3) not null default now(),
        "updated_at" timestamptz(3) not null default now(),
        "search_text" text generated always as (fold_german(title || ' ' || coalesce(description, ''))) stored not null,
        "search_words" tsvector generated always as (to_tsvector('german', fold_german(title || ' ' || coalesce(description, '')))) stored not null,
        primary key ("id"),
        constraint "job_opening_status_check" check ("status" in ('OPEN', 'FILLED', 'WITHDRAWN')),
        constraint "job_opening_pay_per_check" check ("pay_per" in ('HOUR', 'MONTH')),
        constraint "job_opening_occupation_form" check (occupation ~ '^[0-9]{1,5}$'),
        constraint "job_opening_positions" check (positions > 0),
        constraint "job_opening_partner_id_foreign" foreign key ("partner_id") references "partner" ("id"),
        constraint "job_opening_network_id_foreign" foreign key ("network_id") references "network" ("id"),
        constraint "job_opening_location_id_foreign" foreign key ("location_id") references "location" ("id") on delete set null
      );
      create index "job_opening_network_id_created_at_id_index" on "job_opening" ("network_id", "created_at", "id");
      create index "job_opening_partner_id_created_at_id_index" on "job_opening" ("partner_id", "created_at", "id");
      create index "job_opening_created_at_id_index" on "job_opening" ("created_at", "id");
      create index "job_opening_location_id_index" on "job_opening" ("location_id");
      create index job_opening_search_words on job_opening using gin (search_words) with (fastupdate = off);
      create index job_opening_search_text on job_opening using gin (search_text gin_trgm_ops) with (fastupdate = off);

      create table "job_opening_need" (
        "job_opening_id" uuid not null,
        "need_code" text not null,
        primary key ("job_opening_id", "need_code"),
        constraint "job_opening_need_job_opening_id_foreign" foreign key ("job_opening_id") references "job_opening" ("id") on update cascade on delete cascade,
        constraint "job_opening_need_need_code_foreign" foreign key ("need_code") references "need" ("code") on update cascade on delete cascade
      );
      create index "job_opening_need_need_code_index" on "job_opening_need" ("need_code");

      alter table "revision" drop constraint "revision_kind_check";
      alter table "revision" add constraint "revision_kind_check"
        check ("kind" in ('PARTNER', 'LOCATION', 'SERVICE', 'JOB_OPENING'));
      alter table "proposal" drop constraint "proposal_record_kind_check";
      alter table "proposal" add constraint "proposal_record_kind_check"
        check ("record_kind" in ('PARTNER', 'LOCATION', 'SERVICE', 'JOB_OPENING'));
      alter table "confirmation" drop constraint "confirmation_kind_check";
      alter table "confirmation" add constraint "confirmation_kind_check"
        check ("kind" in ('PARTNER', 'LOCATION', 'SERVICE', 'JOB_OPENING'));
      alter table "record_reminder" drop constraint "record_reminder_kind_check";
      alter table "record_reminder" add constraint "record_reminder_kind_check"
        check ("kind" in ('PARTNER', 'LOCATION', 'SERVICE', 'JOB_OPENING'));
    `);
  }
}
