import { Migration } from '@mikro-orm/migrations';

/** Trigrams find what is nearly written so. */
const EXTENSIONS = `
create extension if not exists pg_trgm;
`;

/**
 * German text as it is compared: lower case, without diacritics, ß as ss, ae/oe/ue as ä/ö/ü (but not in Quelle, neue,
 * Bauer), and words apart by one blank.
 */
const FOLDING = String.raw`
create function fold_german(text) returns text language sql immutable strict parallel safe
return btrim(regexp_replace(
  regexp_replace(
    replace(regexp_replace(lower(normalize($1, NFD) collate "de-x-icu"), U&'[\0300-\036f]', '', 'g'), 'ß', 'ss'),
    '(?<![aeq])([aou])e', '\1', 'g'),
  '[^[:alnum:]]+', ' ', 'g'));
`;

/** One root for all keys of this database: 64 random bytes that every hub on it reads. */
const SECRET = `
insert into "secret" ("name", "value") values ('root',
  uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
`;

/**
 * Foreign-key checks ignore policies: keys that carry the network keep a row from pointing into another one. The ORM
 * knows only keys of one column, so these stand beside its own.
 */
const SAME_NETWORK = `
alter table "membership" add constraint "membership_partner_same_network"
  foreign key ("partner_id", "network_id") references "partner" ("id", "network_id");
alter table "service" add constraint "service_partner_same_network"
  foreign key ("partner_id", "network_id") references "partner" ("id", "network_id");
alter table "client_case_health" add constraint "client_case_health_case_same_network"
  foreign key ("client_case_id", "network_id") references "client_case" ("id", "network_id");
alter table "consent" add constraint "consent_case_same_network"
  foreign key ("client_case_id", "network_id") references "client_case" ("id", "network_id");
alter table "referral" add constraint "referral_case_same_network"
  foreign key ("client_case_id", "network_id") references "client_case" ("id", "network_id");
alter table "referral" add constraint "referral_service_same_partner"
  foreign key ("service_id", "partner_id") references "service" ("id", "partner_id");
alter table "referral_event" add constraint "referral_event_referral_same_network"
  foreign key ("referral_id", "network_id") references "referral" ("id", "network_id");
alter table "referral_disclosure" add constraint "referral_disclosure_referral_same_network"
  foreign key ("referral_id", "network_id") references "referral" ("id", "network_id");
`;

const TABLES = `
create table "account" (
  "id" uuid not null default gen_random_uuid(),
  "issuer" text not null,
  "subject" text not null,
  "display_name" text not null,
  primary key ("id")
);
alter table "account" add constraint "account_issuer_subject_unique" unique ("issuer", "subject");

create table "category" (
  "code" text not null,
  "parent_code" text null,
  "name_de" text not null,
  "name_en" text not null,
  "position" int not null,
  "professional_secrecy" boolean not null default false,
  primary key ("code")
);
create index "category_parent_code_index" on "category" ("parent_code");

create table "municipality" (
  "key" text not null,
  "name" text collate "de-x-icu" not null,
  "district_key" text not null,
  "district_name" text not null,
  "latitude" double precision not null,
  "longitude" double precision not null,
  "population" int null,
  "recipients" int null,
  primary key ("key")
);
create index "municipality_district_key_index" on "municipality" ("district_key");
alter table "municipality"
  add constraint "municipality_key_digits" check (key ~ '^[0-9]{8}$' and district_key = left(key, 5));

create table "need" (
  "code" text not null,
  "name_de" text not null,
  "name_en" text not null,
  "position" int not null,
  "sensitive" boolean not null default false,
  primary key ("code")
);

create table "network" (
  "id" uuid not null default gen_random_uuid(),
  "slug" text not null,
  "name" text collate "de-x-icu" not null,
  "match_weights" jsonb null,
  primary key ("id")
);
alter table "network" add constraint "network_slug_unique" unique ("slug");
alter table "network" add constraint "network_slug_form" check (slug ~ '^[a-z][a-z0-9-]*$');

create table "client_case" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "reference" text not null,
  "status" text not null default 'OPEN',
  "municipality_key" text not null,
  "languages" text[] not null,
  "birth_year" int null,
  "assigned_to_id" uuid not null,
  "deputy_id" uuid null,
  "version" int not null default 1,
  "created_at" timestamptz(3) not null default now(),
  primary key ("id")
);
create index "client_case_municipality_key_index" on "client_case" ("municipality_key");
create index "client_case_deputy_id_index" on "client_case" ("deputy_id");
create index "client_case_assigned_to_id_created_at_id_index" on "client_case" ("assigned_to_id", "created_at", "id");
alter table "client_case" add constraint "client_case_id_network_id_unique" unique ("id", "network_id");
alter table "client_case" add constraint "client_case_network_id_reference_unique" unique ("network_id", "reference");
alter table "client_case" add constraint "client_case_birth_year" check (birth_year between 1900 and 2100);
alter table "client_case" add constraint "client_case_status_check" check ("status" in ('OPEN', 'CLOSED'));

create table "client_case_health" (
  "client_case_id" uuid not null,
  "network_id" uuid not null,
  "needs" text[] not null,
  "accessibility" text[] not null,
  "revision" int not null default 1,
  primary key ("client_case_id")
);
create index "client_case_health_network_id_index" on "client_case_health" ("network_id");

create table "network_municipality" (
  "network_id" uuid not null,
  "municipality_key" text not null,
  primary key ("network_id", "municipality_key")
);
create index "network_municipality_municipality_key_index" on "network_municipality" ("municipality_key");

create table "partner" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "name" text collate "de-x-icu" not null,
  "kinds" text[] not null,
  "description" text null,
  "email" text null,
  "phone" text null,
  "website" text null,
  "parent_id" uuid null,
  "confirmed_at" timestamptz(3) null,
  "version" int not null default 1,
  "created_at" timestamptz(3) not null default now(),
  "updated_at" timestamptz(3) not null default now(),
  "search_text" text generated always as (fold_german(name || ' ' || coalesce(description, ''))) stored not null,
  "search_words" tsvector generated always as (to_tsvector('german', fold_german(name || ' ' || coalesce(description, '')))) stored not null,
  primary key ("id")
);
create index "partner_parent_id_index" on "partner" ("parent_id");
create index partner_search_text on partner using gin (search_text gin_trgm_ops) with (fastupdate = off);
create index partner_search_words on partner using gin (search_words) with (fastupdate = off);
create index "partner_name_id_index" on "partner" ("name", "id");
create index "partner_network_id_name_id_index" on "partner" ("network_id", "name", "id");
alter table "partner" add constraint "partner_id_network_id_unique" unique ("id", "network_id");
alter table "partner"
  add constraint "partner_kinds_known" check (cardinality(kinds) > 0 and kinds <@ array['COUNSELLING_CENTRE', 'EMPLOYER', 'TRAINING_PROVIDER', 'WELFARE_ASSOCIATION', 'MUNICIPAL_INSTITUTION', 'HEALTH_FACILITY', 'PUBLIC_INSTITUTION']);

create table "membership" (
  "id" uuid not null default gen_random_uuid(),
  "account_id" uuid not null,
  "role" text not null,
  "network_id" uuid null,
  "partner_id" uuid null,
  primary key ("id")
);
create index "membership_account_id_index" on "membership" ("account_id");
create index "membership_network_id_index" on "membership" ("network_id");
create index "membership_partner_id_index" on "membership" ("partner_id");
create unique index membership_once on membership (account_id, role, network_id, partner_id) nulls not distinct;
alter table "membership" add constraint "membership_scope" check (case role
    when 'PARTNER_EDITOR' then partner_id is not null and network_id is not null
    when 'CASEWORKER' then partner_id is null and network_id is not null
    when 'COORDINATOR' then partner_id is null and network_id is not null
    else partner_id is null and network_id is null end);
alter table "membership"
  add constraint "membership_role_check" check ("role" in ('CASEWORKER', 'PARTNER_EDITOR', 'COORDINATOR', 'AUDITOR', 'ADMIN'));

create table "location" (
  "id" uuid not null default gen_random_uuid(),
  "partner_id" uuid not null,
  "name" text collate "de-x-icu" null,
  "street" text null,
  "postal_code" text null,
  "city" text not null,
  "municipality_key" text not null,
  "latitude" double precision null,
  "longitude" double precision null,
  "address_protected" boolean not null default false,
  primary key ("id")
);
create index "location_partner_id_index" on "location" ("partner_id");
create index "location_municipality_key_index" on "location" ("municipality_key");

create table "accessibility_entry" (
  "location_id" uuid not null,
  "feature" text not null,
  "state" text not null,
  "assessed_on" date null,
  primary key ("location_id", "feature")
);
alter table "accessibility_entry"
  add constraint "accessibility_entry_feature_check" check ("feature" in ('STEP_FREE_ENTRANCE', 'LIFT', 'ACCESSIBLE_TOILET', 'ACCESSIBLE_PARKING', 'TACTILE_GUIDANCE', 'INDUCTION_LOOP', 'SIGN_LANGUAGE', 'EASY_LANGUAGE', 'QUIET_ROOM'));
alter table "accessibility_entry"
  add constraint "accessibility_entry_state_check" check ("state" in ('YES', 'NO', 'UNKNOWN'));

create table "postal_code" (
  "code" text not null,
  "municipality_key" text not null,
  primary key ("code", "municipality_key")
);
create index "postal_code_municipality_key_index" on "postal_code" ("municipality_key");

create table "secret" (
  "name" text not null,
  "value" bytea not null,
  primary key ("name")
);

create table "service" (
  "id" uuid not null default gen_random_uuid(),
  "partner_id" uuid not null,
  "network_id" uuid not null,
  "name" text collate "de-x-icu" not null,
  "description" text null,
  "status" text not null default 'ACTIVE',
  "intake_paused_until" date null,
  "languages" text[] not null,
  "interpretation" boolean not null default false,
  "delivery_modes" text[] not null,
  "minimum_age" int null,
  "maximum_age" int null,
  "keeps_waiting_list" boolean not null default false,
  "feedback_level" text not null,
  "confirmed_at" timestamptz(3) null,
  "version" int not null default 1,
  "created_at" timestamptz(3) not null default now(),
  "updated_at" timestamptz(3) not null default now(),
  "search_text" text generated always as (fold_german(name || ' ' || coalesce(description, ''))) stored not null,
  "search_words" tsvector generated always as (to_tsvector('german', fold_german(name || ' ' || coalesce(description, '')))) stored not null,
  primary key ("id")
);
create index service_search_text on service using gin (search_text gin_trgm_ops) with (fastupdate = off);
create index service_search_words on service using gin (search_words) with (fastupdate = off);
create index "service_name_id_index" on "service" ("name", "id");
create index "service_partner_id_name_id_index" on "service" ("partner_id", "name", "id");
create index "service_network_id_name_id_index" on "service" ("network_id", "name", "id");
alter table "service" add constraint "service_id_partner_id_unique" unique ("id", "partner_id");
alter table "service"
  add constraint "service_ages" check (minimum_age >= 0 and maximum_age >= 0 and maximum_age >= minimum_age);
alter table "service"
  add constraint "service_delivery_modes_known" check (delivery_modes <@ array['ON_SITE', 'OUTREACH', 'PHONE', 'ONLINE']);
alter table "service" add constraint "service_status_check" check ("status" in ('ACTIVE', 'PAUSED', 'CLOSED'));
alter table "service"
  add constraint "service_feedback_level_check" check ("feedback_level" in ('NONE', 'RECEIVED_ONLY', 'STATUS', 'STATUS_AND_OUTCOME'));

create table "consent" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "client_case_id" uuid not null,
  "service_id" uuid null,
  "category_code" text null,
  "given_on" date not null,
  "valid_until" date not null,
  "revoked_at" timestamptz(3) null,
  "created_at" timestamptz(3) not null default now(),
  "revision" int not null default 1,
  primary key ("id")
);
create index "consent_network_id_index" on "consent" ("network_id");
create index "consent_client_case_id_index" on "consent" ("client_case_id");
create index "consent_service_id_index" on "consent" ("service_id");
create index "consent_category_code_index" on "consent" ("category_code");
alter table "consent" add constraint "consent_period" check (valid_until >= given_on);
alter table "consent" add constraint "consent_one_scope" check (num_nonnulls(service_id, category_code) = 1);

create table "referral" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "client_case_id" uuid not null,
  "service_id" uuid not null,
  "partner_id" uuid not null,
  "basis" text not null,
  "consent_id" uuid null,
  "feedback_level" text not null,
  "status" text not null default 'DRAFT',
  "seen_status" text not null default 'DRAFT',
  "version" int not null default 1,
  "seen_version" int not null default 1,
  "respond_by" timestamptz(3) null,
  "seen_respond_by" timestamptz(3) null,
  "sent_at" timestamptz(3) null,
  "waitlisted_at" timestamptz(3) null,
  "out_of_order_reason" text null,
  "scheduled_at" timestamptz(3) null,
  "started_on" date null,
  "ended_at" timestamptz(3) null,
  "holds_place" boolean not null default false,
  "decline_reason" text null,
  "decline_text" text null,
  "cancel_reason" text null,
  "cancel_text" text null,
  "attribution" text null,
  "outcome" text null,
  "created_at" timestamptz(3) not null default now(),
  "updated_at" timestamptz(3) not null default now(),
  "seen_updated_at" timestamptz(3) not null default now(),
  "revision" int not null default 1,
  primary key ("id")
);
create index "referral_consent_id_index" on "referral" ("consent_id");
create index "referral_service_id_status_index" on "referral" ("service_id", "status");
create index "referral_client_case_id_created_at_id_index" on "referral" ("client_case_id", "created_at", "id");
create index "referral_partner_id_created_at_id_index" on "referral" ("partner_id", "created_at", "id");
create index "referral_network_id_created_at_id_index" on "referral" ("network_id", "created_at", "id");
alter table "referral" add constraint "referral_id_network_id_unique" unique ("id", "network_id");
alter table "referral" add constraint "referral_basis_check" check ("basis" in ('CONSENT', 'STATUTORY_TASK'));
alter table "referral"
  add constraint "referral_feedback_level_check" check ("feedback_level" in ('NONE', 'RECEIVED_ONLY', 'STATUS', 'STATUS_AND_OUTCOME'));
alter table "referral"
  add constraint "referral_status_check" check ("status" in ('DRAFT', 'SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'DECLINED', 'CANCELLED', 'EXPIRED', 'ABORTED', 'REVOKED', 'ENTERED_IN_ERROR'));
alter table "referral"
  add constraint "referral_seen_status_check" check ("seen_status" in ('DRAFT', 'SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'DECLINED', 'CANCELLED', 'EXPIRED', 'ABORTED', 'REVOKED', 'ENTERED_IN_ERROR'));
alter table "referral"
  add constraint "referral_decline_reason_check" check ("decline_reason" in ('NO_CAPACITY', 'WAITLIST_FULL', 'NOT_ELIGIBLE', 'OUT_OF_AREA', 'WRONG_SERVICE', 'MISSING_DOCUMENTS', 'FUNDING_NOT_APPROVED', 'LANGUAGE_NOT_AVAILABLE', 'NOT_ACCESSIBLE', 'DUPLICATE', 'NOT_INTERESTED', 'NOT_REACHABLE', 'MOVED_AWAY', 'ALREADY_SUPPORTED', 'PREFERS_OTHER_PARTNER', 'OTHER'));
alter table "referral"
  add constraint "referral_cancel_reason_check" check ("cancel_reason" in ('CLIENT_DECLINES', 'SITUATION_CHANGED', 'FOUND_OTHER_SERVICE', 'SIBLING_ACCEPTED', 'ENTERED_TWICE', 'OTHER'));
alter table "referral"
  add constraint "referral_attribution_check" check ("attribution" in ('PROVIDER', 'CLIENT', 'JOBCENTER', 'SYSTEM'));
alter table "referral"
  add constraint "referral_outcome_check" check ("outcome" in ('EMPLOYED', 'SUBSIDISED_JOB', 'TRAINING_STARTED', 'GOAL_REACHED', 'GOAL_PARTLY_REACHED', 'GOAL_NOT_REACHED', 'REFERRED_ON', 'NO_DETAIL'));

create table "referral_event" (
  "id" uuid not null default gen_random_uuid(),
  "referral_id" uuid not null,
  "network_id" uuid not null,
  "number" int not null,
  "step" text null,
  "from_status" text null,
  "to_status" text null,
  "seen_from" text null,
  "seen_to" text null,
  "at" timestamptz(3) not null,
  "by" text not null,
  primary key ("id")
);
create index "referral_event_network_id_index" on "referral_event" ("network_id");
alter table "referral_event" add constraint "referral_event_referral_id_number_unique" unique ("referral_id", "number");
alter table "referral_event"
  add constraint "referral_event_step_check" check ("step" in ('SEND', 'ACKNOWLEDGE', 'ASK', 'ANSWER', 'ACCEPT', 'WAITLIST', 'RECONFIRM', 'DECLINE', 'SCHEDULE', 'START', 'HOLD', 'RESUME', 'COMPLETE', 'ABORT', 'CANCEL', 'REVOKE', 'EXPIRE', 'MARK_AS_ERROR', 'REOPEN'));
alter table "referral_event"
  add constraint "referral_event_from_status_check" check ("from_status" in ('DRAFT', 'SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'DECLINED', 'CANCELLED', 'EXPIRED', 'ABORTED', 'REVOKED', 'ENTERED_IN_ERROR'));
alter table "referral_event"
  add constraint "referral_event_to_status_check" check ("to_status" in ('DRAFT', 'SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'DECLINED', 'CANCELLED', 'EXPIRED', 'ABORTED', 'REVOKED', 'ENTERED_IN_ERROR'));
alter table "referral_event"
  add constraint "referral_event_seen_from_check" check ("seen_from" in ('DRAFT', 'SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'DECLINED', 'CANCELLED', 'EXPIRED', 'ABORTED', 'REVOKED', 'ENTERED_IN_ERROR'));
alter table "referral_event"
  add constraint "referral_event_seen_to_check" check ("seen_to" in ('DRAFT', 'SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'DECLINED', 'CANCELLED', 'EXPIRED', 'ABORTED', 'REVOKED', 'ENTERED_IN_ERROR'));
alter table "referral_event"
  add constraint "referral_event_by_check" check ("by" in ('CASEWORKER', 'PARTNER', 'COORDINATOR', 'SYSTEM'));

create table "referral_disclosure" (
  "referral_id" uuid not null,
  "network_id" uuid not null,
  "partner_id" uuid not null,
  "note" text null,
  "pseudonym" text null,
  "municipality_key" text null,
  "needs" text[] not null default '{}',
  "languages" text[] not null default '{}',
  "age" int null,
  "disclosed_at" timestamptz(3) null,
  "readable_until" timestamptz(3) null,
  "revision" int not null default 1,
  primary key ("referral_id")
);
create index "referral_disclosure_network_id_index" on "referral_disclosure" ("network_id");
create index "referral_disclosure_partner_id_index" on "referral_disclosure" ("partner_id");

create table "service_acceptance" (
  "service_id" uuid not null,
  "accepted_on" date not null,
  "accepted" int not null,
  primary key ("service_id", "accepted_on")
);

create table "service_answer" (
  "service_id" uuid not null,
  "answered_on" date not null,
  "working_days" int not null,
  "answers" int not null,
  primary key ("service_id", "answered_on", "working_days")
);

create table "service_area" (
  "service_id" uuid not null,
  "area_key" text not null,
  primary key ("service_id", "area_key")
);
create index "service_area_area_key_index" on "service_area" ("area_key");
alter table "service_area" add constraint "service_area_key_form" check (area_key ~ '^([0-9]{8}|[0-9]{5}|[0-9]{2})$');

create table "service_capacity" (
  "service_id" uuid not null,
  "total" int null,
  "occupied_elsewhere" int not null default 0,
  "reserved" int not null default 0,
  "reported_waiting" int null,
  "waitlisted" int not null default 0,
  "expected_wait_days" int null,
  "reported_at" timestamptz(3) null,
  primary key ("service_id")
);
alter table "service_capacity"
  add constraint "service_capacity_not_negative" check (total >= 0 and reserved >= 0 and occupied_elsewhere >= 0 and reported_waiting >= 0 and waitlisted >= 0 and expected_wait_days >= 0);

create table "service_category" (
  "service_id" uuid not null,
  "category_code" text not null,
  primary key ("service_id", "category_code")
);
create index "service_category_category_code_index" on "service_category" ("category_code");

create table "service_location" (
  "service_id" uuid not null,
  "location_id" uuid not null,
  primary key ("service_id", "location_id")
);
create index "service_location_location_id_index" on "service_location" ("location_id");

create table "service_need" (
  "service_id" uuid not null,
  "need_code" text not null,
  primary key ("service_id", "need_code")
);
create index "service_need_need_code_index" on "service_need" ("need_code");
`;

const KEYS = `
alter table "category" add constraint "category_parent_code_foreign" foreign key ("parent_code") references "category" ("code") on delete set null;

alter table "client_case" add constraint "client_case_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "client_case" add constraint "client_case_municipality_key_foreign" foreign key ("municipality_key") references "municipality" ("key");
alter table "client_case" add constraint "client_case_assigned_to_id_foreign" foreign key ("assigned_to_id") references "account" ("id");
alter table "client_case" add constraint "client_case_deputy_id_foreign" foreign key ("deputy_id") references "account" ("id") on delete set null;

alter table "client_case_health" add constraint "client_case_health_client_case_id_foreign" foreign key ("client_case_id") references "client_case" ("id") on update cascade on delete cascade;
alter table "client_case_health" add constraint "client_case_health_network_id_foreign" foreign key ("network_id") references "network" ("id");

alter table "network_municipality" add constraint "network_municipality_network_id_foreign" foreign key ("network_id") references "network" ("id") on update cascade on delete cascade;
alter table "network_municipality" add constraint "network_municipality_municipality_key_foreign" foreign key ("municipality_key") references "municipality" ("key") on update cascade on delete cascade;

alter table "partner" add constraint "partner_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "partner" add constraint "partner_parent_id_foreign" foreign key ("parent_id") references "partner" ("id") on delete set null;

alter table "membership" add constraint "membership_account_id_foreign" foreign key ("account_id") references "account" ("id") on delete cascade;
alter table "membership" add constraint "membership_network_id_foreign" foreign key ("network_id") references "network" ("id") on delete set null;
alter table "membership" add constraint "membership_partner_id_foreign" foreign key ("partner_id") references "partner" ("id") on delete set null;

alter table "location" add constraint "location_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");
alter table "location" add constraint "location_municipality_key_foreign" foreign key ("municipality_key") references "municipality" ("key");

alter table "accessibility_entry" add constraint "accessibility_entry_location_id_foreign" foreign key ("location_id") references "location" ("id") on delete cascade;

alter table "postal_code" add constraint "postal_code_municipality_key_foreign" foreign key ("municipality_key") references "municipality" ("key");

alter table "service" add constraint "service_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");
alter table "service" add constraint "service_network_id_foreign" foreign key ("network_id") references "network" ("id");

alter table "consent" add constraint "consent_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "consent" add constraint "consent_client_case_id_foreign" foreign key ("client_case_id") references "client_case" ("id");
alter table "consent" add constraint "consent_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete set null;
alter table "consent" add constraint "consent_category_code_foreign" foreign key ("category_code") references "category" ("code") on delete set null;

alter table "referral" add constraint "referral_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "referral" add constraint "referral_client_case_id_foreign" foreign key ("client_case_id") references "client_case" ("id");
alter table "referral" add constraint "referral_service_id_foreign" foreign key ("service_id") references "service" ("id");
alter table "referral" add constraint "referral_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");
alter table "referral" add constraint "referral_consent_id_foreign" foreign key ("consent_id") references "consent" ("id") on delete set null;

alter table "referral_event" add constraint "referral_event_referral_id_foreign" foreign key ("referral_id") references "referral" ("id") on delete cascade;
alter table "referral_event" add constraint "referral_event_network_id_foreign" foreign key ("network_id") references "network" ("id");

alter table "referral_disclosure" add constraint "referral_disclosure_referral_id_foreign" foreign key ("referral_id") references "referral" ("id") on update cascade on delete cascade;
alter table "referral_disclosure" add constraint "referral_disclosure_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "referral_disclosure" add constraint "referral_disclosure_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");

alter table "service_acceptance" add constraint "service_acceptance_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete cascade;

alter table "service_answer" add constraint "service_answer_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete cascade;

alter table "service_area" add constraint "service_area_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete cascade;

alter table "service_capacity" add constraint "service_capacity_service_id_foreign" foreign key ("service_id") references "service" ("id") on update cascade on delete cascade;

alter table "service_category" add constraint "service_category_service_id_foreign" foreign key ("service_id") references "service" ("id") on update cascade on delete cascade;
alter table "service_category" add constraint "service_category_category_code_foreign" foreign key ("category_code") references "category" ("code") on update cascade on delete cascade;

alter table "service_location" add constraint "service_location_service_id_foreign" foreign key ("service_id") references "service" ("id") on update cascade on delete cascade;
alter table "service_location" add constraint "service_location_location_id_foreign" foreign key ("location_id") references "location" ("id") on update cascade on delete cascade;

alter table "service_need" add constraint "service_need_service_id_foreign" foreign key ("service_id") references "service" ("id") on update cascade on delete cascade;
alter table "service_need" add constraint "service_need_need_code_foreign" foreign key ("need_code") references "need" ("code") on update cascade on delete cascade;
`;

/** The second wall: what belongs to a case is seen by its parties only, whatever the application asks for. */
const POLICIES = `
alter table "client_case" enable row level security;
alter table "client_case" force row level security;
create policy "network_wall" on "client_case" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "client_case"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and (assigned_to_id = (select nullif(current_setting('app.account', true), ''))::uuid or deputy_id = (select nullif(current_setting('app.account', true), ''))::uuid));
create policy "system" on "client_case" using ((select nullif(current_setting('app.system', true), '')) = 'on');
alter table "client_case_health" enable row level security;
alter table "client_case_health" force row level security;
create policy "network_wall" on "client_case_health" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "client_case_health"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and client_case_id in (select id from client_case));
create policy "system" on "client_case_health"
  using ((select nullif(current_setting('app.system', true), '')) = 'on');
alter table "consent" enable row level security;
alter table "consent" force row level security;
create policy "network_wall" on "consent" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "consent"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and client_case_id in (select id from client_case));
create policy "system" on "consent" using ((select nullif(current_setting('app.system', true), '')) = 'on');
alter table "referral" enable row level security;
alter table "referral" force row level security;
create policy "network_wall" on "referral" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "referral"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and client_case_id in (select id from client_case));
create policy "addressed" on "referral"
  using (sent_at is not null and partner_id = any ((select string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[])::uuid[]));
create policy "coordinated" on "referral"
  using (sent_at is not null and network_id = any ((select string_to_array(nullif(current_setting('app.coordinated', true), ''), ',')::uuid[])::uuid[]));
create policy "system" on "referral" using ((select nullif(current_setting('app.system', true), '')) = 'on');
alter table "referral_event" enable row level security;
alter table "referral_event" force row level security;
create policy "network_wall" on "referral_event" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "of_referral" on "referral_event" using (referral_id in (select id from referral));
create policy "system" on "referral_event" using ((select nullif(current_setting('app.system', true), '')) = 'on');
alter table "referral_disclosure" enable row level security;
alter table "referral_disclosure" force row level security;
create policy "network_wall" on "referral_disclosure" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "referral_disclosure"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and exists (
  select from referral r where r.id = referral_id and r.client_case_id in (select id from client_case)));
create policy "disclosed" on "referral_disclosure"
  using (partner_id = any ((select string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[])::uuid[]) and disclosed_at is not null
  and (readable_until is null or readable_until > coalesce((select nullif(current_setting('app.now', true), ''))::timestamptz, now())));
create policy "system" on "referral_disclosure"
  using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

export class Migration20261122000000_Hub extends Migration {
  override up(): void {
    for (const sql of [EXTENSIONS, FOLDING, TABLES, SECRET, KEYS, SAME_NETWORK, POLICIES]) this.addSql(sql);
  }
}
