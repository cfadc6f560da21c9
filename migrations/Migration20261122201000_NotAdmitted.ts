import { Migration } from '@mikro-orm/migrations';

/** What was never published has a status of its own, and had it from when it was put aside. */
export class Migration20261122201000_NotAdmitted extends Migration {
  override up(): void {
    this.addSql(`
      alter table "partner" drop constraint "partner_status_check", drop constraint "partner_merged_is_archived";

      with step as (
        select id, record_id, changes, changes->'status'->>'before' as was, changes->'status'->>'after' as became,
          lag(changes->'status') over (partition by record_id order by version) as last,
          lead(id) over (partition by record_id order by version) is null as is_last
        from revision where kind = 'PARTNER' and changes->'status' is not null
      ), aside as (
        select id, record_id, is_last, jsonb_set(changes, '{status,after}', '"NOT_ADMITTED"') as changes
        from step where was = 'PENDING' and became = 'ARCHIVED'
        union all
        select id, record_id, false, jsonb_set(changes, '{status,before}', '"NOT_ADMITTED"')
        from step where was = 'ARCHIVED' and last->>'before' = 'PENDING' and last->>'after' = 'ARCHIVED'
      ), told as (
        update revision r set changes = aside.changes from aside where aside.id = r.id
      )
      update partner p set status = 'NOT_ADMITTED' from aside
      where aside.record_id = p.id and aside.is_last and p.status = 'ARCHIVED';

      alter table "partner"
        add constraint "partner_status_check" check ("status" in ('PENDING', 'ACTIVE', 'ARCHIVED', 'NOT_ADMITTED')),
        add constraint "partner_merged_is_out" check (merged_into_id is null or status in ('ARCHIVED', 'NOT_ADMITTED'));
    `);
  }
}
