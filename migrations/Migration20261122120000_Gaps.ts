import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "gap" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "municipality_key" text not null,
  "category_code" text not null,
  "reason" text not null,
  "month" date not null,
  "events" int not null default 0,
  "withheld" int not null default 0,
  "withheld_in" date not null,
  "status" text not null default 'OPEN',
  "note" text null,
  "version" int not null default 1,
  "updated_at" timestamptz(3) null,
  primary key ("id")
);
create index "gap_municipality_key_index" on "gap" ("municipality_key");
create index "gap_category_code_index" on "gap" ("category_code");
alter table "gap" add constraint "gap_counted_once"
  unique ("network_id", "month", "municipality_key", "category_code", "reason");
alter table "gap" add constraint "gap_id_network_id_unique" unique ("id", "network_id");
alter table "gap" add constraint "gap_reason_check"
  check ("reason" in ('NO_CAPACITY', 'WAITLIST_FULL', 'NOT_ELIGIBLE', 'OUT_OF_AREA', 'LANGUAGE_NOT_AVAILABLE', 'NOT_ACCESSIBLE', 'NO_ANSWER', 'NO_SERVICE'));
alter table "gap" add constraint "gap_status_check" check ("status" in ('OPEN', 'PLANNED', 'CLOSED'));
alter table "gap" add constraint "gap_month_first"
  check (extract(day from month) = 1 and extract(day from withheld_in) = 1);
alter table "gap" add constraint "gap_events" check (events >= 0 and events + withheld >= 0);

create table "gap_search" (
  "mark" text not null,
  "day" date not null,
  primary key ("mark")
);
create index "gap_search_day_index" on "gap_search" ("day");

alter table "referral" add column "gap_id" uuid null;
create index "referral_gap_id_index" on "referral" ("gap_id");
`;

const KEYS = `
alter table "gap" add constraint "gap_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "gap" add constraint "gap_municipality_key_foreign" foreign key ("municipality_key") references "municipality" ("key");
alter table "gap" add constraint "gap_category_code_foreign" foreign key ("category_code") references "category" ("code");
alter table "referral" add constraint "referral_gap_id_foreign" foreign key ("gap_id") references "gap" ("id") on delete set null;
`;

/** A referral counts in the register of its own network. The ORM knows only keys of one column. */
const SAME_NETWORK = `
alter table "referral" add constraint "referral_gap_same_network"
  foreign key ("gap_id", "network_id") references "gap" ("id", "network_id");
`;

const POLICIES = `
alter table "gap" enable row level security;
alter table "gap" force row level security;
create policy "network_wall" on "gap" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "coordinated" on "gap"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.coordinated', true), ''), ',')::uuid[])::uuid[]));
create policy "system" on "gap" using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

export class Migration20261122120000_Gaps extends Migration {
  override up(): void {
    for (const sql of [TABLES, KEYS, SAME_NETWORK, POLICIES]) this.addSql(sql);
  }
}
