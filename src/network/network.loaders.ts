import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { Municipality } from '../municipality/municipality.entity.js';
import { columnsOf, rowsOf, sql } from '../shared/sql.js';

/** The municipalities of each network, by name. */
export const municipalitiesOfNetwork = (em: EntityManager): DataLoader<string, Municipality[]> =>
  new DataLoader(async ids => {
    const rows = await rowsOf<{ of_network: string }>(
      em,
      sql`select nm.network_id as of_network, ${columnsOf(em, Municipality, 'm')}
          from network_municipality nm join municipality m on m.key = nm.municipality_key
          where nm.network_id = any(${ids}::uuid[]) order by m.name, m.key`,
    );
    const found = Map.groupBy(rows, row => row.of_network);
    return ids.map(id => (found.get(id) ?? []).map(({ of_network: _, ...row }) => em.map(Municipality, row as never)));
  });
