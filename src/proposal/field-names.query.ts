import type { Ref } from '@mikro-orm/postgresql';
import { Location } from '../location/location.entity.js';
import { Municipality } from '../municipality/municipality.entity.js';
import { seesPartner } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import type { JsonValue } from '../record/record.rules.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { type Bilingual, inLanguage } from '../shared/texts.rules.js';
import { valueText } from './field-texts.rules.js';
import type { Names } from './field-words.rules.js';

type Lookup = (ctx: Context, values: readonly string[], language: string | null) => Promise<Names>;

const named = (rows: readonly { key: string; text: Bilingual }[], language: string | null): Names =>
  new Map(rows.map(({ key, text }) => [key, inLanguage(language, text)]));

/** References are loaded together, those of a whole page of proposals. */
async function loaded<T extends object>(references: readonly Ref<T>[]): Promise<T[]> {
  const found = await Promise.all(references.map(one => one.load()));
  return found.filter(one => one !== null) as T[];
}

const municipalityNames: Lookup = async ({ em }, values) => {
  const found = await loaded(values.map(key => em.getReference(Municipality, key, { wrapped: true })));
  return new Map(found.map(one => [one.key, one.name]));
};

const needNames: Lookup = async ({ loaders }, values, language) => {
  const needs = await loaders.needs();
  const found = values.flatMap(code => needs.get(code) ?? []);
  return named(
    found.map(one => ({ key: one.code, text: { de: one.nameDe, en: one.nameEn } })),
    language,
  );
};

// By what everybody is told of them: of a protected address the town.
const locationNames: Lookup = async ({ em }, values) => {
  const locations = await loaded(values.filter(isId).map(id => em.getReference(Location, id, { wrapped: true })));
  return new Map(locations.map(({ id, name, street, city }) => [id, name ?? (street ? `${street}, ${city}` : city)]));
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
  needs: needNames,
  criteria: needNames,
  instruments: async ({ loaders }, values, language) => {
    const { byCode } = await loaders.instruments();
    const found = values.flatMap(code => byCode.get(code) ?? []);
    return named(
      found.map(one => ({ key: one.code, text: { de: one.nameDe, en: one.nameEn } })),
      language,
    );
  },
  municipality: municipalityNames,
  serviceArea: async ({ loaders }, values) => {
    const areas = await Promise.all(values.map(key => loaders.areaByKey.load(key)));
    return new Map(areas.map(({ key, name }) => [key, name]));
  },
  parent: async ({ em, viewer }, values) => {
    const partners = await loaded(values.filter(isId).map(id => em.getReference(Partner, id, { wrapped: true })));
    return new Map(partners.filter(one => seesPartner(viewer, one)).map(one => [one.id, one.name]));
  },
  locations: locationNames,
  location: locationNames,
};

/** The value of a field of a record as people write it, in a language: names instead of codes and ids. Null: empty. */
export async function textOfValue(
  ctx: Context,
  field: string,
  value: JsonValue,
  language: string | null,
): Promise<string | null> {
  const lookup = LOOKUPS[field];
  const words = lookup ? [...new Set(textsIn(value))] : [];
  const names: Names = lookup && words.length > 0 ? await lookup(ctx, words, language) : new Map();
  return valueText(field, value, language, names);
}

/** All texts of a value: those that are no codes are called nothing. */
function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
