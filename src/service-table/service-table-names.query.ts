import type { EntityManager } from '@mikro-orm/postgresql';
import { languageNames } from '../proposal/field-words.rules.js';
import { foldGerman } from '../search/fold.rules.js';
import { nearest } from '../search/typo.rules.js';
import { tagsByName } from '../shared/language.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { TableNames } from './service-table.rules.js';

interface Named {
  readonly field: string;
  readonly value: string;
  readonly name: string;
}

/** What the codes of categories, needs and areas and the locations of a partner are called; one statement. */
export async function tableNames(em: EntityManager, partner: string): Promise<TableNames> {
  const rows = await rowsOf<Named>(
    em,
    sql`select 'categories' as field, code as value, name_de as name from category
        union all select 'needs', code, name_de from need
        union all select 'serviceArea', key, name from municipality
        union all select 'serviceArea', key, name from district
        union all select 'locations', id::text, coalesce(name, case when address_protected then city
            else concat_ws(', ', street, city) end) from location where partner_id = ${partner} and status = 'ACTIVE'`,
  );
  const names = new Map(rows.map(row => [`${row.field}/${row.value}`, row.name]));
  let values: ReadonlyMap<string, string | null> | undefined;
  return {
    nameOf: (field, value) =>
      field === 'languages'
        ? (languageNames([value], 'de').get(value) ?? value)
        : (names.get(`${field}/${value}`) ?? value),
    codeOf: (field, name) => {
      if (field === 'languages') return LANGUAGES.get(foldGerman(name));
      // Keys need no name; whether there is such an area is looked at with everything else.
      if (field === 'serviceArea' && /^(\d{2}|\d{5}|\d{8})$/.test(name)) return name;
      values ??= valuesOf(rows); // a table that goes out needs none
      return values.get(`${field}/${name}`) ?? values.get(`${field}/${foldGerman(name)}`);
    },
    nearestTo: (field, name) => nearestOf(rows, field, name),
  };
}

/** By field and by value or folded name; null where several are called so. */
function valuesOf(rows: readonly Named[]): ReadonlyMap<string, string | null> {
  const values = new Map<string, string | null>();
  for (const { field, value, name } of rows) {
    const key = `${field}/${field === 'locations' ? foldGerman(name) : foldedOnce(name)}`;
    values.set(key, values.has(key) ? null : value);
  }
  for (const { field, value } of rows) values.set(`${field}/${value}`, value);
  return values;
}

/** One with a slip, else the shortest that holds what was written, or is part of it. */
function nearestOf(rows: readonly Named[], field: string, name: string): string | null {
  const wanted = foldGerman(name);
  const names = new Map(rows.flatMap(one => (one.field === field ? [[foldGerman(one.name), one.name] as const] : [])));
  const [near] = nearest(wanted, names.keys());
  if (near !== undefined) return names.get(near)!;
  if (wanted.length < SHORTEST_PART) return null;
  const [part] = [...names.keys()]
    .filter(one => one.includes(wanted) || (one.length >= SHORTEST_PART && wanted.includes(one)))
    .sort((a, b) => a.length - b.length);
  return part === undefined ? null : names.get(part)!;
}

const SHORTEST_PART = 4;

/** Names of areas, categories and needs: many, and the same for every table. */
const folded = new Map<string, string>();
/** More than there are municipalities in Germany: where names have changed that often, it begins anew. */
const MOST_FOLDED = 50_000;

function foldedOnce(name: string): string {
  const known = folded.get(name);
  if (known !== undefined) return known;
  if (folded.size >= MOST_FOLDED) folded.clear();
  const now = foldGerman(name);
  folded.set(name, now);
  return now;
}

/** Folded German name → tag. */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ...tagsByName(['de'], foldGerman),
  ...[...languageNames(['gsg'], 'de')].map(([tag, name]) => [foldGerman(name), tag] as const),
]);
