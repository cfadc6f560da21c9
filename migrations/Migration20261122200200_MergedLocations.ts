import { Migration } from '@mikro-orm/migrations';

/** Of two locations that became one the other tells which remains; of earlier merges it is the one at its address. */
export class Migration20261122200200_MergedLocations extends Migration {
  override up(): void {
    this.addSql(`
      alter table "location"
        add column "merged_into_id" uuid null,
        add constraint "location_merged_into_id_foreign" foreign key ("merged_into_id") references "location" ("id") on delete set null,
        add constraint "location_merged_is_archived" check (merged_into_id is null or status = 'ARCHIVED');
      create index "location_merged_into_id_index" on "location" ("merged_into_id");

      with place as (
        select id, partner_id, status, municipality_key, postal_code,
          regexp_replace(regexp_replace(fold_german(street), 'strasse\\M', 'str', 'g'), '(\\d) ([a-z])\\M', '\\1\\2', 'g') as street
        from location where not address_protected
      ),
      joined as (
        select distinct on (o.id) o.id, s.id as remaining
        from place o join place s on s.partner_id = o.partner_id and s.id <> o.id and s.status = 'ACTIVE'
          and s.municipality_key = o.municipality_key and s.street = o.street
          and coalesce(s.postal_code = o.postal_code, true)
        where o.status = 'ARCHIVED' and exists (select from revision r
          where r.record_id = o.id and r.origin = 'MERGE' and r.changes->'status'->>'after' = 'ARCHIVED')
        order by o.id, s.id
      )
      update location l set merged_into_id = j.remaining from joined j where j.id = l.id;
    `);
  }
}
