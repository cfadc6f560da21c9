import type { EntityManager } from '@mikro-orm/postgresql';
import { onePerId } from '../shared/per-id.loaders.js';
import { rowsOf, sql } from '../shared/sql.js';

/**
 * The key of the municipality (or area) whose holidays hold for a service: that of its first location by name, else of
 * its partner's, else of its area; null where it has none of these.
 */
export const placeOfService = (em: EntityManager) =>
  onePerId(
    ids =>
      rowsOf<{ service: string; key: string | null }>(
        em,
        sql`select s.id as service, coalesce(
              (select l.municipality_key from service_location sl join location l on l.id = sl.location_id
                where sl.service_id = s.id order by l.status, l.name, l.id limit 1),
              (select l.municipality_key from location l where l.partner_id = s.partner_id
                order by l.status, l.name, l.id limit 1),
              (select min(a.area_key) from service_area a where a.service_id = s.id)) as key
            from service s where s.id = any(${ids}::uuid[])`,
      ),
    row => row.service,
  );
