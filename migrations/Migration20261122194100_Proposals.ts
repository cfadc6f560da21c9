import { Migration } from '@mikro-orm/migrations';

/** What people and files propose to change in records. */
export class Migration20261122194100_Proposals extends Migration {
  override up(): void {
    this.addSql(`
      create table "proposal" (
        "id" uuid not null default gen_random_uuid(),
        "kind" text not null,
        "status" text not null default 'OPEN',
        "network_id" uuid not null,
        "partner_id" uuid not null,
        "record_kind" text not null,
        "record_id" uuid not null,
        "changes" jsonb not null,
        "reason" text null,
        "proposed_by_id" uuid null,
        "proposed_as" text not null,
        "source" text null,
        "decided_by_id" uuid null,
        "decided_at" timestamptz(3) null,
        "decision" text null,
        "version" int not null default 1,
        "created_at" timestamptz(3) not null,
        primary key ("id"),
        constraint "proposal_kind_check" check ("kind" in ('NEW_PARTNER', 'REVIEW', 'CORRECTION', 'IMPORT')),
        constraint "proposal_status_check" check ("status" in ('OPEN', 'ACCEPTED', 'REJECTED', 'WITHDRAWN', 'SUPERSEDED')),
        constraint "proposal_record_kind_check" check ("record_kind" in ('PARTNER', 'LOCATION', 'SERVICE')),
        constraint "proposal_proposed_as_check" check ("proposed_as" in ('PARTNER', 'COORDINATION', 'CASEWORK', 'OTHER_PARTNER', 'OTHER', 'IMPORT')),
        constraint "proposal_network_id_foreign" foreign key ("network_id") references "network" ("id"),
        constraint "proposal_partner_id_foreign" foreign key ("partner_id") references "partner" ("id"),
        constraint "proposal_proposed_by_id_foreign" foreign key ("proposed_by_id") references "account" ("id") on delete set null,
        constraint "proposal_decided_by_id_foreign" foreign key ("decided_by_id") references "account" ("id") on delete set null
      );
      create index "proposal_network_id_status_created_at_id_index" on "proposal" ("network_id", "status", "created_at", "id");
      create index "proposal_partner_id_status_created_at_id_index" on "proposal" ("partner_id", "status", "created_at", "id");
      create index "proposal_proposed_by_id_status_index" on "proposal" ("proposed_by_id", "status");
      create index "proposal_record_id_status_index" on "proposal" ("record_id", "status");
      create index "proposal_decided_by_id_index" on "proposal" ("decided_by_id");
      create unique index proposal_one_review on proposal (record_id) where kind = 'REVIEW' and status = 'OPEN';
    `);
  }
}
