import type { EntityManager } from '@mikro-orm/postgresql';
import { Municipality } from '../municipality/municipality.entity.js';
import { entitiesPerId } from '../shared/per-id.loaders.js';
import { columnsOf, sql } from '../shared/sql.js';

/** The municipalities of each network, by name. */
export const municipalitiesOfNetwork = (em: EntityManager) =>
  entitiesPerId(
    em,
    Municipality,
    ids => sql`select nm.network_id as owner_id, ${columnsOf(em, Municipality, 'm')}
      from network_municipality nm join municipality m on m.key = nm.municipality_key
      where nm.network_id = any(${ids}::uuid[]) order by m.name, m.key`,
  );
