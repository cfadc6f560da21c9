import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "action_plan" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "accession_id" uuid null,
  "title" text not null,
  "from" date not null,
  "until" date not null,
  "adopted_on" date null,
  "closed_on" date null,
  "published" boolean not null default false,
  "version" int not null default 1,
  primary key ("id")
);
create index "action_plan_accession_id_index" on "action_plan" ("accession_id");
create index "action_plan_network_id_from_id_index" on "action_plan" ("network_id", "from", "id");
alter table "action_plan" add constraint "action_plan_id_network_id_unique" unique ("id", "network_id");
alter table "action_plan" add constraint "action_plan_published" check (not published or adopted_on is not null);
alter table "action_plan" add constraint "action_plan_closed" check (closed_on is null or adopted_on is not null and closed_on >= adopted_on);
alter table "action_plan" add constraint "action_plan_period" check ("until" >= "from");
create table "plan_measure" (
  "id" uuid not null default gen_random_uuid(),
  "plan_id" uuid not null,
  "network_id" uuid not null,
  "position" int not null,
  "field" text not null,
  "title" text not null,
  "description" text null,
  "owner" text not null,
  "partner_id" uuid null,
  "needs" text[] not null,
  "starts_on" date not null,
  "due_on" date not null,
  "status" text not null default 'PLANNED',
  "unit" text not null,
  "baseline" double precision not null,
  "target" double precision not null,
  "indicator" text not null,
  "topic" text null,
  "category_code" text null,
  "outcome" text null,
  "subject" text null,
  "since" date null,
  "version" int not null default 1,
  primary key ("id")
);
create index "plan_measure_partner_id_index" on "plan_measure" ("partner_id");
create index "plan_measure_category_code_index" on "plan_measure" ("category_code");
create index "plan_measure_network_id_due_on_id_index" on "plan_measure" ("network_id", "due_on", "id");
create index "plan_measure_plan_id_position_id_index" on "plan_measure" ("plan_id", "position", "id");
alter table "plan_measure" add constraint "plan_measure_parameters" check (case indicator
  when 'MANUAL' then num_nonnulls(topic, category_code, outcome, subject, since) = 0
  when 'STAFF_TRAINED' then topic is not null and num_nonnulls(category_code, outcome, subject, since) = 0
  when 'SITES_ASSESSED' then since is not null and num_nonnulls(topic, category_code, outcome, subject) = 0
  when 'REFERRALS_WITH_OUTCOME' then outcome <> 'NO_DETAIL' and outcome is not null and num_nonnulls(topic, subject, since) = 0
  when 'FRESHNESS' then subject is not null and num_nonnulls(topic, category_code, outcome, since) = 0
  else category_code is not null and num_nonnulls(topic, outcome, subject, since) = 0 end);
alter table "plan_measure" add constraint "plan_measure_target" check (target <> baseline and target >= 0 and baseline >= 0 and (unit <> 'PERCENT' or target <= 100 and baseline <= 100));
alter table "plan_measure" add constraint "plan_measure_period" check (due_on > starts_on);
alter table "plan_measure" add constraint "plan_measure_field_check" check ("field" in ('TRAINING', 'NETWORK', 'ACCESSIBILITY', 'PLACEMENT', 'INFORMATION'));
alter table "plan_measure" add constraint "plan_measure_status_check" check ("status" in ('PLANNED', 'UNDER_WAY', 'DONE', 'DROPPED'));
alter table "plan_measure" add constraint "plan_measure_unit_check" check ("unit" in ('PERCENT', 'COUNT', 'PEOPLE', 'PLACES', 'HOURS'));
alter table "plan_measure" add constraint "plan_measure_indicator_check" check ("indicator" in ('MANUAL', 'STAFF_TRAINED', 'SITES_ASSESSED', 'PARTNERS_IN_CATEGORY', 'FREE_PLACES_IN_CATEGORY', 'REFERRALS_WITH_OUTCOME', 'FRESHNESS'));
alter table "plan_measure" add constraint "plan_measure_outcome_check" check ("outcome" in ('EMPLOYED', 'SUBSIDISED_JOB', 'TRAINING_STARTED', 'GOAL_REACHED', 'GOAL_PARTLY_REACHED', 'GOAL_NOT_REACHED', 'REFERRED_ON', 'NO_DETAIL'));
alter table "plan_measure" add constraint "plan_measure_subject_check" check ("subject" in ('PARTNERS', 'LOCATIONS', 'SERVICES', 'PLACES'));
create table "measure_review" (
  "id" uuid not null default gen_random_uuid(),
  "measure_id" uuid not null,
  "reviewed_on" date not null,
  "note" text not null,
  "decision" text not null,
  "next_review_on" date null,
  "target_before" double precision null,
  "due_before" date null,
  "created_at" timestamptz(3) not null,
  primary key ("id")
);
create index "measure_review_measure_id_reviewed_on_id_index" on "measure_review" ("measure_id", "reviewed_on", "id");
alter table "measure_review" add constraint "measure_review_before" check ((target_before is null) = (due_before is null));
alter table "measure_review" add constraint "measure_review_next" check (next_review_on > reviewed_on);
alter table "measure_review" add constraint "measure_review_decision_check" check ("decision" in ('CONTINUE', 'ADJUST', 'STOP'));
create table "measure_reading" (
  "id" uuid not null default gen_random_uuid(),
  "measure_id" uuid not null,
  "read_on" date not null,
  "value" double precision null,
  "source" text not null,
  "note" text null,
  "read_at" timestamptz(3) not null,
  primary key ("id")
);
alter table "measure_reading" add constraint "measure_reading_measure_id_read_on_unique" unique ("measure_id", "read_on");
alter table "measure_reading" add constraint "measure_reading_value" check (value >= 0 or value is null and source = 'MEASURED');
alter table "measure_reading" add constraint "measure_reading_source_check" check ("source" in ('BY_HAND', 'MEASURED'));
create table "plan_measure_service" (
  "measure_id" uuid not null,
  "service_id" uuid not null,
  primary key ("measure_id", "service_id")
);
create index "plan_measure_service_service_id_index" on "plan_measure_service" ("service_id");
alter table "action_plan" add constraint "action_plan_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "action_plan" add constraint "action_plan_accession_id_foreign" foreign key ("accession_id") references "accession" ("id") on delete set null;
alter table "plan_measure" add constraint "plan_measure_plan_id_foreign" foreign key ("plan_id") references "action_plan" ("id");
alter table "plan_measure" add constraint "plan_measure_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "plan_measure" add constraint "plan_measure_partner_id_foreign" foreign key ("partner_id") references "partner" ("id") on delete set null;
alter table "plan_measure" add constraint "plan_measure_category_code_foreign" foreign key ("category_code") references "category" ("code") on delete set null;
alter table "measure_review" add constraint "measure_review_measure_id_foreign" foreign key ("measure_id") references "plan_measure" ("id");
alter table "measure_reading" add constraint "measure_reading_measure_id_foreign" foreign key ("measure_id") references "plan_measure" ("id");
alter table "plan_measure_service" add constraint "plan_measure_service_measure_id_foreign" foreign key ("measure_id") references "plan_measure" ("id") on update cascade on delete cascade;
alter table "plan_measure_service" add constraint "plan_measure_service_service_id_foreign" foreign key ("service_id") references "service" ("id") on update cascade on delete cascade;
`;

/** A plan, its accession and its partners lie in one network. The ORM knows only keys of one column. */
const SAME_NETWORK = `
alter table "action_plan" add constraint "action_plan_accession_same_network"
  foreign key ("accession_id", "network_id") references "accession" ("id", "network_id");
alter table "plan_measure" add constraint "plan_measure_plan_same_network"
  foreign key ("plan_id", "network_id") references "action_plan" ("id", "network_id");
alter table "plan_measure" add constraint "plan_measure_partner_same_network"
  foreign key ("partner_id", "network_id") references "partner" ("id", "network_id");
`;

/** Action plans with measures, readings and reviews. */
export class Migration20261122212100_ActionPlans extends Migration {
  override up(): void {
    for (const sql of [TABLES, SAME_NETWORK]) this.addSql(sql);
  }
}
