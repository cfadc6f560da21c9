import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, sql } from '../shared/sql.js';

/** Notes for the whole import which organisation is at which location: its own, and those whose services are there. */
export async function notePlaces(em: EntityManager): Promise<void> {
  await em.execute('drop table if exists staged_place');
  await em.execute(
    `create temporary table staged_place as
       select key as location, 'organizations:' || (row ->> 'organization_id') as organization
       from staged_row where starts_with(key, 'locations:') and row ->> 'organization_id' <> ''
       union
       select 'locations:' || (at.row ->> 'location_id'), 'organizations:' || (s.row ->> 'organization_id')
       from staged_row at join staged_row s on s.key = 'services:' || (at.row ->> 'service_id')
       where starts_with(at.key, 'service_at_location:') and s.row ->> 'organization_id' <> ''`,
  );
  await em.execute('create index on staged_place (location)');
  await em.execute('analyze staged_place');
}

/** Keys of the organisations at each of these locations. */
export async function organizationsAt(em: EntityManager, locations: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await rowsOf<{ location: string; organization: string }>(
    em,
    sql`select location, organization from staged_place where location = any(${locations}::text[]) order by 1, 2`,
  );
  const found = Map.groupBy(rows, row => row.location);
  return new Map([...found].map(([location, at]) => [location, at.map(row => row.organization)]));
}

/** Keys of locations that an organisation is at and has no record of yet. */
export const placesWithoutRecord = async (em: EntityManager, sourceId: string): Promise<string[]> =>
  (
    await rowsOf<{ location: string }>(
      em,
      sql`select distinct p.location from staged_place p
          join staged_row r on r.key = p.location
          join source_record o on o.source_id = ${sourceId} and o.key = p.organization
          where not exists (select from source_record k join location l on l.id = k.record_id
            where k.source_id = ${sourceId} and k.key = p.location and l.partner_id = o.record_id)`,
    )
  ).map(row => row.location);
