import type { EntityManager } from '@mikro-orm/postgresql';
import { liesIn } from '../geography/geography.query.js';
import { badInput } from '../shared/errors.js';
import { byName } from '../shared/named-list.js';
import { typed } from '../shared/search.js';
import { type Sql, sql } from '../shared/sql.js';
import { Municipality } from './municipality.entity.js';

export const MUNICIPALITIES = byName(Municipality, 'municipality', 'key');

export interface MunicipalityWishes {
  query?: string | null;
  postalCode?: string | null;
  network?: string | null;
  area?: string | null;
}

/** Names are few and known: near ones are compared whole, so that Herne does not find Herten. */
export function municipalityConditions({ query, postalCode, network, area }: MunicipalityWishes): Sql[] {
  const name = typed(query);
  return [
    ...(name ? [nearlyNamed(name)] : []),
    ...(postalCode != null
      ? [sql`exists (select from postal_code c where c.municipality_key = t.key and c.code = ${postalCode})`]
      : []),
    ...(area != null ? [liesIn(sql`t.key`, area)] : []),
    ...(network != null ? [inNetwork(sql`t.key`, network)] : []),
  ];
}

/** SQL: does the municipality with this key belong to the network? */
export const inNetwork = (key: Sql, slug: string): Sql => sql`exists (
  select from network_municipality nm join network n on n.id = nm.network_id
  where nm.municipality_key = ${key} and n.slug = ${slug})`;

/** Of nothing but punctuation no letter is left, and every name would begin with that. */
export const nearlyNamed = (query: string): Sql => sql`(fold_german(${query}) <> '' and (
  starts_with(fold_german(t.name), fold_german(${query})) or fold_german(t.name) %>> fold_german(${query})))`;

/** Null where there is none. */
export const findMunicipality = (em: EntityManager, key: string): Promise<Municipality | null> =>
  em.findOne(Municipality, { key });

/** BAD_USER_INPUT on `argument` for a key that no municipality has. */
export async function knownMunicipality(em: EntityManager, key: string, argument: string): Promise<Municipality> {
  const municipality = await findMunicipality(em, key);
  if (!municipality) throw badInput(argument, 'No municipality has this key.');
  return municipality;
}
