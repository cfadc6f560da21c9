import { Migration } from '@mikro-orm/migrations';

/** When clients are to come, and what became of it. */
const TABLE = `
create table "referral_appointment" (
  "id" uuid not null default gen_random_uuid(),
  "referral_id" uuid not null,
  "network_id" uuid not null,
  "number" int not null,
  "at" timestamptz(3) not null,
  "state" text not null default 'PLANNED',
  "created_at" timestamptz(3) not null,
  "revision" int not null default 1,
  primary key ("id")
);
create index "referral_appointment_network_id_at_index" on "referral_appointment" ("network_id", "at");
alter table "referral_appointment"
  add constraint "referral_appointment_referral_id_number_unique" unique ("referral_id", "number");
alter table "referral_appointment"
  add constraint "referral_appointment_state_check" check ("state" in ('PLANNED', 'MOVED', 'NO_SHOW'));
`;

const KEYS = `
alter table "referral_appointment" add constraint "referral_appointment_referral_id_foreign" foreign key ("referral_id") references "referral" ("id") on delete cascade;
alter table "referral_appointment" add constraint "referral_appointment_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "referral_appointment" add constraint "referral_appointment_referral_same_network"
  foreign key ("referral_id", "network_id") references "referral" ("id", "network_id");
`;

const POLICIES = `
alter table "referral_appointment" enable row level security;
alter table "referral_appointment" force row level security;
create policy "network_wall" on "referral_appointment" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "of_referral" on "referral_appointment" using ((select true from referral r where r.id = referral_id));
create policy "system" on "referral_appointment"
  using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

/** What was scheduled before has its appointment. Policies hold for the owner too. */
const UNDER_WAY = `
select set_config('app.system', 'on', true);
insert into "referral_appointment" (referral_id, network_id, number, at, created_at)
select r.id, r.network_id, 1, r.scheduled_at,
  coalesce((select max(e.at) from referral_event e where e.referral_id = r.id and e.step = 'SCHEDULE'), r.updated_at)
from referral r where r.scheduled_at is not null;
select set_config('app.system', '', true);
`;

export class Migration20261122111000_Appointments extends Migration {
  override up(): void {
    for (const part of [TABLE, KEYS, POLICIES, UNDER_WAY]) this.addSql(part);
  }
}
