import { beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { merge } from './support.js';

const hub = testHub('duplicate');
beforeAll(() => hub.setNow(new Date('2026-03-10T09:00:00Z')));

const rows = <T extends object>(text: string, ...values: unknown[]): Promise<T[]> =>
  hub.owner().execute<T[]>(text, values);

const LIST = `query ($network: String!, $first: Int, $after: String, $otherNetworks: Boolean, $dismissed: Boolean, $minimumScore: Float) {
  duplicateCandidates(network: $network, first: $first, after: $after, otherNetworks: $otherNetworks, dismissed: $dismissed, minimumScore: $minimumScore) {
    totalCount pageInfo { endCursor hasNextPage }
    nodes { a { id } b { id } score sameNetwork evidence { kind weight value text english: text(language: "en") } dismissal { by reason at } } } }`;

async function candidates(viewer: Viewer, network: string, more: object = {}) {
  const { data, errors } = await hub.as(viewer, LIST, { network, ...more });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.duplicateCandidates;
}

const DISMISS = `mutation ($a: ID!, $b: ID!, $reason: String) {
  answer: duplicateDismiss(a: $a, b: $b, reason: $reason) { partners { id } userErrors { code path } } }`;
const RECONSIDER = `mutation ($a: ID!, $b: ID!) { answer: duplicateReconsider(a: $a, b: $b) { userErrors { code path } } }`;
const say = async (viewer: Viewer, query: string, a: string, b: string, reason?: string) =>
  (await hub.as(viewer, query, { a, b, reason })).data.answer;

/** A world with a third partner, which is Brückenhaus Linden entered twice. */
async function twins() {
  const world = await hub.given();
  const at = directory(hub.owner());
  const one = await at.partner(world.network, 'AWO KV Heimstadt Schuldnerberatung e. V.', {
    phone: '0234 12345-67',
    website: 'https://www.awo-heimstadt.example/beratung',
  });
  const other = await at.partner(world.network, 'Arbeiterwohlfahrt Kreisverband Heimstadt, Schuldnerberatng gGmbH', {
    phone: '+49 (0)234 / 1234567',
    email: 'info@awo-heimstadt.example',
  });
  return { ...world, one, other };
}

const ids = (list: { nodes: { a: { id: string }; b: { id: string } }[] }) =>
  list.nodes.map(({ a, b }) => [a.id, b.id].sort());

/** A source tells in which register a partner stands. */
async function registered(
  network: string,
  numbers: Record<string, { scheme?: string; number?: string; tax?: string }>,
) {
  const [source] = await rows<{ id: string }>(
    `insert into source (network_id, name) values (?, ?) returning id`,
    network,
    `s${crypto.randomUUID()}`,
  );
  for (const [partner, { scheme, number, tax }] of Object.entries(numbers)) {
    const root = `organizations:${partner}`;
    await rows(
      `insert into source_record (source_id, record_id, key, document, imported_at) values (?, ?, ?, '{}', now())`,
      source!.id,
      partner,
      root,
    );
    for (const [key, row] of [
      [root, { tax_id: tax ?? '' }],
      [`organization_identifiers:${partner}`, { identifier_type: scheme, identifier: number }],
    ] as const)
      await rows(
        `insert into source_row (source_id, key, root, hash, row) values (?, ?, ?, gen_random_uuid(), ?::jsonb)`,
        source!.id,
        key,
        root,
        JSON.stringify(row),
      );
  }
}

describe('numbers in registers, as sources tell them', () => {
  const named = async (network: Awaited<ReturnType<typeof twins>>['network'], ...names: string[]) => {
    const at = directory(hub.owner());
    const made = [];
    for (const name of names) made.push(await at.partner(network, name));
    return made.map(({ id }) => id) as [string, string];
  };
  const numberOf = async (world: Awaited<ReturnType<typeof twins>>, [a, b]: [string, string]) => {
    const list = await candidates(world.coordinator, world.network.slug, { minimumScore: 0.05 });
    const pair = list.nodes.find((one: { a: { id: string }; b: { id: string } }) =>
      [one.a.id, one.b.id].every(id => id === a || id === b),
    );
    return pair && { score: pair.score, number: pair.evidence.find((one: { kind: string }) => one.kind === 'NUMBER') };
  };

  test('find what is otherwise written in two ways, and are explained', async () => {
    const world = await twins();
    const pair = await named(world.network, 'Lotsenpunkt Rheinaue', 'Lotsenpunkt Rheinauen gemeinnützige Gesellschaft');
    const before = await numberOf(world, pair);
    await registered(world.network.id, { [pair[0]]: { scheme: 'HRB Bochum', number: 'HRB 12 345' } });
    await registered(world.network.id, { [pair[1]]: { scheme: 'HRB Bochum', number: 'hrb-12345' } });
    const after = await numberOf(world, pair);
    expect(after!.score).toBeGreaterThan(before?.score ?? 0);
    expect(after!.number).toMatchObject({
      value: 'hrb bochum HRB12345',
      text: 'dieselbe Kennung (hrb bochum HRB12345)',
      english: 'the same number in a register (hrb bochum HRB12345)',
    });
    expect(after!.number.weight).toBeGreaterThan(5);
  });

  test('of one register that differ speak against it; those of two say nothing, nor what is no number', async () => {
    const world = await twins();
    const pair = [world.one.id, world.other.id] as [string, string];
    const { score } = (await numberOf(world, pair))!;
    await registered(world.network.id, {
      [pair[0]]: { scheme: 'HRB', number: 'HRB 12345', tax: 'unbekannt' },
      [pair[1]]: { scheme: 'VR', number: 'VR 12345', tax: 'unbekannt' },
    });
    expect(await numberOf(world, pair)).toEqual({ score, number: undefined });
    await registered(world.network.id, { [pair[0]]: { tax: 'DE 811 111 111' }, [pair[1]]: { tax: 'DE 822222222' } });
    const apart = (await numberOf(world, pair))!;
    expect(apart.number).toMatchObject({ weight: -4, value: null, text: 'andere Kennungen' });
    expect(apart.score).toBeLessThan(score);
  });

  test('that all branches of one legal body share make them no duplicates', async () => {
    const world = await twins();
    const pair = await named(world.network, 'Caritas Fachdienst Heimstadt Wohnen', 'Caritas Fachdienst Fernau Arbeit');
    await registered(world.network.id, { [pair[0]]: { tax: 'DE811111111' }, [pair[1]]: { tax: 'DE811111111' } });
    const found = await numberOf(world, pair);
    expect(found?.score ?? 0).toBeLessThan(0.5);
  });
});

describe('candidates', () => {
  test('are found in spite of abbreviations, typos, legal forms and ways to write a number, and explained', async () => {
    const { coordinator, network, one, other } = await twins();
    const list = await candidates(coordinator, network.slug);
    expect(list.totalCount).toBe(1);
    expect(ids(list)).toEqual([[one.id, other.id].sort()]);
    expect(list.nodes[0].score).toBeGreaterThan(0.9);
    expect(list.nodes[0]).toMatchObject({ sameNetwork: true, dismissal: null });
    const evidence = list.nodes[0].evidence as {
      kind: string;
      weight: number;
      value: string | null;
      text: string;
      english: string;
    }[];
    expect(evidence).toContainEqual({
      kind: 'PHONE',
      weight: expect.any(Number),
      value: '02341234567',
      text: 'dieselbe Telefonnummer (02341234567)',
      english: 'the same phone number (02341234567)',
    });
    expect(evidence.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['NAME', 'PHONE', 'WEB']));
  });

  test('stay right after edits: there is nothing that could be stale', async () => {
    const { coordinator, network, one } = await twins();
    await rows(`update partner set name = 'Tischlerei Nowak', phone = null, website = null where id = ?`, one.id);
    expect((await candidates(coordinator, network.slug)).nodes).toEqual([]);
  });

  test('are for the coordination of the network alone', async () => {
    const { foreignCoordinator, partner, caseworker, anonymous, network, one } = await twins();
    for (const viewer of [foreignCoordinator, partner, caseworker])
      expect(await candidates(viewer, network.slug)).toMatchObject({ totalCount: 0, nodes: [] });
    await expect(candidates(anonymous, network.slug)).rejects.toThrow('UNAUTHENTICATED');
    const field = 'query ($id: ID!) { partner(id: $id) { duplicates { partner { id } } } }';
    for (const viewer of [partner, caseworker, foreignCoordinator, anonymous])
      expect((await hub.as(viewer, field, { id: one.id })).data.partner.duplicates).toEqual([]);
  });

  test('of one partner are told at it', async () => {
    const { coordinator, one, other } = await twins();
    const field = 'query ($id: ID!) { partner(id: $id) { duplicates { partner { id } score evidence { kind } } } }';
    const { data } = await hub.as(coordinator, field, { id: one.id });
    expect(data.partner.duplicates).toMatchObject([{ partner: { id: other.id } }]);
  });

  test('of two networks are a hint to who coordinates both, when asked for', async () => {
    const { coordinator, foreignCoordinator, elsewhere, network, one, other } = await twins();
    await rows('delete from search_document where id = ?', other.id);
    await rows('update partner set network_id = ? where id = ?', elsewhere.id, other.id);
    const both: Viewer = {
      ...coordinator,
      accountId: null,
      subject: 'both',
      memberships: [...coordinator.memberships, ...foreignCoordinator.memberships],
    };
    expect((await candidates(both, network.slug)).nodes).toEqual([]);
    expect((await candidates(coordinator, network.slug, { otherNetworks: true })).nodes).toEqual([]);
    const list = await candidates(both, network.slug, { otherNetworks: true });
    expect(list.nodes).toMatchObject([{ a: { id: one.id }, b: { id: other.id }, sameNetwork: false }]);
  });

  test('come in pages that neither repeat nor leave out', async () => {
    const { coordinator, network } = await twins();
    const at = directory(hub.owner());
    for (const name of ['Lindenhof', 'Lindenhof gGmbH', 'Lindenhof e. V.'])
      await at.partner(network, name, { phone: '0201 998877' });
    const all = await candidates(coordinator, network.slug);
    expect(all.nodes.length).toBeGreaterThan(3);
    const found: string[][] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await candidates(coordinator, network.slug, { first: 1, after });
      found.push(...ids(page));
      [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
    }
    expect(found).toEqual(ids(all));
  });
});

describe('a protected address', () => {
  test('is no evidence and is not told, though it is the same', async () => {
    const { coordinator, network, home, anker, brücke, location } = await hub.given();
    await rows('delete from service_location where location_id = ?', location.id);
    await rows('delete from location where id = ?', location.id);
    await rows(`insert into postal_code (code, municipality_key) values ('52987', ?)`, home.key);
    const at = directory(hub.owner());
    const position = { latitude: 50.9, longitude: 6.3 };
    for (const partner of [anker, brücke])
      await at.location(partner, home, { storedStreet: 'Zuflucht 3', addressProtected: true, ...position });
    // Alike enough to be found by everything else.
    await rows(
      `update partner set name = 'Frauenhaus Lindenblüte', phone = '0234 555666' where id in (?, ?)`,
      anker.id,
      brücke.id,
    );
    const similar = `query ($n: String!) {
      similarPartners(network: $n, name: "Frauenhaus Lindenblüte", street: "Zuflucht 3", postalCode: "52987") { evidence { kind value weight } } }`;
    const told = async () => {
      const list = await candidates(coordinator, network.slug);
      const { data } = await hub.as(coordinator, similar, { n: network.slug });
      expect([list.nodes.length, data.similarPartners.length]).toEqual([1, 2]);
      return JSON.stringify([list, data]);
    };
    const hidden = await told();
    expect(hidden).not.toMatch(/Zuflucht|zuflucht|ADDRESS|150 m/);
    // The same world would tell it, were the addresses not protected.
    await rows('update location set address_protected = false where partner_id in (?, ?)', anker.id, brücke.id);
    const open = await told();
    expect(open).toMatch(/Zuflucht 3/);
    expect(JSON.parse(open)[1].similarPartners[0].evidence).toContainEqual(
      expect.objectContaining({ kind: 'ADDRESS' }),
    );
  });

  test('that is not protected is', async () => {
    const { coordinator, network, home, anker, brücke } = await hub.given();
    const at = directory(hub.owner());
    await at.location(anker, home, { storedStreet: 'Offene Straße 3' });
    await at.location(brücke, home, { storedStreet: 'Offene Str. 3' });
    await rows(`update partner set name = 'Offenes Haus' where id in (?, ?)`, anker.id, brücke.id);
    const list = await candidates(coordinator, network.slug);
    expect(list.nodes[0].evidence).toContainEqual(
      expect.objectContaining({ kind: 'ADDRESS', value: expect.stringMatching(/^Offene Str(\.|aße) 3, Heimstadt$/) }),
    );
  });
});

describe('"no duplicate"', () => {
  test('is remembered with who and why, also after an edit of the name, and can be taken back', async () => {
    const { coordinator, network, one, other } = await twins();
    expect(await say(coordinator, DISMISS, one.id, other.id, 'Zwei Häuser.')).toEqual({
      partners: [{ id: one.id }, { id: other.id }],
      userErrors: [],
    });
    expect((await candidates(coordinator, network.slug)).nodes).toEqual([]);
    await rows('update partner set name = (select name from partner p where p.id = ?) where id = ?', other.id, one.id);
    expect((await candidates(coordinator, network.slug)).nodes).toEqual([]);
    const { nodes } = await candidates(coordinator, network.slug, { dismissed: true });
    expect(nodes).toMatchObject([
      { dismissal: { by: 'coordinator', reason: 'Zwei Häuser.', at: '2026-03-10T09:00:00.000Z' } },
    ]);
    expect((await say(coordinator, DISMISS, other.id, one.id)).userErrors).toEqual([
      { code: 'DUPLICATE', path: ['b'] },
    ]);
    expect((await say(coordinator, RECONSIDER, other.id, one.id)).userErrors).toEqual([]);
    expect((await candidates(coordinator, network.slug)).nodes).toHaveLength(1);
    expect((await say(coordinator, RECONSIDER, other.id, one.id)).userErrors).toEqual([
      { code: 'NOT_FOUND', path: ['b'] },
    ]);
  });

  test('is said by those who coordinate both, of two', async () => {
    const { coordinator, foreignCoordinator, partner, one, other } = await twins();
    expect((await say(foreignCoordinator, DISMISS, one.id, other.id)).userErrors).toEqual([
      { code: 'NOT_FOUND', path: ['a'] },
    ]);
    expect((await say(coordinator, DISMISS, one.id, one.id)).userErrors).toEqual([
      { code: 'INVALID_INPUT', path: ['b'] },
    ]);
    expect((await say(coordinator, DISMISS, one.id, 'x')).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['b'] }]);
    expect((await hub.as(partner, DISMISS, { a: one.id, b: other.id })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await rows('select from duplicate_dismissal where first_id in (?, ?)', one.id, other.id)).toEqual([]);
  });

  test('holds of what one of the two was merged into', async () => {
    const { coordinator, network, one, other, anker } = await twins();
    await say(coordinator, DISMISS, one.id, other.id);
    expect(
      (await merge(hub, coordinator, anker.id, other.id, { take: ['name', 'phone', 'email'] })).userErrors,
    ).toEqual([]);
    expect((await candidates(coordinator, network.slug)).nodes).toEqual([]);
    expect(ids(await candidates(coordinator, network.slug, { dismissed: true }))).toEqual([[one.id, anker.id].sort()]);
  });
});

test('whoever registers a partner is warned of what is published already, and of nothing else', async () => {
  const { partner, anonymous, network, one, other } = await twins();
  await rows(`update partner set status = 'PENDING' where id = ?`, other.id);
  const SIMILAR = `query ($network: String!, $name: String!, $phone: String) {
    similarPartners(network: $network, name: $name, phone: $phone) { partner { id } score evidence { kind text } } }`;
  const asked = { network: network.slug, name: 'AWO Heimstadt Schuldnerberatung', phone: '0049 234 1234567' };
  const { data } = await hub.as(partner, SIMILAR, asked);
  expect(data.similarPartners.map((found: { partner: { id: string } }) => found.partner.id)).toEqual([one.id]);
  expect(
    (await hub.as(partner, SIMILAR, { ...asked, name: 'Gartenbau Nowak', phone: null })).data.similarPartners,
  ).toEqual([]);
  expect((await hub.as(anonymous, SIMILAR, asked)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('a score below 0.05 or above 1 is none that can be asked for', async () => {
  const { coordinator, network } = await hub.given();
  for (const minimumScore of [0.04, -1, 1.1])
    await expect(candidates(coordinator, network.slug, { minimumScore })).rejects.toThrow('BAD_USER_INPUT');
  for (const minimumScore of [0.05, 1])
    expect((await candidates(coordinator, network.slug, { minimumScore })).nodes).toEqual([]);
});

describe('a name that one writes together and another one apart', () => {
  const SIMILAR = `query ($network: String!, $name: String!, $phone: String) {
    similarPartners(network: $network, name: $name, phone: $phone) { partner { id } score } }`;

  test.each([
    ['Suchthilfe Tuchhof', 'Sucht-Hilfe Tuchhof e. V.'],
    ['Schuldenlotsen', 'Schulden-Lotsen'],
    ['Wohnungslosenhilfe Rheinaue', 'Wohnungslosen-Hilfe Rheinaue'],
    ['Wohnungslosenhilfe Rheinaue', 'Wohnungslosen Hilfe Rheinaue gGmbH'],
    ['Beratungsstelle Rheinaue', 'Beratung-Stelle Rheinaue'],
  ])('%s: %s is a candidate with the same number, and warned of by its name alone', async (together, apart) => {
    const world = await hub.given();
    const at = directory(hub.owner());
    const one = await at.partner(world.network, together, { phone: '0234 998877' });
    const warned = { network: world.network.slug, name: apart };
    expect((await hub.as(world.partner, SIMILAR, warned)).data.similarPartners).toMatchObject([
      { partner: { id: one.id } },
    ]);
    const other = await at.partner(world.network, apart, { phone: '+49 234 998877' });
    const list = await candidates(world.coordinator, world.network.slug, { minimumScore: 0.9 });
    expect(ids(list)).toEqual([[one.id, other.id].sort()]);
  });
});
