import { beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('hidden_words');
const SEARCH = `query ($query: String!) { search(query: $query, kinds: [PARTNER, SERVICE]) {
  totalCount didYouMean corrections { word meant } nodes { partner { name } service { name } } } }`;
const search = async (query: string) => {
  const { data, errors } = await hub.as(world.anonymous, SEARCH, { query });
  expect(errors).toBeUndefined();
  return data.search;
};

/** Anker, member of Wombatverband, has a service and a place, each with a word that nothing else holds. */
async function build() {
  const world = await hub.given();
  const on = directory(hub.owner());
  const umbrella = await on.partner(world.network, 'Zwombatverband');
  const home = await on.location(world.anker, world.home, { storedStreet: 'Quarzitschluchtwegeeed 4' });
  await on.service(world.anker, 'Xylophonpavillon', { locations: [home] });
  const old = await on.service(world.anker, 'Kristallkugelorakel', { locations: [home] });
  await on.service(world.anker, 'Rhein-Ruhrzz Treff', { locations: [home] });
  await hub.owner().execute('update partner set parent_id = ? where id = ?', [umbrella.id, world.anker.id]);
  await hub.owner().execute('delete from search_word');
  await hub.indexed();
  return { ...world, umbrella, home, old };
}
let world!: Awaited<ReturnType<typeof build>>;
beforeEach(async () => {
  await hub.owner().execute(`update partner set status = 'ARCHIVED' where merged_into_id is null`);
  world = await build();
});

async function does(viewer: Viewer, mutation: string) {
  const { data, errors } = await hub.as(viewer, `mutation { answer: ${mutation} { userErrors { code message } } }`);
  expect([errors, data?.answer.userErrors]).toEqual([undefined, []]);
}

describe('a slip is no way to words of what is hidden since', () => {
  const meant = async (query: string) => (await search(query)).corrections;

  test('the street of an address that is protected', async () => {
    const slip = 'Quarzitschluchtwegeeex';
    expect(await meant(slip)).toEqual([{ word: slip, meant: ['Quarzitschluchtwegeeed'] }]);
    await does(world.partner, `locationUpdate(id: "${world.home.id}", input: { addressProtected: true })`);
    expect(await search(slip)).toMatchObject({ corrections: [], didYouMean: null, totalCount: 0 });
  });

  test('a service that is closed', async () => {
    const slip = 'Kristallkugelorakle';
    expect((await meant(slip)).length).toBe(1);
    await does(world.partner, `serviceUpdate(id: "${world.old.id}", input: { status: CLOSED })`);
    expect(await search(slip)).toMatchObject({ corrections: [], didYouMean: null, totalCount: 0 });
  });

  test('a service of a partner that is archived', async () => {
    const slip = 'Xylophonpavilllon';
    expect((await meant(slip)).length).toBe(1);
    await does(world.coordinator, `partnerArchive(id: "${world.anker.id}")`);
    expect(await search(slip)).toMatchObject({ corrections: [], didYouMean: null, totalCount: 0 });
  });

  test('where something else holds the word it is still meant', async () => {
    const slip = 'Kristallkugelorakle';
    await directory(hub.owner()).service(world.brücke, 'Kristallkugelorakel', {});
    await hub.indexed();
    await does(world.partner, `serviceUpdate(id: "${world.old.id}", input: { status: CLOSED })`);
    expect(await search(slip)).toMatchObject({
      corrections: [{ word: slip, meant: ['Kristallkugelorakel'] }],
      totalCount: 1,
    });
    expect((await meant('Rheinruhrrzz'))[0]?.meant).toEqual(['Rhein-Ruhrzz']);
  });
});

describe('a publication that is to come', () => {
  const LIST = 'query ($filter: PublicationFilter) { publications(filter: $filter) { nodes { title } } }';
  const list = async (viewer: Viewer, query: string) =>
    (await hub.as(viewer, LIST, { filter: { query } })).data.publications.nodes.map(
      (one: { title: string }) => one.title,
    );

  test('makes none of its words known, as they are, as the beginning of some, or in other kinds', async () => {
    await directory(hub.owner()).partner(world.network, 'Quarzbibel');
    await hub.indexed();
    const asked = async () => {
      const { data } = await hub.as(
        world.anonymous,
        `{ usual: search(query: "Quarzfibel") { totalCount corrections { meant } }
           all: search(query: "Quarzfibel", kinds: [PARTNER, SERVICE, PUBLICATION]) { totalCount corrections { meant } }
           begun: search(query: "Quarzfib", kinds: [PARTNER, PUBLICATION]) { totalCount corrections { meant } }
           network(slug: "${world.network.slug}") { partners(filter: { query: "Quarzfibel" }) { totalCount } } }`,
      );
      return data;
    };
    const before = await asked();
    const meant = { totalCount: 1, corrections: [{ meant: ['Quarzbibel'] }] };
    expect(before).toMatchObject({ usual: meant, all: meant, network: { partners: { totalCount: 1 } } });
    const input = 'kind: TOOL, title: "Quarzfibel", publishedOn';
    await does(
      world.coordinator,
      `publicationAdd(network: "${world.network.slug}", input: { ${input}: "9999-01-01" })`,
    );
    expect(await asked()).toEqual(before);
    // Who keeps it finds it, by the beginning of its name too.
    expect(await list(world.coordinator, 'Quarzfib')).toEqual(['Quarzfibel']);
    expect(await list(world.anonymous, 'Quarzfib')).toEqual([]);

    // Once it is out the word is in use where publications are asked for, and nowhere else.
    await does(
      world.coordinator,
      `publicationAdd(network: "${world.network.slug}", input: { ${input}: "2020-01-01" })`,
    );
    const known = { totalCount: 1, corrections: [] };
    expect(await asked()).toEqual({ ...before, all: known, begun: known });
  });
});

describe('an umbrella that is archived', () => {
  const told = async (viewer: Viewer) => {
    const query = `{ partner(id: "${world.anker.id}") { parent { id } provenance { field value } } }`;
    const { partner } = (await hub.as(viewer, query)).data;
    return partner.provenance.find(({ field }: { field: string }) => field === 'parent').value;
  };
  const http = async (path: string) => (await hub.hub().app.inject({ method: 'GET', url: path })).body;

  test('finds no member by its name, and is told to nobody', async () => {
    const { umbrella, anker, coordinator, anonymous } = world;
    const names = async () =>
      (await search('Zwombatverband')).nodes.map((one: { partner?: { name: string } }) => one.partner?.name);
    const outside = async () =>
      (await http(`/hsds/organizations/${anker.id}`)) + (await http(`/jsonld/partners/${anker.id}`));
    expect(await names()).toContain('Anker');
    expect([await told(anonymous), (await outside()).includes(umbrella.id)]).toEqual([umbrella.id, true]);
    await does(coordinator, `partnerArchive(id: "${umbrella.id}")`);
    expect(await search('Zwombatverband')).toMatchObject({ nodes: [], totalCount: 0 });
    expect(await search('Zwombatverbnad')).toMatchObject({ nodes: [], corrections: [] });
    expect([await told(anonymous), (await outside()).includes(umbrella.id)]).toEqual([null, false]);
    expect(await told(coordinator)).toBe(umbrella.id);
    await does(coordinator, `partnerReactivate(id: "${umbrella.id}")`);
    expect(await names()).toContain('Anker');
  });
});
