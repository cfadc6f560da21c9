import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "jobcenter" (
  "id" uuid not null default gen_random_uuid(),
  "network_id" uuid not null,
  "partner_id" uuid not null,
  "form" text not null,
  "version" int not null default 1,
  primary key ("id")
);
alter table "jobcenter" add constraint "jobcenter_network_id_unique" unique ("network_id");
alter table "jobcenter" add constraint "jobcenter_partner_id_unique" unique ("partner_id");
alter table "jobcenter" add constraint "jobcenter_form_check" check ("form" in ('JOINT_FACILITY', 'APPROVED_MUNICIPALITY'));
`;

const KEYS = `
alter table "jobcenter" add constraint "jobcenter_network_id_foreign" foreign key ("network_id") references "network" ("id");
alter table "jobcenter" add constraint "jobcenter_partner_id_foreign" foreign key ("partner_id") references "partner" ("id");
`;

/** The ORM knows only keys of one column. */
const SAME_NETWORK = `
alter table "jobcenter" add constraint "jobcenter_partner_same_network"
  foreign key ("partner_id", "network_id") references "partner" ("id", "network_id");
`;

/** The Jobcenter of each network: a partner, whose locations are its sites. */
export class Migration20261122211000_Jobcenters extends Migration {
  override up(): void {
    for (const sql of [TABLES, KEYS, SAME_NETWORK]) this.addSql(sql);
  }
}
