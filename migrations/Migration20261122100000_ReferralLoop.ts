import { Migration } from '@mikro-orm/migrations';

const LIMITS = `
alter table "network" add column "referral_limits" jsonb null;
`;

/** A place on a waiting list names no case: it lies outside the policies, like the other counters of a service. */
const WAITING = `
create table "service_waiting" (
  "id" uuid not null default gen_random_uuid(),
  "service_id" uuid not null,
  "urgent" boolean not null,
  "since" timestamptz(3) not null,
  "left_at" timestamptz(3) null,
  "revision" int not null default 1,
  primary key ("id")
);
create index "service_waiting_service_id_left_at_urgent_since_id_index" on "service_waiting" ("service_id", "left_at", "urgent", "since", "id");
alter table "service_waiting" add constraint "service_waiting_service_id_foreign" foreign key ("service_id") references "service" ("id") on delete cascade;
`;

const REFERRALS = `
alter table "referral"
  add column "urgent" boolean not null default false,
  add column "sibling_group" uuid null,
  add column "parent_id" uuid null,
  add column "lineage_depth" int not null default 0,
  add column "answered_at" timestamptz(3) null,
  add column "accepted_at" timestamptz(3) null,
  add column "paused_at" timestamptz(3) null,
  add column "paused_respond_by" timestamptz(3) null,
  add column "waiting_id" uuid null,
  add column "reconfirm_by" timestamptz(3) null,
  add column "hold_reason" text null,
  add column "hold_text" text null,
  add column "resume_on" date null,
  add column "abort_reason" text null,
  add column "abort_text" text null,
  add column "error_reason" text null,
  add column "escalated_at" timestamptz(3) null,
  add column "seen_escalated_at" timestamptz(3) null,
  add column "clock_stage" int null,
  add column "clock_at" timestamptz(3) null,
  add column "basis_ends_at" timestamptz(3) null;
create index "referral_parent_id_index" on "referral" ("parent_id");
create index "referral_waiting_id_index" on "referral" ("waiting_id");
create index "referral_sibling_group_index" on "referral" ("sibling_group");
create index "referral_clock_at_index" on "referral" ("clock_at");
create index "referral_basis_ends_at_index" on "referral" ("basis_ends_at");
create unique index referral_one_accepted_sibling on referral (sibling_group) where status in ('ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD');
alter table "referral"
  add constraint "referral_hold_reason_check" check ("hold_reason" in ('HOSPITAL', 'PARENTAL_LEAVE', 'EMPLOYMENT', 'FAMILY', 'OTHER'));
alter table "referral"
  add constraint "referral_abort_reason_check" check ("abort_reason" in ('NO_SHOW', 'NOT_REACHABLE', 'DROPPED_OUT', 'PROGRAMME_ENDED', 'MISCONDUCT', 'OTHER'));
alter table "referral" add constraint "referral_parent_id_foreign" foreign key ("parent_id") references "referral" ("id") on delete set null;
alter table "referral" add constraint "referral_parent_same_network"
  foreign key ("parent_id", "network_id") references "referral" ("id", "network_id");
`;

const KEYS = `
alter table "referral" add constraint "referral_waiting_id_foreign" foreign key ("waiting_id") references "service_waiting" ("id") on delete set null;
`;

const QUESTIONS = `
create table "referral_question" (
  "id" uuid not null default gen_random_uuid(),
  "referral_id" uuid not null,
  "network_id" uuid not null,
  "partner_id" uuid not null,
  "text" text not null,
  "asked_at" timestamptz(3) not null,
  "answer" text null,
  "answered_at" timestamptz(3) null,
  "revision" int not null default 1,
  primary key ("id")
);
create index "referral_question_network_id_index" on "referral_question" ("network_id");
create index "referral_question_partner_id_index" on "referral_question" ("partner_id");
alter table "referral_question" add constraint "referral_question_referral_id_asked_at_unique" unique ("referral_id", "asked_at");
alter table "referral_question" add constraint "referral_question_referral_id_foreign" foreign key ("referral_id") references "referral" ("id") on delete cascade;
alter table "referral_question" add constraint "referral_question_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "referral_question" add constraint "referral_question_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");
alter table "referral_question" add constraint "referral_question_referral_same_network"
  foreign key ("referral_id", "network_id") references "referral" ("id", "network_id");
alter table "referral_question" enable row level security;
alter table "referral_question" force row level security;
create policy "network_wall" on "referral_question" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "referral_question"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and exists (
  select from referral r where r.id = referral_id and r.client_case_id in (select id from client_case)));
create policy "disclosed" on "referral_question"
  using (referral_id in (select d.referral_id from referral_disclosure d where d.partner_id = any ((select string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[])::uuid[]) and d.disclosed_at is not null
  and (d.readable_until is null or d.readable_until > coalesce((select nullif(current_setting('app.now', true), ''))::timestamptz, now()))));
create policy "system" on "referral_question" using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

const NOTICES = `
create table "referral_notice" (
  "id" uuid not null default gen_random_uuid(),
  "referral_id" uuid not null,
  "network_id" uuid not null,
  "party" text not null,
  "kind" text not null,
  "due_at" timestamptz(3) not null,
  "at" timestamptz(3) not null,
  primary key ("id")
);
create index "referral_notice_network_id_party_at_index" on "referral_notice" ("network_id", "party", "at");
alter table "referral_notice"
  add constraint "referral_notice_referral_id_party_kind_due_at_unique" unique ("referral_id", "party", "kind", "due_at");
alter table "referral_notice"
  add constraint "referral_notice_party_check" check ("party" in ('CASEWORKER', 'PARTNER', 'COORDINATOR', 'SYSTEM'));
alter table "referral_notice"
  add constraint "referral_notice_kind_check" check ("kind" in ('REMINDER', 'ESCALATION', 'PLACE_FREE', 'FOLLOW_UP_DUE'));
alter table "referral_notice" add constraint "referral_notice_referral_id_foreign" foreign key ("referral_id") references "referral" ("id") on delete cascade;
alter table "referral_notice" add constraint "referral_notice_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "referral_notice" add constraint "referral_notice_referral_same_network"
  foreign key ("referral_id", "network_id") references "referral" ("id", "network_id");
alter table "referral_notice" enable row level security;
alter table "referral_notice" force row level security;
create policy "network_wall" on "referral_notice" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "referral_notice"
  using (party = 'CASEWORKER' and network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and exists (
  select from referral r where r.id = referral_id and r.client_case_id in (select id from client_case)));
create policy "addressed" on "referral_notice"
  using (party = 'PARTNER' and exists (
  select from referral r where r.id = referral_id and r.sent_at is not null and r.partner_id = any ((select string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[])::uuid[])));
create policy "coordinated" on "referral_notice"
  using (party = 'COORDINATOR' and network_id = any ((select string_to_array(nullif(current_setting('app.coordinated', true), ''), ',')::uuid[])::uuid[]));
create policy "system" on "referral_notice" using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

/** What was under way before gets its place on the list, and a clock. Policies hold for the owner too. */
const UNDER_WAY = `
select set_config('app.system', 'on', true);
update "referral" r set
  accepted_at = (select max(e.at) from referral_event e where e.referral_id = r.id and e.step = 'ACCEPT'),
  answered_at = (select min(e.at) from referral_event e where e.referral_id = r.id and e.step in ('ACCEPT', 'WAITLIST', 'DECLINE'))
where sent_at is not null;
update "referral" r set basis_ends_at = (((k.valid_until + 1)::timestamp at time zone 'Europe/Berlin') - interval '1 millisecond')
from consent k where k.id = r.consent_id
  and (r.status in ('SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD')
    or r.seen_status in ('SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD'));
with listed as (update "referral" set waiting_id = gen_random_uuid(), reconfirm_by = coalesce(waitlisted_at, updated_at) + interval '30 days'
  where status = 'WAITLISTED' returning waiting_id, service_id, coalesce(waitlisted_at, updated_at) as since)
insert into "service_waiting" (id, service_id, urgent, since) select waiting_id, service_id, false, since from listed;
update "referral" set paused_at = updated_at, paused_respond_by = coalesce(respond_by, updated_at),
  respond_by = updated_at + interval '14 days', seen_respond_by = updated_at + interval '14 days' where status = 'NEEDS_INFO';
update "referral" set
  clock_stage = case when status in ('NEEDS_INFO', 'ACCEPTED', 'SCHEDULED') then 1 else 0 end,
  clock_at = case status
    when 'WAITLISTED' then reconfirm_by
    when 'ACCEPTED' then accepted_at + interval '28 days'
    when 'SCHEDULED' then accepted_at + interval '28 days'
    when 'IN_PROGRESS' then updated_at + interval '180 days'
    when 'ON_HOLD' then updated_at
    else coalesce(respond_by, updated_at) end
where status in ('SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD');
select set_config('app.system', '', true);
`;

export class Migration20261122100000_ReferralLoop extends Migration {
  override up(): void {
    for (const part of [LIMITS, WAITING, REFERRALS, UNDER_WAY, KEYS, QUESTIONS, NOTICES]) this.addSql(part);
  }
}
