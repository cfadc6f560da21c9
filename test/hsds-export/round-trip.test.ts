import { describe, expect, test } from 'vitest';
import type { OutRow } from '../../src/hsds-export/hsds-out.rules.js';
import type { SourceRowValues } from '../../src/hsds-import/hsds-owner.rules.js';
import { LOCATION_RECORD } from '../../src/location/location-record.rules.js';
import { Attendance, exceptionOf, ruleOf, storedHours, Weekday } from '../../src/opening-hours/opening-hours.rules.js';
import { PARTNER_RECORD } from '../../src/partner/partner-record.rules.js';
import { changeRecords } from '../../src/record/record.actions.js';
import { readRecords } from '../../src/record/record.query.js';
import {
  changesBetween,
  type JsonValue,
  Origin,
  type RecordDocument,
  type RecordKind,
} from '../../src/record/record.rules.js';
import { SERVICE_RECORD } from '../../src/service/service-record.rules.js';
import { feed } from '../hsds-import/feed.js';
import { importing } from '../hsds-import/importing.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { exporting } from './exporting.js';

const hub = testHub('hsds_round_trip');
const run = importing(hub);

const exported = exporting(hub);

/** As tables hold them: what is empty is as if it were not there. */
const tableRows = (rows: readonly OutRow[]) =>
  rows.map(({ table, id, values }) => ({
    table,
    id,
    values: Object.fromEntries(
      Object.entries(values)
        .filter(([column, value]) => column !== 'id' && value !== null && value !== '')
        .sort(),
    ),
  }));

async function* asFeed(rows: readonly OutRow[]): AsyncGenerator<SourceRowValues> {
  for (const { table, id, values } of tableRows(rows)) yield { table, id, file: `${table}.csv`, row: 2, values };
}

const edit = (kind: RecordKind, id: string, wanted: RecordDocument) =>
  hub
    .nobody()
    .transactional(tx =>
      changeRecords(tx, kind, [{ id, wanted }], { origin: Origin.EDIT, at: hub.now(), account: null }),
    );

const MONDAYS = ruleOf({
  days: [{ weekday: Weekday.MONDAY, ordinal: null }],
  opens: '09:00',
  closes: '12:00',
  attendance: Attendance.BY_APPOINTMENT,
});
const HOLIDAYS = exceptionOf({ from: '2026-12-24', until: '2026-12-31', reason: 'Betriebsferien' });

/** A service and a location with something in every field. */
async function full() {
  const world = await hub.given();
  const contacts: JsonValue = [
    { name: 'Frau Ost', responsibility: 'Anmeldung', phone: '0234 77', email: 'ost@anker.example' },
    { responsibility: 'Beratung auf Türkisch', languages: ['tr'] },
  ];
  await edit(PARTNER_RECORD, world.anker.id, {
    alternateName: 'AN',
    description: 'Hilft.',
    email: 'post@anker.example',
    phone: '0234 1',
    website: 'https://anker.example',
    contacts,
    parent: world.brücke.id,
  });
  await edit(LOCATION_RECORD, world.location.id, {
    name: 'Haupthaus',
    directions: 'Bus 3',
    phone: '0234 2',
    accessibility: [{ feature: 'LIFT', state: 'YES', assessedOn: '2026-01-02' }],
    openingHours: storedHours({ rules: [MONDAYS], exceptions: [HOLIDAYS] }),
  });
  await edit(SERVICE_RECORD, world.service.id, {
    description: 'Beratung für alle.',
    status: 'PAUSED',
    needs: ['debt'],
    languages: ['de', 'uk'],
    interpretation: true,
    deliveryModes: ['ON_SITE', 'PHONE'],
    minimumAge: 18,
    maximumAge: 65,
    criteria: [{ effect: 'EXCLUDES', needs: ['addiction'], text: 'nicht bei akuter Sucht' }],
    costs: [{ amountCents: 1250, currency: 'EUR', unit: 'HOUR', free: false, description: 'Beitrag' }],
    requiredDocuments: [{ name: 'Ausweis', url: 'https://anker.example/ausweis' }],
    instruments: [
      { instrument: 'sgb3-45', required: true, approvedMeasure: true, approvalNumber: '123/45', validTo: '2027-12-31' },
    ],
    howToApply: 'Anrufen.',
    keepsWaitingList: true,
    contacts,
    email: 'rat@anker.example',
    phone: '0234 3',
    website: 'https://anker.example/rat',
    openingHours: storedHours({ rules: [MONDAYS], exceptions: [] }),
  });
  await hub
    .owner()
    .execute('update service_capacity set total = 12, occupied_elsewhere = 5, reported_at = ? where service_id = ?', [
      '2026-01-05T08:30:00.000Z',
      world.service.id,
    ]);
  return world;
}

describe('out, in and out again', () => {
  test('is the same for what the hub’s own people made, in every field', async () => {
    const { network, elsewhere, service, location, anker } = await full();
    const first = await exported(network.id);
    const { counts, report } = await run(elsewhere.id, asFeed(first));
    expect(counts).toMatchObject({
      organizations: { refused: 0 },
      locations: { refused: 0 },
      services: { refused: 0 },
    });
    expect(report.summary().filter(({ code }) => code !== 'ASSUMED')).toEqual([]);
    expect(tableRows(await exported(elsewhere.id))).toEqual(tableRows(first));

    const documents = async (kind: RecordKind, id: string) => {
      const [row] = await hub
        .owner()
        .execute<{ record_id: string }[]>(
          'select k.record_id from source_record k join source s on s.id = k.source_id where s.network_id = ? and k.key like ?',
          [elsewhere.id, `%:${id}`],
        );
      const read = await readRecords(hub.owner(), kind, [id, row!.record_id]);
      return [read.get(id)!.document, read.get(row!.record_id)!.document];
    };
    for (const [kind, id, but] of [
      [PARTNER_RECORD, anker.id, ['parent']],
      [LOCATION_RECORD, location.id, []],
      [SERVICE_RECORD, service.id, ['locations']],
    ] as const) {
      const [own, other] = await documents(kind, id);
      const without = (document: RecordDocument) =>
        Object.fromEntries(Object.entries(document).filter(([field]) => !(but as readonly string[]).includes(field)));
      expect(changesBetween(kind, without(own!), without(other!))).toEqual({});
    }
  });

  test('is the same for what came from a source, and what was changed of it since goes with it', async () => {
    const { network, elsewhere, home } = await hub.given();
    await hub.owner().execute(`update partner set status = 'ARCHIVED' where network_id = ?`, [network.id]);
    await run(network.id, feed({ services: 20, municipality: home.key }));
    const first = await exported(network.id);
    expect(first.filter(({ table }) => table === 'services')).toHaveLength(20);
    const [service] = await hub
      .owner()
      .execute<{ id: string }[]>('select id from service where network_id = ? order by name limit 1 offset 3', [
        network.id,
      ]);
    await edit(SERVICE_RECORD, service!.id, {
      phone: '0234 99',
      languages: ['de', 'fr'],
      serviceArea: ['05', home.key],
    });
    const second = await exported(network.id);
    expect(tableRows(second)).not.toEqual(tableRows(first));
    expect(second.filter(({ values }) => values.number === '0234 99')).toHaveLength(1);
    await run(elsewhere.id, asFeed(second));
    expect(tableRows(await exported(elsewhere.id))).toEqual(tableRows(second));
  });

  test('keeps small lists in their order, whoever told them', async () => {
    const { network, elsewhere, service } = await hub.given();
    const names = ['Zoe', 'Anna', 'Mila', 'Bert', 'Xaver', 'Dora'];
    const opening = (_: string, i: number) =>
      ruleOf({ ...MONDAYS, days: [{ weekday: Object.values(Weekday)[names.length - i]!, ordinal: null }] });
    const lists: RecordDocument = {
      contacts: names.map(name => ({ name, responsibility: 'Beratung' })),
      costs: names.map((description, i) => ({ amountCents: 1500 - i, currency: 'EUR', free: false, description })),
      requiredDocuments: names.map(name => ({ name })),
      openingHours: storedHours({ rules: names.map(opening), exceptions: [] }),
    };
    await edit(SERVICE_RECORD, service.id, lists);
    const first = await exported(network.id);
    await run(elsewhere.id, asFeed(first));
    expect(tableRows(await exported(elsewhere.id))).toEqual(tableRows(first));
    const [copy] = await hub
      .owner()
      .execute<{ id: string }[]>('select id from service where network_id = ?', [elsewhere.id]);
    const { document } = (await readRecords(hub.owner(), SERVICE_RECORD, [copy!.id])).get(copy!.id)!;
    expect(changesBetween(SERVICE_RECORD, document, lists)).toEqual({});

    const told = {
      organizations: [{ id: 'o1', name: 'Verein' }],
      contacts: names.map(name => ({ id: name, organization_id: 'o1', name, title: 'Leitung' })),
    };
    await run(network.id, told, { name: 'verein' });
    const contacts = (rows: readonly OutRow[]) =>
      rows.filter(({ table, values }) => table === 'contacts' && values.organization_id === 'o1').map(({ id }) => id);
    const second = await exported(network.id);
    expect(contacts(second)).toEqual(names);
    await run(elsewhere.id, asFeed(second), { name: 'zweite' });
    expect(contacts(await exported(elsewhere.id))).toEqual(names);
  });

  test('keeps what the hub has no field for', async () => {
    const { network, elsewhere, home } = await hub.given();
    const odd: SourceRowValues[] = [
      {
        table: 'organizations',
        id: 'o1',
        file: 'f',
        row: 2,
        values: { name: 'Verein', tax_id: '42', legal_status: 'e. V.' },
      },
      { table: 'programs', id: 'p1', file: 'f', row: 2, values: { organization_id: 'o1', name: 'Programm' } },
      { table: 'funding', id: 'f1', file: 'f', row: 2, values: { organization_id: 'o1', source: 'Land' } },
      {
        table: 'services',
        id: 's1',
        file: 'f',
        row: 2,
        values: { organization_id: 'o1', name: 'Kurs', wait_time: '2 Wochen' },
        unknown: { colour: 'blau' },
      },
      {
        table: 'locations',
        id: 'l1',
        file: 'f',
        row: 2,
        values: { organization_id: 'o1', name: 'Nirgends' },
        original: { latitude: '100' },
      },
      {
        table: 'metadata',
        id: 'm1',
        file: 'f',
        row: 2,
        values: { resource_id: 's1', resource_type: 'service', updated_by: 'Ann' },
      },
      { table: 'units', id: 'u1', file: 'f', row: 2, values: { name: 'Betten' } },
    ];
    const rows = async function* () {
      yield* odd;
    };
    await run(network.id, rows());
    const first = await exported(network.id);
    const ofSource = (found: readonly OutRow[]) => tableRows(found).filter(({ id }) => id.length === 2);
    expect(ofSource(first).map(({ table, values }) => [table, values])).toEqual(
      expect.arrayContaining(
        odd.map(({ table, values, unknown, original }) => [table, { ...values, ...unknown, ...original }]),
      ),
    );
    await run(elsewhere.id, asFeed(first));
    expect(ofSource(await exported(elsewhere.id))).toEqual(ofSource(first));
    void home;
  });
});

test('a location that was joined into another does not go out beside it', async () => {
  const { network, location } = await hub.given();
  const [twin] = await hub.owner().execute<{ id: string }[]>(
    `insert into location (partner_id, name, city, municipality_key, status, merged_into_id)
     select partner_id, 'Doppelgänger', city, municipality_key, 'ARCHIVED', id from location where id = ? returning id`,
    [location.id],
  );
  const rows = await exported(network.id);
  expect(rows.filter(({ table }) => table === 'locations').map(({ id }) => id)).toContain(location.id);
  expect(JSON.stringify(rows)).not.toContain(twin!.id);
});

test('a protected address stays inside, whoever said it', async () => {
  const { network, elsewhere, location } = await full();
  await edit(LOCATION_RECORD, location.id, { addressProtected: true, street: 'Geheimweg 7', postalCode: '44787' });
  const rows = await exported(network.id);
  const text = JSON.stringify(rows);
  expect(text).not.toContain('Geheimweg');
  expect(text).not.toContain('44787');
  expect(text).not.toContain('50.81');
  expect(text).toContain('Heimstadt');

  // What was withheld comes back as nothing said, not as an address that is empty.
  await run(network.id, asFeed(rows), { name: 'zurueck' });
  const { document } = (await readRecords(hub.owner(), LOCATION_RECORD, [location.id])).get(location.id)!;
  expect(document).toMatchObject({ street: 'Geheimweg 7', postalCode: '44787', directions: 'Bus 3' });
  expect(document.latitude).not.toBeNull();
  expect(await hub.owner().execute(`select id from proposal where record_id = ?`, [location.id])).toEqual([]);
  expect(tableRows(await exported(network.id))).toEqual(tableRows(rows));

  await run(elsewhere.id, asFeed(rows));
  const [copy] = await hub
    .owner()
    .execute(
      'select city, municipality_key as municipality, address_protected as protected from location where id = (select record_id from source_record where key = ? and record_id <> ?)',
      [`locations:${location.id}`, location.id],
    );
  expect(copy).toEqual({ city: document.city, municipality: document.municipality, protected: true });
});

test('an umbrella goes out with its members as long as it is published, also that of another network', async () => {
  const { network, elsewhere, anker } = await hub.given();
  const umbrella = await directory(hub.owner()).partner(elsewhere, 'Fern');
  await edit(PARTNER_RECORD, anker.id, { parent: umbrella.id });
  const parent = async (id: string) =>
    (await exported(network.id)).find(row => row.table === 'organizations' && row.id === id)!.values
      .parent_organization_id;
  expect(await parent(anker.id)).toBe(umbrella.id);
  await edit(PARTNER_RECORD, umbrella.id, { status: 'ARCHIVED' });
  expect(await parent(anker.id)).toBeNull();
  // Also where the source itself said so.
  const rows = [
    { table: 'organizations', id: 'dach', values: { name: 'Dach' } },
    { table: 'organizations', id: 'teil', values: { name: 'Teil', parent_organization_id: 'dach' } },
  ].map(one => ({ ...one, file: 'f', row: 2 }));
  await run(
    network.id,
    (async function* () {
      yield* rows;
    })(),
  );
  expect(await parent('teil')).toBe('dach');
  const [dach] = await hub
    .owner()
    .execute<{ id: string }[]>(`select record_id as id from source_record where key = 'organizations:dach'`);
  await edit(PARTNER_RECORD, dach!.id, { status: 'ARCHIVED' });
  expect(await parent('teil')).toBeNull();
});
