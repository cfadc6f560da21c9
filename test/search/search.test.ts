import { beforeAll, describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import type { Partner } from '../../src/partner/partner.entity.js';
import { ServiceStatus } from '../../src/service/service.rules.js';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('search');

const SEARCH = `query ($query: String!, $network: String, $first: Int, $after: String) {
  search(query: $query, network: $network, first: $first, after: $after) {
    nodes { score partner { name } service { name partner { name } } matches { query words how field } }
    edges { cursor } pageInfo { hasNextPage endCursor } totalCount didYouMean corrections { word meant }
  }
}`;

interface Node {
  score: number;
  partner: { name: string } | null;
  service: { name: string } | null;
  matches: { query: string[]; words: string[]; how: string; field: string }[];
}

const ask = async (query: string, more: object = {}) => {
  const { data, errors } = await hub.as(anonymous, SEARCH, { query, ...more });
  expect(errors).toBeUndefined();
  return data.search;
};
const namesOf = (nodes: Node[]) => nodes.map(one => (one.partner ?? one.service)!.name);
const found = async (query: string, more: object = {}) => namesOf((await ask(query, more)).nodes);

let network!: Network;
let harbour!: Partner;

beforeAll(async () => {
  const em = hub.owner();
  const at = directory(em);
  const unna = await at.municipality('05978036', 'Unna');
  const herne = await at.municipality('05916000', 'Herne');
  await at.municipality('05562020', 'Herten');
  network = await at.network('Nord');
  harbour = await at.partner(network, 'Hafenlicht', {
    description: 'Wir helfen bei Sucht.',
    phone: '02303 / 12 34 56',
  });
  await at.location(harbour, unna, { storedStreet: 'Massener Straße 7', storedPostalCode: '59423' });
  await at.service(harbour, 'Suchtberatung', { languages: ['uk'] });
  await at.service(harbour, 'Offene Sprechstunde', { categories: ['addiction-counselling'], needs: ['debt'] });
  await at.service(harbour, 'Altes Angebot', { description: 'Suchtberatung', status: ServiceStatus.CLOSED });
  const house = await at.partner(network, 'Zuflucht', { description: 'Frauenhaus' });
  await at.location(house, herne, {
    name: 'Haus Espe',
    storedStreet: 'Verborgene Gasse 3',
    storedPostalCode: '44623',
    addressProtected: true,
  });
  await at.service(house, 'Schutz und Unterkunft');
  const other = await directory(em).network('Süd');
  await at.partner(other, 'Suchtberatung im Süden');
  await hub.indexed();
});

describe('a search', () => {
  test('finds partners and services together: by name before label before description', async () => {
    expect(await found('Suchtberatung')).toEqual([
      'Suchtberatung',
      'Suchtberatung im Süden',
      'Offene Sprechstunde',
      'Hafenlicht',
    ]);
    expect(await found('Sucht')).toEqual([
      'Suchtberatung',
      'Suchtberatung im Süden',
      'Offene Sprechstunde',
      'Hafenlicht',
    ]);
  });

  test('of one network finds only its records', async () => {
    expect(await found('Suchtberatung', { network: network.slug })).toEqual([
      'Suchtberatung',
      'Offene Sprechstunde',
      'Hafenlicht',
    ]);
    const { errors } = await hub.as(anonymous, SEARCH, { query: 'Sucht', network: 'nirgends' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'network' } }]);
  });

  test('finds no closed service', async () => {
    expect(await found('Altes Angebot')).toEqual([]);
  });

  test('goes on from a cursor, row by row, without a gap', async () => {
    const whole = await ask('Sucht');
    const names: string[] = [];
    for (let after: string | null = null; ; ) {
      const page: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = await ask('Sucht', {
        first: 1,
        after,
      });
      names.push(...namesOf(page.nodes));
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(names).toEqual(namesOf(whole.nodes));
    expect(whole.totalCount).toBe(names.length);
    const { errors } = await hub.as(anonymous, SEARCH, { query: 'Beratung', after: whole.pageInfo.endCursor });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });

  test.each([
    ['Suchtberatung', [['Suchtberatung'], 'EXACT', 'NAME']],
    ['Beratung Suchtberatung', [['Suchtberatung'], 'COMPOUND', 'NAME']],
    ['Drogenhilfe', [['Suchtberatung'], 'SYNONYM', 'NAME']],
    ['Suchtbertaung', [['Suchtberatung'], 'TYPO', 'NAME']],
    ['Suchtber', [['Suchtberatung'], 'PREFIX', 'NAME']],
    ['suchtberatungen', [['Suchtberatung'], 'STEM', 'NAME']],
    ['Unna Suchtberatung', [['Unna'], 'PLACE', 'PLACE']],
    ['Hafenlicht Suchtberatung', [['Hafenlicht'], 'EXACT', 'PARTNER']],
    ['ukrainisch', [['Ukrainisch'], 'EXACT', 'LANGUAGE']],
  ])('tells what %j matched in the service', async (query, [words, how, field]) => {
    const { nodes } = await ask(query, { network: network.slug });
    const service = nodes.find((one: Node) => one.service?.name === 'Suchtberatung');
    expect(service?.matches[0]).toMatchObject({ words, how, field });
  });

  test('every hit says how each word was met', async () => {
    for (const query of ['Sucht', 'Drogenhilfe', 'Unna Sucht', 'Schulden', '02303/123456', 'Massener Str. 7'])
      for (const { matches } of (await ask(query)).nodes) expect(matches.length).toBeGreaterThan(0);
  });

  test('says what it took a slip for, and nothing where there is none', async () => {
    expect(await ask('Hafenlihct Sucht')).toMatchObject({
      corrections: [{ word: 'Hafenlihct', meant: ['Hafenlicht'] }],
      didYouMean: 'Hafenlicht Sucht',
    });
    expect(await ask('Sucht')).toMatchObject({ corrections: [], didYouMean: null });
  });

  test('finds telephone numbers, streets and postal codes', async () => {
    for (const query of ['02303 123456', '+49 2303 123456', '123456', 'Massener Str.', '59423'])
      expect(await found(query)).toContain('Hafenlicht');
  });

  test('knows towns, and none by another', async () => {
    expect(await found('Unna')).toContain('Hafenlicht');
    expect(await found('Herten')).toEqual([]);
    expect(await found('Herne')).toContain('Zuflucht');
    expect(await found('Una')).toEqual([]);
  });

  test('finds nothing of a protected address but its town', async () => {
    expect(await found('Zuflucht')).toEqual(['Zuflucht', 'Schutz und Unterkunft']);
    for (const query of ['Verborgene Gasse', 'Verborgene', 'Gasse 3', '44623', 'Espe', 'Verborg', '446'])
      expect(await found(query)).toEqual([]);
    const words = await hub.owner().execute(`select word from search_word where word ~ 'verborgen|gass|espe'`);
    expect(words).toEqual([]);
  });
});

describe('lists with a query', () => {
  test('come best first, and go on from their cursor', async () => {
    const list = `query ($query: String, $after: String) { services(filter: { query: $query }, first: 1, after: $after) {
      nodes { name } pageInfo { endCursor hasNextPage } totalCount } }`;
    const first = (await hub.as(anonymous, list, { query: 'Sucht' })).data.services;
    expect(first).toMatchObject({ nodes: [{ name: 'Suchtberatung' }], totalCount: 2, pageInfo: { hasNextPage: true } });
    const after = first.pageInfo.endCursor;
    const next = (await hub.as(anonymous, list, { query: 'Sucht', after })).data.services;
    expect(next).toMatchObject({ nodes: [{ name: 'Offene Sprechstunde' }], pageInfo: { hasNextPage: false } });
    const { errors } = await hub.as(anonymous, list, { query: 'Beratung', after });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });

  test('below partners and networks are searched too', async () => {
    const nested = `{ networks { name partners(filter: { query: "Sucht" }) { totalCount nodes { name
      services(filter: { query: "Suchtberatung" }) { totalCount nodes { name } } } } } }`;
    const { data } = await hub.as(anonymous, nested);
    expect(data.networks).toEqual([
      {
        name: 'Nord',
        partners: {
          totalCount: 1,
          nodes: [
            {
              name: 'Hafenlicht',
              services: { totalCount: 2, nodes: [{ name: 'Suchtberatung' }, { name: 'Offene Sprechstunde' }] },
            },
          ],
        },
      },
      {
        name: 'Süd',
        partners: {
          totalCount: 1,
          nodes: [{ name: 'Suchtberatung im Süden', services: { totalCount: 0, nodes: [] } }],
        },
      },
    ]);
  });
});
