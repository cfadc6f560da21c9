import { beforeAll, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { hitsOf } from '../../src/search/search-hits.query.js';
import { searchPlan } from '../../src/search/search-plan.query.js';
import { SearchKind } from '../../src/search/search-record.rules.js';
import { rowsOf, sql } from '../../src/shared/sql.js';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { PAIRS } from './pairs.js';

const hub = testHub('search_tiers');
const LABELS = ['debt-counselling', 'addiction-counselling', 'language-course', 'job-coaching'];
const TOWNS = ['Unna', 'Herne', 'Bochum'];

/** Words in each field of some records: of names, of whose they are, of labels, of places and of prose. */
let network!: Network;
beforeAll(async () => {
  const em = hub.owner();
  const at = directory(em);
  network = await at.network('Nord');
  const places = await Promise.all(TOWNS.map((name, i) => at.municipality(`0597803${i}`, name)));
  const texts = PAIRS.map(({ document }) => document);
  const text = (i: number) => texts[i % texts.length]!;
  for (let i = 0; i < 60; i++) {
    const partner = await at.partner(network, text(i * 3), { description: text(i * 3 + 1) });
    await at.location(partner, places[i % places.length]!, { city: TOWNS[i % TOWNS.length]! });
    await at.service(partner, text(i * 3 + 2), { description: text(i + 7), categories: [LABELS[i % LABELS.length]!] });
    await at.service(partner, text(i * 5), { description: text(i * 2 + 90) });
  }
  await hub.indexed();
});

interface Ranked {
  id: string;
  rank: number;
}

const QUERIES = [
  ...new Set([
    ...PAIRS.map(({ query }) => query),
    'Unna',
    'Unna Beratung',
    'Hilfe',
    'Kurs',
    'Schuldnerberatung',
    'Hartz 4',
  ]),
];

test('parts of what is found hold it all, each once, with the same ranks, what ranks better first', async () => {
  let [parted, found] = [0, 0];
  for (const query of QUERIES) {
    for (const of of [null, network.id]) {
      const { all, tiers } = hitsOf(await searchPlan(hub.owner(), query, of), Object.values(SearchKind), of);
      const rows = await rowsOf<Ranked>(hub.owner(), sql`select id, rank from (${all}) as hit order by rank desc, id`);
      const parts: Ranked[][] = [];
      for (const tier of tiers)
        parts.push(
          await rowsOf<Ranked>(hub.owner(), sql`select id, rank from (${tier}) as hit order by rank desc, id`),
        );
      // Apart they are in the order of the whole already.
      expect({ query, rows: parts.flat() }).toEqual({ query, rows });
      const bounds = parts.filter(part => part.length > 0).map(part => [part[0]!.rank, part.at(-1)!.rank]);
      for (const [i, [best]] of bounds.entries()) if (i > 0) expect(best).toBeLessThan(bounds[i - 1]![1]!);
      if (bounds.length > 1) parted++;
      found += rows.length;
    }
  }
  // Else nothing was shown.
  expect(parted).toBeGreaterThan(50);
  expect(found).toBeGreaterThan(500);
});

test.each(['Beratung', 'Hilfe', 'Sucht', 'Unna', 'Beratung Hilfe', 'Kurs'])(
  'pages of what %j finds are the whole list, however they are cut, and are counted',
  async query => {
    const page = async (first: number, after: string | null) => {
      const search = `query ($query: String!, $first: Int, $after: String) { search(query: $query, first: $first, after: $after) {
        totalCount nodes { score partner { id } service { id } } pageInfo { hasNextPage endCursor } } }`;
      const { data, errors } = await hub.as(anonymous, search, { query, first, after });
      expect(errors).toBeUndefined();
      return data.search;
    };
    const whole = await page(100, null);
    expect(whole.totalCount).toBeGreaterThan(5);
    for (const first of [1, 4]) {
      const nodes: object[] = [];
      for (let after: string | null = null, more = true; more && nodes.length < 100; ) {
        const cut: Awaited<ReturnType<typeof page>> = await page(first, after);
        expect(cut.totalCount).toBe(whole.totalCount);
        nodes.push(...cut.nodes);
        ({ endCursor: after, hasNextPage: more } = cut.pageInfo);
      }
      expect(nodes.slice(0, 100)).toEqual(whole.nodes);
    }
  },
  60_000,
);

test('lists, and lists below partners, come in the order of the search', async () => {
  const ask = async (text: string) => {
    const { data, errors } = await hub.as(anonymous, text);
    expect(errors).toBeUndefined();
    return data;
  };
  const { search } = await ask(
    '{ search(query: "Beratung", kinds: [SERVICE], first: 100) { nodes { service { id partner { id } } } } }',
  );
  const services = search.nodes.map((one: { service: object }) => one.service);
  expect(
    (await ask('{ services(filter: { query: "Beratung" }, first: 100) { nodes { id partner { id } } } }')).services
      .nodes,
  ).toEqual(services);
  const { partners } = await ask(
    '{ partners(first: 100) { nodes { id services(filter: { query: "Beratung" }) { nodes { id partner { id } } } } } }',
  );
  for (const { id, services: own } of partners.nodes)
    expect(own.nodes).toEqual(services.filter((one: { partner: { id: string } }) => one.partner.id === id));
});
