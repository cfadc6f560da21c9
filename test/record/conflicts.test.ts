import { beforeEach, expect, test } from 'vitest';
import { testHub } from '../support/hub.js';

const hub = testHub('record_conflicts');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  world = await hub.given();
});

const CONFLICTS = 'conflicts { field label base current yours both baseText currentText yoursText }';
const door = (name: string, input: string) => `mutation ($id: ID!, $input: ${input}!, $version: Int) {
  answer: ${name}(id: $id, input: $input, expectedVersion: $version) { userErrors { code currentVersion ${CONFLICTS} } } }`;
const SERVICE = door('serviceUpdate', 'ServiceInput');
const LOCATION = door('locationUpdate', 'LocationInput');

const ask = async (query: string, id: string, input: object, version?: number) =>
  (await hub.as(world.partner, query, { id, input, version })).data.answer.userErrors;

test('a stale edit is told what changed since, with all values, and which of it is in its way', async () => {
  const { id } = world.service;
  expect(await ask(SERVICE, id, { phone: '0241 1', minimumAge: 18 }, 1)).toEqual([]);
  expect(await ask(SERVICE, id, { phone: '0241 2', costs: [{ amountCents: 1250, unit: 'MONTH' }] }, 2)).toEqual([]);
  const [error] = await ask(SERVICE, id, { howToApply: 'Bitte anrufen', phone: '0241 3' }, 1);
  expect(error).toMatchObject({ code: 'VERSION_CONFLICT', currentVersion: 3 });
  expect(error.conflicts).toEqual([
    {
      field: 'minimumAge',
      label: 'Mindestalter',
      base: null,
      current: 18,
      yours: null,
      both: false,
      baseText: null,
      currentText: '18 Jahre',
      yoursText: null,
    },
    expect.objectContaining({
      field: 'costs',
      label: 'Kosten',
      base: [],
      both: false,
      baseText: null,
      currentText: '12,50 € im Monat',
    }),
    {
      field: 'phone',
      label: 'Telefon',
      base: null,
      current: '0241 2',
      yours: '0241 3',
      both: true,
      baseText: null,
      currentText: '0241 2',
      yoursText: '0241 3',
    },
  ]);
});

test('what is as it was again is no conflict, and archiving is told what changed before it', async () => {
  const { id } = world.service;
  await ask(SERVICE, id, { minimumAge: 18, languages: ['de', 'tr'] }, 1);
  await ask(SERVICE, id, { minimumAge: null }, 2);
  const query = `mutation ($id: ID!) { answer: serviceArchive(id: $id, expectedVersion: 1) { userErrors { ${CONFLICTS} } } }`;
  const { data } = await hub.as(world.partner, query, { id });
  expect(data.answer.userErrors[0].conflicts).toMatchObject([
    { field: 'languages', both: false, baseText: 'Deutsch', currentText: 'Deutsch, Türkisch', yours: null },
  ]);
});

test('of many stale edits each is told its own, by one statement more', async () => {
  const { id } = world.service;
  await ask(SERVICE, id, { phone: '0241 1' }, 1);
  const query = `mutation ($edits: [ServiceEditInput!]!) { servicesUpdate(edits: $edits) {
    rows { userErrors { code ${CONFLICTS} } } } }`;
  const edits = [{ id, input: { minimumAge: 18 }, expectedVersion: 1 }];
  let rows: { userErrors: object[] }[] = [];
  const sent = await hub.statements(async () => {
    rows = (await hub.as(world.partner, query, { edits })).data.servicesUpdate.rows;
  });
  expect(rows[0]!.userErrors).toMatchObject([
    { code: 'VERSION_CONFLICT', conflicts: [{ field: 'phone', current: '0241 1', both: false }] },
  ]);
  expect(sent.filter(one => one.includes('join revision'))).toHaveLength(1);
});

test.each([
  [{ addressProtected: true, street: 'Geheimweg 7' }, {}],
  [{ street: 'Geheimweg 7', addressProtected: true }, { addressProtected: false }],
])('of an address that is protected, or was, no value is told: %j, then %j', async (first, then) => {
  const { id } = world.location;
  expect(await ask(LOCATION, id, first, 1)).toEqual([]);
  expect(await ask(LOCATION, id, then)).toEqual([]);
  expect(await ask(LOCATION, id, { street: 'Neuweg 8' })).toEqual([]);
  const version = Object.keys(then).length > 0 ? 2 : 1;
  const [error] = await ask(LOCATION, id, { phone: '0241 9' }, version);
  const street = error.conflicts.find((one: { field: string }) => one.field === 'street');
  expect(street).toMatchObject({ base: null, current: null, baseText: null, currentText: null, both: false });
  expect(JSON.stringify(error)).not.toMatch(/Geheimweg|Neuweg/);
});
