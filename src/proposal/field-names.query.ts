import type { Ref } from '@mikro-orm/postgresql';
import { Location } from '../location/location.entity.js';
import { Municipality } from '../municipality/municipality.entity.js';
import { seesPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import type { JsonValue } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { type Bilingual, inLanguage } from '../shared/texts.rules.js';
import { languageNames, type Names, valueText } from './field-words.rules.js';

type Lookup = (ctx: Context, values: readonly string[], language: string | null) => Promise<Names>;

const named = (rows: readonly { key: string; text: Bilingual }[], language: string | null): Names =>
  new Map(rows.map(({ key, text }) => [key, inLanguage(language, text)]));

/** References are loaded together, those of a whole page of proposals. */
async function loaded<T extends object>(references: readonly Ref<T>[]): Promise<T[]> {
  const found = await Promise.all(references.map(one => one.load()));
  return found.filter(one => one !== null) as T[];
}

const municipalityNames: Lookup = async ({ em }, values) => {
  const keys = values.filter(one => one.length === 8);
  const found = await loaded(keys.map(key => em.getReference(Municipality, key, { wrapped: true })));
  return new Map(found.map(one => [one.key, one.name]));
};

/** Which fields hold codes or ids, and where their names are. */
const LOOKUPS: Readonly<Record<string, Lookup>> = {
  categories: async ({ loaders }, values, language) => {
    const { byCode } = await loaders.categories();
    const found = values.flatMap(code => byCode.get(code) ?? []);
    return named(
      found.map(one => ({ key: one.code, text: { de: one.nameDe, en: one.nameEn } })),
      language,
    );
  },
  needs: async ({ loaders }, values, language) => {
    const needs = await loaders.needs();
    const found = values.flatMap(code => needs.get(code) ?? []);
    return named(
      found.map(one => ({ key: one.code, text: { de: one.nameDe, en: one.nameEn } })),
      language,
    );
  },
  languages: async (_ctx, values, language) => languageNames(values, language),
  municipality: municipalityNames,
  serviceArea: municipalityNames,
  parent: async ({ em, viewer }, values) => {
    const partners = await loaded(values.filter(isId).map(id => em.getReference(Partner, id, { wrapped: true })));
    return new Map(partners.filter(one => seesPartner(viewer, one)).map(one => [one.id, one.name]));
  },
  // By what everybody is told of them: of a protected address the town.
  locations: async ({ em }, values) => {
    const locations = await loaded(values.filter(isId).map(id => em.getReference(Location, id, { wrapped: true })));
    return new Map(locations.map(({ id, name, street, city }) => [id, name ?? (street ? `${street}, ${city}` : city)]));
  },
};

/** The value of a field of a record as a short text in a language: names instead of codes and ids. Null: empty. */
export async function textOfValue(
  ctx: Context,
  field: string,
  value: JsonValue,
  language: string | null,
): Promise<string | null> {
  const lookup = LOOKUPS[field];
  const words = (Array.isArray(value) ? value : [value]).filter(one => typeof one === 'string');
  const names: Names = lookup && words.length > 0 ? await lookup(ctx, words, language) : new Map();
  return valueText(field, value, language, names);
}
