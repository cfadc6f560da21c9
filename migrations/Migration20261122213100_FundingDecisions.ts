import { Migration } from '@mikro-orm/migrations';

const TABLE = `
create table "funding_decision" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "client_case_id" uuid not null,
  "instrument_code" text not null,
  "form" text not null,
  "decided_on" date not null,
  "valid_from" date not null,
  "valid_until" date null,
  "regions" text[] not null,
  "category_code" text null,
  "weekly_hours" int null,
  "duration_months" int null,
  "months_used_before" int null,
  "unemployed_months" int null,
  "benefit_months" int null,
  "order_type" text null,
  "referral_id" uuid null,
  "disclosed" boolean not null default false,
  "withdrawn_on" date null,
  "version" int not null default 1,
  "created_at" timestamptz(3) not null default now(),
  primary key ("id"),
  constraint "funding_decision_form_check" check ("form" in ('VOUCHER', 'ASSIGNMENT', 'APPROVAL', 'ORDER')),
  constraint "funding_decision_period" check (valid_until >= valid_from),
  constraint "funding_decision_disclosed" check (not disclosed or referral_id is not null),
  constraint "funding_decision_numbers" check (weekly_hours between 1 and 60 and duration_months between 1 and 600 and months_used_before >= 0 and unemployed_months >= 0 and benefit_months >= 0),
  constraint "funding_decision_network_id_foreign" foreign key ("network_id") references "network" ("id"),
  constraint "funding_decision_client_case_id_foreign" foreign key ("client_case_id") references "client_case" ("id"),
  constraint "funding_decision_instrument_code_foreign" foreign key ("instrument_code") references "instrument" ("code"),
  constraint "funding_decision_category_code_foreign" foreign key ("category_code") references "category" ("code") on delete set null,
  constraint "funding_decision_referral_id_foreign" foreign key ("referral_id") references "referral" ("id") on delete set null
);
create index "funding_decision_network_id_index" on "funding_decision" ("network_id");
create index "funding_decision_instrument_code_index" on "funding_decision" ("instrument_code");
create index "funding_decision_category_code_index" on "funding_decision" ("category_code");
create index "funding_decision_referral_id_index" on "funding_decision" ("referral_id");
create index "funding_decision_client_case_id_decided_on_id_index" on "funding_decision" ("client_case_id", "decided_on", "id");
`;

/** Foreign-key checks ignore policies: these keep a decision in the network of its case, and of its referral. */
const SAME_NETWORK = `
alter table "funding_decision" add constraint "funding_decision_case_same_network"
  foreign key ("client_case_id", "network_id") references "client_case" ("id", "network_id");
alter table "funding_decision" add constraint "funding_decision_referral_same_network"
  foreign key ("referral_id", "network_id") references "referral" ("id", "network_id");
`;

/** The caseworkers on the case, and the partner to whom it was told, as long as that may read of the client. */
const POLICIES = `
alter table "funding_decision" enable row level security;
alter table "funding_decision" force row level security;
create policy "network_wall" on "funding_decision" as restrictive
  using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
create policy "on_case" on "funding_decision"
  using ((select nullif(current_setting('app.casework', true), '')) is not null
  and network_id = any ((select string_to_array(nullif(current_setting('app.casework', true), ''), ',')::uuid[])::uuid[])
  and exists (select from client_case c where c.id = client_case_id and (c.assigned_to_id = (select nullif(current_setting('app.account', true), ''))::uuid or c.deputy_id = (select nullif(current_setting('app.account', true), ''))::uuid)));
create policy "disclosed" on "funding_decision" for select
  using (disclosed and (
  select true from referral_disclosure d where d.referral_id = funding_decision.referral_id
    and d.partner_id = any ((select string_to_array(nullif(current_setting('app.partners', true), ''), ',')::uuid[])::uuid[])
    and d.disclosed_at is not null
    and (d.readable_until is null or d.readable_until > coalesce((select nullif(current_setting('app.now', true), ''))::timestamptz, now()))));
create policy "system" on "funding_decision" using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

export class Migration20261122213100_FundingDecisions extends Migration {
  override up(): void {
    for (const sql of [TABLE, SAME_NETWORK, POLICIES]) this.addSql(sql);
  }
}
