import { Migration } from '@mikro-orm/migrations';

const TABLE = `
create table "idempotency_key" (
  "account_id" uuid not null,
  "key" text not null,
  "fingerprint" text not null,
  "result" jsonb null,
  "refusal" jsonb null,
  "answer" jsonb null,
  "created_at" timestamptz(3) not null,
  primary key ("account_id", "key")
);
create index "idempotency_key_created_at_index" on "idempotency_key" ("created_at");
alter table "idempotency_key" add constraint "idempotency_key_form" check (key ~ '^[!-~]{1,255}$');
alter table "idempotency_key" add constraint "idempotency_key_one_end" check (num_nonnulls(result, refusal) <= 1);
alter table "idempotency_key" add constraint "idempotency_key_account_id_foreign"
  foreign key ("account_id") references "account" ("id") on delete cascade;
`;

const POLICIES = `
alter table "idempotency_key" enable row level security;
alter table "idempotency_key" force row level security;
create policy "own" on "idempotency_key" using (account_id = (select nullif(current_setting('app.account', true), ''))::uuid);
create policy "system" on "idempotency_key" using ((select nullif(current_setting('app.system', true), '')) = 'on');
`;

export class Migration20261122140000_IdempotencyKeys extends Migration {
  override up(): void {
    for (const sql of [TABLE, POLICIES]) this.addSql(sql);
  }
}
