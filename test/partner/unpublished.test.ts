import { beforeAll, describe, expect, test } from 'vitest';
import { NEVER_PUBLISHED, PartnerStatus } from '../../src/partner/partner.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('unpublished');
const NOW = new Date('2026-03-10T09:00:00Z');

type World = Awaited<ReturnType<typeof hub.given>>;
let world!: World;
let umbrella!: string;
let child!: string;

beforeAll(async () => {
  hub.setNow(NOW);
  world = await hub.given({ total: 5 });
  const at = directory(hub.owner());
  // Anker is the member of an umbrella and the umbrella of another, both of which stay published.
  umbrella = (await at.partner(world.network, 'Verband')).id;
  child = (await at.partner(world.network, 'Tochter')).id;
  const em = hub.owner();
  await em.execute('update partner set parent_id = ? where id = ?', [umbrella, world.anker.id]);
  await em.execute('update partner set parent_id = ? where id = ?', [world.anker.id, child]);
  await hub.indexed();
});

const become = (status: PartnerStatus) =>
  hub.owner().execute('update partner set status = ? where id = ?', [status, world.anker.id]);

const found = (value: unknown, id: string): boolean => JSON.stringify(value ?? null).includes(id);

/** Every door of the directory, and whether the partner, its service or its location comes out of it. */
const DOORS: Record<string, (w: World) => [query: string, variables: object, what: string]> = {
  'partner(id)': w => ['query ($id: ID!) { partner(id: $id) { id } }', { id: w.anker.id }, w.anker.id],
  'service(id)': w => ['query ($id: ID!) { service(id: $id) { id } }', { id: w.service.id }, w.service.id],
  'node of the partner': w => ['query ($id: ID!) { node(id: $id) { id } }', { id: w.anker.id }, w.anker.id],
  'node of the service': w => ['query ($id: ID!) { node(id: $id) { id } }', { id: w.service.id }, w.service.id],
  'node of the location': w => ['query ($id: ID!) { node(id: $id) { id } }', { id: w.location.id }, w.location.id],
  'parent of a member': w => ['query ($id: ID!) { partner(id: $id) { parent { id } } }', { id: child }, w.anker.id],
};

const LISTS: Record<string, (w: World) => [query: string, variables: object, what: string]> = {
  partners: w => ['{ partners(first: 100) { nodes { id } } }', {}, w.anker.id],
  'partners of a network': w => [
    'query ($slug: String!) { partners(network: $slug) { nodes { id } } }',
    { slug: w.network.slug },
    w.anker.id,
  ],
  'partners by words': w => ['{ partners(first: 100, filter: { query: "Anker" }) { nodes { id } } }', {}, w.anker.id],
  'search for a partner': () => [
    '{ search(query: "Anker", first: 100) { nodes { partner { id } } } }',
    {},
    world.anker.id,
  ],
  'search for a service': w => [
    'query ($slug: String!) { search(query: "Anker", network: $slug, first: 100) { nodes { service { id } } } }',
    { slug: w.network.slug },
    w.service.id,
  ],
  'partners by municipality': w => [
    'query ($key: MunicipalityKey!) { partners(filter: { municipality: $key }) { nodes { id } } }',
    { key: w.home.key },
    w.anker.id,
  ],
  'network.partners': w => [
    'query ($slug: String!) { network(slug: $slug) { partners { nodes { id } } } }',
    { slug: w.network.slug },
    w.anker.id,
  ],
  members: w => ['query ($id: ID!) { partner(id: $id) { members { nodes { id } } } }', { id: umbrella }, w.anker.id],
  services: w => [
    'query ($slug: String!) { services(network: $slug) { nodes { id } } }',
    { slug: w.network.slug },
    w.service.id,
  ],
  "services by the partner's name": w => [
    'query ($slug: String!) { services(network: $slug, filter: { query: "Anker" }) { nodes { id } } }',
    { slug: w.network.slug },
    w.service.id,
  ],
  'services by municipality': w => [
    'query ($key: MunicipalityKey!) { services(filter: { municipality: $key }) { nodes { id } } }',
    { key: w.home.key },
    w.service.id,
  ],
  finder: w => [
    'query ($c: ID!, $m: MunicipalityKey!) { serviceMatches(input: { category: $c, municipality: $m }) { nodes { service { id } } } }',
    { c: w.categoryCode, m: w.home.key },
    w.service.id,
  ],
  'one match': w => [
    `query ($s: ID!, $c: ID!, $m: MunicipalityKey!) {
      serviceMatch(service: $s, input: { category: $c, municipality: $m }) { service { id } } }`,
    { s: w.service.id, c: w.categoryCode, m: w.home.key },
    w.service.id,
  ],
  alternatives: w => [
    `query ($c: ID!, $m: MunicipalityKey!) {
      serviceAlternatives(input: { category: $c, municipality: $m, languages: ["so"] }) { matches { nodes { service { id } } } } }`,
    { c: w.categoryCode, m: w.home.key },
    w.service.id,
  ],
};

const COUNTS: Record<string, (w: World) => [query: string, variables: object]> = {
  partners: w => ['query ($slug: String!) { partners(network: $slug) { totalCount } }', { slug: w.network.slug }],
  'network.partners': w => [
    'query ($slug: String!) { network(slug: $slug) { partners { totalCount } } }',
    { slug: w.network.slug },
  ],
  members: () => ['query ($id: ID!) { partner(id: $id) { members { totalCount } } }', { id: umbrella }],
  services: w => ['query ($slug: String!) { services(network: $slug) { totalCount } }', { slug: w.network.slug }],
  finder: w => [
    'query ($c: ID!, $m: MunicipalityKey!) { serviceMatches(input: { category: $c, municipality: $m }) { totalCount } }',
    { c: w.categoryCode, m: w.home.key },
  ],
  coverage: w => [
    'query ($c: ID!, $n: String!) { coverage(input: { category: $c, networks: [$n] }) { rows { services } } }',
    { c: w.categoryCode, n: w.network.slug },
  ],
};

const OF_OWN_NETWORKS = ['finder', 'alternatives'];

const { PENDING, ACTIVE, ARCHIVED, NOT_ADMITTED } = PartnerStatus;
const everybody = ['anonymous', 'unknown', 'caseworker', 'partner', 'stranger', 'coordinator'] as const;
const outsiders = ['foreigner', 'foreignCoordinator', 'auditor', 'admin'] as const;

/** Who sees it by its id. */
const BY_ID: Record<PartnerStatus, readonly string[]> = {
  PENDING: ['partner', 'coordinator'],
  ACTIVE: [...everybody, ...outsiders],
  ARCHIVED: ['partner', 'coordinator', 'caseworker'],
  NOT_ADMITTED: ['partner', 'coordinator'],
};

const ask = async (viewer: Viewer, [query, variables]: readonly [string, object, ...unknown[]]) => {
  const { data, errors } = await hub.as(viewer, query, variables);
  expect(errors).toBeUndefined();
  return data;
};

describe.each([PENDING, ACTIVE, ARCHIVED, NOT_ADMITTED])('a partner that is %s', status => {
  beforeAll(() => become(status));

  test.each(Object.entries(DOORS))('%s: for whom it may concern', async (_name, door) => {
    const [query, variables, what] = door(world);
    const seen: string[] = [];
    for (const who of [...everybody, ...outsiders])
      if (found(await ask(world[who], [query, variables]), what)) seen.push(who);
    expect(seen.sort()).toEqual([...BY_ID[status]].sort());
  });

  test.each(Object.entries(LISTS))('%s: published or for nobody', async (name, list) => {
    const [query, variables, what] = list(world);
    for (const who of [...everybody, ...outsiders])
      expect([who, found(await ask(world[who], [query, variables]), what)]).toEqual([
        who,
        // Caseworkers of another network refer, and so search, within their own.
        status === ACTIVE && !(OF_OWN_NETWORKS.includes(name) && who === 'foreigner'),
      ]);
  });

  test.each(Object.entries(COUNTS))('%s counts no other', async (_name, count) => {
    const numbers = JSON.stringify(await ask(world.anonymous, count(world)));
    await become(ACTIVE);
    const published = JSON.stringify(await ask(world.anonymous, count(world)));
    await become(status);
    expect(numbers === published).toBe(status === ACTIVE);
  });

  test('a filter lists it for its editors and its coordination alone', async () => {
    const query = `query ($statuses: [PartnerStatus!]) { partners(first: 100, filter: { statuses: $statuses }) { nodes { id status } } }`;
    const seen: string[] = [];
    for (const who of [...everybody, ...outsiders]) {
      const { partners } = await ask(world[who], [query, { statuses: [PENDING, ARCHIVED, NOT_ADMITTED] }]);
      expect(partners.nodes.every((one: { status: string }) => one.status !== ACTIVE)).toBe(true);
      if (found(partners, world.anker.id)) seen.push(who);
    }
    expect(seen.sort()).toEqual(status === ACTIVE ? [] : ['coordinator', 'partner']);
  });

  test('its referrals, with what they name, stay for those who have them', async () => {
    const query = `query ($id: ID!) { referral(id: $id) { id partner { id name services { nodes { id } } } service { id partner { id } } } }`;
    for (const who of ['caseworker', 'partner'] as const)
      expect(await ask(world[who], [query, { id: world.referral.id }])).toMatchObject({
        referral: {
          partner: { id: world.anker.id, services: { nodes: [{ id: world.service.id }] } },
          service: { id: world.service.id, partner: { id: world.anker.id } },
        },
      });
  });

  test('what it has is not stale for anybody but where it is published', async () => {
    const query = '{ coordinatorInbox { stalePartners staleServices } }';
    await hub.owner().execute('update service set confirmed_at = null where id = ?', [world.service.id]);
    const { coordinatorInbox } = await ask(world.coordinator, [query, {}]);
    await hub.owner().execute('update service set confirmed_at = ? where id = ?', [NOW, world.service.id]);
    expect(coordinatorInbox).toEqual(
      status === ACTIVE ? { stalePartners: 4, staleServices: 1 } : { stalePartners: 3, staleServices: 0 },
    );
  });

  test('nothing new is begun with it', async () => {
    const draft = `mutation ($case: ID!, $service: ID!) {
      referralDraft(input: { clientCase: $case, service: $service, basis: CONSENT }) { referral { id } userErrors { code path } } }`;
    const variables = { case: world.clientCase.id, service: world.service.id };
    const { referralDraft } = await ask(world.caseworker, [draft, variables]);
    expect(referralDraft.userErrors).toEqual(
      status === ACTIVE ? [] : [{ code: 'NOT_FOUND', path: ['input', 'service'] }],
    );
    const consent = `mutation ($case: ID!, $service: ID!) {
      consentRecord(input: { clientCase: $case, service: $service, givenOn: "2026-03-01", validUntil: "2026-09-01" }) { userErrors { code } } }`;
    const { consentRecord } = await ask(world.caseworker, [consent, variables]);
    expect(consentRecord.userErrors).toEqual(NEVER_PUBLISHED.includes(status) ? [{ code: 'NOT_FOUND' }] : []);
    const question = `mutation ($network: String!, $category: ID!, $municipality: MunicipalityKey!) {
      availabilityAsk(input: { network: $network, category: $category, municipality: $municipality }) { userErrors { code } } }`;
    const place = { network: world.network.slug, category: world.categoryCode, municipality: world.home.key };
    const { availabilityAsk } = await ask(world.caseworker, [question, place]);
    expect(availabilityAsk.userErrors).toEqual(status === ACTIVE ? [] : [{ code: 'INVALID_INPUT' }]);
  });
});

test('a draft is not sent to a partner that was archived since', async () => {
  const own = await hub.given({ status: 'DRAFT' as never });
  await hub.owner().execute('update partner set status = ? where id = ?', [ARCHIVED, own.anker.id]);
  const send = 'mutation ($id: ID!) { referralSend(id: $id) { referral { id } userErrors { code path } } }';
  const { referralSend } = await ask(own.caseworker, [send, { id: own.referral.id }]);
  expect(referralSend).toEqual({ referral: null, userErrors: [{ code: 'SERVICE_NOT_ACTIVE', path: ['id'] }] });
});
