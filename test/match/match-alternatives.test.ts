import { beforeEach, describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { DeliveryMode } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { daysAgo, ESCHWEILER, NOW, siteAt } from './candidate.js';
import { anonymous, caseworkerOf, emptied, type FinderWorld, type ServiceWish, type SiteWish } from './finder-world.js';

const hub = testHub('match_alternatives');
const HOME = { latitude: 50.8, longitude: 6.2 };
const [WÜRSELEN, ALSDORF, AACHEN, STOLBERG] = ['05334032', '05334004', '05334002', '05334028'] as const;

const ALTERNATIVES = `query ($input: ServiceMatchInput!, $first: Int) {
  serviceAlternatives(input: $input) {
    relaxed text english: text(language: "en") municipality { key name }
    matches(first: $first) {
      nodes { service { id name } score distanceKm blockers location { city } reasons { factor value } }
      edges { cursor } pageInfo { hasNextPage hasPreviousPage } totalCount
    }
  }
}`;

const ask = (own: object = {}) => ({ category: 'job-coaching', municipality: ESCHWEILER, ...own });
const placeAt = (km: number) => {
  const { latitude, longitude } = siteAt(km);
  return { latitude, longitude };
};
const near = (km: number, own: Partial<SiteWish> = {}): SiteWish => ({ ...placeAt(km), ...own });

let world: FinderWorld;
let network: Network;

beforeEach(async () => {
  hub.setNow(NOW);
  world = await emptied(hub.owner());
  const places = [
    await world.municipality(ESCHWEILER, HOME, 5000),
    await world.municipality(ALSDORF, placeAt(9)),
    await world.municipality(WÜRSELEN, placeAt(6.2)),
    await world.municipality(AACHEN, placeAt(14)),
    await world.municipality(STOLBERG, placeAt(20)),
  ];
  network = await world.network(places);
});

const asked = async (own: object = {}, viewer: Viewer = anonymous, first?: number) => {
  const { data, errors } = await hub.as(viewer, ALTERNATIVES, { input: ask(own), first });
  expect(errors).toBeUndefined();
  return data.serviceAlternatives;
};

type Found = { relaxed: string[]; matches: { nodes: { service: { name: string } }[] } };
/** `RELAXATION, …: services`, the services by name: equals are in an order drawn by lot. */
const told = async (own: object = {}, viewer: Viewer = anonymous): Promise<string[]> =>
  (await asked(own, viewer)).map(({ relaxed, matches }: Found) => {
    const names = matches.nodes.map(one => one.service.name).sort();
    return `${relaxed.join(', ')}: ${names.join(' ')}`;
  });

const found = async (own: object = {}): Promise<number> => {
  const COUNT = 'query ($input: ServiceMatchInput!) { serviceMatches(input: $input) { totalCount } }';
  return (await hub.as(anonymous, COUNT, { input: ask(own) })).data.serviceMatches.totalCount;
};

const lift = (LIFT: string) => ({ LIFT }) as SiteWish['features'];

describe('what keeps a service out is told, and it is found without', () => {
  test.each<[ServiceWish, object, string, string[], string]>([
    [
      { areaKeys: [WÜRSELEN] },
      {},
      'NEIGHBOURING_MUNICIPALITY',
      ['OUT_OF_AREA'],
      `auch in der Nachbargemeinde Gemeinde ${WÜRSELEN} (6,2 km)`,
    ],
    [{}, { languages: ['uk'] }, 'INTERPRETER', ['LANGUAGE'], 'wenn jemand mitkommt, der Ukrainisch dolmetscht'],
    [
      {
        keepsWaitingList: true,
        capacity: { total: 2, occupiedElsewhere: 2, reportedWaiting: 4, expectedWaitDays: 21, reportedAt: NOW },
      },
      { requireFreePlace: true },
      'WAITING_LIST',
      ['NO_FREE_PLACE'],
      'ohne freien Platz, auf die Warteliste (4 Personen warten, etwa 21 Tage Wartezeit)',
    ],
    [{}, { requireFreePlace: true }, 'PLACES_UNKNOWN', ['NO_FREE_PLACE'], 'auch wo freie Plätze nicht bekannt sind'],
    [{ intakePausedUntil: '2026-06-30' }, {}, 'LATER', ['INTAKE_PAUSED'], 'ab dem 01.07.2026, nach dem Aufnahmestopp'],
    [{ sites: [near(14.2)] }, { maximumDistanceKm: 10 }, 'DISTANCE', ['TOO_FAR'], 'auch weiter als 10 km (ab 14,2 km)'],
    [
      { categories: ['application-training'] },
      {},
      'CATEGORY',
      ['CATEGORY'],
      'auch andere Angebote der Art „Vermittlung“',
    ],
    [{ categories: ['placement'] }, {}, 'CATEGORY', ['CATEGORY'], 'auch andere Angebote der Art „Vermittlung“'],
    [
      { sites: [near(1)] },
      { accessibility: ['LIFT'] },
      'ACCESSIBILITY_UNKNOWN',
      ['ACCESSIBILITY'],
      'auch wo die Barrierefreiheit nicht ganz geklärt ist (vorher nachfragen)',
    ],
  ])('%j asked for %j: %s', async (wish, own, relaxation, blockers, text) => {
    await world.service(network, wish);
    expect(await found(own)).toBe(0);
    const alternatives = await asked(own);
    expect(alternatives).toMatchObject([
      {
        relaxed: [relaxation],
        text,
        municipality: relaxation === 'NEIGHBOURING_MUNICIPALITY' ? { key: WÜRSELEN } : null,
        matches: { nodes: [{ service: { name: 'Angebot' }, blockers }], totalCount: 1 },
      },
    ]);
  });

  test.each<[string, ServiceWish, object]>([
    [
      'full, without a list',
      { capacity: { total: 1, occupiedElsewhere: 1, reportedAt: NOW } },
      { requireFreePlace: true },
    ],
    ['paused for longer than is worth waiting', { intakePausedUntil: '2026-08-09' }, {}],
    ['for older people', { minimumAge: 50 }, { age: 30 }],
    ['known to have no lift', { sites: [near(1, { features: lift('NO') })] }, { accessibility: ['LIFT'] }],
    ['in the fourth municipality', { areaKeys: [STOLBERG] }, {}],
    ['of a cousin category', { categories: ['debt-counselling'] }, {}],
    ['of the root, where a root was asked for', { categories: ['counselling'] }, { category: 'placement' }],
    ['closed', { status: 'CLOSED' as ServiceWish['status'] }, {}],
  ])('%s: nothing lifts it', async (_case, wish, own) => {
    await world.service(network, wish);
    expect(await asked(own)).toEqual([]);
  });
});

test('the whole answer to one question: least relaxed, then nearest', async () => {
  await world.service(network, { name: 'Passt', languages: ['uk'] });
  await world.service(network, { name: 'Deutsch', sites: [near(3)] });
  await world.service(network, {
    name: 'Fern',
    languages: ['uk'],
    sites: [near(12)],
    capacity: { total: 5, reportedAt: NOW },
  });
  await world.service(network, { name: 'Nebenan', languages: ['uk'], sites: [near(5)], areaKeys: [WÜRSELEN, ALSDORF] });
  await world.service(network, { name: 'Alsdorf', languages: ['uk'], sites: [near(8)], areaKeys: [ALSDORF] });
  await world.service(network, {
    name: 'Online',
    deliveryModes: [DeliveryMode.ONLINE],
    languages: ['uk'],
    categories: ['application-training'],
  });
  await world.service(network, { name: 'Beides', sites: [near(1)], categories: ['application-training'] });
  const own = { languages: ['uk'], maximumDistanceKm: 10 };
  expect(await told(own)).toEqual([
    'CATEGORY: Online',
    'INTERPRETER: Deutsch',
    'NEIGHBOURING_MUNICIPALITY: Nebenan',
    'NEIGHBOURING_MUNICIPALITY: Alsdorf Nebenan',
    'DISTANCE: Fern Passt',
  ]);
});

test('two things are relaxed where no single one helps', async () => {
  await world.service(network, { sites: [near(12)], categories: ['application-training'] });
  const [only, ...more] = await asked({ maximumDistanceKm: 10 });
  expect(more).toEqual([]);
  expect(only).toMatchObject({
    relaxed: ['CATEGORY', 'DISTANCE'],
    text: 'auch andere Angebote der Art „Vermittlung“, und auch weiter als 10 km (ab 12 km)',
    english: 'also other services of the kind “Placement”, and also farther than 10 km (from 12 km)',
    matches: { nodes: [{ blockers: ['CATEGORY', 'TOO_FAR'] }] },
  });
});

test('scores, distances and reasons are those of the original question', async () => {
  const service = await world.service(network, { sites: [near(4)], confirmedAt: daysAgo(3) });
  const own = { languages: ['uk'], needs: ['debt'] };
  const WHY = `query ($service: ID!, $input: ServiceMatchInput!) {
    serviceMatch(service: $service, input: $input) {
      service { id name } score distanceKm blockers location { city } reasons { factor value } } }`;
  const { data } = await hub.as(anonymous, WHY, { service: service.id, input: ask(own) });
  const [alternative] = await asked(own);
  expect(alternative.matches.nodes).toEqual([data.serviceMatch]);
});

describe('in which networks', () => {
  test('a caseworker is proposed partners of her own, everybody else of all', async () => {
    const elsewhere = await world.network([]);
    await world.service(elsewhere, { name: 'Anderswo', languages: ['de'] });
    await world.service(network, { name: 'Hier', languages: ['de'], sites: [near(1)] });
    const own = { languages: ['uk'] };
    expect(await told(own, caseworkerOf(network))).toEqual(['INTERPRETER: Hier']);
    expect(await told(own, caseworkerOf(elsewhere))).toEqual(['INTERPRETER: Anderswo']);
    expect(await told({ ...own, networks: [elsewhere.slug] })).toEqual(['INTERPRETER: Anderswo']);
    expect((await asked(own))[0].matches.totalCount).toBe(2);
  });

  test('neighbours are those of the network, not of another that is nearer', async () => {
    const beyond = await world.municipality('05358008', placeAt(2));
    await world.network([beyond]);
    await world.service(network, { name: 'Drüben', areaKeys: ['05358'] });
    expect(await asked()).toEqual([]);
    await world.service(network, { name: 'Ganz Würselen', areaKeys: [WÜRSELEN] });
    expect(await told()).toEqual(['NEIGHBOURING_MUNICIPALITY: Ganz Würselen']);
  });

  test('a municipality of no network has no neighbours', async () => {
    await world.municipality('05358008', placeAt(2));
    await world.service(network, { areaKeys: [WÜRSELEN] });
    expect(await asked({ municipality: '05358008' })).toEqual([]);
  });
});

describe('the matches of an alternative', () => {
  test('are a first page of up to 20', async () => {
    for (let i = 0; i < 7; i += 1) await world.service(network, { name: `Nr. ${i}` });
    const own = { languages: ['uk'] };
    const pages = await Promise.all(
      [undefined, 1, 7, 20].map(async first => (await asked(own, anonymous, first))[0].matches),
    );
    expect(pages.map(page => page.nodes.length)).toEqual([5, 1, 7, 7]);
    expect(pages.map(page => page.pageInfo.hasNextPage)).toEqual([true, true, false, false]);
    expect(pages.every(page => page.totalCount === 7)).toBe(true);
    expect(pages[3].nodes.slice(0, 5)).toEqual(pages[0].nodes);
  });

  test.each([0, 21, -1])('are refused for first: %i', async first => {
    await world.service(network);
    const { errors } = await hub.as(anonymous, ALTERNATIVES, { input: ask({ languages: ['uk'] }), first });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'first' } }]);
  });

  test('have cursors that lead nowhere', async () => {
    await world.service(network);
    const own = { languages: ['uk'] };
    const [{ matches }] = await asked(own);
    const PAGE = `query ($input: ServiceMatchInput!, $after: String) {
      serviceMatches(input: $input, after: $after) { totalCount } }`;
    const { errors } = await hub.as(anonymous, PAGE, { input: ask(own), after: matches.edges[0].cursor });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });
});

test.each([
  ['input.category', { category: 'nonsense' }],
  ['input.needs', { needs: ['nonsense'] }],
  ['input.municipality', { municipality: '05999999' }],
  ['input.networks', { networks: ['nowhere'] }],
  ['input.age', { age: 131 }],
  ['input.maximumDistanceKm', { maximumDistanceKm: -1 }],
])('%s is told to be wrong: %j', async (argument, own) => {
  const { errors } = await hub.as(anonymous, ALTERNATIVES, { input: ask(own) });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
});

test('is not asked by an address: needs and ages do not belong there', async () => {
  const query = '{ serviceAlternatives(input: { category: "placement", municipality: "05334012" }) { text } }';
  const { statusCode, json } = await hub
    .hub()
    .app.inject({ url: '/graphql', query: { query }, headers: { accept: 'application/json' } });
  expect({ statusCode, errors: json().errors }).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(json().data).toBeUndefined();
});

test('is a bounded number of statements, however many alternatives and services', async () => {
  const counts: number[] = [];
  for (const more of [1, 8]) {
    for (let i = 0; i < more; i += 1) {
      await world.service(network, { sites: [near(2)] });
      await world.service(network, { languages: ['uk'], areaKeys: [WÜRSELEN], sites: [near(5)] });
      await world.service(network, { languages: ['uk'], categories: ['placement'], sites: [near(6)] });
    }
    const input = ask({ languages: ['uk'], needs: ['debt'] });
    const sent = await hub.statements(() => hub.as(anonymous, ALTERNATIVES, { input, first: 20 }));
    counts.push(sent.filter(statement => /^(select|with)/.test(statement)).length);
  }
  // what is named, categories, neighbours, candidates · the neighbour's name · services, sites
  expect(counts).toEqual([7, 7]);
});

test('costs two finders, and what is asked of six alternatives', async () => {
  const asking = (times: number, nodes: string) => {
    const one = `serviceAlternatives(input: { category: "placement", municipality: "${ESCHWEILER}" }) {
      matches(first: 20) { nodes { ${nodes} } } }`;
    return `{ ${Array.from({ length: times }, (_, i) => `a${i}: ${one}`).join(' ')} }`;
  };
  const SHALLOW = 'score';
  const DEEP = 'service { partner { services(first: 80) { nodes { id } } } }';
  for (const [times, nodes] of [
    [7, SHALLOW],
    [1, DEEP],
  ] as const)
    expect((await hub.as(anonymous, asking(times, nodes))).errors).toBeUndefined();
  for (const [times, nodes] of [
    [9, SHALLOW],
    [2, DEEP],
  ] as const)
    expect((await hub.as(anonymous, asking(times, nodes))).errors).toMatchObject([
      {
        message: expect.stringMatching(/^The query asks for too much at once: up to \d+ objects/),
        extensions: { code: 'QUERY_TOO_EXPENSIVE' },
      },
    ]);
});
