import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('directory_pages');

/** As a German telephone book has them. Equal names are told apart by their ids only. */
const NAMES = [
  'Amt',
  'Apfel',
  'Äpfel',
  'Apfelhof',
  'arche',
  'Arche',
  'Haus',
  'Haus',
  'Haus',
  'Haus 10',
  'Öhler',
  'Ohm',
  'Strasse',
  'Straße',
  'Über uns',
  'Übung',
  'Zebra',
];

let network!: Network;
let own!: ReturnType<typeof directory>;

beforeAll(async () => {
  own = directory(hub.owner());
  network = await own.network('Alle');
  const umbrella = await own.partner(network, 'AA Verband');
  // Backwards, so that the order in which they were stored shows nothing.
  for (const [i, name] of [...NAMES].reverse().entries()) {
    const member = await own.partner(network, name, { parent: umbrella });
    await own.service(umbrella, name);
    await own.municipality(
      `0533400${i}`
        .slice(-8)
        .padStart(8, '0')
        .replace(/^0*(\d{8})$/, '$1'),
      name,
    );
    await own.location(member, await own.municipality(`0577${String(i).padStart(4, '0')}`, `Ort ${i}`));
  }
});

type Page = {
  nodes: { name: string; id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
};

const PAGE = `{ nodes { name id } edges { cursor node { id } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }`;
const MUNICIPALITIES = PAGE.replaceAll(/\bid\b/g, 'id: key');
const INNER = 'first: $first, after: $after';

/** Every list by name that there is: the query, and the way to the page in its answer. */
const LISTS: Record<string, { field: string; inner?: string; extra: number }> = {
  partners: { field: `partners(network: "SLUG", ${INNER}) ${PAGE}`, extra: 1 },
  services: { field: `services(network: "SLUG", ${INNER}) ${PAGE}`, extra: 0 },
  municipalities: { field: `municipalities(query: "", ${INNER}) ${MUNICIPALITIES}`, extra: NAMES.length },
  'partners of a network': {
    field: `network(slug: "SLUG") { partners(${INNER}) ${PAGE} }`,
    inner: 'partners',
    extra: 1,
  },
  members: { field: `partner(id: "UMBRELLA") { members(${INNER}) ${PAGE} }`, inner: 'members', extra: 0 },
  'services of a partner': {
    field: `partner(id: "UMBRELLA") { services(${INNER}) ${PAGE} }`,
    inner: 'services',
    extra: 0,
  },
};

async function pageOf(list: string, first: number | null, after: string | null): Promise<Page> {
  const { field, inner } = LISTS[list]!;
  const umbrella = await hub.owner().execute<{ id: string }[]>(`select id from partner where name = 'AA Verband'`);
  const body = field.replaceAll('SLUG', network.slug).replaceAll('UMBRELLA', umbrella[0]!.id);
  const { data, errors } = await hub.as(anonymous, `query ($first: Int, $after: String) { list: ${body} }`, {
    first,
    after,
  });
  expect(errors).toBeUndefined();
  return inner ? data.list[inner] : data.list;
}

describe.each(Object.keys(LISTS))('%s', list => {
  test('come by name as Germans expect, ties by id', async () => {
    const { nodes } = await pageOf(list, 100, null);
    const known = nodes.filter(node => NAMES.includes(node.name));
    expect(known.map(node => node.name)).toEqual(NAMES);
    for (const name of NAMES) {
      const ids = known.filter(node => node.name === name).map(node => node.id);
      expect(ids).toEqual([...ids].sort());
    }
  });

  test.each([1, 2, 3, 7, 18])('pages of %i show each once', async size => {
    const whole = await pageOf(list, 100, null);
    const total = NAMES.length + LISTS[list]!.extra;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, edges, pageInfo, totalCount }: Page = await pageOf(list, size, after);
      expect(totalCount).toBe(total);
      expect(edges.map(edge => edge.node.id)).toEqual(nodes.map(node => node.id));
      expect(pageInfo).toMatchObject({
        hasPreviousPage: after !== null,
        startCursor: edges[0]!.cursor,
        endCursor: edges.at(-1)!.cursor,
      });
      seen.push(...nodes.map(node => node.id));
      expect(pageInfo.hasNextPage).toBe(seen.length < total);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(whole.nodes.map(node => node.id));
  });

  test('after the last comes an empty page', async () => {
    const { pageInfo } = await pageOf(list, 100, null);
    expect(await pageOf(list, 5, pageInfo.endCursor)).toMatchObject({
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });
});

test('every cursor of a page leads on from its own row', async () => {
  const { edges } = await pageOf('partners', 100, null);
  for (const [i, edge] of edges.entries()) {
    const [next] = (await pageOf('partners', 1, edge.cursor)).nodes;
    expect(next?.id).toBe(edges[i + 1]?.node.id);
  }
});

test('a cursor stays good when its row is gone, and new rows come in', async () => {
  const at = directory(hub.owner());
  const alone = await at.network('Allein');
  const [a, b] = [await at.partner(alone, 'Anna'), await at.partner(alone, 'Berta')];
  const ask = async (after: string | null) => {
    const variables = { slug: alone.slug, after };
    const query = `query ($slug: String, $after: String) { partners(network: $slug, first: 1, after: $after) ${PAGE} }`;
    return (await hub.as(anonymous, query, variables)).data.partners as Page;
  };
  const { pageInfo } = await ask(null);
  await hub.owner().execute('delete from partner where id = ?', [a.id]);
  await at.partner(alone, 'Aaron');
  const between = await at.partner(alone, 'Antje');
  const next = await ask(pageInfo.endCursor);
  expect(next.nodes).toEqual([{ id: between.id, name: 'Antje' }]);
  expect((await ask(next.pageInfo.endCursor)).nodes).toEqual([{ id: b.id, name: 'Berta' }]);
});

describe('how many', () => {
  test.each([
    ['nothing said', '', {}, 20],
    ['an explicit null', '(first: null)', {}, 20],
    ['one', '(first: 1)', {}, 1],
    ['the most', '(first: 100)', {}, 30],
  ])('%s', async (_name, args, variables, size) => {
    await many();
    const { data } = await hub.as(anonymous, `{ partners${args} { nodes { id } } }`, variables);
    expect(data.partners.nodes).toHaveLength(size);
  });

  test.each([0, -1, 101, 2_147_483_647, -2_147_483_648])('%i is refused before any statement', async first => {
    for (const list of Object.keys(LISTS)) {
      const field = LISTS[list]!.field.replaceAll('SLUG', network.slug).replaceAll('UMBRELLA', network.id);
      const query = `query ($first: Int, $after: String) { list: ${field} }`;
      const { errors } = await hub.as(anonymous, query, { first });
      // The members of a partner that there is not are not asked for.
      if (!errors && field.startsWith('partner(')) continue;
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'first' } }]);
    }
    const sent = await hub.statements(() => hub.as(anonymous, '{ partners(first: 101) { nodes { id } } }'));
    expect(sent).toEqual([]);
  });

  async function many(): Promise<void> {
    const [{ count }] = (await hub.owner().execute<{ count: number }[]>('select count(*)::int from partner')) as [
      { count: number },
    ];
    for (let i = count; i < 30; i++) await own.partner(network, `Zusatz ${i}`);
  }
});

describe('totals', () => {
  test.each([
    ['partners', '{ partners { nodes { id } pageInfo { hasNextPage } } }', '{ partners { nodes { id } totalCount } }'],
    ['services', '{ services { nodes { id } } }', '{ services { nodes { id } totalCount } }'],
    ['municipalities', '{ municipalities { nodes { key } } }', '{ municipalities { nodes { key } totalCount } }'],
    [
      'partners of networks',
      '{ networks { partners { nodes { id } } } }',
      '{ networks { partners { nodes { id } totalCount } } }',
    ],
  ])('%s are counted only when asked for, by one statement', async (_name, without, with_) => {
    const counts = (sent: string[]) => sent.filter(sql => sql.includes('count(*)::int')).length;
    const uncounted = await hub.statements(() => hub.as(anonymous, without));
    const counted = await hub.statements(() => hub.as(anonymous, with_));
    expect([counts(uncounted), counts(counted)]).toEqual([0, 1]);
    expect(counted.length - uncounted.length).toBeLessThanOrEqual(1);
  });

  test('only the count is asked for', async () => {
    const { data } = await hub.as(anonymous, `{ services(network: "${network.slug}", first: 1) { totalCount } }`);
    expect(data.services.totalCount).toBe(NAMES.length);
  });
});

describe('cursors', () => {
  const refused = [{ extensions: { code: 'INVALID_CURSOR', argument: 'after' } }];
  const OTHERS = { partners: 'services', services: 'municipalities', municipalities: 'partners' } as const;
  const ask = (list: string, after: string) => {
    const query = `query ($after: String) { ${list}(after: $after) { pageInfo { hasNextPage } } }`;
    return hub.as(anonymous, query, { after });
  };

  test.each(Object.entries(OTHERS))('of %s are refused by %s', async (list, other) => {
    const { pageInfo } = await pageOf(list, 1, null);
    expect((await ask(list, pageInfo.endCursor!)).errors).toBeUndefined();
    expect((await ask(other, pageInfo.endCursor!)).errors).toMatchObject(refused);
  });

  test.each([
    ['empty', ''],
    ['blank', ' '],
    ['a dot', '.'],
    ['dots', '...'],
    ['a word', 'zzz'],
    ['NUL', '\0'],
    ['half a character', '\ud800'],
    ['an emoji', '😀.😀'],
    ['unsigned', Buffer.from('["A","b"]').toString('base64url')],
    ['signed by nobody', `${Buffer.from('["A","b"]').toString('base64url')}.${'0'.repeat(22)}`],
    ['very long', 'A'.repeat(50_000)],
    ['a prototype', '__proto__'],
  ])('%s is refused', async (_name, after) => {
    const sent = await hub.statements(async () => expect((await ask('partners', after)).errors).toMatchObject(refused));
    expect(sent).toEqual([]);
  });

  test('none of 1,000 forgeries gets through', async () => {
    const { pageInfo } = await pageOf('partners', 3, null);
    const good = pageInfo.endCursor!;
    const character = fc.oneof(
      fc.constantFrom(...'abcdefABCDEF0189-_.=+/ '),
      fc.string({ minLength: 1, maxLength: 1 }),
    );
    const position = fc.nat(good.length - 1);
    const change = fc.oneof(
      fc.tuple(position, character).map(([i, c]) => good.slice(0, i) + c + good.slice(i + 1)),
      fc.tuple(position, character).map(([i, c]) => good.slice(0, i) + c + good.slice(i)),
      position.map(i => good.slice(0, i) + good.slice(i + 1)),
      position.map(i => good.slice(0, i)),
      position.map(i => good.slice(i + 1)),
      fc.tuple(position, position).map(([i, j]) => good.slice(0, i) + good.slice(j)),
      character.map(c => good + c),
      character.map(c => c + good),
      fc.constantFrom(good.toUpperCase(), good.toLowerCase(), `${good}${good}`, good.split('.').reverse().join('.')),
      fc.string({ maxLength: 100 }),
    );
    const forged = fc.sample(
      change.filter(cursor => cursor !== good),
      1_000,
    );
    for (const cursor of forged)
      expect({ cursor, ...(await ask('partners', cursor)) }).toMatchObject({ cursor, errors: refused });
    expect((await ask('partners', good)).errors).toBeUndefined();
  });
});
