import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "availability_question" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "asked_by_id" uuid not null,
  "category_code" text not null,
  "languages" text[] not null,
  "age_group" text null,
  "accessibility" text[] not null,
  "within_days" int not null,
  "asked_at" timestamptz(3) not null,
  "answer_by" timestamptz(3) not null,
  primary key ("id")
);
create index "availability_question_network_id_index" on "availability_question" ("network_id");
create index "availability_question_category_code_index" on "availability_question" ("category_code");
create index "availability_question_asked_by_id_asked_at_id_index" on "availability_question" ("asked_by_id", "asked_at", "id");
alter table "availability_question" add constraint "availability_question_id_network_id_unique" unique ("id", "network_id");
alter table "availability_question"
  add constraint "availability_question_within_days" check (within_days between 1 and 90);
alter table "availability_question"
  add constraint "availability_question_age_group_check" check ("age_group" in ('UNDER_18', 'FROM_18_TO_24', 'FROM_25_TO_54', 'FROM_55'));

create table "availability_request" (
  "id" uuid not null default gen_random_uuid(),
  "question_id" uuid not null,
  "network_id" uuid not null,
  "asked_by_id" uuid not null,
  "service_id" uuid not null,
  "partner_id" uuid not null,
  "position" int not null,
  "asked_at" timestamptz(3) not null,
  "answer_by" timestamptz(3) not null,
  "answered_at" timestamptz(3) null,
  "places" int null,
  "free_from" date null,
  "expected_wait_days" int null,
  "revision" int not null default 1,
  primary key ("id")
);
create index "availability_request_network_id_index" on "availability_request" ("network_id");
create index "availability_request_asked_by_id_index" on "availability_request" ("asked_by_id");
create index "availability_request_service_id_index" on "availability_request" ("service_id");
create index "availability_request_partner_id_asked_at_id_index" on "availability_request" ("partner_id", "asked_at", "id");
alter table "availability_request" add constraint "availability_request_question_id_service_id_unique" unique ("question_id", "service_id");
alter table "availability_request"
  add constraint "availability_request_answer" check (case when answered_at is null then num_nonnulls(places, free_from, expected_wait_days) = 0
    else places is not null and places >= 0 and coalesce(expected_wait_days, 0) >= 0 end);
`;

const KEYS = `
alter table "availability_question" add constraint "availability_question_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "availability_question" add constraint "availability_question_asked_by_id_foreign" foreign key ("asked_by_id") references "account" ("id");
alter table "availability_question" add constraint "availability_question_category_code_foreign" foreign key ("category_code") references "category" ("code");

alter table "availability_request" add constraint "availability_request_question_id_foreign" foreign key ("question_id") references "availability_question" ("id");
alter table "availability_request" add constraint "availability_request_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "availability_request" add constraint "availability_request_asked_by_id_foreign" foreign key ("asked_by_id") references "account" ("id");
alter table "availability_request" add constraint "availability_request_service_id_foreign" foreign key ("service_id") references "service" ("id");
alter table "availability_request" add constraint "availability_request_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");
`;

/** Foreign-key checks ignore policies: these keep a request in the network of its question, and with its service. */
const SAME_NETWORK = `
alter table "availability_request" add constraint "availability_request_question_same_network"
  foreign key ("question_id", "network_id") references "availability_question" ("id", "network_id");
alter table "availability_request" add constraint "availability_request_service_same_partner"
  foreign key ("service_id", "partner_id") references "service" ("id", "partner_id");
`;

/** Who asked, who was asked, and the coordinators. A request's policies look at its own row only: no circle. */
const POLICIES = `
alter table "availability_question" enable row level security;
alter table "availability_question" force row level security;
create policy "network_wall" on "availability_question" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "asked" on "availability_question"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and asked_by_id = (select nullif(current_setting('app.account', true), ''))::uuid);
create policy "addressed" on "availability_question"
  using (exists (
  select from availability_request a where a.question_id = availability_question.id and a.partner_id = any ((select string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[])::uuid[])));
create policy "coordinated" on "availability_question"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.coordinated', true), ''), ',')::uuid[])::uuid[]));
create policy "system" on "availability_question" using ((select nullif(current_setting('app.system', true), '')) = 'on');
alter table "availability_request" enable row level security;
alter table "availability_request" force row level security;
create policy "network_wall" on "availability_request" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "asked" on "availability_request"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and asked_by_id = (select nullif(current_setting('app.account', true), ''))::uuid);
create policy "addressed" on "availability_request"
  using (partner_id = any ((select string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[])::uuid[]));
create policy "coordinated" on "availability_request"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.coordinated', true), ''), ',')::uuid[])::uuid[]));
create policy "system" on "availability_request" using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

export class Migration20261122130000_Availability extends Migration {
  override up(): void {
    for (const sql of [TABLES, KEYS, SAME_NETWORK, POLICIES]) this.addSql(sql);
  }
}
