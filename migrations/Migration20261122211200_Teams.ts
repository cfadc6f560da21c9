import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "team" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "location_id" uuid null,
  "name" text collate "de-x-icu" not null,
  "staff" int not null,
  "dissolved_on" date null,
  "version" int not null default 1,
  primary key ("id")
);
create index "team_location_id_index" on "team" ("location_id");
create unique index team_named_once on team (network_id, name) where dissolved_on is null;
create index "team_network_id_name_id_index" on "team" ("network_id", "name", "id");
alter table "team" add constraint "team_id_network_id_unique" unique ("id", "network_id");
alter table "team" add constraint "team_staff" check (staff >= 0);

create table "team_contact" (
  "id" uuid not null default gen_random_uuid(),
  "team_id" uuid not null,
  "responsibility" text not null,
  "topics" text[] not null,
  "phone" text null,
  "email" text null,
  "position" int not null,
  primary key ("id")
);
create index "team_contact_team_id_index" on "team_contact" ("team_id");
alter table "team_contact" add constraint "team_contact_reachable" check (phone is not null or email is not null);

create table "training_topic" (
  "code" text not null,
  "name_de" text not null,
  "name_en" text not null,
  "needs" text[] not null,
  "refresh_months" int null,
  "position" int not null,
  primary key ("code")
);
alter table "training_topic" add constraint "training_topic_refresh" check (refresh_months > 0);

create table "training_course" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "title" text collate "de-x-icu" not null,
  "topics" text[] not null,
  "provider_id" uuid null,
  "hours" double precision not null,
  "version" int not null default 1,
  primary key ("id")
);
create index "training_course_provider_id_index" on "training_course" ("provider_id");
create index "training_course_network_id_title_id_index" on "training_course" ("network_id", "title", "id");
alter table "training_course" add constraint "training_course_id_network_id_unique" unique ("id", "network_id");
alter table "training_course" add constraint "training_course_topics" check (cardinality(topics) > 0);
alter table "training_course" add constraint "training_course_hours" check (hours > 0);

create table "training_session" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "course_id" uuid not null,
  "held_on" date not null,
  "held_until" date not null,
  "seats" int null,
  "version" int not null default 1,
  primary key ("id")
);
create index "training_session_network_id_index" on "training_session" ("network_id");
create index "training_session_course_id_held_on_id_index" on "training_session" ("course_id", "held_on", "id");
alter table "training_session" add constraint "training_session_id_network_id_unique" unique ("id", "network_id");
alter table "training_session" add constraint "training_session_seats" check (seats > 0);
alter table "training_session" add constraint "training_session_days" check (held_on <= held_until);

create table "training_attendance" (
  "session_id" uuid not null,
  "team_id" uuid not null,
  "network_id" uuid not null,
  "attended" int not null,
  "first_time" int not null,
  primary key ("session_id", "team_id")
);
create index "training_attendance_team_id_index" on "training_attendance" ("team_id");
create index "training_attendance_network_id_index" on "training_attendance" ("network_id");
alter table "training_attendance" add constraint "training_attendance_counts" check (0 <= first_time and first_time <= attended);

create table "knowledge_report" (
  "team_id" uuid not null,
  "topic_code" text not null,
  "reported_on" date not null,
  "declared" int not null,
  "used" int not null,
  primary key ("team_id", "topic_code", "reported_on")
);
create index "knowledge_report_topic_code_index" on "knowledge_report" ("topic_code");
alter table "knowledge_report" add constraint "knowledge_report_counts" check (declared >= 0 and used >= 0);

create table "self_audit_questionnaire" (
  "id" uuid not null default gen_random_uuid(),
  "code" text not null,
  "edition" int not null,
  "title" text not null,
  "questions" jsonb not null,
  "created_at" timestamptz(3) not null default now(),
  primary key ("id")
);
alter table "self_audit_questionnaire" add constraint "self_audit_questionnaire_code_edition_unique" unique ("code", "edition");
alter table "self_audit_questionnaire" add constraint "self_audit_questionnaire_code" check (code ~ '^[a-z][a-z0-9-]*$');
alter table "self_audit_questionnaire" add constraint "self_audit_questionnaire_edition" check (edition > 0);

create table "self_audit" (
  "id" uuid not null default gen_random_uuid(),
  "team_id" uuid not null,
  "questionnaire_id" uuid not null,
  "filled_on" date not null,
  primary key ("id")
);
create index "self_audit_questionnaire_id_index" on "self_audit" ("questionnaire_id");
create index "self_audit_filled_on_id_index" on "self_audit" ("filled_on", "id");
alter table "self_audit" add constraint "self_audit_team_id_questionnaire_id_filled_on_unique" unique ("team_id", "questionnaire_id", "filled_on");

create table "self_audit_answer" (
  "audit_id" uuid not null,
  "question" text not null,
  "value" int null,
  "note" text null,
  primary key ("audit_id", "question")
);
`;

const KEYS = `
alter table "team" add constraint "team_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "team" add constraint "team_location_id_foreign" foreign key ("location_id") references "location" ("id") on delete set null;
alter table "team_contact" add constraint "team_contact_team_id_foreign" foreign key ("team_id") references "team" ("id");
alter table "training_course" add constraint "training_course_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "training_course" add constraint "training_course_provider_id_foreign" foreign key ("provider_id") references "partner" ("id") on delete set null;
alter table "training_session" add constraint "training_session_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "training_session" add constraint "training_session_course_id_foreign" foreign key ("course_id") references "training_course" ("id");
alter table "training_attendance" add constraint "training_attendance_session_id_foreign" foreign key ("session_id") references "training_session" ("id") on update cascade on delete cascade;
alter table "training_attendance" add constraint "training_attendance_team_id_foreign" foreign key ("team_id") references "team" ("id") on update cascade on delete cascade;
alter table "training_attendance" add constraint "training_attendance_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "knowledge_report" add constraint "knowledge_report_team_id_foreign" foreign key ("team_id") references "team" ("id");
alter table "knowledge_report" add constraint "knowledge_report_topic_code_foreign" foreign key ("topic_code") references "training_topic" ("code");
alter table "self_audit" add constraint "self_audit_team_id_foreign" foreign key ("team_id") references "team" ("id");
alter table "self_audit" add constraint "self_audit_questionnaire_id_foreign" foreign key ("questionnaire_id") references "self_audit_questionnaire" ("id");
alter table "self_audit_answer" add constraint "self_audit_answer_audit_id_foreign" foreign key ("audit_id") references "self_audit" ("id") on delete cascade;
`;

/** The ORM knows only keys of one column. */
const SAME_NETWORK = `
alter table "training_session" add constraint "training_session_course_same_network"
  foreign key ("course_id", "network_id") references "training_course" ("id", "network_id");
alter table "training_attendance" add constraint "training_attendance_session_same_network"
  foreign key ("session_id", "network_id") references "training_session" ("id", "network_id");
alter table "training_attendance" add constraint "training_attendance_team_same_network"
  foreign key ("team_id", "network_id") references "team" ("id", "network_id");
`;

/** Teams of the Jobcenter: whom to ask, what they were trained in, what they know, how they see themselves. Counts, no names. */
export class Migration20261122211200_Teams extends Migration {
  override up(): void {
    for (const sql of [TABLES, KEYS, SAME_NETWORK]) this.addSql(sql);
  }
}
