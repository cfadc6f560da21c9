import { beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES } from '../../src/category/categories.data.js';
import { FeatureState } from '../../src/location/location.rules.js';
import { NEEDS } from '../../src/need/needs.data.js';
import type { Network } from '../../src/network/network.entity.js';
import { PartnerKind } from '../../src/partner/partner.rules.js';
import { DeliveryMode, FeedbackLevel, ServiceStatus } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { ago, anonymous, both, caseworkerIn, coordinatorOf, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('directory_fields');
const NOW = new Date('2026-03-10T09:00:00.123Z');

async function world() {
  const at = directory(hub.owner());
  const aach = await at.municipality('05334002', 'Aachen', { population: 249_070, recipients: 21_000 });
  const esch = await at.municipality('05334012', 'Eschweiler');
  const network = await at.network('StädteRegion', esch, aach);
  const umbrella = await at.partner(network, 'Verband der Mitte', {
    kinds: [PartnerKind.WELFARE_ASSOCIATION, PartnerKind.TRAINING_PROVIDER],
  });
  const anker = await at.partner(network, 'Anker e. V.', {
    description: 'Hilft, „wo es brennt“.',
    email: 'post@anker.example',
    phone: '+49 (241) 123-45/6',
    website: 'https://anker.example/haus?x=1#y',
    parent: umbrella,
    confirmedAt: ago(NOW, 31),
    updatedAt: new Date('2026-01-02T03:04:05.678Z'),
  });
  const house = await at.location(anker, aach, {
    name: 'Haus Nord',
    storedStreet: 'Nordweg 1',
    storedPostalCode: '52062',
    latitude: 50.776,
    longitude: 6.083,
    features: { STEP_FREE_ENTRANCE: FeatureState.YES, LIFT: FeatureState.NO, QUIET_ROOM: FeatureState.UNKNOWN },
    assessedOn: '2025-11-30',
  });
  const shelter = await at.location(anker, esch, {
    name: 'Zuflucht',
    storedStreet: 'Geheimer Weg 7',
    storedPostalCode: '52249',
    latitude: 50.818,
    longitude: 6.27,
    addressProtected: true,
  });
  const service = await at.service(anker, 'Schuldenhilfe', {
    description: 'Ein Plan für alle Raten.',
    status: ServiceStatus.PAUSED,
    intakePausedUntil: '2026-04-01',
    languages: ['de', 'uk-UA', 'gsg'],
    interpretation: true,
    deliveryModes: [DeliveryMode.PHONE, DeliveryMode.OUTREACH],
    minimumAge: 18,
    maximumAge: 27,
    keepsWaitingList: true,
    feedbackLevel: FeedbackLevel.STATUS,
    confirmedAt: ago(NOW, 91),
    updatedAt: new Date('2026-02-03T04:05:06.007Z'),
    categories: ['job-coaching', 'debt-counselling'],
    needs: ['debt', 'addiction'],
    areas: ['05', '05334', '05334012', '09', '16999'],
    locations: [shelter, house],
    capacity: { total: 10, reserved: 2, occupiedElsewhere: 3, reportedWaiting: 4, waitlisted: 1, reportedAt: NOW },
  });
  return { at, network, aach, esch, umbrella, anker, house, shelter, service };
}
let given!: Awaited<ReturnType<typeof world>>;

beforeAll(async () => {
  hub.setNow(NOW);
  given = await world();
});

async function ask(query: string, variables: object = {}, viewer = anonymous) {
  const { data, errors } = await hub.as(viewer, query, variables);
  expect(errors).toBeUndefined();
  return data;
}

test('a network has its municipalities and partners by name', async () => {
  const { network, umbrella, anker } = given;
  const fields = `__typename id slug name municipalities { name } partners { nodes { id } totalCount }`;
  const expected = {
    __typename: 'Network',
    id: network.id,
    slug: network.slug,
    name: 'StädteRegion',
    municipalities: [{ name: 'Aachen' }, { name: 'Eschweiler' }],
    partners: { nodes: [{ id: anker.id }, { id: umbrella.id }], totalCount: 2 },
  };
  const data = await ask(`query ($slug: String!) { network(slug: $slug) { ${fields} } networks { ${fields} } }`, {
    slug: network.slug,
  });
  expect(data).toEqual({ network: expected, networks: [expected] });
});

test('a municipality has its key, district, centre and figures', async () => {
  const data = await ask(`{ municipalities { nodes {
    key name districtKey districtName centre { latitude longitude } population recipients
  } } }`);
  const centre = { latitude: 50.75, longitude: 6.25 };
  const district = { districtKey: '05334', districtName: 'Kreis 05334', centre };
  expect(data.municipalities.nodes).toEqual([
    { key: '05334002', name: 'Aachen', ...district, population: 249_070, recipients: 21_000 },
    { key: '05334012', name: 'Eschweiler', ...district, population: null, recipients: null },
  ]);
});

const PARTNER = `__typename id name kinds description email phone website network { slug } parent { id parent { id } }
  members { nodes { id } totalCount } locations { id } services(filter: {}) { nodes { id } }
  confirmedAt freshness version updatedAt`;

test('a partner has all its fields', async () => {
  const { network, umbrella, anker, house, shelter, service } = given;
  const data = await ask(`query ($id: ID!) { partner(id: $id) { ${PARTNER} } }`, { id: anker.id });
  expect(data.partner).toEqual({
    __typename: 'Partner',
    id: anker.id,
    name: 'Anker e. V.',
    kinds: ['COUNSELLING_CENTRE'],
    description: 'Hilft, „wo es brennt“.',
    email: 'post@anker.example',
    phone: '+49 (241) 123-45/6',
    website: 'https://anker.example/haus?x=1#y',
    network: { slug: network.slug },
    parent: { id: umbrella.id, parent: null },
    members: { nodes: [], totalCount: 0 },
    locations: [{ id: house.id }, { id: shelter.id }],
    services: { nodes: [{ id: service.id }] },
    confirmedAt: '2026-02-07T09:00:00.123Z',
    freshness: 'AGING',
    version: 1,
    updatedAt: '2026-01-02T03:04:05.678Z',
  });
});

test('an umbrella has its members; what is not known is null', async () => {
  const { umbrella, anker } = given;
  const data = await ask(`query ($id: ID!) { partner(id: $id) { ${PARTNER} } }`, { id: umbrella.id });
  expect(data.partner).toMatchObject({
    kinds: ['WELFARE_ASSOCIATION', 'TRAINING_PROVIDER'],
    description: null,
    email: null,
    phone: null,
    website: null,
    parent: null,
    members: { nodes: [{ id: anker.id }], totalCount: 1 },
    locations: [],
    services: { nodes: [] },
    confirmedAt: null,
    freshness: 'UNCONFIRMED',
  });
});

const LOCATION = `__typename id name street postalCode city municipality { key } position { latitude longitude }
  accessibility { feature state assessedOn }`;

test('a location has its address, position and accessibility', async () => {
  const { house } = given;
  const data = await ask(`query ($id: ID!) { node(id: $id) { ... on Location { ${LOCATION} } } }`, { id: house.id });
  expect(data.node).toEqual({
    __typename: 'Location',
    id: house.id,
    name: 'Haus Nord',
    street: 'Nordweg 1',
    postalCode: '52062',
    city: 'Aachen',
    municipality: { key: '05334002' },
    position: { latitude: 50.776, longitude: 6.083 },
    accessibility: [
      { feature: 'LIFT', state: 'NO', assessedOn: '2025-11-30' },
      { feature: 'QUIET_ROOM', state: 'UNKNOWN', assessedOn: '2025-11-30' },
      { feature: 'STEP_FREE_ENTRANCE', state: 'YES', assessedOn: '2025-11-30' },
    ],
  });
});

test.each([
  ['anonymous', () => anonymous],
  ['the editor', () => editorOf(given.anker)],
  ['the coordinator', () => coordinatorOf(given.network)],
])('a protected address is told nobody, on no way: %s', async (_name, viewer) => {
  const { shelter, anker, service } = given;
  const data = await ask(
    `query ($id: ID!, $partner: ID!, $service: ID!) {
      node(id: $id) { ... on Location { ${LOCATION} } }
      partner(id: $partner) { locations { ${LOCATION} } }
      service(id: $service) { locations { ${LOCATION} } }
    }`,
    { id: shelter.id, partner: anker.id, service: service.id },
    viewer(),
  );
  expect(data.node).toEqual({
    __typename: 'Location',
    id: shelter.id,
    name: 'Zuflucht',
    street: null,
    postalCode: null,
    city: 'Eschweiler',
    municipality: { key: '05334012' },
    position: null,
    accessibility: [],
  });
  expect([data.partner.locations[1], data.service.locations[1]]).toEqual([data.node, data.node]);
  expect(JSON.stringify(data)).not.toMatch(/Geheim|52249|50\.818|6\.27\b/);
});

const SERVICE = `__typename id partner { id } name description status intakePausedUntil categories { code }
  needs { code } languages interpretation deliveryModes minimumAge maximumAge locations { id }
  serviceArea { key name } keepsWaitingList feedbackLevel confirmedAt freshness version updatedAt`;

test('a service has all its fields', async () => {
  const { anker, house, shelter, service } = given;
  const data = await ask(`query ($id: ID!) { service(id: $id) { ${SERVICE} } }`, { id: service.id });
  expect(data.service).toEqual({
    __typename: 'Service',
    id: service.id,
    partner: { id: anker.id },
    name: 'Schuldenhilfe',
    description: 'Ein Plan für alle Raten.',
    status: 'PAUSED',
    intakePausedUntil: '2026-04-01',
    categories: [{ code: 'debt-counselling' }, { code: 'job-coaching' }],
    needs: [{ code: 'addiction' }, { code: 'debt' }],
    languages: ['de', 'uk-UA', 'gsg'],
    interpretation: true,
    deliveryModes: ['PHONE', 'OUTREACH'],
    minimumAge: 18,
    maximumAge: 27,
    locations: [{ id: house.id }, { id: shelter.id }],
    serviceArea: [
      { key: '05', name: 'Nordrhein-Westfalen' },
      { key: '05334', name: 'Kreis 05334' },
      { key: '05334012', name: 'Eschweiler' },
      { key: '09', name: 'Bayern' },
      { key: '16999', name: 'Gebiet 16999' },
    ],
    keepsWaitingList: true,
    feedbackLevel: 'STATUS',
    confirmedAt: '2025-12-09T09:00:00.123Z',
    freshness: 'STALE',
    version: 1,
    updatedAt: '2026-02-03T04:05:06.007Z',
  });
});

test('a service of which little is known', async () => {
  const { at, umbrella } = given;
  const bare = await at.service(umbrella, 'Irgendetwas', { deliveryModes: [] });
  const data = await ask(`query ($id: ID!) { service(id: $id) { ${SERVICE} capacity { free } } }`, { id: bare.id });
  expect(data.service).toMatchObject({
    description: null,
    status: 'ACTIVE',
    intakePausedUntil: null,
    categories: [],
    needs: [],
    languages: [],
    interpretation: false,
    deliveryModes: [],
    minimumAge: null,
    maximumAge: null,
    locations: [],
    serviceArea: [],
    capacity: null,
    keepsWaitingList: false,
    confirmedAt: null,
    freshness: 'UNCONFIRMED',
  });
});

const CAPACITY = `query ($id: ID!) { service(id: $id) { capacity {
  total free waiting expectedWaitDays occupiedElsewhere reserved reportedAt freshness
} } }`;

/** Who coordinates the network, and who is a caseworker there too. */
const coordinators = (network: Network) => [
  coordinatorOf(network),
  both(caseworkerIn(network), coordinatorOf(network)),
];

describe('capacity', () => {
  test('others see what is free, the partner and its coordinator see who holds it', async () => {
    const { anker, umbrella, network, service } = given;
    const open = {
      total: 10,
      free: 5,
      waiting: 5,
      expectedWaitDays: null,
      occupiedElsewhere: null,
      reserved: null,
      reportedAt: NOW.toISOString(),
      freshness: 'FRESH',
    };
    const inside = { ...open, occupiedElsewhere: 3, reserved: 2 };
    const elsewhere = coordinatorOf(await given.at.network('Anderswo'));
    const seen = [];
    for (const viewer of [anonymous, editorOf(umbrella), elsewhere, editorOf(anker), ...coordinators(network)])
      seen.push((await ask(CAPACITY, { id: service.id }, viewer)).service.capacity);
    expect(seen).toEqual([open, open, open, inside, inside, inside]);
  });

  test.each([
    [FeedbackLevel.NONE, 5, 3],
    [FeedbackLevel.RECEIVED_ONLY, 5, 3],
    [FeedbackLevel.RECEIVED_ONLY, 2, 1],
    [FeedbackLevel.RECEIVED_ONLY, 0, 0],
    [FeedbackLevel.RECEIVED_ONLY, 80, 6],
    [FeedbackLevel.STATUS, 5, 5],
    [FeedbackLevel.STATUS_AND_OUTCOME, 80, 80],
  ])('%s: of %i free places others see %i', async (feedbackLevel, free, shown) => {
    const { at, anker, network, umbrella } = given;
    const capacity = { total: free + 1, reserved: 1, reportedAt: NOW };
    const service = await at.service(anker, 'Gezählt', { feedbackLevel, capacity });
    const seen = [];
    for (const viewer of [anonymous, editorOf(umbrella), editorOf(anker), ...coordinators(network)])
      seen.push((await ask(CAPACITY, { id: service.id }, viewer)).service.capacity.free);
    expect(seen).toEqual([shown, shown, free, free, shown]);
  });

  test.each([
    [FeedbackLevel.RECEIVED_ONLY, null, 1, null],
    [FeedbackLevel.RECEIVED_ONLY, 0, 1, 0],
    [FeedbackLevel.RECEIVED_ONLY, 4, 5, 4],
    [FeedbackLevel.NONE, 2, 3, 2],
    [FeedbackLevel.STATUS, null, 1, 1],
    [FeedbackLevel.STATUS, 4, 5, 5],
  ])(
    '%s: %s reported, with one of this hub %i, others see %s who wait',
    async (feedbackLevel, reportedWaiting, waiting, shown) => {
      const { at, anker, network, umbrella } = given;
      const capacity = { total: 1, reportedWaiting, waitlisted: 1, reportedAt: NOW };
      const service = await at.service(anker, 'Gezählt', { feedbackLevel, capacity });
      const seen = [];
      for (const viewer of [anonymous, editorOf(umbrella), editorOf(anker), ...coordinators(network)])
        seen.push((await ask(CAPACITY, { id: service.id }, viewer)).service.capacity.waiting);
      expect(seen).toEqual([shown, shown, waiting, waiting, shown]);
    },
  );

  test.each([FeedbackLevel.NONE, FeedbackLevel.RECEIVED_ONLY])(
    '%s: who is a caseworker too does not see how many places are held',
    async feedbackLevel => {
      const { at, anker, network } = given;
      const capacity = { total: 9, reserved: 2, occupiedElsewhere: 2, reportedAt: NOW };
      const service = await at.service(anker, 'Gezählt', { feedbackLevel, capacity });
      const [coordinator, caseworkerToo] = coordinators(network) as [Viewer, Viewer];
      const elsewhere = caseworkerIn(await at.network('Anderswo'));
      const coarse = { free: 3, reserved: null, occupiedElsewhere: null };
      const exact = { free: 5, reserved: 2, occupiedElsewhere: 2 };
      for (const [viewer, expected] of [
        [coordinator, exact],
        [both(elsewhere, coordinator), exact],
        [caseworkerToo, coarse],
        [both(editorOf(anker), caseworkerToo), exact],
      ] as const)
        expect((await ask(CAPACITY, { id: service.id }, viewer)).service.capacity).toMatchObject(expected);
    },
  );

  test.each([
    ['places not counted', { total: null, reserved: 2 }, { total: null, free: null }],
    ['more taken than there are', { total: 1, reserved: 1, occupiedElsewhere: 3 }, { total: 1, free: 0 }],
    ['nobody waits', { reportedWaiting: 0 }, { waiting: 0 }],
    ['nobody knows who waits', {}, { waiting: null }],
    ['only the hub knows who waits', { waitlisted: 2 }, { waiting: 2 }],
    ['both know', { waitlisted: 2, reportedWaiting: 3 }, { waiting: 5 }],
    ['a wait in days', { expectedWaitDays: 21 }, { expectedWaitDays: 21 }],
    ['30 days old', { reportedAt: ago(NOW, 30) }, { freshness: 'FRESH' }],
    ['a moment older', { reportedAt: ago(NOW, 30, 1) }, { freshness: 'AGING' }],
    ['90 days old', { reportedAt: ago(NOW, 90) }, { freshness: 'AGING' }],
    ['older still', { reportedAt: ago(NOW, 90, 1) }, { freshness: 'STALE' }],
  ])('%s', async (_name, capacity, expected) => {
    const service = await given.at.service(given.anker, 'Gezählt', { capacity: { reportedAt: NOW, ...capacity } });
    expect((await ask(CAPACITY, { id: service.id })).service.capacity).toMatchObject(expected);
  });

  test('never reported is null, whatever the hub counts itself', async () => {
    const service = await given.at.service(given.anker, 'Still', { capacity: { reserved: 1, waitlisted: 1 } });
    expect((await ask(CAPACITY, { id: service.id }, editorOf(given.anker))).service.capacity).toBeNull();
  });
});

describe('categories and needs', () => {
  const name = (of: { de: string; en: string }) => ({ de: of.de, default: of.de, en: of.en, us: of.en, uk: of.de });
  const NAMES =
    'de: name(language: "de") default: name en: name(language: "en") us: name(language: "en-US") uk: name(language: "uk")';

  test('the taxonomy is a tree with labels in German and English', async () => {
    type Node = { code: string; parent: { code: string } | null; children?: Node[] };
    const level = `code parent { code } professionalSecrecy ${NAMES}`;
    const data = await ask(`{ categories { ${level} children { ${level} children { ${level} children { code } } } } }`);
    const flat = (nodes: Node[]): Node[] => nodes.flatMap(({ children = [], ...one }) => [one, ...flat(children)]);
    const seen = flat(data.categories);
    expect(seen).toHaveLength(CATEGORIES.length);
    for (const category of CATEGORIES) {
      const { code, parent } = category;
      expect(seen.find(one => one.code === code)).toMatchObject({
        parent: parent ? { code: parent } : null,
        ...name(category),
      });
    }
    expect(seen).toContainEqual(expect.objectContaining({ code: 'addiction-counselling', professionalSecrecy: true }));
    expect(seen).toContainEqual(expect.objectContaining({ code: 'job-coaching', professionalSecrecy: false }));
  });

  test('needs come in their usual order, with what is sensitive', async () => {
    const data = await ask(`{ needs { code sensitive ${NAMES} } }`);
    expect(data.needs).toEqual(NEEDS.map(need => ({ code: need.code, sensitive: need.sensitive, ...name(need) })));
  });

  test('an explicit null is taken for the default', async () => {
    const data = await ask('query ($language: LanguageTag) { needs { name(language: $language) } }', {
      language: null,
    });
    expect(data.needs[0].name).toBe(NEEDS[0]?.de);
  });
});

describe('by id', () => {
  test.each(['network', 'umbrella', 'house', 'service'] as const)('node finds the %s', async key => {
    const { id } = given[key];
    const { node } = await ask('query ($id: ID!) { node(id: $id) { __typename id } }', { id });
    const type = { network: 'Network', umbrella: 'Partner', house: 'Location', service: 'Service' }[key];
    expect(node).toEqual({ __typename: type, id });
    expect((await ask('query ($id: ID!) { node(id: $id) { id } }', { id: id.toUpperCase() })).node).toEqual({ id });
  });

  test.each([
    ['unknown', '6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11'],
    ['nil', '00000000-0000-0000-0000-000000000000'],
    ['empty', ''],
    ['a number', '1'],
    ['a word', 'partner'],
    ['in braces', '{6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11}'],
    ['without hyphens', '6a1f0e529d0c4b9b8f530c7a2f3f9d11'],
    ['with something behind', '6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11\n'],
    ['SQL', "' or true --"],
  ])('what is %s is null everywhere, without an error', async (_name, id) => {
    const query = 'query ($id: ID!) { node(id: $id) { id } partner(id: $id) { id } service(id: $id) { id } }';
    for (const viewer of [anonymous, editorOf(given.anker)])
      expect(await ask(query, { id }, viewer)).toEqual({ node: null, partner: null, service: null });
  });

  test('an id of another type is null', async () => {
    const query = 'query ($id: ID!) { partner(id: $id) { id } service(id: $id) { id } }';
    expect(await ask(query, { id: given.house.id })).toEqual({ partner: null, service: null });
  });

  test('no network has that slug', async () => {
    expect(await ask('{ network(slug: "nirgends") { id } }')).toEqual({ network: null });
  });
});
