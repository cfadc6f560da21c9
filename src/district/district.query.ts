import type { EntityManager } from '@mikro-orm/postgresql';
import { liesIn } from '../geography/geography.query.js';
import { typed } from '../search/best-first.query.js';
import { placesNamed } from '../search/search-places.rules.js';
import { byName } from '../shared/named-list.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { District } from './district.entity.js';

export const DISTRICTS = byName(District, 'district', 'key');

export interface DistrictWishes {
  query?: string | null;
  area?: string | null;
}

/** Names are few and known: found as those of municipalities are. */
export async function districtConditions(em: EntityManager, { query, area }: DistrictWishes): Promise<Sql[]> {
  const name = typed(query);
  const all = name ? await rowsOf<{ key: string; name: string }>(em, sql`select key, name from district`) : [];
  const keys = placesNamed(name ?? '', all).map(({ key }) => key);
  return [...(name ? [sql`t.key = any(${keys}::text[])`] : []), ...(area != null ? [liesIn(sql`t.key`, area)] : [])];
}

/** Null where there is none. */
export const findDistrict = (em: EntityManager, key: string): Promise<District | null> => em.findOne(District, { key });
