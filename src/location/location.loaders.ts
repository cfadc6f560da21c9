import type { EntityManager } from '@mikro-orm/postgresql';
import { entitiesPerId, manyPerId } from '../shared/per-id.loaders.js';
import { columnsOf, sql, verbatim } from '../shared/sql.js';
import { AccessibilityEntry, Location } from './location.entity.js';
import { LocationStatus } from './location.rules.js';

/** As Germans expect; those without a name come last. */
const BY_NAME = verbatim('l.name, l.id');

/** The locations of each partner that are in use, by name. */
export const locationsOfPartner = (em: EntityManager) =>
  entitiesPerId(
    em,
    Location,
    ids => sql`select l.partner_id as owner_id, ${columnsOf(em, Location, 'l')}
      from location l where l.partner_id = any(${ids}::uuid[]) and l.status = ${LocationStatus.ACTIVE} order by ${BY_NAME}`,
  );

/** The locations of each service, by name. */
export const locationsOfService = (em: EntityManager) =>
  entitiesPerId(
    em,
    Location,
    ids => sql`select sl.service_id as owner_id, ${columnsOf(em, Location, 'l')}
      from service_location sl join location l on l.id = sl.location_id
      where sl.service_id = any(${ids}::uuid[]) order by ${BY_NAME}`,
  );

/** What is known of each location's features, in the order of their names. */
export const accessibilityOfLocation = (em: EntityManager) =>
  manyPerId(
    ids => em.find(AccessibilityEntry, { location: { $in: [...ids] } }, { orderBy: { feature: 'asc' } }),
    entry => entry.location.id,
  );
