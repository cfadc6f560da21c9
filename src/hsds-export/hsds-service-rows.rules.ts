import { pairId } from '../hsds-import/hsds-identity.rules.js';
import { OWN_TAXONOMY } from '../hsds-import/hsds-terms.rules.js';
import { placesWriter } from './hsds-capacity-rows.rules.js';
import { contactWriters, phoneWriter } from './hsds-common-rows.rules.js';
import { anyRowOf, column, type FieldWriter, listOf, rowOf, type Writing } from './hsds-out.rules.js';
import { asJson, coded } from './hsds-own-terms.rules.js';
import { openingHoursWriters } from './hsds-schedule-rows.rules.js';

const STATUSES: Readonly<Record<string, string>> = {
  ACTIVE: 'active',
  PAUSED: 'temporarily closed',
  CLOSED: 'defunct',
};

interface Cost {
  readonly amountCents?: number | null;
  readonly currency?: string | null;
  readonly unit?: string | null;
  readonly free?: boolean | null;
  readonly description?: string | null;
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
}

interface Criterion {
  readonly effect: string;
  readonly needs?: readonly string[] | null;
  readonly text?: string | null;
}

const criteriaIn = ({ document }: Writing): Criterion[] => listOf(document.criteria) as unknown as Criterion[];
const costsIn = ({ document }: Writing): Cost[] => listOf(document.costs) as unknown as Cost[];

/** A service. Of its criteria the words go out in a column, and all of them beside where that does not say it all. */
export const SERVICE_WRITERS: readonly FieldWriter[] = [
  column('name', 'name'),
  column('description', 'description'),
  { fields: ['status'], columns: ({ document }) => ({ status: STATUSES[String(document.status)] ?? 'active' }) },
  column('website', 'url'),
  column('email', 'email'),
  column('howToApply', 'application_process'),
  column('minimumAge', 'minimum_age'),
  column('maximumAge', 'maximum_age'),
  {
    fields: ['interpretation'],
    columns: ({ document }) => ({
      interpretation_services: document.interpretation ? 'Dolmetschen ist möglich' : null,
    }),
  },
  {
    fields: ['criteria'],
    columns: writing => ({
      eligibility_description:
        criteriaIn(writing)
          .flatMap(({ text }) => text ?? [])
          .join('; ') || null,
    }),
  },
  asJson('service', 'criteria', writing => {
    const criteria = criteriaIn(writing);
    return (
      criteria.length > 1 || criteria.some(({ effect, needs, text }) => effect !== 'REQUIRES' || needs?.length || !text)
    );
  }),
  {
    fields: ['costs'],
    columns: () => ({ fees_description: null, fees: null }),
    rows: writing =>
      costsIn(writing).map((cost, i) =>
        rowOf(writing, 'cost_options', i, {
          service_id: writing.id,
          valid_from: cost.validFrom ?? null,
          valid_to: cost.validTo ?? null,
          option: cost.description ?? null,
          currency: cost.currency ?? 'EUR',
          amount: cost.free ? '0' : cost.amountCents == null ? null : String(cost.amountCents / 100),
        }),
      ),
    replaces: anyRowOf('cost_options'),
  },
  asJson('service', 'costs', writing => costsIn(writing).some(({ unit, free }) => unit || free)),
  {
    fields: ['requiredDocuments'],
    rows: writing =>
      listOf(writing.document.requiredDocuments).map((one, i) => {
        const { name, url } = one as { name: string; url?: string | null };
        return rowOf(writing, 'required_documents', i, { service_id: writing.id, document: name, uri: url ?? null });
      }),
    replaces: anyRowOf('required_documents'),
  },
  asJson('service', 'instruments', ({ document }) => listOf(document.instruments).length > 0),
  {
    fields: ['languages'],
    rows: writing =>
      listOf(writing.document.languages).map(code =>
        rowOf(writing, 'languages', String(code), { service_id: writing.id, code: String(code) }),
      ),
    replaces: anyRowOf('languages'),
  },
  {
    fields: ['serviceArea'],
    rows: writing =>
      listOf(writing.document.serviceArea).map(key =>
        rowOf(writing, 'service_areas', String(key), {
          service_id: writing.id,
          name: writing.areaName(String(key)),
          extent: String(key),
          extent_type: 'text',
        }),
      ),
    replaces: anyRowOf('service_areas'),
  },
  {
    fields: ['locations'],
    rows: (writing, kept) => {
      const told = new Set(kept.map(({ table, values }) => table === 'service_at_location' && values.location_id));
      return listOf(writing.document.locations)
        .map(location => ({ record: String(location), id: writing.idOf(String(location)) }))
        .filter(({ id }) => !told.has(id))
        .map(({ record, id }) => ({
          table: 'service_at_location',
          id: pairId(writing.record, record),
          values: { service_id: writing.id, location_id: id },
        }));
    },
    replaces: ({ table, values }, _, { document, idOf }) =>
      table === 'service_at_location' &&
      !listOf(document.locations).some(location => idOf(String(location)) === values.location_id),
  },
  meant('categories', 'category'),
  meant('needs', 'need'),
  coded('service', 'deliveryModes', 'delivery-mode'),
  coded('service', 'feedbackLevel', 'feedback-level'),
  asJson('service', 'keepsWaitingList', ({ document }) => document.keepsWaitingList === true),
  phoneWriter('service_id'),
  ...contactWriters('service', 'service_id'),
  ...openingHoursWriters('service', 'service_id'),
  placesWriter,
];

/** Terms of other taxonomies may have been taken for categories or needs: where these change, they go too. */
function meant(field: 'categories' | 'needs', taxonomy: 'category' | 'need'): FieldWriter {
  const own = coded('service', field, taxonomy);
  return {
    ...own,
    replaces: (row, term, writing) => {
      if (own.replaces!(row, term, writing)) return true;
      const foreign = row.table === 'attributes' ? term(row.values.taxonomy_term_id) : undefined;
      return foreign !== undefined && !foreign.taxonomy.startsWith(OWN_TAXONOMY) && foreign.means === field;
    },
  };
}
