import { beforeEach, expect, test } from 'vitest';
import { fullRows } from '../../src/hsds-export/hsds-full.query.js';
import type { OutRow } from '../../src/hsds-export/hsds-out.rules.js';
import type { SourceRowValues } from '../../src/hsds-import/hsds-owner.rules.js';
import { LOCATION_RECORD } from '../../src/location/location-record.rules.js';
import { changeRecords } from '../../src/record/record.actions.js';
import { Origin, type RecordDocument } from '../../src/record/record.rules.js';
import { importing } from '../hsds-import/importing.js';
import { testHub } from '../support/hub.js';
import { exporting } from './exporting.js';

const hub = testHub('hsds_guarded');
const run = importing(hub);
const WHERE = 'Hintereingang Quarzitweg 9';

/** A shelter and an open house, with a service at both, and the street of the shelter in every free text of its rows. */
const rowsOf = (municipality: string): Record<string, object[]> => ({
  organizations: [{ id: 'o1', name: 'Verein', legal_status: 'e. V.' }],
  services: [{ id: 's1', organization_id: 'o1', name: 'Beratung', wait_time: '2 Wochen' }],
  locations: ['l1', 'l2'].map(id => ({
    id,
    organization_id: 'o1',
    name: `Haus ${id}`,
    alternate_name: id === 'l1' ? WHERE : 'offen',
    description: id === 'l1' ? WHERE : 'offen',
    external_identifier: municipality,
    external_identifier_type: 'AGS',
  })),
  addresses: [
    { id: 'a1', location_id: 'l1', address_1: 'Quarzitweg 9', city: 'Heimstadt', address_type: 'physical' },
    { id: 'a2', location_id: 'l2', address_1: 'Markt 1', city: 'Heimstadt', address_type: 'physical' },
  ],
  service_at_location: [
    { id: 'sal1', service_id: 's1', location_id: 'l1', description: WHERE },
    { id: 'sal2', service_id: 's1', location_id: 'l2', description: 'offen' },
  ],
  phones: [
    { id: 'ph1', location_id: 'l1', number: '0241 1', description: WHERE },
    { id: 'ph2', service_at_location_id: 'sal1', number: '0241 2', description: WHERE },
    { id: 'ph3', contact_id: 'c1', number: '0241 3', description: WHERE },
    { id: 'ph4', service_at_location_id: 'sal2', number: '0241 4', description: 'offen' },
    { id: 'ph5', service_id: 's1', location_id: 'l1', number: '0241 5', description: WHERE },
  ],
  contacts: [
    { id: 'c1', service_at_location_id: 'sal1', name: 'Ost', title: WHERE },
    { id: 'c2', location_id: 'l1', name: 'West', title: WHERE },
    { id: 'c3', service_at_location_id: 'sal2', name: 'Nord', title: 'offen' },
  ],
  schedules: [
    {
      id: 'sc1',
      location_id: 'l1',
      freq: 'WEEKLY',
      byday: 'MO',
      opens_at: '09:00',
      closes_at: '10:00',
      description: 'offen',
    },
    { id: 'sc2', service_at_location_id: 'sal1', freq: 'WEEKLY', byday: 'MO', description: WHERE },
  ],
  accessibility: [
    { id: 'ac1', location_id: 'l1', description: WHERE, details: WHERE, url: `https://x.example/${WHERE}` },
  ],
  languages: [
    { id: 'la1', location_id: 'l1', code: 'de', note: WHERE },
    { id: 'la2', phone_id: 'ph3', code: 'de', note: WHERE },
  ],
  taxonomies: [{ id: 'x1', name: 'eigene' }],
  taxonomy_terms: [{ id: 't1', code: 'w', name: 'Weg', taxonomy: 'eigene', taxonomy_id: 'x1' }],
  attributes: [
    ['at1', 'l1', 'location'],
    ['at2', 'a1', 'address'],
    ['at3', 'sal1', 'service_at_location'],
    ['at4', 'ph3', 'phone'],
    ['at5', 's1', 'service'],
  ].map(([id, link_id, link_entity]) => ({
    id,
    link_id,
    link_entity,
    taxonomy_term_id: 't1',
    value: id === 'at5' ? 'offen' : WHERE,
    label: id === 'at5' ? 'offen' : WHERE,
  })),
  metadata: [{ id: 'm1', resource_id: 'sal1', resource_type: 'service_at_location', previous_value: WHERE }],
});

async function* feed(tables: Record<string, object[]>): AsyncGenerator<SourceRowValues> {
  for (const [table, rows] of Object.entries(tables))
    for (const [i, row] of rows.entries())
      yield { table, id: (row as { id: string }).id, file: `${table}.csv`, row: i + 2, values: { ...row } };
}

const exported = exporting(hub);

async function build() {
  const world = await hub.given();
  await run(world.network.id, feed(rowsOf(world.home.key)));
  const records = await hub.owner().execute<{ key: string; id: string }[]>(
    `select key, record_id as id from source_record where key like '%1'
         and source_id in (select id from source where network_id = ?)`,
    [world.network.id],
  );
  const idOf = (key: string) => records.find(one => one.key === key)!.id;
  return { ...world, shelter: idOf('locations:l1'), advice: idOf('services:s1'), club: idOf('organizations:o1') };
}
let world!: Awaited<ReturnType<typeof build>>;
beforeEach(async () => {
  world = await build();
});

const edit = (wanted: RecordDocument) =>
  hub.nobody().transactional(tx =>
    changeRecords(tx, LOCATION_RECORD, [{ id: world.shelter, wanted }], {
      origin: Origin.EDIT,
      at: hub.now(),
      account: null,
    }),
  );

/** All that the API nests into the service, the shelter and the organisation. */
async function nested(): Promise<string> {
  const { advice, shelter, club } = world;
  const wish = { full: true, lists: true } as never;
  const rows = await fullRows(hub.nobody(), {
    services: [advice],
    locations: [shelter],
    organizations: [club],
    places: true,
  });
  return JSON.stringify([
    rows.object('services', advice, wish),
    rows.object('locations', shelter, wish),
    rows.object('organizations', club, wish),
    rows.pair(advice, shelter, wish),
  ]);
}

const ofSource = (rows: readonly OutRow[]): string[] => rows.map(({ id }) => id).filter(id => id.length < 6);
const REMAIN = ['a2', 'at5', 'c3', 'l1', 'l2', 'o1', 'ph4', 's1', 'sal1', 'sal2', 't1', 'x1'];

test('of a place whose address is protected nothing goes out that its source said in words', async () => {
  const before = await exported(world.network.id);
  expect(JSON.stringify(before).split(WHERE).length).toBeGreaterThan(20);
  expect(ofSource(before).length).toBe(29);
  await edit({ addressProtected: true });
  const rows = await exported(world.network.id);
  expect(JSON.stringify(rows)).not.toContain('Quarzit');
  expect(ofSource(rows).sort()).toEqual(REMAIN);
  expect(rows.find(({ id }) => id === 'sal1')!.values).toEqual({ service_id: 's1', location_id: 'l1' });
  expect(rows.find(({ id }) => id === 'sal2')!.values).toMatchObject({ description: 'offen' });
  expect(rows.find(({ id }) => id === 'l1')!.values).toMatchObject({ name: 'Haus l1', organization_id: 'o1' });
  // Nothing hangs on what is not there.
  const ids = new Set(rows.map(({ id }) => id));
  expect(rows.filter(({ values: { link_id: id } }) => id && !ids.has(id))).toEqual([]);
});

test('nor what it said before or then, once it is open again, elsewhere', async () => {
  await edit({ addressProtected: true });
  await edit({ addressProtected: false, street: 'Talweg 1' });
  const rows = await exported(world.network.id);
  expect(JSON.stringify(rows)).not.toContain('Quarzit');
  expect(JSON.stringify(rows)).toContain('Talweg 1');
  expect(ofSource(rows).sort()).toEqual(REMAIN);
});

test('nor over the API', async () => {
  expect(await nested()).toContain('Quarzit');
  await edit({ addressProtected: true });
  expect(await nested()).not.toContain('Quarzit');
  await edit({ addressProtected: false, street: 'Talweg 1' });
  expect(await nested()).not.toContain('Quarzit');
});
