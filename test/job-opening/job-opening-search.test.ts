import { beforeEach, describe, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('job_opening_search');
const NOW = new Date('2026-11-22T12:00:00Z');

let world!: Awaited<ReturnType<typeof hub.given>>;
beforeEach(async () => {
  hub.setNow(NOW);
  world = await hub.given();
  await hub.owner().execute(`update location set city = 'Unna' where id = ?`, [world.location.id]);
});

/** A new opening, entered by an editor of its partner; its id. */
async function opening(input: object, viewer: Viewer = world.partner, partner = world.anker.id): Promise<string> {
  const create = `mutation ($partner: ID!, $input: JobOpeningInput!) {
    jobOpeningCreate(partner: $partner, input: $input) { jobOpening { id } userErrors { code path } } }`;
  const given = { occupation: '11', ...input };
  const { jobOpening, userErrors } = (await hub.as(viewer, create, { partner, input: given })).data.jobOpeningCreate;
  expect(userErrors).toEqual([]);
  return jobOpening.id;
}

/** Titles of the list, in its order; of the network of the world. */
async function listed(query: string, filter: object = {}, viewer: Viewer = ANONYMOUS): Promise<string[]> {
  const list = `query ($network: String, $filter: JobOpeningFilter) {
    jobOpenings(network: $network, filter: $filter) { totalCount nodes { title } } }`;
  const { data, errors } = await hub.as(viewer, list, { network: world.network.slug, filter: { query, ...filter } });
  expect(errors).toBeUndefined();
  expect(data.jobOpenings.totalCount).toBe(data.jobOpenings.nodes.length);
  return data.jobOpenings.nodes.map((one: { title: string }) => one.title);
}

const SEARCH = `query ($query: String!, $network: String, $kinds: [SearchKind!], $after: String) {
  search(query: $query, network: $network, kinds: $kinds, after: $after) { totalCount didYouMean pageInfo { endCursor }
    nodes { partner { name } service { name } jobOpening { title } matches { words how field } } } }`;

async function searched(query: string, more: object = { kinds: ['JOB_OPENING'] }) {
  const { data, errors } = await hub.as(ANONYMOUS, SEARCH, { query, network: world.network.slug, ...more });
  expect(errors).toBeUndefined();
  return data.search;
}

const KITCHEN = {
  title: 'Küchenhilfe',
  occupation: '29301',
  description: 'Gemüse schneiden und Töpfe spülen.',
  requirements: 'Führerschein erwünscht',
};

describe('a job opening', () => {
  test.each<[string, string, object?]>([
    ['as it is called', 'Küchenhilfe'],
    ['without an umlaut', 'kuechenhilfe'],
    ['in another form', 'Küchenhilfen'],
    ['by a part of a word', 'Küche'],
    ['with a slip', 'Küchenhlife'],
    ['by what means the same', 'Spülkraft'],
    ['while it is typed', 'Küchenhi'],
    ['by its description', 'Gemüse'],
    ['by what it asks for', 'Führerschein'],
    ['by the label of its occupation', 'Lebensmittel'],
    ['by the area of its occupation', 'Herstellung'],
    ['by its partner', 'Anker'],
    ['by the town of its partner', 'Unna'],
    ['by its town and what it is', 'Unna Küchenhilfe'],
    ['in an everyday word for the kind of work', 'Putzfrau', { title: 'Kraft für die Unterhaltsreinigung' }],
    ['by a language', 'ukrainisch', { languages: ['uk'] }],
    ['by a need', 'Schulden', { needs: ['debt'] }],
  ])('is found %s: %s', async (_, query, more = {}) => {
    const input: typeof KITCHEN = { ...KITCHEN, ...more };
    await opening(input);
    await opening({ title: 'Ganz anderes' }, world.stranger, world.brücke.id);
    expect(await listed(query)).toContain(input.title);
    expect((await searched(query)).nodes.map((one: { jobOpening: object }) => one.jobOpening)).toContainEqual({
      title: input.title,
    });
  });

  test.each(['Dachdecker', 'Kuchenform', 'Herne'])('is not found by %s', async query => {
    await opening(KITCHEN);
    expect(await listed(query)).toEqual([]);
  });

  test('is found best first: by its title, its occupation, its partner, its words; equal ones newest first', async () => {
    const others = (input: object) => opening(input, world.stranger, world.brücke.id);
    await others({ title: 'Vierter', description: 'Hilfe für die Gärtnerei' });
    await others({ title: 'Dritter', occupation: '12' });
    await others({ title: 'Gärtnerin' });
    hub.setNow(new Date('2026-11-23T12:00:00Z'));
    await others({ title: 'Gärtner' });
    expect((await listed('Gartenbau'))[0]).toBe('Dritter');
    expect(await listed('Gärtner')).toEqual(['Gärtner', 'Gärtnerin', 'Dritter', 'Vierter']);
  });

  test('goes on from a cursor of its query, and of no other', async () => {
    for (const title of ['Gärtner', 'Gärtnerin', 'Gartenhilfe']) await opening({ title });
    const list = `query ($network: String, $query: String, $after: String) {
      jobOpenings(network: $network, filter: { query: $query }, first: 1, after: $after) {
        nodes { title } pageInfo { hasNextPage endCursor } } }`;
    const ask = (query: string, after: string | null) =>
      hub.as(ANONYMOUS, list, { network: world.network.slug, query, after });
    const titles: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const { nodes, pageInfo }: { nodes: { title: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } =
        (await ask('Garten', after)).data.jobOpenings;
      titles.push(...nodes.map(one => one.title));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
    }
    expect(titles).toEqual(await listed('Garten'));
    expect(titles.sort()).toEqual(['Gartenhilfe', 'Gärtner', 'Gärtnerin']);
    expect((await ask('Küche', after)).errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });

  test('tells what matched', async () => {
    await opening(KITCHEN);
    const { nodes, totalCount } = await searched('Lebensmittel kuechenhilfe');
    expect({ nodes, totalCount }).toEqual({
      totalCount: 1,
      nodes: [
        {
          partner: null,
          service: null,
          jobOpening: { title: 'Küchenhilfe' },
          matches: [
            { words: ['Lebensmittel'], how: 'EXACT', field: 'OCCUPATION' },
            { words: ['Küchenhilfe'], how: 'EXACT', field: 'NAME' },
          ],
        },
      ],
    });
  });

  test('is no partner and no service: it is found only where it is asked for', async () => {
    await opening({ title: 'Ankerwinsch' });
    await hub.indexed();
    expect((await searched('Ankerwinsch', {})).totalCount).toBe(0);
    expect((await searched('Ankerwinsch', { kinds: ['PARTNER', 'SERVICE'] })).totalCount).toBe(0);
    const all = await searched('Anker', { kinds: ['JOB_OPENING', 'PARTNER'] });
    expect(all.nodes).toMatchObject([{ partner: { name: 'Anker' } }, { jobOpening: { title: 'Ankerwinsch' } }]);
    const { data } = await hub.as(ANONYMOUS, SEARCH, { query: 'Anker', kinds: ['PARTNER'] });
    const { errors } = await hub.as(ANONYMOUS, SEARCH, { query: 'Anker', after: data.search.pageInfo.endCursor });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });

  test('is found by what it says now, and by what its partner is called now', async () => {
    const id = await opening(KITCHEN);
    const edit = `mutation ($id: ID!, $input: JobOpeningInput!) { jobOpeningUpdate(id: $id, input: $input) { userErrors { code } } }`;
    await hub.as(world.partner, edit, { id, input: { title: 'Dachdecker' } });
    expect(await listed('Dachdecker')).toEqual(['Dachdecker']);
    expect(await listed('Küchenhilfe')).toEqual([]);
    await hub.owner().execute(`update partner set name = 'Leuchtturm' where id = ?`, [world.anker.id]);
    await hub.indexed();
    expect(await listed('Leuchtturm')).toEqual(['Dachdecker']);
    await hub.owner().execute('delete from job_opening where id = ?', [id]);
    expect(await listed('Dachdecker')).toEqual([]);
  });
});

describe('what is not listed is neither found nor counted', () => {
  const nobodyFinds = async (query: string) => {
    for (const viewer of [ANONYMOUS, world.stranger, world.caseworker]) {
      expect(await listed(query, {}, viewer)).toEqual([]);
      expect(await listed(query, { statuses: ['OPEN', 'FILLED', 'WITHDRAWN'], expired: true }, viewer)).toEqual([]);
    }
    expect(await searched(query)).toMatchObject({ totalCount: 0, nodes: [] });
    expect(await searched(query, { kinds: ['PARTNER', 'SERVICE', 'JOB_OPENING'] })).toMatchObject({ totalCount: 0 });
  };

  test.each(['FILLED', 'WITHDRAWN'])('as %s; its keepers find it still', async as => {
    const id = await opening(KITCHEN);
    await hub.as(world.partner, `mutation ($id: ID!) { jobOpeningClose(id: $id, as: ${as}) { userErrors { code } } }`, {
      id,
    });
    await nobodyFinds('Küchenhilfe');
    expect(await listed('Küchenhilfe', { statuses: [as] }, world.partner)).toEqual(['Küchenhilfe']);
  });

  test('as over; its keepers find it still', async () => {
    await opening({ ...KITCHEN, validUntil: '2026-11-30' });
    expect(await listed('Küchenhilfe')).toEqual(['Küchenhilfe']);
    hub.setNow(new Date('2026-12-01T00:30:00+01:00'));
    await nobodyFinds('Küchenhilfe');
    expect(await listed('Küchenhilfe', { expired: true }, world.partner)).toEqual(['Küchenhilfe']);
  });

  test.each(['PENDING', 'ARCHIVED'])('of a partner that is %s', async status => {
    await opening(KITCHEN);
    await hub.owner().execute('update partner set status = ? where id = ?', [status, world.anker.id]);
    await nobodyFinds('Küchenhilfe');
  });

  test('by what a slip may have meant', async () => {
    const id = await opening({ title: 'Wolkenschieberin' });
    await hub.owner().execute(`update job_opening set status = 'WITHDRAWN' where id = ?`, [id]);
    await hub.owner().execute(`delete from search_word where word like 'wolken%'`);
    await hub.indexed();
    expect(await searched('Wolkenschieebrin')).toMatchObject({ didYouMean: null });
    await hub.owner().execute(`update job_opening set status = 'OPEN' where id = ?`, [id]);
    await hub.indexed();
    expect(await searched('Wolkenschieebrin')).toMatchObject({ didYouMean: 'Wolkenschieberin', totalCount: 1 });
  });

  test('by the street of a protected address, but by its town', async () => {
    await hub
      .owner()
      .execute(`update location set address_protected = true, street = 'Verborgene Gasse 3' where id = ?`, [
        world.location.id,
      ]);
    await opening({ ...KITCHEN, location: world.location.id });
    expect(await listed('Unna')).toEqual(['Küchenhilfe']);
    expect(await listed('Verborgene')).toEqual([]);
  });
});
