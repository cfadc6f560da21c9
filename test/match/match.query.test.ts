import { beforeEach, describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { DeliveryMode, FeedbackLevel, ServiceStatus } from '../../src/service/service.rules.js';
import { type Criterion, CriterionEffect } from '../../src/service/service-terms.rules.js';
import { both } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { daysAgo, ESCHWEILER, NOW, siteAt } from './candidate.js';
import {
  anonymous,
  caseworkerOf,
  coordinatorOf,
  editorOf,
  emptied,
  type FinderWorld,
  type ServiceWish,
  type SiteWish,
} from './finder-world.js';

const hub = testHub('match_query');
const HOME = { latitude: 50.8, longitude: 6.2 };

const MATCHES = `query ($input: ServiceMatchInput!, $first: Int, $after: String) {
  serviceMatches(input: $input, first: $first, after: $after) {
    nodes { service { id name } score distanceKm blockers }
    edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}`;
const WHY = `query ($service: ID!, $input: ServiceMatchInput!) {
  serviceMatch(service: $service, input: $input) {
    service { id } location { id street } score distanceKm blockers
    reasons { factor weight value text english: text(language: "en-GB") }
  }
}`;

const ask = (own: object = {}) => ({ category: 'placement', municipality: ESCHWEILER, ...own });
const near = (km: number, own: Partial<SiteWish> = {}): SiteWish => {
  const { latitude, longitude } = siteAt(km);
  return { latitude, longitude, ...own };
};

let world: FinderWorld;
let network: Network;

beforeEach(async () => {
  hub.setNow(NOW);
  world = await emptied(hub.owner());
  const home = await world.municipality(ESCHWEILER, HOME, 5000);
  network = await world.network([home]);
});

const names = async (input: object, viewer = anonymous): Promise<string[]> => {
  const { data, errors } = await hub.as(viewer, MATCHES, { input, first: 100 });
  expect(errors).toBeUndefined();
  return data.serviceMatches.nodes.map((one: { service: { name: string } }) => one.service.name);
};

const why = async (service: { id: string }, input: object = ask(), viewer = anonymous) => {
  const { data, errors } = await hub.as(viewer, WHY, { service: service.id, input });
  expect(errors).toBeUndefined();
  return data.serviceMatch;
};

const factorOf = (match: { reasons: { factor: string; value: number; text: string }[] }, factor: string) =>
  match.reasons.find(reason => reason.factor === factor)!;

const needed: Criterion = { effect: CriterionEffect.REQUIRES, needs: ['refugee', 'migration'], text: 'mit Pass' };
const lift = { LIFT: 'YES' } as SiteWish['features'];
test.each<[string, ServiceWish, object, string[]]>([
  ['one that fits', {}, {}, []],
  ['a sibling category', { categories: ['debt-counselling'] }, {}, ['CATEGORY']],
  ['the parent of the category', { categories: ['placement'] }, { category: 'job-coaching' }, ['CATEGORY']],
  ['the area of another district', { areaKeys: ['05978'] }, {}, ['OUT_OF_AREA']],
  ['no area', { areaKeys: [] }, {}, ['OUT_OF_AREA']],
  ['the municipality itself', { areaKeys: [ESCHWEILER] }, {}, []],
  ['its district', { areaKeys: ['05978', '05334'] }, {}, []],
  [
    'full',
    { capacity: { total: 2, reserved: 1, occupiedElsewhere: 1, reportedAt: NOW } },
    { requireFreePlace: true },
    ['NO_FREE_PLACE'],
  ],
  [
    'taken beyond its places',
    { capacity: { total: 1, reserved: 3, reportedAt: NOW } },
    { requireFreePlace: true },
    ['NO_FREE_PLACE'],
  ],
  ['never reported', { capacity: { total: 2 } }, { requireFreePlace: true }, ['NO_FREE_PLACE']],
  ['not counted', { capacity: { reportedAt: NOW } }, { requireFreePlace: true }, ['NO_FREE_PLACE']],
  ['one free', { capacity: { total: 2, reserved: 1, reportedAt: NOW } }, { requireFreePlace: true }, []],
  ['paused until today', { intakePausedUntil: '2026-06-10' }, {}, ['INTAKE_PAUSED']],
  ['paused until yesterday', { intakePausedUntil: '2026-06-09' }, {}, []],
  ['a paused service', { status: ServiceStatus.PAUSED }, {}, ['INACTIVE']],
  ['a closed service', { status: ServiceStatus.CLOSED }, {}, ['INACTIVE']],
  ['another language', { languages: ['de'] }, { languages: ['uk'] }, ['LANGUAGE']],
  ['the language', { languages: ['de', 'uk-UA'] }, { languages: ['uk'] }, []],
  ['an interpreter', { interpretation: true }, { languages: ['uk'] }, []],
  ['a lift nobody assessed', { sites: [near(1)] }, { accessibility: ['LIFT'] }, ['ACCESSIBILITY']],
  ['a lift at the farther site', { sites: [near(1), near(2, { features: lift })] }, { accessibility: ['LIFT'] }, []],
  ['too old', { maximumAge: 24 }, { age: 25 }, ['AGE']],
  ['too young', { minimumAge: 18 }, { age: 17 }, ['AGE']],
  ['of that age', { minimumAge: 18, maximumAge: 24 }, { age: 18 }, []],
  ['a required need', { criteria: [needed] }, { needs: ['refugee'] }, []],
  ['another need', { criteria: [needed] }, { needs: ['debt'] }, ['NOT_ELIGIBLE']],
  ['no need told', { criteria: [needed] }, {}, []],
  ['too far', { sites: [near(12)] }, { maximumDistanceKm: 11.9 }, ['TOO_FAR']],
  ['near enough', { sites: [near(12)] }, { maximumDistanceKm: 12.1 }, []],
  ['far, but online', { sites: [near(120)], deliveryModes: [DeliveryMode.ONLINE] }, { maximumDistanceKm: 12 }, []],
])('%s: serviceMatch says so, serviceMatches leaves it out', async (_case, wish, own, blockers) => {
  const service = await world.service(network, wish);
  expect((await why(service, ask(own))).blockers).toEqual(blockers);
  expect(await names(ask(own))).toEqual(blockers.length > 0 ? [] : ['Angebot']);
});

test('the reasons of one service, in both languages', async () => {
  const service = await world.service(network, {
    sites: [near(6.234, { features: { LIFT: 'YES', QUIET_ROOM: 'NO' } as SiteWish['features'] })],
    languages: ['de', 'uk'],
    needs: ['debt', 'refugee'],
    capacity: { total: 7, reserved: 3, occupiedElsewhere: 1, reportedWaiting: 7, reportedAt: daysAgo(2) },
    accepted: { '2026-06-10': 10, '2026-05-01': 15, '2026-03-13': 5, '2026-03-12': 99 },
    answers: [
      ['2026-06-10', 2, 1],
      ['2025-01-01', 2, 1],
      ['2026-06-09', 9, 1],
    ],
    confirmedAt: daysAgo(1),
  });
  const asked = ask({
    languages: ['uk'],
    needs: ['debt', 'addiction'],
    preferredAccessibility: ['LIFT', 'QUIET_ROOM', 'INDUCTION_LOOP'],
  });
  const match = await why(service, asked);
  expect(match).toMatchObject({ service: { id: service.id }, location: { street: 'Gasse 1' }, blockers: [] });
  expect(match.distanceKm).toBeCloseTo(6.234, 6);
  const reason = (factor: string, weight: number, value: number, text: string, english: string) => ({
    factor,
    weight,
    value: expect.closeTo(value, 6),
    text,
    english,
  });
  expect(match.reasons).toEqual([
    reason(
      'CATEGORY',
      0.25,
      0.8,
      '1 Ebene unter der gesuchten Angebotsart',
      '1 level below the kind of service asked for',
    ),
    reason('DISTANCE', 0.2, Math.exp(-(6.234 ** 2) / 450), '6,2 km entfernt', '6.2 km away'),
    reason(
      'CAPACITY',
      0.2,
      2 ** (-1 / 7) + (1 - 2 ** (-1 / 7)) / 2,
      '3 freie Plätze, gemeldet vor 2 Tagen',
      '3 free places, reported 2 days ago',
    ),
    reason('WAIT', 0.1, Math.exp(-1), 'Wartezeit etwa 21 Tage (geschätzt)', 'waiting time about 21 days (estimated)'),
    reason('LANGUAGE', 0.08, 1, 'spricht Ukrainisch', 'speaks Ukrainian'),
    reason(
      'ACCESSIBILITY',
      0.07,
      0.5,
      '1 von 3 gewünschten Merkmalen vorhanden, 1 unbekannt',
      '1 of 3 preferred features there, 1 unknown',
    ),
    reason('NEEDS', 0.02, 0.5, 'gemacht für 1 von 2 genannten Bedarfen', 'made for 1 of 2 needs named'),
    reason('FRESHNESS', 0.05, 2 ** (-1 / 180), 'bestätigt gestern', 'confirmed yesterday'),
    reason('RESPONSE', 0.03, 0.8, 'antwortet meist nach 2 Arbeitstagen', 'mostly answers after 2 working days'),
  ]);
  const sum = (pick: (one: { weight: number; value: number }) => number) =>
    match.reasons.reduce((total: number, one: { weight: number; value: number }) => total + pick(one), 0);
  expect(match.score).toBeCloseTo(sum(one => one.weight * one.value) / sum(one => one.weight), 12);
});

test('of several categories the one nearest to the asked one counts', async () => {
  const service = await world.service(network, { categories: ['job-coaching', 'placement', 'debt-counselling'] });
  expect(factorOf(await why(service), 'CATEGORY').value).toBe(1);
});

test("the weights are those of the network that holds the client's municipality", async () => {
  const own = await world.municipality('05124000', HOME);
  await world.network([own], { DISTANCE: 0, CATEGORY: 1 });
  const service = await world.service(network);
  const weights = async (municipality: string) =>
    (await why(service, ask({ municipality }))).reasons.slice(0, 2).map((one: { weight: number }) => one.weight);
  expect(await weights('05124000')).toEqual([1, 0]);
  expect(await weights(ESCHWEILER)).toEqual([0.25, 0.2]);
});

test("where two networks share a municipality, a caseworker's own weights count before another network's", async () => {
  const shared = await world.municipality('05124000', HOME);
  const one = await world.network([shared], { RESPONSE: 0.1 });
  const two = await world.network([shared], { RESPONSE: 0.2 });
  const service = await world.service(network);
  for (const [viewer, weight] of [
    [anonymous, 0.1],
    [caseworkerOf(one), 0.1],
    [caseworkerOf(two), 0.2],
  ] as const) {
    const { reasons } = await why(service, ask({ municipality: '05124000' }), viewer);
    expect(reasons.at(-1)).toMatchObject({ factor: 'RESPONSE', weight });
  }
});

test('in a kreisfreie Stadt a way counts more than in a Kreis', async () => {
  await world.municipality('05124000', HOME);
  const service = await world.service(network, { sites: [near(8)] });
  expect(factorOf(await why(service, ask({ municipality: '05124000' })), 'DISTANCE').value).toBeCloseTo(
    Math.exp(-0.5),
    9,
  );
  expect(factorOf(await why(service), 'DISTANCE').value).toBeCloseTo(Math.exp(-64 / 450), 9);
});

test('distances are measured from another point if one is named', async () => {
  const service = await world.service(network, { sites: [near(10)] });
  const { latitude, longitude } = near(10);
  expect((await why(service, ask({ near: { latitude, longitude } }))).distanceKm).toBeCloseTo(0, 6);
});

test('a protected address is measured, and told, by its municipality alone', async () => {
  const service = await world.service(network, { sites: [near(3, { isProtected: true })] });
  for (const km of [0, 3, 7]) {
    const { latitude, longitude } = near(km);
    const match = await why(service, ask({ near: { latitude, longitude } }));
    expect(match.distanceKm).toBeCloseTo(km, 6);
    expect(match.location.street).toBeNull();
  }
});

describe('whose services', () => {
  test('a caseworker sees those of the own networks, others see all; slugs narrow it for everybody', async () => {
    const other = await world.network([]);
    await world.service(network, { name: 'here' });
    await world.service(other, { name: 'there' });
    expect(await names(ask(), caseworkerOf(network))).toEqual(['here']);
    expect((await names(ask(), anonymous)).sort()).toEqual(['here', 'there']);
    expect((await names(ask(), coordinatorOf(network))).sort()).toEqual(['here', 'there']);
    expect(await names(ask({ networks: [other.slug] }), caseworkerOf(network))).toEqual(['there']);
    expect(await names(ask({ networks: [] }), anonymous)).toEqual(await names(ask(), anonymous));
  });
});

describe('a service that must not tell what becomes of its clients', () => {
  const discreet = (free: number): ServiceWish => ({
    feedbackLevel: FeedbackLevel.RECEIVED_ONLY,
    capacity: { total: 10, reserved: 10 - free, reportedWaiting: 3, reportedAt: NOW },
  });

  test('shows the free places rounded, except to the partner and its coordinators', async () => {
    const service = await world.service(network, discreet(5));
    const text = async (viewer: typeof anonymous) => factorOf(await why(service, ask(), viewer), 'CAPACITY').text;
    expect(await text(anonymous)).toBe('mindestens 3 freie Plätze, gemeldet heute');
    expect(await text(caseworkerOf(network))).toBe('mindestens 3 freie Plätze, gemeldet heute');
    expect(await text(coordinatorOf(network))).toBe('5 freie Plätze, gemeldet heute');
    const caseworkerToo = both(caseworkerOf(network), coordinatorOf(network));
    expect(await text(caseworkerToo)).toBe('mindestens 3 freie Plätze, gemeldet heute');
    expect(await text(editorOf(await service.partner.loadOrFail()))).toBe('5 freie Plätze, gemeldet heute');
  });

  test.each([FeedbackLevel.NONE, FeedbackLevel.RECEIVED_ONLY])(
    'of level %s: an acceptance of this month changes nothing that others see',
    async feedbackLevel => {
      const service = await world.service(network, { ...discreet(5), feedbackLevel });
      const before = await why(service, ask(), caseworkerOf(network));
      const caseworkerToo = both(caseworkerOf(network), coordinatorOf(network));
      await hub.owner().execute(`update service_capacity set reserved = reserved + 1`);
      await hub.owner().execute(`insert into service_acceptance values (?, '2026-06-10', 1)`, [service.id]);
      await hub.owner().execute(`insert into service_answer values (?, '2026-06-10', 0, 1)`, [service.id]);
      expect(await why(service, ask(), caseworkerOf(network))).toEqual(before);
      expect(await why(service, ask(), caseworkerToo)).toEqual(before);
      const own = await why(service, ask(), coordinatorOf(network));
      expect(factorOf(own, 'RESPONSE').value).toBe(1);
      hub.setNow(new Date('2026-07-01T12:00:00Z'));
      const later = await why(service, ask(), caseworkerOf(network));
      expect(factorOf(later, 'RESPONSE').value).toBe(1);
      expect(factorOf(later, 'WAIT').value).toBeCloseTo(Math.exp(-270 / 21), 9);
    },
  );
});

describe('what is taken back of a discreet service', () => {
  test.each([FeedbackLevel.NONE, FeedbackLevel.RECEIVED_ONLY])(
    'of level %s: changes nothing that others see before the month is over',
    async feedbackLevel => {
      const capacity = { total: 10, reserved: 5, reportedWaiting: 3, reportedAt: NOW };
      const service = await world.service(network, { feedbackLevel, capacity });
      const em = hub.owner();
      await em.execute(`insert into service_acceptance values (?, '2026-05-10', 2)`, [service.id]);
      await em.execute(`insert into service_answer values (?, '2026-05-10', 0, 2)`, [service.id]);
      const waitOf = async (viewer: typeof anonymous) => factorOf(await why(service, ask(), viewer), 'WAIT').value;
      const before = await why(service, ask(), caseworkerOf(network));
      expect(await waitOf(coordinatorOf(network))).toBeCloseTo(Math.exp(-135 / 21), 9);
      for (const table of ['service_acceptance', 'service_answer'])
        await em.execute(`update ${table} set taken_back = 1, taken_back_in = '2026-06-01' where service_id = ?`, [
          service.id,
        ]);
      expect(await why(service, ask(), caseworkerOf(network))).toEqual(before);
      expect(await waitOf(coordinatorOf(network))).toBeCloseTo(Math.exp(-270 / 21), 9);
      hub.setNow(new Date('2026-07-01T12:00:00Z'));
      expect(await waitOf(caseworkerOf(network))).toBeCloseTo(Math.exp(-270 / 21), 9);
    },
  );

  test.each([null, 0, 3])('who waits here changes nothing that others see, %s reported', async reportedWaiting => {
    const capacity = { total: 10, reserved: 10, reportedWaiting, reportedAt: NOW };
    const service = await world.service(network, { feedbackLevel: FeedbackLevel.RECEIVED_ONLY, capacity });
    const em = hub.owner();
    await em.execute(`insert into service_acceptance values (?, '2026-05-10', 9)`, [service.id]);
    const before = await why(service, ask(), caseworkerOf(network));
    const inside = factorOf(await why(service, ask(), coordinatorOf(network)), 'WAIT').value;
    for (const waitlisted of [1, 2]) {
      await em.execute('update service_capacity set waitlisted = ? where service_id = ?', [waitlisted, service.id]);
      expect(await why(service, ask(), caseworkerOf(network))).toEqual(before);
      expect(factorOf(await why(service, ask(), coordinatorOf(network)), 'WAIT').value).not.toBe(inside);
    }
  });
});

test('a language with words of its own is looked for like any other', async () => {
  const service = await world.service(network);
  for (const tag of ['de-x-foo', 'de-u-co-phonebk', 'de-DE-u-co-phonebk', 'de-t-en'])
    expect(factorOf(await why(service, ask({ languages: [tag] }), anonymous), 'LANGUAGE').text).toMatch(/Deutsch/);
});

describe('pages', () => {
  const everyPage = async (input: object, first: number, between: () => Promise<unknown> = async () => {}) => {
    const pages: string[][] = [];
    for (let after: string | null = null; ; ) {
      const { data } = await hub.as(anonymous, MATCHES, { input, first, after });
      const { nodes, pageInfo, totalCount } = data.serviceMatches;
      expect(totalCount).toBe(7);
      expect(pageInfo.hasPreviousPage).toBe(after !== null);
      pages.push(nodes.map((one: { service: { id: string } }) => one.service.id));
      if (!pageInfo.hasNextPage) return pages;
      after = pageInfo.endCursor as string;
      await between();
    }
  };

  const seven = async () => {
    for (const km of [1, 5, 5, 5, 9, 20, 40])
      await world.service(network, { sites: [near(km)], confirmedAt: daysAgo(170) });
  };

  test('show every service once, best first, and in the same order however they are cut', async () => {
    await seven();
    const { data } = await hub.as(anonymous, MATCHES, { input: ask() });
    const scores = data.serviceMatches.nodes.map((one: { score: number }) => Math.floor(one.score * 100));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const all = data.serviceMatches.nodes.map((one: { service: { id: string } }) => one.service.id);
    expect(new Set(all).size).toBe(7);
    for (const first of [1, 2, 3, 7]) expect((await everyPage(ask(), first)).flat()).toEqual(all);
  });

  test('do not move while time goes on, even over midnight', async () => {
    for (let i = 0; i < 7; i += 1) await world.service(network);
    const [all] = await everyPage(ask(), 100);
    let days = 0;
    const later = async () => {
      days += 1;
      hub.setNow(new Date(NOW.getTime() + 86_400_000 * days));
    };
    expect((await everyPage(ask(), 2, later)).flat()).toEqual(all);
    const [tomorrow] = await everyPage(ask(), 100);
    expect(new Set(tomorrow)).toEqual(new Set(all));
  });

  test('a report that comes in between moves its own service only', async () => {
    await seven();
    const [all] = await everyPage(ask(), 100);
    const last = all!.at(-1)!;
    const report = () =>
      hub.owner().execute('update service_capacity set total = 9, reported_at = ? where service_id = ?', [NOW, last]);
    const seen = (await everyPage(ask(), 3, report)).flat();
    expect(seen.filter(id => id !== last)).toEqual(all!.slice(0, -1));
  });

  test('the same question in other words is the same question', async () => {
    await seven();
    const { data } = await hub.as(anonymous, MATCHES, { input: ask({ needs: ['debt', 'refugee'] }), first: 2 });
    const again = ask({ needs: ['refugee', 'debt', 'debt'], languages: [], age: null, requireFreePlace: null });
    const after = data.serviceMatches.pageInfo.endCursor;
    expect((await hub.as(anonymous, MATCHES, { input: again, first: 2, after })).errors).toBeUndefined();
  });

  test('no network named is all of them: the cursor goes on', async () => {
    await seven();
    const { data } = await hub.as(anonymous, MATCHES, { input: ask(), first: 2 });
    const after = data.serviceMatches.pageInfo.endCursor;
    expect((await hub.as(anonymous, MATCHES, { input: ask({ networks: [] }), after })).errors).toBeUndefined();
  });

  test.each([
    ['another category', { category: 'job-coaching' }],
    ['another need', { needs: ['debt'] }],
    ['another distance', { maximumDistanceKm: 50 }],
    ['a network', { networks: ['named'] }],
  ])('the cursor of %s is refused', async (_case, own) => {
    await seven();
    const { data } = await hub.as(anonymous, MATCHES, { input: ask(), first: 2 });
    const after = data.serviceMatches.pageInfo.endCursor;
    const named = 'networks' in own ? { networks: [network.slug] } : own;
    const { errors } = await hub.as(anonymous, MATCHES, { input: ask(named), after });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR', argument: 'after' } }]);
  });

  test('a cursor that nobody handed out is refused', async () => {
    const { errors } = await hub.as(anonymous, MATCHES, { input: ask(), after: 'WyJ4Il0.0000000000000000000000' });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR', argument: 'after' } }]);
  });
});

test.each([
  ['input.category', { category: 'nonsense' }],
  ['input.needs', { needs: ['debt', 'nonsense'] }],
  ['input.municipality', { municipality: '05999999' }],
  ['input.networks', { networks: ['nowhere'] }],
  ['input.near', { near: { latitude: 100, longitude: 7 } }],
  ['input.near', { near: { latitude: 50, longitude: -181 } }],
  ['input.age', { age: -1 }],
  ['input.age', { age: 131 }],
  ['input.maximumDistanceKm', { maximumDistanceKm: -0.1 }],
])('%s is told to be wrong: %j', async (argument, own) => {
  const service = await world.service(network);
  for (const [query, variables] of [
    [MATCHES, {}],
    [WHY, { service: service.id }],
  ] as const) {
    const { errors } = await hub.as(anonymous, query, { ...variables, input: ask(own) });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  }
});

test.each(['x', '00000000-0000-4000-8000-000000000000'])('no service has the id %s', async id => {
  expect(await why({ id })).toBeNull();
});

test('a page with everything is a bounded number of statements, however long', async () => {
  const EVERYTHING = `query ($input: ServiceMatchInput!) { serviceMatches(input: $input, first: 100) { totalCount nodes {
    score reasons { text } location { city municipality { name } accessibility { feature } }
    service { name partner { name } categories { code } needs { code } locations { city } serviceArea { name } capacity { free } }
  } } }`;
  const counts: number[] = [];
  for (const more of [2, 10]) {
    for (let i = 0; i < more; i += 1)
      await world.service(network, { sites: [near(i)], needs: ['debt'], capacity: { total: 3, reportedAt: NOW } });
    const input = ask({ needs: ['debt'] });
    const sent = await hub.statements(async () => {
      const { data, errors } = await hub.as(anonymous, EVERYTHING, { input });
      expect(errors).toBeUndefined();
      expect(data.serviceMatches.nodes.every((one: { location: unknown }) => one.location)).toBe(true);
    });
    counts.push(sent.filter(statement => /^(select|with)/.test(statement)).length);
  }
  // what is named, places in the index, these in full, services, their number · sites, their features and their
  // municipality · partners, categories, needs, locations, areas and capacity of the services
  expect(counts).toEqual([15, 15]);
});

test('services are told the same, whether read as text with the page or by resolvers', async () => {
  for (let i = 0; i < 4; i += 1)
    await world.service(network, { sites: [near(i)], languages: ['uk'], needs: ['debt'], name: 'Ein "Wort"' });
  const SELECTION = `score distanceKm blockers __typename reasons { factor weight value text deText: text(language: "de") en: text(language: "en") }
    service { id name partner { id name } capacity { free } categories { code } }`;
  const query = (
    more: string,
  ) => `query ($input: ServiceMatchInput!) { serviceMatches(input: $input, first: 3) { totalCount
    nodes { ${SELECTION} ${more} } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const input = ask({ languages: ['uk'], needs: ['debt'] });
  const told = async (more: string) => {
    const { data, errors } = await hub.as(anonymous, query(more), { input });
    expect(errors).toBeUndefined();
    for (const node of data.serviceMatches.nodes) delete node.blockerTexts;
    return data;
  };
  const byText = await told('');
  expect(byText.serviceMatches.nodes).toHaveLength(3);
  expect(byText).toEqual(await told('blockerTexts'));
});

test('a page with scores alone is three', async () => {
  await world.service(network);
  const sent = await hub.statements(() =>
    hub.as(anonymous, 'query ($input: ServiceMatchInput!) { serviceMatches(input: $input) { nodes { score } } }', {
      input: ask({ needs: ['debt'] }),
    }),
  );
  expect(sent.filter(statement => /^(select|with)/.test(statement))).toHaveLength(3);
});

test('serviceMatch tells which criteria hold, which fail, and which are to be cleared up', async () => {
  const criteria: Criterion[] = [
    needed,
    { effect: CriterionEffect.EXCLUDES, needs: ['addiction'] },
    { effect: CriterionEffect.EXCLUDES, text: 'akute Krise' },
  ];
  const service = await world.service(network, { criteria });
  const query = `query ($service: ID!, $input: ServiceMatchInput!) { serviceMatch(service: $service, input: $input) {
    blockers criteria { state criterion { effect needs { code } text } } } }`;
  const told = async (needs: string[]) => {
    const { data } = await hub.as(anonymous, query, { service: service.id, input: ask({ needs }) });
    return data.serviceMatch;
  };
  expect(await told(['refugee', 'addiction'])).toEqual({
    blockers: ['NOT_ELIGIBLE'],
    criteria: [
      {
        state: 'HOLDS',
        criterion: { effect: 'REQUIRES', needs: [{ code: 'refugee' }, { code: 'migration' }], text: 'mit Pass' },
      },
      { state: 'FAILS', criterion: { effect: 'EXCLUDES', needs: [{ code: 'addiction' }], text: null } },
      { state: 'OPEN', criterion: { effect: 'EXCLUDES', needs: [], text: 'akute Krise' } },
    ],
  });
  const inWords = `query ($service: ID!, $input: ServiceMatchInput!) { serviceMatch(service: $service, input: $input) {
    blockerTexts english: blockerTexts(language: "en") criteria { text } reasons { factor text } } }`;
  const { data } = await hub.as(anonymous, inWords, { service: service.id, input: ask({ needs: ['addiction'] }) });
  const { blockerTexts, english, criteria: checks, reasons } = data.serviceMatch;
  expect([blockerTexts, english]).toEqual([
    ['ein Aufnahmekriterium ist nicht erfüllt'],
    ['one of its criteria is not met'],
  ]);
  expect(checks.map(({ text }: { text: string }) => text)).toEqual([
    expect.stringMatching(/^Voraussetzung nicht erfüllt: .+ oder .+ \(mit Pass\)$/),
    expect.stringMatching(/^Ausgeschlossen: \p{Lu}/u),
    'Zu klären, ob ein Ausschlussgrund vorliegt: akute Krise',
  ]);
  expect(reasons.find(({ factor }: { factor: string }) => factor === 'NEEDS').text).toBe(
    'nennt einen Bedarf als Voraussetzung',
  );
  const statesFor = async (needs: string[]) =>
    (await told(needs)).criteria.map(({ state }: { state: string }) => state);
  expect(await statesFor(['debt'])).toEqual(['FAILS', 'HOLDS', 'OPEN']);
  expect(await statesFor([])).toEqual(['OPEN', 'OPEN', 'OPEN']);
});
