import { describe, expect, test } from 'vitest';
import { LOCATION_RECORD } from '../../src/location/location-record.rules.js';
import { PARTNER_RECORD } from '../../src/partner/partner-record.rules.js';
import { changeRecords, createRecords, type Provenance, type RecordEdit } from '../../src/record/record.actions.js';
import { readRecords } from '../../src/record/record.query.js';
import { Origin, type RecordDocument, type RecordKind } from '../../src/record/record.rules.js';
import { RECORD_KINDS } from '../../src/record/record-kinds.rules.js';
import { SERVICE_RECORD } from '../../src/service/service-record.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('record');
const by: Provenance = { origin: Origin.IMPORT, at: new Date('2026-03-01T09:00:00Z'), account: null, source: 'Liste' };

const OFFER = {
  name: 'Sprachkurs',
  categories: ['language-course'],
  needs: ['refugee'],
  languages: ['uk', 'de'],
  deliveryModes: ['ON_SITE'],
  serviceArea: ['05334', '05358'],
  feedbackLevel: 'STATUS',
  criteria: [{ text: 'Niveau A1' }],
};

async function inTransaction<T>(work: (tx: ReturnType<typeof hub.nobody>) => Promise<T>): Promise<T> {
  return hub.nobody().transactional(work);
}

const documentOf = async (kind: RecordKind, id: string): Promise<RecordDocument> =>
  (await readRecords(hub.owner(), kind, [id])).get(id)!.document;

const revisionsOf = (id: string) =>
  hub
    .owner()
    .execute<{ version: number; origin: string; source: string | null; changes: object }[]>(
      'select version, origin, source, changes from revision where record_id = ? order by version',
      [id],
    );

describe('a record', () => {
  test('is made by the serving role with all its lists, and remembers who said so', async () => {
    const { anker, network } = await hub.given();
    const [id] = await inTransaction(tx =>
      createRecords(tx, SERVICE_RECORD, [{ partner: anker.id, network: network.id, document: OFFER }], by),
    );
    expect(await documentOf(SERVICE_RECORD, id!)).toMatchObject({
      ...OFFER,
      status: 'ACTIVE',
      interpretation: false,
      minimumAge: null,
      locations: [],
      contacts: [],
    });
    expect(await revisionsOf(id!)).toEqual([{ version: 1, origin: 'IMPORT', source: 'Liste', changes: {} }]);
  });

  test('changes where something differs, in columns and lists, by one revision', async () => {
    const { service, location } = await hub.given();
    const wanted = { name: 'Beratung', needs: ['debt', 'addiction'], locations: [], minimumAge: 18 };
    const [changed] = await inTransaction(tx => changeRecords(tx, SERVICE_RECORD, [{ id: service.id, wanted }], by));
    const changes = {
      needs: { before: [], after: ['addiction', 'debt'] },
      locations: { before: [location.id], after: [] },
      minimumAge: { before: null, after: 18 },
    };
    expect(changed).toMatchObject({ id: service.id, version: service.version + 1, changes });
    expect(await documentOf(SERVICE_RECORD, service.id)).toMatchObject({ ...wanted, needs: ['addiction', 'debt'] });
    expect(await revisionsOf(service.id)).toEqual([
      { version: service.version + 1, origin: 'IMPORT', source: 'Liste', changes },
    ]);
  });

  test('that is so already keeps its version, and nothing is remembered', async () => {
    const { service, location } = await hub.given();
    const wanted = { name: 'Beratung', locations: [location.id], languages: ['de'] };
    expect(await inTransaction(tx => changeRecords(tx, SERVICE_RECORD, [{ id: service.id, wanted }], by))).toEqual([]);
    expect(await revisionsOf(service.id)).toEqual([]);
  });

  test('that is not there is no record', async () => {
    const gone = { id: '00000000-0000-4000-8000-000000000000', wanted: { name: 'X' } };
    await expect(inTransaction(tx => changeRecords(tx, PARTNER_RECORD, [gone], by))).rejects.toThrow('no PARTNER');
  });

  test('many are made and changed by as many statements as a few', async () => {
    const { anker, network, location } = await hub.given();
    const run = (many: number) =>
      hub.statements(() =>
        inTransaction(async tx => {
          const offers = Array.from({ length: many }, (_, i) => ({
            partner: anker.id,
            network: network.id,
            document: { ...OFFER, name: `Kurs ${i}` },
          }));
          const ids = await createRecords(tx, SERVICE_RECORD, offers, by);
          const edits = ids.map(
            (id, i): RecordEdit => ({
              id,
              wanted: i % 2 ? { locations: [location.id] } : { needs: [], minimumAge: i },
            }),
          );
          await changeRecords(tx, SERVICE_RECORD, edits, by);
        }),
      );
    const [few, many] = [await run(2), await run(300)];
    expect(many.length).toBe(few.length);
    expect(few.length).toBeLessThan(30);
  });

  test('two edits at once of different fields both stand', async () => {
    const { service } = await hub.given();
    const edits: RecordDocument[] = [{ name: 'Neu' }, { needs: ['debt'] }, { minimumAge: 16 }, { needs: ['refugee'] }];
    await Promise.all(
      edits.map(wanted => inTransaction(tx => changeRecords(tx, SERVICE_RECORD, [{ id: service.id, wanted }], by))),
    );
    const versions = (await revisionsOf(service.id)).map(({ version }) => version);
    expect(versions).toEqual([1, 2, 3, 4].map(step => service.version + step));
    expect(await documentOf(SERVICE_RECORD, service.id)).toMatchObject({ name: 'Neu', minimumAge: 16 });
  });
});

test('a location keeps what is known of its features', async () => {
  const { location } = await hub.given();
  const accessibility = [
    { feature: 'LIFT', state: 'NO', assessedOn: '2026-02-03' },
    { feature: 'QUIET_ROOM', state: 'YES', assessedOn: null },
  ];
  const write = (wanted: RecordDocument) =>
    inTransaction(tx => changeRecords(tx, LOCATION_RECORD, [{ id: location.id, wanted }], by));
  expect(await write({ accessibility })).toHaveLength(1);
  expect(await documentOf(LOCATION_RECORD, location.id)).toMatchObject({ accessibility, street: 'Hafenweg 1' });
  expect(await write({ accessibility: [...accessibility].reverse() })).toEqual([]);
});

test.each(Object.values(RECORD_KINDS))('every field of a $name lies where its kind says', async kind => {
  const world = await hub.given();
  const [{ id: opening }] = await hub.owner().execute<[{ id: string }]>(
    `insert into job_opening (partner_id, network_id, title, occupation, valid_until, languages)
     values (?, ?, 'Küchenhilfe', '29301', '2026-12-31', '{}') returning id`,
    [world.anker.id, world.network.id],
  );
  const id = {
    PARTNER: world.anker.id,
    LOCATION: world.location.id,
    SERVICE: world.service.id,
    JOB_OPENING: opening,
  }[kind.name];
  const record = (await readRecords(hub.owner(), kind, [id])).get(id)!;
  expect(Object.keys(record.document).sort()).toEqual(Object.keys(kind.fields).sort());
  expect(record).toMatchObject({ partner: world.anker.id, network: world.network.id });
});
