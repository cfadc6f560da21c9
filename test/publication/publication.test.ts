import { beforeEach, expect, test } from 'vitest';
import { MOST_PUBLICATIONS } from '../../src/publication/publication.rules.js';
import { indexRecords } from '../../src/search/search-index.actions.js';
import { reindex } from '../../src/search/search-reindex.actions.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('publications');

beforeEach(() => hub.setNow(new Date('2026-06-10T10:00:00Z')));

type World = Awaited<ReturnType<typeof hub.given>>;

const FIELDS = `id version kind title summary url publishedOn heldOn place topics withdrawn needs { code } categories { code }
  network { slug } programme { slug }`;
const ERRORS = 'userErrors { code path currentVersion }';

const add = async (viewer: Viewer, network: string, input: object) => {
  const { data, errors } = await hub.as(
    viewer,
    `mutation ($network: String!, $input: PublicationInput!) {
      answer: publicationAdd(network: $network, input: $input) { publication { ${FIELDS} } ${ERRORS} } }`,
    { network, input },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer;
};
const edit = async (viewer: Viewer, id: string, input: object, expectedVersion: number | null = null) =>
  (
    await hub.as(
      viewer,
      `mutation ($id: ID!, $input: PublicationInput!, $expectedVersion: Int) {
        answer: publicationEdit(id: $id, input: $input, expectedVersion: $expectedVersion) { publication { ${FIELDS} } ${ERRORS} } }`,
      { id, input, expectedVersion },
    )
  ).data.answer;
const find = async (viewer: Viewer, { network }: World, filter: object = {}): Promise<string[]> => {
  const { data, errors } = await hub.as(
    viewer,
    'query ($filter: PublicationFilter) { publications(filter: $filter) { nodes { title } totalCount } }',
    { filter: { network: network.slug, ...filter } },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  expect(data.publications.totalCount).toBe(data.publications.nodes.length);
  return data.publications.nodes.map((one: { title: string }) => one.title);
};

const GUIDE = {
  kind: 'RECOMMENDATION',
  title: 'Beratung bei Suchtproblemen',
  summary: 'Was Jobcenter tun können',
  url: 'https://anker.example/empfehlung',
  topics: ['Netzwerkarbeit', 'Schulungen'],
  needs: ['addiction'],
  categories: ['job-coaching'],
};

test('a publication is found by everybody: by words, kind, need, category and programme', async () => {
  const world = await hub.given();
  const { coordinator, anonymous, network } = world;
  const { data } = await hub.as(
    coordinator,
    `mutation ($input: ProgrammeInput!) { programmeFound(input: $input) { programme { id slug } } }`,
    {
      input: {
        network: network.slug,
        slug: `quelle-${network.slug}`,
        title: 'Quelle',
        from: '2026-01-01',
        published: true,
      },
    },
  );
  const programme = data.programmeFound.programme;
  const { publication, userErrors } = await add(coordinator, network.slug, { ...GUIDE, programme: programme.id });
  expect(userErrors).toEqual([]);
  expect(publication).toMatchObject({
    ...GUIDE,
    needs: [{ code: 'addiction' }],
    categories: [{ code: 'job-coaching' }],
    publishedOn: '2026-06-10',
    withdrawn: false,
    network: { slug: network.slug },
    programme: { slug: programme.slug },
  });
  await add(coordinator, network.slug, {
    kind: 'EVENT',
    title: 'Transfertag',
    heldOn: '2026-07-01',
    place: 'Heimstadt',
    publishedOn: '2026-05-01',
  });
  await add(coordinator, network.slug, { kind: 'TOOL', title: 'Fragebogen', publishedOn: '2026-06-11' });
  expect(await find(anonymous, world)).toEqual(['Beratung bei Suchtproblemen', 'Transfertag']);
  expect(await find(coordinator, world)).toEqual(['Fragebogen', 'Beratung bei Suchtproblemen', 'Transfertag']);
  for (const [filter, titles] of [
    [{ query: 'sucht' }, 1],
    [{ query: 'SUCHTERKRANKUNG beratung' }, 1],
    [{ query: 'schulung jobcenter' }, 1],
    [{ query: 'schulung gibtesnicht' }, 0],
    [{ query: '100%_' }, 0],
    [{ kinds: ['RECOMMENDATION', 'REPORT'] }, 1],
    [{ needs: ['addiction'] }, 1],
    [{ needs: ['refugee'] }, 0],
    [{ categories: ['placement'] }, 1],
    [{ programme: programme.slug }, 1],
    [{ programme: 'keines' }, 0],
  ] as const)
    expect([filter, await find(anonymous, world, filter)]).toEqual([
      filter,
      titles === 1 ? ['Beratung bei Suchtproblemen'] : [],
    ]);
  const below = await hub.as(
    anonymous,
    'query ($slug: String!) { programme(slug: $slug) { publications { nodes { id } totalCount } } }',
    { slug: programme.slug },
  );
  expect(below.data.programme.publications).toEqual({ nodes: [{ id: publication.id }], totalCount: 1 });
  const node = await hub.as(
    anonymous,
    'query ($id: ID!) { node(id: $id) { ... on Publication { title } } publication(id: $id) { title } }',
    { id: publication.id },
  );
  expect(node.data).toEqual({ node: { title: GUIDE.title }, publication: { title: GUIDE.title } });
  // Taken back, it is there for its keepers only.
  expect((await edit(world.foreignCoordinator, publication.id, { withdrawn: true })).userErrors).toMatchObject([
    { code: 'NOT_FOUND', path: ['id'] },
  ]);
  expect((await edit(coordinator, publication.id, { withdrawn: true }, 9)).userErrors).toMatchObject([
    { code: 'VERSION_CONFLICT', currentVersion: 1 },
  ]);
  expect((await edit(coordinator, publication.id, { withdrawn: true, summary: null }, 1)).publication).toMatchObject({
    withdrawn: true,
    summary: null,
    version: 2,
    topics: GUIDE.topics,
  });
  expect(await find(anonymous, world, { query: 'sucht' })).toEqual([]);
  expect(await find(coordinator, world, { query: 'sucht' })).toHaveLength(1);
});

test('a publication is found as people type: by synonyms, parts of compounds, with slips; what it was no more', async () => {
  const world = await hub.given();
  const { coordinator, anonymous, network } = world;
  const { id } = (
    await add(coordinator, network.slug, {
      kind: 'REPORT',
      title: 'Wege aus der Überschuldung',
      summary: 'Was eine Werkstattwoche in Zwergenklausen ergab',
      topics: ['Erstgespräch'],
    })
  ).publication;
  const later = { kind: 'TOOL', title: 'Schuldnerberatung mit Xylophonkarten', publishedOn: '2026-06-11' };
  await add(coordinator, network.slug, later);
  const title = 'Wege aus der Überschuldung';
  for (const query of [
    'Schuldnerberatung',
    'Ueberschuldung',
    'verschuldet',
    'Werkstatt',
    'Gespräche',
    'Zwergenklausne',
  ])
    expect([query, await find(anonymous, world, { query })]).toEqual([query, [title]]);
  // Best first: who coordinates it finds what is to come, and in its title.
  expect(await find(coordinator, world, { query: 'Schuldnerberatung' })).toEqual([later.title, title]);
  const SEARCH = `query ($query: String!, $network: String) { search(query: $query, kinds: [PUBLICATION], network: $network) {
    totalCount corrections { meant } nodes { partner { id } publication { id title } matches { words how field } } } }`;
  const search = async (query: string) =>
    (await hub.as(anonymous, SEARCH, { query, network: network.slug })).data.search;
  expect(await search('Schuldnerberatung')).toEqual({
    totalCount: 1,
    corrections: [],
    nodes: [
      {
        partner: null,
        publication: { id, title },
        matches: [{ words: ['Überschuldung'], how: 'SYNONYM', field: 'NAME' }],
      },
    ],
  });
  expect((await search('Erstgespräch')).nodes).toMatchObject([{ matches: [{ how: 'EXACT', field: 'TOPIC' }] }]);
  // A slip is no way to words of what is to come.
  expect((await search('Zwergenklausne')).corrections).toEqual([{ meant: ['Zwergenklausen'] }]);
  expect(await search('Xylophonkartne')).toMatchObject({ totalCount: 0, corrections: [] });
  // Partners and services are found as before, without it.
  const usual = await hub.as(anonymous, '{ search(query: "Zwergenklausen") { totalCount } }');
  expect(usual.data.search.totalCount).toBe(0);
  // Page after page, best first.
  const page = async (after: string | null, query = 'Schulden') =>
    hub.as(
      coordinator,
      `query ($filter: PublicationFilter, $after: String) { publications(filter: $filter, first: 1, after: $after) {
        nodes { title } pageInfo { endCursor hasNextPage } } }`,
      { filter: { network: network.slug, query }, after },
    );
  const first = (await page(null)).data.publications;
  const second = (await page(first.pageInfo.endCursor)).data.publications;
  expect([...first.nodes, ...second.nodes].map(one => one.title).sort()).toEqual([later.title, title]);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  expect((await page(first.pageInfo.endCursor, 'Sucht')).errors).toMatchObject([
    { extensions: { code: 'INVALID_CURSOR' } },
  ]);

  await edit(coordinator, id, { title: 'Wege zur Fahrradwerkstatt', summary: null });
  expect(await find(anonymous, world, { query: 'Überschuldung' })).toEqual([]);
  expect(await find(anonymous, world, { query: 'Fahrrad' })).toEqual(['Wege zur Fahrradwerkstatt']);
  // Made anew, the index is the same.
  const kept = () =>
    hub
      .owner()
      .execute('select id, name, terms::text from search_document where publication_id is not null order by 1');
  const before = await kept();
  await hub.owner().execute('delete from search_document where publication_id is not null');
  await reindex(hub.owner(), hub.now());
  expect(await kept()).toEqual(before);
  await edit(coordinator, id, { withdrawn: true });
  expect((await search('Fahrrad')).totalCount).toBe(0);
});

test('who indexes a publication anew waits for who edits it, and reads what was written', async () => {
  const world = await hub.given();
  const { network, coordinator, anonymous } = world;
  const { id } = (await add(coordinator, network.slug, { ...GUIDE, title: 'Marderfibel' })).publication;
  const publications = [id];
  const indexing = await hub.owner().transactional(async tx => {
    await tx.execute(`update publication set title = 'Dachsfibel' where id = ?`, [id]);
    await indexRecords(tx, { publications });
    const anew = hub
      .owner()
      .fork()
      .transactional(other => indexRecords(other, { publications }));
    await waitersOf(hub, 1);
    return [anew];
  });
  await indexing[0];
  expect(await find(anonymous, world, { query: 'Dachsfibel' })).toEqual(['Dachsfibel']);
});

test('faults are refused where they are, and nothing is written', async () => {
  const world = await hub.given();
  const { coordinator, network, elsewhere } = world;
  const tries: [object, string, string][] = [
    [{ kind: null }, 'INVALID_INPUT', 'kind'],
    [{ title: '' }, 'INVALID_INPUT', 'title'],
    [{ url: 'javascript:alert(1)' }, 'INVALID_INPUT', 'url'],
    [{ kind: 'EVENT' }, 'INVALID_INPUT', 'heldOn'],
    [{ heldOn: '2026-01-01' }, 'INVALID_INPUT', 'heldOn'],
    [{ place: 'Hier' }, 'INVALID_INPUT', 'place'],
    [{ topics: ['gut', ' '] }, 'INVALID_INPUT', 'topics.1'],
    [{ needs: ['nothing'] }, 'INVALID_INPUT', 'needs.0'],
    [{ categories: ['placement', 'nothing'] }, 'INVALID_INPUT', 'categories.1'],
    [{ programme: world.anker.id }, 'NOT_FOUND', 'programme'],
  ];
  for (const [own, code, path] of tries)
    expect((await add(coordinator, network.slug, { ...GUIDE, ...own })).userErrors[0]).toMatchObject({
      code,
      path: ['input', ...path.split('.')],
    });
  expect((await add(coordinator, elsewhere.slug, GUIDE)).userErrors).toMatchObject([
    { code: 'NOT_FOUND', path: ['network'] },
  ]);
  await expect(add(world.caseworker, network.slug, GUIDE)).rejects.toThrow('FORBIDDEN');
  expect(await find(coordinator, world)).toEqual([]);

  // The last place is one: of three at once one gets it.
  await hub.owner().execute(
    `insert into publication (network_id, kind, title, published_on, topics, needs, categories)
     select ?, 'REPORT', 'Bericht ' || n, '2020-01-01', '{}', '{}', '{}' from generate_series(1, ?) n`,
    [network.id, MOST_PUBLICATIONS - 1],
  );
  let adding!: ReturnType<typeof add>[];
  await hub.owner().transactional(async tx => {
    await tx.execute('lock table publication in share mode'); // is read, and not written
    adding = [1, 2, 3].map(() => add(coordinator, network.slug, GUIDE));
    await waitersOf(hub, 3);
  });
  const answers = await Promise.all(adding);
  expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).toEqual([
    'LIMIT_REACHED',
    'LIMIT_REACHED',
  ]);
});
