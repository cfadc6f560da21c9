import type { EntityManager } from '@mikro-orm/postgresql';
import { badInput } from '../shared/errors.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { GeoSource } from './geo-source.entity.js';

/** SQL: the key of a municipality or district lies in the area with that key, or is it. */
export const liesIn = (key: Sql, area: string | Sql): Sql => sql`starts_with(${key}, ${area})`;

/** BAD_USER_INPUT on `argument` for an area without a municipality that the hub knows. */
export async function knownArea(em: EntityManager, area: string, argument: string): Promise<void> {
  const found = await rowsOf(em, sql`select from municipality m where ${liesIn(sql`m.key`, area)} limit 1`);
  if (found.length === 0) throw badInput(argument, 'No municipality lies in an area with this key.');
}

/** What geography and figures are from, by name. */
export const geoSources = (em: EntityManager): Promise<GeoSource[]> =>
  em.find(GeoSource, {}, { orderBy: { name: 'asc', licence: 'asc' } });
