import type { SourceRowValues } from '../../src/hsds-import/hsds-owner.rules.js';

/** Towns of the demo world and of `given()` are not needed: these are places by their official key. */
const TOWN = { extent: '05', name: 'Nordrhein-Westfalen' };

/** An id that looks like those of other systems and is the same each time. */
export const feedId = (table: string, i: number): string =>
  `${table
    .slice(0, 3)
    .padEnd(8, '0')
    .replace(/[^0-9a-f]/g, 'a')}-0000-4000-8000-${String(i).padStart(12, '0')}`;

interface FeedWish {
  services: number;
  /** Services of each organisation, and at each location. */
  perOrganization?: number;
  /** Of each service, what makes its description another one than the time before. */
  edition?: (i: number) => number;
  municipality?: string;
}

/** A directory as another system might export it: seven rows for each service, and its part of organisation, place and address. */
export async function* feed({
  services,
  perOrganization = 5,
  edition = () => 1,
  municipality = '05334002',
}: FeedWish): AsyncGenerator<SourceRowValues> {
  const organizations = Math.ceil(services / perOrganization);
  const rowsOf = function* (table: string, count: number, values: (i: number) => Record<string, string>) {
    for (let i = 0; i < count; i++) {
      const id = feedId(table, i);
      yield { table, id, file: `${table}.csv`, row: i + 2, values: { id, ...values(i) } };
    }
  };
  const organizationOf = (i: number) => feedId('organizations', Math.floor(i / perOrganization));
  const locationOf = (i: number) => feedId('locations', Math.floor(i / perOrganization));
  yield* rowsOf('organizations', organizations, i => ({
    name: `Beratungsverein ${i}`,
    description: `Verein für Beratung, Bildung und Begleitung Nummer ${i}`,
    email: `kontakt${i}@verein.example`,
    website: `https://verein-${i}.example`,
  }));
  yield* rowsOf('services', services, i => ({
    organization_id: organizationOf(i),
    name: `Schuldnerberatung ${i}`,
    description: `Wir beraten Menschen mit Schulden vertraulich und kostenlos. Ausgabe ${edition(i)}, Angebot ${i}.`,
    status: 'active',
    application_process: 'Telefonisch oder mit Überweisung des Jobcenters.',
    eligibility_description: 'Für Menschen, die Bürgergeld beziehen.',
    minimum_age: '18',
  }));
  yield* rowsOf('locations', organizations, i => ({
    organization_id: feedId('organizations', i),
    name: `Haus ${i}`,
    latitude: String(50.7 + (i % 100) / 500),
    longitude: String(6 + (i % 90) / 500),
    external_identifier: municipality,
    external_identifier_type: 'AGS',
  }));
  yield* rowsOf('service_at_location', services, i => ({
    service_id: feedId('services', i),
    location_id: locationOf(i),
  }));
  yield* rowsOf('addresses', organizations, i => ({
    location_id: feedId('locations', i),
    address_1: `Hauptstraße ${i}`,
    city: 'Aachen',
    postal_code: '52062',
    country: 'DE',
    address_type: 'physical',
  }));
  yield* rowsOf('phones', services, i => ({ service_id: feedId('services', i), number: `0241 ${100_000 + i}` }));
  yield* rowsOf('schedules', services, i => ({
    service_id: feedId('services', i),
    freq: 'WEEKLY',
    byday: 'MO,TU,WE',
    opens_at: '09:00',
    closes_at: '16:00',
  }));
  yield* rowsOf('languages', services, i => ({
    service_id: feedId('services', i),
    code: ['de', 'uk', 'ar', 'tr'][i % 4]!,
  }));
  yield {
    table: 'taxonomy_terms',
    id: 't1',
    file: 'taxonomy_terms.csv',
    row: 2,
    values: { id: 't1', code: 'debt-counselling', name: 'Schuldnerberatung', taxonomy: 'Fremd' },
  };
  yield* rowsOf('attributes', services, i => ({
    link_id: feedId('services', i),
    link_entity: 'service',
    taxonomy_term_id: 't1',
  }));
  yield* rowsOf('service_areas', services, i => ({ service_id: feedId('services', i), ...TOWN, extent_type: 'text' }));
}
