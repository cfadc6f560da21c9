import { Migration } from '@mikro-orm/migrations';

/** What the two sides of a referral write to each other. */
const TABLE = `
create table "referral_message" (
  "id" uuid not null default gen_random_uuid(),
  "referral_id" uuid not null,
  "network_id" uuid not null,
  "partner_id" uuid not null,
  "by" text not null,
  "author_id" uuid not null,
  "text" text not null,
  "sent_at" timestamptz(3) not null,
  "read_at" timestamptz(3) null,
  "unheard" boolean not null default false,
  "revision" int not null default 1,
  primary key ("id")
);
create index "referral_message_network_id_index" on "referral_message" ("network_id");
create index "referral_message_partner_id_index" on "referral_message" ("partner_id");
create index "referral_message_author_id_index" on "referral_message" ("author_id");
create index "referral_message_referral_id_sent_at_id_index" on "referral_message" ("referral_id", "sent_at", "id");
alter table "referral_message" add constraint "referral_message_length" check (char_length(text) between 1 and 2000);
alter table "referral_message" add constraint "referral_message_by_check" check ("by" in ('CASEWORKER', 'PARTNER'));
`;

const KEYS = `
alter table "referral_message" add constraint "referral_message_referral_id_foreign" foreign key ("referral_id") references "referral" ("id") on delete cascade;
alter table "referral_message" add constraint "referral_message_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "referral_message" add constraint "referral_message_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");
alter table "referral_message" add constraint "referral_message_author_id_foreign" foreign key ("author_id") references "account" ("id");
alter table "referral_message" add constraint "referral_message_referral_same_network"
  foreign key ("referral_id", "network_id") references "referral" ("id", "network_id");
`;

const POLICIES = `
alter table "referral_message" enable row level security;
alter table "referral_message" force row level security;
create policy "network_wall" on "referral_message" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "referral_message"
  using (network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[]) and exists (
  select from referral r where r.id = referral_id and r.client_case_id in (select id from client_case)));
create policy "disclosed" on "referral_message"
  using (not unheard and referral_id in (select d.referral_id from referral_disclosure d where d.partner_id = any ((select string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[])::uuid[]) and d.disclosed_at is not null
  and (d.readable_until is null or d.readable_until > coalesce((select nullif(current_setting('app.now', true), ''))::timestamptz, now()))));
create policy "system" on "referral_message"
  using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

export class Migration20261122110000_Messages extends Migration {
  override up(): void {
    for (const part of [TABLE, KEYS, POLICIES]) this.addSql(part);
  }
}
