import type { EntityManager } from '@mikro-orm/postgresql';
import { liesIn } from '../geography/geography.query.js';
import { typed } from '../search/best-first.query.js';
import { placesNamed } from '../search/search-places.rules.js';
import { badInput } from '../shared/errors.js';
import { byName } from '../shared/named-list.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { Municipality } from './municipality.entity.js';

export const MUNICIPALITIES = byName(Municipality, 'municipality', 'key');

export interface MunicipalityWishes {
  query?: string | null;
  postalCode?: string | null;
  network?: string | null;
  area?: string | null;
}

/** Names are few and known: those that begin so are found, and only where none does those that may have been meant. */
export async function municipalityConditions(
  em: EntityManager,
  { query, postalCode, network, area }: MunicipalityWishes,
): Promise<Sql[]> {
  const name = typed(query);
  return [
    ...(name ? [sql`t.key = any(${await keysNamed(em, name)}::text[])`] : []),
    ...(postalCode != null
      ? [sql`exists (select from postal_code c where c.municipality_key = t.key and c.code = ${postalCode})`]
      : []),
    ...(area != null ? [liesIn(sql`t.key`, area)] : []),
    ...(network != null ? [inNetwork(sql`t.key`, network)] : []),
  ];
}

async function keysNamed(em: EntityManager, query: string): Promise<string[]> {
  const all = await rowsOf<{ key: string; name: string }>(em, sql`select key, name from municipality`);
  return placesNamed(query, all).map(({ key }) => key);
}

/** SQL: does the municipality with this key belong to the network? */
export const inNetwork = (key: Sql, slug: string): Sql => sql`exists (
  select from network_municipality nm join network n on n.id = nm.network_id
  where nm.municipality_key = ${key} and n.slug = ${slug})`;

/** Null where there is none. */
export const findMunicipality = (em: EntityManager, key: string): Promise<Municipality | null> =>
  em.findOne(Municipality, { key });

/** BAD_USER_INPUT on `argument` for a key that no municipality has. */
export async function knownMunicipality(em: EntityManager, key: string, argument: string): Promise<Municipality> {
  const municipality = await findMunicipality(em, key);
  if (!municipality) throw badInput(argument, 'No municipality has this key.');
  return municipality;
}
