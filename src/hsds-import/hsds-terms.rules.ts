import type { JsonValue } from '../record/record.rules.js';
import { foldGerman } from '../search/fold.rules.js';
import { type Aggregate, type Remarks, rowsIn, textIn } from './hsds-aggregate.rules.js';
import type { Lookups, Term } from './hsds-lookup.rules.js';

/** Taxonomies of the hub's own exports begin so. */
export const OWN_TAXONOMY = 'partnernetz:';

/** What an attribute says of the root: a term of a taxonomy, and at times a value beside it. */
interface Attribute {
  readonly term: Term;
  readonly value: string | null;
}

const attributesOf = (aggregate: Aggregate, { terms }: Lookups): Attribute[] =>
  rowsIn(aggregate, 'attributes').flatMap(attribute => {
    const term = terms.get(textIn(attribute, 'taxonomy_term_id') ?? '');
    return term ? [{ term, value: textIn(attribute, 'value') }] : [];
  });

/** Codes of one of the hub's own taxonomies. */
export const ownCodes = (aggregate: Aggregate, lookups: Lookups, taxonomy: string): string[] =>
  attributesOf(aggregate, lookups)
    .filter(({ term }) => term.taxonomy === OWN_TAXONOMY + taxonomy)
    .map(({ term }) => term.code);

/** The value beside a term of the hub's own taxonomies; null where there is none. */
export const ownValue = (aggregate: Aggregate, lookups: Lookups, field: string): string | null =>
  attributesOf(aggregate, lookups).find(({ term }) => term.taxonomy === `${OWN_TAXONOMY}field` && term.code === field)
    ?.value ?? null;

/** The same as JSON; undefined where there is none, or it is none. */
export function ownJson(aggregate: Aggregate, lookups: Lookups, field: string): JsonValue | undefined {
  const text = ownValue(aggregate, lookups, field);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined; // then the tables tell, as they do for readers that know nothing of it
  }
}

/** Categories and needs that the terms stand for, by code or by name; a term that nobody knows is remarked. */
export function meaningsOf(aggregate: Aggregate, lookups: Lookups, remark: Remarks) {
  const categories = new Set<string>();
  const needs = new Set<string>();
  for (const attribute of rowsIn(aggregate, 'attributes')) {
    const term = lookups.terms.get(textIn(attribute, 'taxonomy_term_id') ?? '');
    if (!term || (term.taxonomy.startsWith(OWN_TAXONOMY) && !/:(category|need)$/.test(term.taxonomy))) continue;
    const category = known(lookups.categories, term);
    const need = known(lookups.needs, term);
    if (category) categories.add(category);
    if (need) needs.add(need);
    if (!category && !need) remark(attribute, 'taxonomy_term_id', 'UNKNOWN_VALUE', term.name || term.code);
  }
  return { categories: [...categories], needs: [...needs] };
}

const known = (names: ReadonlyMap<string, string>, { code, name }: Term): string | undefined =>
  names.get(code) ?? names.get(foldGerman(name));
