import { Migration } from '@mikro-orm/migrations';

/** How many open cases have a need, once a month and in whole fives. */
export class Migration20261122212300_NeedCaseloads extends Migration {
  override up(): void {
    this.addSql(`
      create table "need_caseload" (
        "network_id" uuid not null,
        "need_code" text not null,
        "counted_on" date not null,
        "cases" int null,
        "all_cases" int null,
        primary key ("network_id", "need_code", "counted_on"),
        constraint "need_caseload_fives"
          check (cases > 0 and cases % 5 = 0 and all_cases > 0 and all_cases % 5 = 0),
        constraint "need_caseload_network_id_foreign" foreign key ("network_id") references "network" ("id"),
        constraint "need_caseload_need_code_foreign" foreign key ("need_code") references "need" ("code")
      );
      create index "need_caseload_need_code_index" on "need_caseload" ("need_code");
      create index "need_caseload_network_id_counted_on_index" on "need_caseload" ("network_id", "counted_on");
      alter table "need_caseload" enable row level security;
      alter table "need_caseload" force row level security;
      create policy "network_wall" on "need_caseload" as restrictive
        using ((select nullif(current_setting('app.system', true), '')) = 'on' or network_id = any ((select string_to_array(nullif(current_setting('app.networks', true), ''), ',')::uuid[])::uuid[]));
      create policy "coordinated" on "need_caseload"
        using (network_id = any ((select string_to_array(nullif(current_setting('app.coordinated', true), ''), ',')::uuid[])::uuid[]));
      create policy "system" on "need_caseload" using ((select nullif(current_setting('app.system', true), '')) = 'on');
    `);
  }
}
