import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "accessibility_criterion" (
  "code" text not null,
  "criterion_group" text not null,
  "name_de" text not null,
  "name_en" text not null,
  "asked_de" text not null,
  "asked_en" text not null,
  "unit" text null,
  "minimum" double precision null,
  "maximum" double precision null,
  "source" text not null,
  "feature" text null,
  "essential" boolean not null,
  "position" int not null,
  primary key ("code")
);
alter table "accessibility_criterion" add constraint "accessibility_criterion_essential" check (feature is not null or not essential);
alter table "accessibility_criterion" add constraint "accessibility_criterion_measured" check ((unit is not null) = (minimum is not null or maximum is not null));
alter table "accessibility_criterion" add constraint "accessibility_criterion_limits" check (minimum is null or maximum is null or minimum <= maximum);
alter table "accessibility_criterion" add constraint "accessibility_criterion_criterion_group_check" check ("criterion_group" in ('ENTRANCE', 'LIFT', 'TOILET', 'PARKING', 'GUIDANCE', 'HEARING', 'SEEING', 'EASY_LANGUAGE', 'OTHER_MEANS'));
alter table "accessibility_criterion" add constraint "accessibility_criterion_feature_check" check ("feature" in ('STEP_FREE_ENTRANCE', 'LIFT', 'ACCESSIBLE_TOILET', 'ACCESSIBLE_PARKING', 'TACTILE_GUIDANCE', 'INDUCTION_LOOP', 'SIGN_LANGUAGE', 'EASY_LANGUAGE', 'QUIET_ROOM'));

create table "accessibility_assessment" (
  "id" uuid not null default gen_random_uuid(),
  "location_id" uuid not null,
  "assessed_on" date not null,
  "assessed_by" text not null,
  "note" text null,
  "status" text not null default 'DRAFT',
  "completed_at" timestamptz(3) null,
  "version" int not null default 1,
  primary key ("id")
);
create unique index accessibility_assessment_one_draft on accessibility_assessment (location_id) where status = 'DRAFT';
create index "accessibility_assessment_location_id_assessed_on_id_index" on "accessibility_assessment" ("location_id", "assessed_on", "id");
alter table "accessibility_assessment" add constraint "accessibility_assessment_completed" check ((status = 'COMPLETED') = (completed_at is not null));
alter table "accessibility_assessment" add constraint "accessibility_assessment_status_check" check ("status" in ('DRAFT', 'COMPLETED'));

create table "accessibility_finding" (
  "assessment_id" uuid not null,
  "criterion_code" text not null,
  "result" text not null,
  "measured" double precision null,
  "evidence" text null,
  primary key ("assessment_id", "criterion_code")
);
create index "accessibility_finding_criterion_code_index" on "accessibility_finding" ("criterion_code");
alter table "accessibility_finding" add constraint "accessibility_finding_result_check" check ("result" in ('MET', 'NOT_MET', 'NOT_APPLICABLE', 'NOT_ASSESSED'));

create table "accessibility_remedy" (
  "id" uuid not null default gen_random_uuid(),
  "location_id" uuid not null,
  "criterion_code" text not null,
  "description" text not null,
  "cost_cents" bigint null,
  "responsible_body" text not null,
  "due_on" date not null,
  "state" text not null default 'PLANNED',
  "done_on" date null,
  "version" int not null default 1,
  primary key ("id")
);
create index "accessibility_remedy_criterion_code_index" on "accessibility_remedy" ("criterion_code");
create index "accessibility_remedy_location_id_due_on_id_index" on "accessibility_remedy" ("location_id", "due_on", "id");
alter table "accessibility_remedy" add constraint "accessibility_remedy_cost" check (cost_cents >= 0);
alter table "accessibility_remedy" add constraint "accessibility_remedy_done" check ((state = 'DONE') = (done_on is not null));
alter table "accessibility_remedy" add constraint "accessibility_remedy_state_check" check ("state" in ('PLANNED', 'COMMISSIONED', 'DONE', 'DROPPED'));
`;

const KEYS = `
alter table "accessibility_assessment" add constraint "accessibility_assessment_location_id_foreign" foreign key ("location_id") references "location" ("id");
alter table "accessibility_finding" add constraint "accessibility_finding_assessment_id_foreign" foreign key ("assessment_id") references "accessibility_assessment" ("id") on update cascade on delete cascade;
alter table "accessibility_finding" add constraint "accessibility_finding_criterion_code_foreign" foreign key ("criterion_code") references "accessibility_criterion" ("code") on update cascade on delete cascade;
alter table "accessibility_remedy" add constraint "accessibility_remedy_location_id_foreign" foreign key ("location_id") references "location" ("id");
alter table "accessibility_remedy" add constraint "accessibility_remedy_criterion_code_foreign" foreign key ("criterion_code") references "accessibility_criterion" ("code");
`;

/** What an assessment decided of a location is a change of its record like others. */
const ORIGIN = `
alter table "revision" drop constraint "revision_origin_check";
alter table "revision" add constraint "revision_origin_check"
  check ("origin" in ('EDIT', 'PROPOSAL', 'IMPORT', 'MERGE', 'ASSESSMENT'));
`;

/** Assessments of the accessibility of locations, by a catalogue of criteria, with findings and remedies. */
export class Migration20261122211100_Accessibility extends Migration {
  override up(): void {
    for (const sql of [TABLES, KEYS, ORIGIN]) this.addSql(sql);
  }
}
