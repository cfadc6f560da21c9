import type { EntityManager } from '@mikro-orm/postgresql';
import { badInput } from '../shared/errors.js';
import type { NamedList } from '../shared/named-list.js';
import { type Sql, sql } from '../shared/sql.js';
import { Municipality } from './municipality.entity.js';

export const MUNICIPALITIES: NamedList<Municipality> = {
  entity: Municipality,
  table: 'municipality',
  key: { column: 'key', type: 'text' },
};

export interface MunicipalityWishes {
  query?: string | null;
  postalCode?: string | null;
  network?: string | null;
}

/** Names are few and known: near ones are compared whole, so that Herne does not find Herten. */
export function municipalityConditions({ query, postalCode, network }: MunicipalityWishes): Sql[] {
  return [
    ...(query ? [nearlyNamed(query)] : []),
    ...(postalCode
      ? [sql`exists (select from postal_code c where c.municipality_key = t.key and c.code = ${postalCode})`]
      : []),
    ...(network ? [inNetwork(sql`t.key`, network)] : []),
  ];
}

/** SQL: does the municipality with this key belong to the network? */
export const inNetwork = (key: Sql, slug: string): Sql => sql`exists (
  select from network_municipality nm join network n on n.id = nm.network_id
  where nm.municipality_key = ${key} and n.slug = ${slug})`;

const nearlyNamed = (query: string): Sql => sql`(
  starts_with(fold_german(t.name), fold_german(${query})) or fold_german(t.name) %>> fold_german(${query}))`;

/** BAD_USER_INPUT on `argument` for a key that no municipality has. */
export async function knownMunicipality(em: EntityManager, key: string, argument: string): Promise<Municipality> {
  const municipality = await em.findOne(Municipality, { key });
  if (!municipality) throw badInput(argument, 'No municipality has this key.');
  return municipality;
}
