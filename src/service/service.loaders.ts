import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { Category } from '../category/category.entity.js';
import { STATE_NAMES } from '../shared/german-states.rules.js';
import { entitiesPerId, manyPerId, onePerId } from '../shared/per-id.loaders.js';
import { columnsOf, rowsOf, sql } from '../shared/sql.js';
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
      const rows = await rowsOf<{ service: string; key: string; name: string | null }>(
        em,
        sql`select a.service_id as service, a.area_key as key, ${NAME_OF_AREA} as name
            from service_area a where a.service_id = any(${ids}::uuid[]) order by a.area_key`,
      );
      return rows.map(row => ({ ...row, ...named(row) }));
    },
    row => row.service,
  );

/** The same by the key of the area. */
export const areaByKey = (em: EntityManager): DataLoader<string, AreaName> =>
  new DataLoader(async keys => {
    const rows = await rowsOf<{ key: string; name: string | null }>(
      em,
      sql`select a.area_key as key, ${NAME_OF_AREA} as name from unnest(${keys}::text[]) a (area_key)`,
    );
    const found = new Map(rows.map(row => [row.key, row]));
    return keys.map(key => named(found.get(key) ?? { key, name: null }));
  });

/** SQL: of a row `a` with an `area_key`. */
const NAME_OF_AREA = sql`case length(a.area_key)
  when 8 then (select m.name from municipality m where m.key = a.area_key)
  when 5 then coalesce(
    (select m.district_name from municipality m where m.district_key = a.area_key limit 1),
    (select d.name from district d where d.key = a.area_key)) end`;

const named = ({ key, name }: { key: string; name: string | null }): AreaName => ({
  key,
  name: name ?? STATE_NAMES[key] ?? `Gebiet ${key}`,
});

/** Counters change behind the ORM's back: neither the identity map nor the loader may remember them. */
export const capacityOfService = (em: EntityManager) =>
  onePerId(
    ids => em.find(ServiceCapacity, { service: { $in: [...ids] } }, { disableIdentityMap: true }),
    row => row.service.id,
    { cache: false },
  );
