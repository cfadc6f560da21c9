import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, sql } from '../shared/sql.js';
import { noteIn } from '../shared/temporary-table.js';

/** Notes for the whole import which organisation is at which location: its own, and those whose services are there. */
export const notePlaces = (em: EntityManager): Promise<void> =>
  noteIn(
    em,
    'staged_place',
    sql`select key as location, 'organizations:' || (row ->> 'organization_id') as organization
        from staged_row where starts_with(key, 'locations:') and row ->> 'organization_id' <> ''
        union
        select 'locations:' || (pair.row ->> 'location_id'), 'organizations:' || (s.row ->> 'organization_id')
        from staged_row pair join staged_row s on s.key = 'services:' || (pair.row ->> 'service_id')
        where starts_with(pair.key, 'service_at_location:') and s.row ->> 'organization_id' <> ''`,
    'location',
  );

/** Keys of the organisations at each of these locations. */
export async function organizationsAt(em: EntityManager, locations: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await rowsOf<{ location: string; organization: string }>(
    em,
    sql`select location, organization from staged_place where location = any(${locations}::text[]) order by 1, 2`,
  );
  const found = Map.groupBy(rows, row => row.location);
  return new Map([...found].map(([location, at]) => [location, at.map(row => row.organization)]));
}

/** Keys of locations that an organisation is at and has no record of yet; once all organisations are there. */
export async function placesWithoutRecord(em: EntityManager, sourceId: string): Promise<string[]> {
  await noteIn(
    em,
    'known_place',
    sql`select k.key, l.partner_id as partner from source_record k join location l on l.id = k.record_id
        where k.source_id = ${sourceId} and starts_with(k.key, 'locations:')`,
    'key',
  );
  await noteIn(
    em,
    'known_partner',
    sql`select k.key, coalesce(p.merged_into_id, p.id) as partner from source_record k join partner p on p.id = k.record_id
        where k.source_id = ${sourceId} and starts_with(k.key, 'organizations:')`,
    'key',
  );
  const rows = await rowsOf<{ location: string }>(
    em,
    sql`select distinct p.location from staged_place p
        join staged_row r on r.key = p.location
        join known_partner o on o.key = p.organization
        where not exists (select from known_place k where k.key = p.location and k.partner = o.partner)`,
  );
  return rows.map(row => row.location);
}
