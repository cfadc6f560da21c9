import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { anonymous, auditor, caseworkerIn, coordinatorOf, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('search_synonym');
let north!: Network;
let south!: Network;
let coordinator!: Viewer;
let foreign!: Viewer;

beforeAll(async () => {
  const at = directory(hub.owner());
  north = await at.network('Nord');
  south = await at.network('Süd');
  coordinator = coordinatorOf(north);
  foreign = coordinatorOf(south);
  await at.partner(north, 'Nordhaus', { description: 'Grundbildungszentrum' });
  await at.partner(south, 'Südhaus', { description: 'Grundbildungszentrum' });
  await hub.indexed();
});

beforeEach(() => hub.owner().execute('delete from search_synonym where network_id is not null'));

const ADD = `mutation ($input: SearchSynonymInput!) {
  searchSynonymAdd(input: $input) { synonym { id words version network { slug } } userErrors { code path message } } }`;
const CHANGE = `mutation ($id: ID!, $words: [String!]!, $expectedVersion: Int) {
  searchSynonymChange(id: $id, words: $words, expectedVersion: $expectedVersion) { synonym { words version } userErrors { code path currentVersion } } }`;
const REMOVE = `mutation ($id: ID!) { searchSynonymRemove(id: $id) { removedId userErrors { code } } }`;
const LIST = `query ($network: String!, $shipped: Boolean) {
  searchSynonyms(network: $network, shipped: $shipped) { totalCount nodes { words leading network { slug } } } }`;
const GROUP = ['Fuchsbau', 'Grundbildungszentrum'];

async function add(words: string[], viewer = coordinator, network = north) {
  const { data, errors } = await hub.as(viewer, ADD, { input: { network: network.slug, words } });
  expect(errors).toBeUndefined();
  return data.searchSynonymAdd;
}

async function found(query: string, network?: Network): Promise<string[]> {
  const ask = `query ($query: String!, $network: String) { search(query: $query, network: $network) { nodes { partner { name } matches { how } } } }`;
  const { data, errors } = await hub.as(anonymous, ask, { query, network: network?.slug });
  expect(errors).toBeUndefined();
  for (const { matches } of data.search.nodes) expect(matches.length).toBeGreaterThan(0);
  return data.search.nodes.map((one: { partner: { name: string } }) => one.partner.name);
}

describe('a group of a network', () => {
  test('is in effect at once, for the records of this network alone', async () => {
    expect(await found('Fuchsbau')).toEqual([]);
    const { synonym, userErrors } = await add(GROUP);
    expect(userErrors).toEqual([]);
    expect(synonym).toMatchObject({ words: GROUP, version: 1, network: { slug: north.slug } });
    expect(await found('Fuchsbau', north)).toEqual(['Nordhaus']);
    expect(await found('Fuchsbau')).toEqual(['Nordhaus']);
    expect(await found('Fuchsbau', south)).toEqual([]);
    expect(await found('Grundbildungszentrum')).toEqual(['Nordhaus', 'Südhaus']);
    const [shipped] = await hub.owner().execute('select id from search_synonym where network_id is null limit 1');
    const nodes = async (viewer: Viewer) =>
      (
        await hub.as(viewer, 'query ($own: ID!, $all: ID!) { own: node(id: $own) { id } all: node(id: $all) { id } }', {
          own: synonym.id,
          all: shipped!.id,
        })
      ).data;
    const [own, all] = [{ id: synonym.id }, { id: shipped!.id }];
    expect(await nodes(coordinator)).toEqual({ own, all });
    expect(await nodes(foreign)).toEqual({ own: null, all });
    expect(await nodes(caseworkerIn(north))).toEqual({ own: null, all: null });
  });

  test('may hold phrases', async () => {
    await add(['zum alten Fuchs', 'Grundbildungszentrum']);
    expect(await found('der alte Fuchs')).toEqual(['Nordhaus']);
    expect(await found('Fuchs')).toEqual([]);
  });

  test('is changed and removed at once', async () => {
    const { synonym } = await add(GROUP);
    const words = ['Dachsbau', 'Grundbildungszentrum'];
    const changed = await hub.as(coordinator, CHANGE, { id: synonym.id, words, expectedVersion: 1 });
    expect(changed.data.searchSynonymChange).toMatchObject({ synonym: { words, version: 2 }, userErrors: [] });
    expect(await found('Fuchsbau')).toEqual([]);
    expect(await found('Dachsbau')).toEqual(['Nordhaus']);
    const stale = await hub.as(coordinator, CHANGE, { id: synonym.id, words: GROUP, expectedVersion: 1 });
    expect(stale.data.searchSynonymChange.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 2 }]);
    const removed = await hub.as(coordinator, REMOVE, { id: synonym.id });
    expect(removed.data.searchSynonymRemove).toEqual({ removedId: synonym.id, userErrors: [] });
    expect(await found('Dachsbau')).toEqual([]);
  });

  test('is for its coordinators to see and to touch', async () => {
    const { synonym } = await add(GROUP);
    const own = (await hub.as(coordinator, LIST, { network: north.slug })).data.searchSynonyms;
    expect(own).toEqual({ totalCount: 1, nodes: [{ words: GROUP, leading: [], network: { slug: north.slug } }] });
    expect((await hub.as(foreign, LIST, { network: south.slug })).data.searchSynonyms.totalCount).toBe(0);
    expect((await hub.as(foreign, LIST, { network: north.slug })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'network' } },
    ]);
    const change = await hub.as(foreign, CHANGE, { id: synonym.id, words: ['eins', 'zwei'] });
    expect(change.data.searchSynonymChange.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
    const remove = await hub.as(foreign, REMOVE, { id: synonym.id });
    expect(remove.data.searchSynonymRemove.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await add(GROUP, foreign)).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'network'] }]);
    for (const [viewer, code] of [
      [caseworkerIn(north), 'FORBIDDEN'],
      [auditor, 'FORBIDDEN'],
      [anonymous, 'UNAUTHENTICATED'],
    ] as const)
      for (const [query, variables] of [
        [ADD, { input: { network: north.slug, words: GROUP } }],
        [CHANGE, { id: synonym.id, words: GROUP }],
        [REMOVE, { id: synonym.id }],
        [LIST, { network: north.slug }],
      ] as const)
        expect((await hub.as(viewer, query, variables)).errors).toMatchObject([{ extensions: { code } }]);
    expect(await found('Fuchsbau')).toEqual(['Nordhaus']);
  });

  test.each([
    [[], ['input', 'words']],
    [['allein'], ['input', 'words']],
    [
      ['Beratung', 'Beratungen'],
      ['input', 'words', '1'],
    ],
    [
      ['eins', ''],
      ['input', 'words', '1'],
    ],
    [
      ['eins', '  '],
      ['input', 'words', '1'],
    ],
    [
      ['eins', ' zwei'],
      ['input', 'words', '1'],
    ],
    [
      ['eins', '?!'],
      ['input', 'words', '1'],
    ],
    [
      ['eins', 'der'],
      ['input', 'words', '1'],
    ],
    [
      ['für die', 'eins'],
      ['input', 'words', '0'],
    ],
    [
      ['eins', 'x'.repeat(81)],
      ['input', 'words', '1'],
    ],
    [
      ['eins', 'zwei\u0007'],
      ['input', 'words', '1'],
    ],
    [
      ['eins', 'Apfel Birne Pflaume Kirsche Traube Melone'],
      ['input', 'words', '1'],
    ],
    [Array.from({ length: 31 }, (_, i) => `wort${i}`), ['input', 'words']],
  ])('is refused when it is %j', async (words, path) => {
    expect((await add(words)).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path }]);
    expect((await hub.as(coordinator, LIST, { network: north.slug })).data.searchSynonyms.totalCount).toBe(0);
  });

  test('is there once', async () => {
    await add(GROUP);
    expect((await add([...GROUP].reverse())).userErrors).toMatchObject([{ code: 'DUPLICATE' }]);
    expect((await add(GROUP, foreign, south)).userErrors).toEqual([]);
  });
});

test('the groups that come with the program are shown to coordinators, and changed by nobody', async () => {
  const shipped = (await hub.as(coordinator, LIST, { network: north.slug, shipped: true })).data.searchSynonyms;
  expect(shipped.totalCount).toBeGreaterThan(150);
  const [{ id }] = await hub
    .owner()
    .execute<[{ id: string }]>('select id from search_synonym where network_id is null limit 1');
  expect((await hub.as(coordinator, REMOVE, { id })).data.searchSynonymRemove.userErrors).toMatchObject([
    { code: 'NOT_FOUND' },
  ]);
});
