import type { EntityManager } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { Category } from '../category/category.entity.js';
import { columnsOf, rowsOf, sql } from '../shared/sql.js';
import { ServiceCapacity } from './service-capacity.entity.js';

/** A municipality, a district or a state, by its key. */
export interface AreaName {
  key: string;
  name: string;
}

export const categoriesOfService = (em: EntityManager): DataLoader<string, Category[]> =>
  new DataLoader(async ids => {
    const rows = await rowsOf<{ of_service: string }>(
      em,
      sql`select sc.service_id as of_service, ${columnsOf(em, Category, 'c')}
          from service_category sc join category c on c.code = sc.category_code
          where sc.service_id = any(${ids}::uuid[]) order by c.position, c.code`,
    );
    const found = Map.groupBy(rows, row => row.of_service);
    return ids.map(id => (found.get(id) ?? []).map(({ of_service: _, ...row }) => em.map(Category, row as never)));
  });

export const needCodesOfService = (em: EntityManager): DataLoader<string, string[]> =>
  new DataLoader(async ids => {
    const rows = await rowsOf<{ service_id: string; need_code: string }>(
      em,
      sql`select service_id, need_code from service_need where service_id = any(${ids}::uuid[])`,
    );
    const found = Map.groupBy(rows, row => row.service_id);
    return ids.map(id => (found.get(id) ?? []).map(row => row.need_code));
  });

/** With the names of municipalities and districts; a state has its name in the program. */
export const areasOfService = (em: EntityManager): DataLoader<string, AreaName[]> =>
  new DataLoader(async ids => {
    const rows = await rowsOf<{ service_id: string; key: string; name: string | null }>(
      em,
      sql`select a.service_id, a.area_key as key, case length(a.area_key)
            when 8 then (select m.name from municipality m where m.key = a.area_key)
            when 5 then (select m.district_name from municipality m where m.district_key = a.area_key limit 1) end as name
          from service_area a where a.service_id = any(${ids}::uuid[]) order by a.area_key`,
    );
    const found = Map.groupBy(rows, row => row.service_id);
    return ids.map(id =>
      (found.get(id) ?? []).map(({ key, name }) => ({ key, name: name ?? STATES[key] ?? `Gebiet ${key}` })),
    );
  });

/** Counters change behind the ORM's back: neither the identity map nor the loader may remember them. */
export const capacityOfService = (em: EntityManager): DataLoader<string, ServiceCapacity | null> =>
  new DataLoader(
    async ids => {
      const rows = await em.find(ServiceCapacity, { service: { $in: [...ids] } }, { disableIdentityMap: true });
      const found = new Map(rows.map(row => [row.service.id, row]));
      return ids.map(id => found.get(id) ?? null);
    },
    { cache: false },
  );

const STATES: Readonly<Record<string, string>> = {
  '01': 'Schleswig-Holstein',
  '02': 'Hamburg',
  '03': 'Niedersachsen',
  '04': 'Bremen',
  '05': 'Nordrhein-Westfalen',
  '06': 'Hessen',
  '07': 'Rheinland-Pfalz',
  '08': 'Baden-Württemberg',
  '09': 'Bayern',
  '10': 'Saarland',
  '11': 'Berlin',
  '12': 'Brandenburg',
  '13': 'Mecklenburg-Vorpommern',
  '14': 'Sachsen',
  '15': 'Sachsen-Anhalt',
  '16': 'Thüringen',
};
