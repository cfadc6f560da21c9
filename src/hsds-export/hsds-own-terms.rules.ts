import { derivedId } from '../hsds-import/hsds-identity.rules.js';
import { OWN_TAXONOMY } from '../hsds-import/hsds-terms.rules.js';
import { PartnerKind } from '../partner/partner.rules.js';
import { DeliveryMode, FeedbackLevel } from '../service/service.rules.js';
import { type FieldWriter, listOf, type OutRow, rowOf, textOf, type Writing } from './hsds-out.rules.js';

/** The hub's own words go out as taxonomies, since the specification has no field for them. */
export const OWN_TAXONOMIES = {
  category: 'Angebotsarten',
  need: 'Bedarfe',
  'partner-kind': 'Arten von Partnern',
  'delivery-mode': 'Zugangswege',
  'feedback-level': 'Rückmeldestufen',
  field: 'Felder, für die es keine Spalte gibt',
} as const;

export type OwnTaxonomy = keyof typeof OWN_TAXONOMIES;

export const ownTaxonomyId = (taxonomy: OwnTaxonomy): string => derivedId(OWN_TAXONOMY, taxonomy);
export const ownTermId = (taxonomy: OwnTaxonomy, code: string): string => derivedId(OWN_TAXONOMY, taxonomy, code);

/** The one unit in which the hub counts. */
export const PLACES_UNIT_ID = derivedId(OWN_TAXONOMY, 'unit', 'place');

const attribute = (
  writing: Writing,
  entity: string,
  taxonomy: OwnTaxonomy,
  code: string,
  value: string | null = null,
): OutRow =>
  rowOf(writing, 'attributes', `${taxonomy}/${code}`, {
    link_id: writing.id,
    taxonomy_term_id: ownTermId(taxonomy, code),
    link_entity: entity,
    value,
  });

/** A field whose values are codes of one of the hub's own taxonomies. */
export const coded = (entity: string, field: string, taxonomy: OwnTaxonomy): FieldWriter => ({
  fields: [field],
  rows: writing => {
    const value = writing.document[field];
    const codes = typeof value === 'string' ? [value] : listOf(value).map(String);
    return codes.map(code => attribute(writing, entity, taxonomy, code));
  },
  replaces: (row, term) =>
    row.table === 'attributes' && term(row.values.taxonomy_term_id)?.taxonomy === OWN_TAXONOMY + taxonomy,
});

/** Fields that go out as JSON beside what the tables say of them, since these cannot say all. */
export const asJson = (entity: string, field: string, isWorthTelling: (writing: Writing) => boolean): FieldWriter => ({
  fields: [field],
  rows: writing =>
    isWorthTelling(writing) ? [attribute(writing, entity, 'field', field, textOf(writing.document[field]))] : [],
  replaces: (row, term) => {
    const own = row.table === 'attributes' ? term(row.values.taxonomy_term_id) : undefined;
    return own?.taxonomy === `${OWN_TAXONOMY}field` && own.code === field;
  },
});

interface Code {
  readonly code: string;
  readonly name: string;
  /** The same in English, where it differs. */
  readonly english?: string;
  readonly parent: string | null;
}

/** The hub's own taxonomies with their terms, and its unit, the same at every export. */
export function ownTermRows(categories: readonly Code[], needs: readonly Code[]): OutRow[] {
  const plain = (codes: readonly string[]): Code[] => codes.map(code => ({ code, name: code, parent: null }));
  const terms: Readonly<Record<OwnTaxonomy, readonly Code[]>> = {
    category: categories,
    need: needs,
    'partner-kind': plain(Object.values(PartnerKind)),
    'delivery-mode': plain(Object.values(DeliveryMode)),
    'feedback-level': plain(Object.values(FeedbackLevel)),
    field: plain(OWN_FIELDS),
  };
  const taxonomies = Object.keys(OWN_TAXONOMIES) as OwnTaxonomy[];
  return [
    { table: 'units', id: PLACES_UNIT_ID, values: { name: 'Plätze', scheme: 'partnernetz', identifier: 'place' } },
    ...taxonomies.map(taxonomy => ({
      table: 'taxonomies',
      id: ownTaxonomyId(taxonomy),
      values: { name: OWN_TAXONOMY + taxonomy, description: OWN_TAXONOMIES[taxonomy] },
    })),
    ...taxonomies.flatMap(taxonomy =>
      terms[taxonomy].map(({ code, name, english, parent }) => ({
        table: 'taxonomy_terms',
        id: ownTermId(taxonomy, code),
        values: {
          code,
          name,
          description: `${OWN_TAXONOMIES[taxonomy]}: ${name}${english ? ` (${english})` : ''}`,
          parent_id: parent === null ? null : ownTermId(taxonomy, parent),
          taxonomy: OWN_TAXONOMY + taxonomy,
          taxonomy_id: ownTaxonomyId(taxonomy),
          language: 'de',
        },
      })),
    ),
  ];
}

/** Fields that go out as JSON beside the tables. */
const OWN_FIELDS = [
  'addressProtected',
  'city',
  'contacts',
  'costs',
  'criteria',
  'instruments',
  'keepsWaitingList',
  'openingHours',
];
