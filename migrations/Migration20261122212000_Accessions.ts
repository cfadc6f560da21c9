import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "framework_agreement" (
  "id" uuid not null default gen_random_uuid(),
  "slug" text not null,
  "title" text not null,
  "initiative" text not null,
  "concluded_on" date not null,
  "joinable_until" date null,
  "parties" jsonb not null default '[]',
  "version" int not null default 1,
  primary key ("id")
);
alter table "framework_agreement" add constraint "framework_agreement_slug_unique" unique ("slug");
alter table "framework_agreement" add constraint "framework_agreement_joinable" check (joinable_until >= concluded_on);
alter table "framework_agreement" add constraint "framework_agreement_slug_form" check (slug ~ '^[a-z][a-z0-9-]*$');
create table "accession" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "agreement_id" uuid not null,
  "deadline" date not null,
  "catalogue" jsonb not null default '[]',
  "catalogue_on" date null,
  "submitted_on" date null,
  "acceded_on" date null,
  "withdrawn_on" date null,
  "logo_from" date null,
  "logo_until" date null,
  "version" int not null default 1,
  primary key ("id")
);
create index "accession_agreement_id_index" on "accession" ("agreement_id");
create index "accession_network_id_deadline_id_index" on "accession" ("network_id", "deadline", "id");
create unique index accession_one_at_a_time on accession (network_id, agreement_id) where withdrawn_on is null;
alter table "accession" add constraint "accession_id_network_id_unique" unique ("id", "network_id");
alter table "accession" add constraint "accession_catalogue_day" check ((catalogue_on is null) = (catalogue = '[]'::jsonb));
alter table "accession" add constraint "accession_logo" check (logo_from is null and logo_until is null or acceded_on is not null and logo_from >= acceded_on and (logo_until is null or logo_until >= logo_from));
alter table "accession" add constraint "accession_withdrawn" check (withdrawn_on >= coalesce(acceded_on, submitted_on, withdrawn_on));
alter table "accession" add constraint "accession_submitted_in_time" check (submitted_on <= deadline);
alter table "accession" add constraint "accession_acceded" check (acceded_on is null or submitted_on is not null and acceded_on >= submitted_on);
create table "accession_resolution" (
  "id" uuid not null default gen_random_uuid(),
  "accession_id" uuid not null,
  "body" text not null,
  "kind" text not null,
  "subject" text null,
  "file_number" text null,
  "resolved_on" date not null,
  primary key ("id")
);
create index "accession_resolution_accession_id_resolved_on_id_index" on "accession_resolution" ("accession_id", "resolved_on", "id");
alter table "accession_resolution" add constraint "accession_resolution_kind_check" check ("kind" in ('NOTICE', 'RESOLUTION', 'LETTER', 'CIRCULAR'));
create table "accession_consent" (
  "id" uuid not null default gen_random_uuid(),
  "accession_id" uuid not null,
  "kind" text not null,
  "name" text not null,
  "result" text not null,
  "decided_on" date null,
  "file_number" text null,
  "revision" int not null default 1,
  primary key ("id")
);
alter table "accession_consent" add constraint "accession_consent_accession_id_kind_name_unique" unique ("accession_id", "kind", "name");
alter table "accession_consent" add constraint "accession_consent_decided" check ((result = 'PENDING') = (decided_on is null));
alter table "accession_consent" add constraint "accession_consent_kind_check" check ("kind" in ('MUNICIPAL_BODY', 'EMPLOYMENT_AGENCY'));
alter table "accession_consent" add constraint "accession_consent_result_check" check ("result" in ('PENDING', 'AGREED', 'REFUSED'));
alter table "accession" add constraint "accession_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "accession" add constraint "accession_agreement_id_foreign" foreign key ("agreement_id") references "framework_agreement" ("id");
alter table "accession_resolution" add constraint "accession_resolution_accession_id_foreign" foreign key ("accession_id") references "accession" ("id");
alter table "accession_consent" add constraint "accession_consent_accession_id_foreign" foreign key ("accession_id") references "accession" ("id");
`;

/** Framework agreements of the state, and how Jobcenters accede to them. */
export class Migration20261122212000_Accessions extends Migration {
  override up(): void {
    this.addSql(TABLES);
  }
}
