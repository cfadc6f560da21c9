import { Migration } from '@mikro-orm/migrations';

/** Whether clients who found work still are in work, some months later. */
const TABLE = `
create table "referral_follow_up" (
  "id" uuid not null default gen_random_uuid(),
  "referral_id" uuid not null,
  "network_id" uuid not null,
  "months" int not null,
  "due_on" date not null,
  "recorded_at" timestamptz(3) null,
  "still_employed" boolean null,
  "subsidised" boolean null,
  "subject_to_social_insurance" boolean null,
  "voided_at" timestamptz(3) null,
  "clock_at" timestamptz(3) null,
  "version" int not null default 1,
  primary key ("id")
);
create index "referral_follow_up_network_id_index" on "referral_follow_up" ("network_id");
create index "referral_follow_up_clock_at_index" on "referral_follow_up" ("clock_at");
create index "referral_follow_up_referral_id_months_index" on "referral_follow_up" ("referral_id", "months");
alter table "referral_follow_up"
  add constraint "referral_follow_up_details" check (coalesce(still_employed, false) or num_nonnulls(subsidised, subject_to_social_insurance) = 0);
alter table "referral_follow_up"
  add constraint "referral_follow_up_answer" check ((recorded_at is null) = (still_employed is null));
alter table "referral_follow_up" add constraint "referral_follow_up_months" check (months in (3, 6));
`;

const KEYS = `
alter table "referral_follow_up" add constraint "referral_follow_up_referral_id_foreign" foreign key ("referral_id") references "referral" ("id") on delete cascade;
alter table "referral_follow_up" add constraint "referral_follow_up_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "referral_follow_up" add constraint "referral_follow_up_referral_same_network"
  foreign key ("referral_id", "network_id") references "referral" ("id", "network_id");
`;

const POLICIES = `
alter table "referral_follow_up" enable row level security;
alter table "referral_follow_up" force row level security;
create policy "network_wall" on "referral_follow_up" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "referral_follow_up"
  using ((select nullif(current_setting('app.casework', true), '')) is not null and network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and (
  select true from referral r join client_case c on c.id = r.client_case_id where r.id = referral_id and (c.assigned_to_id = (select nullif(current_setting('app.account', true), ''))::uuid or c.deputy_id = (select nullif(current_setting('app.account', true), ''))::uuid)));
create policy "coordinated" on "referral_follow_up"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.coordinated', true), ''), ',')::uuid[])::uuid[]));
create policy "system" on "referral_follow_up"
  using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

/** Who found work before is asked about too. Policies hold for the owner too. */
const UNDER_WAY = `
select set_config('app.system', 'on', true);
insert into "referral_follow_up" (referral_id, network_id, months, due_on, clock_at)
select id, network_id, months, due_on, due_on::timestamp at time zone 'Europe/Berlin'
from (select r.id, r.network_id, m.months,
    ((r.ended_at at time zone 'Europe/Berlin')::date + make_interval(months => m.months))::date as due_on
  from referral r, unnest(array[3, 6]) as m (months)
  where r.status = 'COMPLETED' and r.outcome in ('EMPLOYED', 'SUBSIDISED_JOB') and r.ended_at is not null) asked;
select set_config('app.system', '', true);
`;

export class Migration20261122112000_FollowUps extends Migration {
  override up(): void {
    for (const part of [TABLE, KEYS, POLICIES, UNDER_WAY]) this.addSql(part);
  }
}
