import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { Category } from '../category/category.entity.js';
import { entitiesPerId, manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, rowsOf, sql, verbatim } from '../shared/sql.js';
import { nameOfArea } from './service-area.query.js';
import { ServiceCapacity } from './service-capacity.entity.js';

/** A municipality, a district or a state, by its key. */
export interface AreaName {
  key: string;
  name: string;
}

export const categoriesOfService = (em: EntityManager) =>
  entitiesPerId(
    em,
    Category,
    ids => sql`select sc.service_id as owner_id, ${columnsOf(em, Category, 'c')}
      from service_category sc join category c on c.code = sc.category_code
      where sc.service_id = any(${ids}::uuid[]) order by c.position, c.code`,
  );

/** Codes. */
export const needsOfService = (em: EntityManager): DataLoader<string, readonly string[]> =>
  new DataLoader(async ids => {
    const rows = await rowsOf<{ service: string; need: string }>(
      em,
      sql`select service_id as service, need_code as need from service_need where service_id = any(${ids}::uuid[])`,
    );
    const found = Map.groupBy(rows, ({ service }) => service);
    return ids.map(id => (found.get(id) ?? []).map(({ need }) => need));
  });

/** With the names of municipalities and districts; a state has its name in the program. */
export const areasOfService = (em: EntityManager) =>
  manyPerId(
    async ids => {
      return rowsOf<{ service: string } & AreaName>(
        em,
        sql`select a.service_id as service, a.area_key as key, ${nameOfArea(verbatim('a'))} as name
            from service_area a where a.service_id = any(${ids}::uuid[]) order by a.area_key`,
      );
    },
    row => row.service,
  );

/** The same by the key of the area. */
export const areaByKey = (em: EntityManager): DataLoader<string, AreaName> =>
  new DataLoader(async keys => {
    const rows = await rowsOf<AreaName>(
      em,
      sql`select a.area_key as key, ${nameOfArea(verbatim('a'))} as name from unnest(${keys}::text[]) a (area_key)`,
    );
    const found = new Map(rows.map(row => [row.key, row]));
    return keys.map(key => found.get(key)!);
  });

/** Counters change behind the ORM's back: neither the identity map nor the loader may remember them. */
export const capacityOfService = (em: EntityManager) =>
  onePerId(
    ids => em.find(ServiceCapacity, { service: { $in: [...ids] } }, { disableIdentityMap: true }),
    row => row.service.id,
    { cache: false },
  );
