import type { EntityManager } from '@mikro-orm/postgresql';
import { foldGerman } from '../search/fold.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { Lookups, Term } from './hsds-lookup.rules.js';

/** What is needed of the hub, and of the rows that were staged, to understand a source. */
export async function readLookups(em: EntityManager, network: string): Promise<Lookups> {
  const municipalities = await rowsOf<{
    key: string;
    name: string;
    district_key: string;
    district_name: string;
    latitude: number;
    longitude: number;
  }>(em, sql`select key, name, district_key, district_name, latitude, longitude from municipality`);
  const codes = await rowsOf<{ code: string; municipality: string }>(
    em,
    sql`select code, municipality_key as municipality from postal_code order by 1, 2`,
  );
  const terms = await rowsOf<Term & { id: string }>(
    em,
    sql`select substr(t.key, 16) as id, coalesce(t.row ->> 'code', '') as code, coalesce(t.row ->> 'name', '') as name,
          coalesce(t.row ->> 'taxonomy', x.row ->> 'name', '') as taxonomy
        from staged_row t left join staged_row x on x.key = 'taxonomies:' || (t.row ->> 'taxonomy_id')
        where starts_with(t.key, 'taxonomy_terms:')`,
  );
  return {
    municipalities: new Map(municipalities.map(one => [one.key, one])),
    names: new Map(municipalities.map(one => [one.key, one.name])),
    towns: grouped(municipalities.map(one => [foldGerman(one.name), one.key])),
    postalCodes: grouped(codes.map(({ code, municipality }) => [code, municipality])),
    areas: unambiguous([
      ...municipalities.map(one => [foldGerman(one.name), one.key] as const),
      ...municipalities.map(one => [foldGerman(one.district_name), one.district_key] as const),
    ]),
    categories: await codesByName(em, 'category'),
    needs: await codesByName(em, 'need'),
    networkAreas: await areasOfNetwork(em, network),
    terms: new Map(terms.map(({ id, ...term }) => [id, term])),
  };
}

const grouped = (pairs: readonly (readonly [name: string, key: string])[]): Map<string, string[]> =>
  new Map([...Map.groupBy(pairs, ([name]) => name)].map(([name, found]) => [name, found.map(([, key]) => key)]));

/** A city that is a district of its own bears one name twice; the municipality stands for both. */
function unambiguous(pairs: readonly (readonly [name: string, key: string])[]): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const [name, key] of pairs) {
    const known = found.get(name);
    if (known === undefined) found.set(name, key);
    else if (known !== null && !known.startsWith(key)) found.set(name, null);
  }
  return found;
}

async function codesByName(em: EntityManager, table: 'category' | 'need'): Promise<Map<string, string>> {
  const rows = await rowsOf<{ code: string; name_de: string; name_en: string }>(
    em,
    table === 'category'
      ? sql`select code, name_de, name_en from category`
      : sql`select code, name_de, name_en from need`,
  );
  return new Map(
    rows.flatMap(({ code, name_de, name_en }) => [
      [foldGerman(name_de), code] as const,
      [foldGerman(name_en), code] as const,
      [code, code] as const,
    ]),
  );
}

/** A district of which all municipalities are known and belong to the network stands for them. */
async function areasOfNetwork(em: EntityManager, network: string): Promise<string[]> {
  const rows = await rowsOf<{ key: string }>(
    em,
    sql`with whole as (
          select m.district_key from municipality m left join network_municipality n
            on n.municipality_key = m.key and n.network_id = ${network}
          group by 1 having bool_and(n.network_id is not null)
        )
        select district_key as key from whole
        union all
        select m.key from network_municipality n join municipality m on m.key = n.municipality_key
        where n.network_id = ${network} and m.district_key not in (select district_key from whole)
        order by key`,
  );
  return rows.map(row => row.key);
}
