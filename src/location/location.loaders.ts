import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { columnsOf, rowsOf, sql, verbatim } from '../shared/sql.js';
import { AccessibilityEntry, Location } from './location.entity.js';

/** As Germans expect; those without a name come last. */
const BY_NAME = verbatim('l.name collate "de-x-icu", l.id');

/** The locations of each partner, by name. */
export const locationsOfPartner = (em: EntityManager): DataLoader<string, Location[]> =>
  new DataLoader(async ids => {
    const rows = await rowsOf(
      em,
      sql`select ${columnsOf(em, Location, 'l')} from location l
          where l.partner_id = any(${ids}::uuid[]) order by ${BY_NAME}`,
    );
    const locations = rows.map(row => em.map(Location, row as never));
    const found = Map.groupBy(locations, location => location.partner.id);
    return ids.map(id => found.get(id) ?? []);
  });

/** The locations of each service, by name. */
export const locationsOfService = (em: EntityManager): DataLoader<string, Location[]> =>
  new DataLoader(async ids => {
    const rows = await rowsOf<{ of_service: string }>(
      em,
      sql`select sl.service_id as of_service, ${columnsOf(em, Location, 'l')}
          from service_location sl join location l on l.id = sl.location_id
          where sl.service_id = any(${ids}::uuid[]) order by ${BY_NAME}`,
    );
    const found = Map.groupBy(rows, row => row.of_service);
    return ids.map(id => (found.get(id) ?? []).map(({ of_service: _, ...row }) => em.map(Location, row as never)));
  });

/** What is known of each location's features, in the order of their names. */
export const accessibilityOfLocation = (em: EntityManager): DataLoader<string, AccessibilityEntry[]> =>
  new DataLoader(async ids => {
    const where = { location: { $in: [...ids] } };
    const entries = await em.find(AccessibilityEntry, where, { orderBy: { feature: 'asc' } });
    const found = Map.groupBy(entries, entry => entry.location.id);
    return ids.map(id => found.get(id) ?? []);
  });
