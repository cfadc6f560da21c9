import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scratch, zipOf } from '../support/files.js';
import { readFeed } from './hsds.js';
import { nested } from './nested.js';

/** The official examples of 3.0 lie beside the project, and are read there. */
const HERE = new URL('../../../shared/data/hsds-3.0-examples/', import.meta.url);
const DIR = HERE.pathname;
const { file } = scratch();

/** Counted by hand: eight ids that are nowhere, a link to a table that there is none of, and what else is odd. */
const IN_TABLES = [
  'attributes.csv 2 link_entity UNKNOWN_VALUE WARNING link_entity',
  'attributes.csv 2 link_id DANGLING_REFERENCE ERROR f28dd44b-0c4d-479f-8e90-4c52219a8b3c',
  'contacts.csv 2 organization_id DANGLING_REFERENCE ERROR ae67a707-5893-4225-b0b1-320ab9cb596b',
  'contacts.csv 2 service_at_location_id DANGLING_REFERENCE ERROR 93eaf18d-1cd2-4ec7-bffb-3c9172ee5070',
  'cost_options.csv 2 currency NORMALISED NOTICE gbp',
  'locations.csv 2 latitude OUT_OF_RANGE ERROR 100',
  'locations.csv 2 organization_id DANGLING_REFERENCE ERROR 985e4a42-bd9f-4edc-911d-0243a4640aca',
  'metadata.csv 2 resource_id DANGLING_REFERENCE ERROR 38960354-e7d2-4cfa-a368-820f729d6ccf',
  'organizations.csv 2 parent_organization_id DANGLING_REFERENCE ERROR cd09a387-91f4-4555-94ec-e799c35344cd',
  'phones.csv 2 number NORMALISED NOTICE "+44 1234 234567"',
  'schedules.csv 2 count OUT_OF_RANGE WARNING 3, 2005-01-01',
  'service_areas.csv 2 extent OUT_OF_RANGE WARNING extent',
  'taxonomy_terms.csv 2 parent_id DANGLING_REFERENCE ERROR 0bc248fa-dc27-4650-9ba4-8f1a24ef16a2',
  'taxonomy_terms.csv 2 taxonomy_id DANGLING_REFERENCE ERROR 07ff6aee-a219-438c-b694-d2fcb6c5373b',
];

const PARENT = 'parent_organization_id DANGLING_REFERENCE ERROR cd09a387-91f4-4555-94ec-e799c35344cd';
const TERM = 'parent_id DANGLING_REFERENCE ERROR 0bc248fa-dc27-4650-9ba4-8f1a24ef16a2';
const LATITUDE = 'latitude OUT_OF_RANGE ERROR 100';
const PHONE = 'contacts.phones.number NORMALISED NOTICE "+44 1234 234567"';
const COUNT = 'schedules.count OUT_OF_RANGE WARNING 3, 2005-01-01';
const OF_SERVICE = [
  'service_areas.extent OUT_OF_RANGE WARNING extent',
  'cost_options.currency NORMALISED NOTICE gbp',
  'attributes.link_entity OUT_OF_RANGE WARNING link_entity',
  'metadata.resource_type OUT_OF_RANGE WARNING location',
  `attributes.taxonomy_term.${TERM}`,
];

/** Of each record, its first row, then rows and findings; a finding begins with the path of nested rows. */
const RECORDS: Readonly<Record<string, { rows: number; told: string[] }>> = {
  location: { rows: 7, told: [LATITUDE, PHONE, COUNT] },
  organization_list: { rows: 1, told: [PARENT] },
  organization_full: {
    rows: 20,
    told: [PARENT, PHONE, `locations.${LATITUDE}`, `locations.${COUNT}`, ...OF_SERVICE.map(one => `services.${one}`)],
  },
  service_list: { rows: 3, told: [`organization.${PARENT}`] },
  service_full: {
    rows: 20,
    told: [
      `organization.${PARENT}`,
      `organization.${PHONE}`,
      `organization.locations.${LATITUDE}`,
      `organization.locations.${COUNT}`,
      ...OF_SERVICE,
    ],
  },
  service_at_location_list: { rows: 5, told: [`location.${LATITUDE}`, `service.organization.${PARENT}`] },
  service_at_location_full: {
    rows: 20,
    told: [
      `location.${LATITUDE}`,
      `location.${PHONE}`,
      `location.${COUNT}`,
      `service.organization.${PARENT}`,
      ...OF_SERVICE.map(one => `service.${one}`),
    ],
  },
  taxonomy: { rows: 1, told: [] },
  taxonomy_list: { rows: 1, told: [] },
  taxonomy_term: { rows: 2, told: [TERM] },
  taxonomy_term_list: { rows: 2, told: [TERM] },
};

describe.skipIf(!existsSync(DIR))('the official examples (skipped without ../shared)', () => {
  const files = () => readdirSync(`${DIR}csv`);
  const content = (name: string) => readFileSync(`${DIR}${name}`, 'utf8');

  test('as tables: every fault is named, every table is read', async () => {
    const { rows, told } = await readFeed(`${DIR}csv`);
    expect(told.toSorted()).toEqual(IN_TABLES);
    expect(rows.length).toBe(21);
    expect(new Set(rows.map(one => one.table)).size).toBe(21);
    expect(rows.every(one => one.usable && !one.again)).toBe(true);
  });

  test('as a zip: the same', async () => {
    const zip = await zipOf(Object.fromEntries(files().map(name => [`feed/${name}`, content(`csv/${name}`)])));
    const { rows, told } = await readFeed(await file('official.zip', zip));
    expect(told.map(one => one.replace(/^feed\//, '')).toSorted()).toEqual(IN_TABLES);
    expect(rows.map(({ file: _, ...row }) => row)).toEqual(
      (await readFeed(`${DIR}csv`)).rows.map(({ file: _, ...row }) => row),
    );
  });

  test('values are as they are used, and as they were', async () => {
    const { rows } = await readFeed(`${DIR}csv`);
    const of = (table: string) => rows.find(one => one.table === table)!;
    expect(of('locations').values).toMatchObject({ longitude: 101, external_identifier: '10092008082' });
    expect(of('locations').values).not.toHaveProperty('latitude');
    expect(of('locations').original).toEqual({ latitude: '100' });
    expect(of('locations').dangling).toEqual(['organization_id']);
    expect(of('phones').values).toMatchObject({ number: '+44 1234 234567', extension: 100 });
    expect(of('schedules').values).toMatchObject({ opens_at: '10:00', byday: 'TH,FR', timezone: 3 });
    expect(of('services').values).toMatchObject({ minimum_age: 12, last_modified: '2023-03-15T10:30:45.123Z' });
  });

  test('as tables in one JSON: the same faults, by the number of the record', async () => {
    const { rows, told } = await readFeed(`${DIR}tabular.json`);
    const faults = (lines: string[]) => lines.map(one => one.split(' ').slice(2).join(' ')).toSorted();
    expect(faults(told)).toEqual(faults(IN_TABLES));
    expect(rows.length).toBe(21);
  });

  test.each(Object.entries(RECORDS))('%s.json', async (name, { rows: count, told: expected }) => {
    const { rows, told } = await readFeed(`${DIR}${name}.json`);
    expect(told.toSorted()).toEqual(expected.map(one => `${name}.json 1 ${one}`).toSorted());
    expect(rows.length).toBe(count);
    expect(rows.every(one => one.usable && !one.again)).toBe(true);
  });

  test('what is no record is told', async () => {
    const { rows, told } = await readFeed(`${DIR}base.json`);
    expect(rows).toEqual([]);
    expect(told.map(one => one.split(' ').slice(0, 5).join(' '))).toEqual(['base.json 1 - UNKNOWN_TABLE WARNING']);
  });

  test.each(['service_full', 'service_at_location_full', 'organization_full', 'location'])(
    '%s.json can be put together again from its rows',
    async name => {
      const { rows } = await readFeed(`${DIR}${name}.json`);
      const before = JSON.parse(content(`${name}.json`));
      expect(nested(before, rows)).toEqual(before);
    },
  );

  test('a page that repeats one record is read once', async () => {
    const one = JSON.parse(content('service_full.json'));
    const page = JSON.stringify({ total_items: 128, contents: Array.from({ length: 128 }, () => one) });
    const { rows, report } = await readFeed(await file('services.json', page));
    expect(report.count('REPEATED')).toBe(127);
    expect(rows.filter(row => !row.again).length).toBe(20);
    expect(rows.filter(row => ['services', 'organizations', 'locations'].includes(row.table)).length).toBe(3);
    expect(report.count('OUT_OF_RANGE')).toBe(5);
  });
});
