import { Migration } from '@mikro-orm/migrations';

/** Which partners and kinds of services one network shares with another, since when, until when. */
const TABLES = `
create table "sharing_agreement" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "receiver_id" uuid not null,
  "proposer_id" uuid not null,
  "starts_on" date not null,
  "ends_on" date null,
  "status" text not null default 'PROPOSED',
  "note" text null,
  "proposed_at" timestamptz(3) not null,
  "agreed_at" timestamptz(3) null,
  "closed_at" timestamptz(3) null,
  "version" int not null default 1,
  primary key ("id"),
  constraint "sharing_agreement_two_networks" check (network_id <> receiver_id),
  constraint "sharing_agreement_proposer" check (proposer_id in (network_id, receiver_id)),
  constraint "sharing_agreement_period" check (ends_on >= starts_on),
  constraint "sharing_agreement_status_check" check ("status" in ('PROPOSED', 'AGREED', 'DECLINED', 'ENDED')),
  constraint "sharing_agreement_stands" check (case status
    when 'PROPOSED' then num_nonnulls(agreed_at, closed_at) = 0
    when 'AGREED' then agreed_at is not null and closed_at is null
    when 'DECLINED' then agreed_at is null and closed_at is not null
    else closed_at is not null end),
  constraint "sharing_agreement_id_network_id_unique" unique ("id", "network_id"),
  constraint "sharing_agreement_id_receiver_id_network_id_unique" unique ("id", "receiver_id", "network_id"),
  constraint "sharing_agreement_network_id_foreign" foreign key ("network_id") references "network" ("id"),
  constraint "sharing_agreement_receiver_id_foreign" foreign key ("receiver_id") references "network" ("id"),
  constraint "sharing_agreement_proposer_id_foreign" foreign key ("proposer_id") references "network" ("id")
);
create index "sharing_agreement_network_id_receiver_id_index" on "sharing_agreement" ("network_id", "receiver_id");
create index "sharing_agreement_receiver_id_index" on "sharing_agreement" ("receiver_id");
create index "sharing_agreement_proposer_id_index" on "sharing_agreement" ("proposer_id");
create index "sharing_agreement_proposed_at_id_index" on "sharing_agreement" ("proposed_at", "id");

create table "sharing_partner" (
  "agreement_id" uuid not null,
  "partner_id" uuid not null,
  "network_id" uuid not null,
  primary key ("agreement_id", "partner_id"),
  constraint "sharing_partner_agreement_id_foreign" foreign key ("agreement_id") references "sharing_agreement" ("id") on update cascade on delete cascade,
  constraint "sharing_partner_partner_id_foreign" foreign key ("partner_id") references "partner" ("id") on update cascade on delete cascade,
  constraint "sharing_partner_network_id_foreign" foreign key ("network_id") references "network" ("id")
);
create index "sharing_partner_partner_id_index" on "sharing_partner" ("partner_id");
create index "sharing_partner_network_id_index" on "sharing_partner" ("network_id");

create table "sharing_category" (
  "agreement_id" uuid not null,
  "category_code" text not null,
  primary key ("agreement_id", "category_code"),
  constraint "sharing_category_agreement_id_foreign" foreign key ("agreement_id") references "sharing_agreement" ("id") on update cascade on delete cascade,
  constraint "sharing_category_category_code_foreign" foreign key ("category_code") references "category" ("code") on update cascade on delete cascade
);
create index "sharing_category_category_code_index" on "sharing_category" ("category_code");
`;

/** Nobody shares another network's partners. */
const SAME_NETWORK = `
alter table "sharing_partner" add constraint "sharing_partner_agreement_same_network"
  foreign key ("agreement_id", "network_id") references "sharing_agreement" ("id", "network_id");
alter table "sharing_partner" add constraint "sharing_partner_partner_same_network"
  foreign key ("partner_id", "network_id") references "partner" ("id", "network_id");
`;

/**
 * A referral goes to a service of its case's network, or names the agreement by which the service's network shares with
 * that one: what is neither cannot be stored.
 */
const REFERRALS = `
alter table "service" add constraint "service_id_network_id_unique" unique ("id", "network_id");
alter table "referral"
  add column "shared_under_id" uuid null,
  add column "giver_network_id" uuid null,
  add column "service_network_id" uuid generated always as (coalesce(giver_network_id, network_id)) stored,
  add constraint "referral_giver_shares" check (
    num_nonnulls(shared_under_id, giver_network_id) <> 1 and giver_network_id is distinct from network_id),
  add constraint "referral_shared_under_id_foreign" foreign key ("shared_under_id") references "sharing_agreement" ("id") on delete set null,
  add constraint "referral_giver_network_id_foreign" foreign key ("giver_network_id") references "network" ("id") on delete set null,
  add constraint "referral_shared_under_same_network" foreign key ("shared_under_id", "network_id", "giver_network_id")
    references "sharing_agreement" ("id", "receiver_id", "network_id"),
  add constraint "referral_service_same_network" foreign key ("service_id", "service_network_id") references "service" ("id", "network_id");
create index "referral_shared_under_id_index" on "referral" ("shared_under_id");
create index "referral_giver_network_id_index" on "referral" ("giver_network_id");
`;

export class Migration20261122210100_Sharing extends Migration {
  override up(): void {
    this.addSql(TABLES);
    this.addSql(SAME_NETWORK);
    this.addSql(REFERRALS);
  }
}
