import type { EntityManager } from '@mikro-orm/postgresql';
import { liesIn } from '../geography/geography.query.js';
import { nearlyNamed } from '../municipality/municipality.query.js';
import { byName } from '../shared/named-list.js';
import { typed } from '../shared/search.js';
import { type Sql, sql } from '../shared/sql.js';
import { District } from './district.entity.js';

export const DISTRICTS = byName(District, 'district', 'key');

export interface DistrictWishes {
  query?: string | null;
  area?: string | null;
}

export function districtConditions({ query, area }: DistrictWishes): Sql[] {
  const name = typed(query);
  return [...(name ? [nearlyNamed(name)] : []), ...(area != null ? [liesIn(sql`t.key`, area)] : [])];
}

/** Null where there is none. */
export const findDistrict = (em: EntityManager, key: string): Promise<District | null> => em.findOne(District, { key });
