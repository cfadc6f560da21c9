import { stateOf } from '../shared/german-states.rules.js';
import { phoneWriter } from './hsds-common-rows.rules.js';
import { anyRowOf, column, type FieldWriter, listOf, rowOf, textOf } from './hsds-out.rules.js';
import { asJson } from './hsds-own-terms.rules.js';
import { openingHoursWriters } from './hsds-schedule-rows.rules.js';

interface Entry {
  readonly feature: string;
  readonly state: string;
  readonly assessedOn?: string | null;
}

/** For people of other systems, who read English. */
const STATES: Readonly<Record<string, string>> = { YES: 'available', NO: 'not available', UNKNOWN: 'not known' };

/**
 * A location. Where its address is protected, only town and municipality go out: neither street nor postal code nor
 * position nor the way there, whatever a source once said. The specification knows no address without a street, so there
 * is none then, and the town goes out beside.
 */
export const LOCATION_WRITERS: readonly FieldWriter[] = [
  column('name', 'name'),
  {
    fields: ['directions', 'addressProtected'],
    columns: ({ document }) => ({ transportation: document.addressProtected ? null : textOf(document.directions) }),
  },
  {
    fields: ['municipality'],
    columns: ({ document }) => ({
      location_type: 'physical',
      external_identifier: textOf(document.municipality),
      external_identifier_type: 'AGS',
    }),
  },
  {
    fields: ['latitude', 'longitude', 'addressProtected'],
    columns: ({ document }) => ({
      latitude: document.addressProtected ? null : textOf(document.latitude),
      longitude: document.addressProtected ? null : textOf(document.longitude),
    }),
  },
  {
    fields: ['street', 'postalCode', 'city', 'municipality', 'addressProtected'],
    rows: writing => {
      const { street, postalCode, city, municipality, addressProtected } = writing.document;
      if (addressProtected) return [];
      return [
        rowOf(writing, 'addresses', 'physical', {
          location_id: writing.id,
          address_1: textOf(street),
          city: textOf(city),
          state_province: stateOf(String(municipality)),
          postal_code: textOf(postalCode),
          country: 'DE',
          address_type: 'physical',
        }),
      ];
    },
    replaces: anyRowOf('addresses'),
  },
  asJson('location', 'addressProtected', ({ document }) => document.addressProtected === true),
  {
    ...asJson('location', 'city', ({ document }) => document.addressProtected === true),
    fields: ['city', 'addressProtected'],
  },
  {
    fields: ['accessibility'],
    rows: writing =>
      listOf(writing.document.accessibility).map(one => {
        const { feature, state, assessedOn } = one as unknown as Entry;
        return rowOf(writing, 'accessibility', feature, {
          location_id: writing.id,
          description: `${feature.toLowerCase().replaceAll('_', ' ')}: ${STATES[state] ?? state}`,
          details: `${feature}=${state}${assessedOn ? `;${assessedOn}` : ''}`,
        });
      }),
    replaces: anyRowOf('accessibility'),
  },
  phoneWriter('location_id'),
  ...openingHoursWriters('location', 'location_id'),
];
