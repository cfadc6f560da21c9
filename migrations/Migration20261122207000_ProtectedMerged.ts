import { Migration } from '@mikro-orm/migrations';

/**
 * A location that was joined with another is protected once that one is. Of joins before this was kept: where the one
 * that remains, or another that was joined with it, is protected or came to be since.
 */
export class Migration20261122207000_ProtectedMerged extends Migration {
  override up(): void {
    this.addSql(`
      update location l set address_protected = true
      where l.merged_into_id is not null and not l.address_protected and exists (
        select from location o
        where (o.id = l.merged_into_id or o.merged_into_id = l.merged_into_id) and o.id <> l.id and (
          o.address_protected or exists (
            select from revision r where r.record_id = o.id and r.changes->'addressProtected' is not null
              and r.at >= (select max(j.at) from revision j where j.record_id = l.id and j.changes->'status'->>'after' = 'ARCHIVED'))));
    `);
  }
}
