import { randomUUID } from 'node:crypto';
import type { GraphQLInterfaceType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { FeatureState } from '../../src/location/location.rules.js';
import type { Network } from '../../src/network/network.entity.js';
import { NODE_TYPES } from '../../src/node.query.js';
import type { Partner } from '../../src/partner/partner.entity.js';
import { hubSchema } from '../../src/schema.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { anonymous, caseworkerIn, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('directory_statements');
const NOW = new Date('2026-03-10T09:00:00.123Z');

let network!: Network;
let umbrella!: Partner;

/** Twenty partners, each with other numbers of locations, services, categories, needs and areas. */
beforeAll(async () => {
  hub.setNow(NOW);
  const at = directory(hub.owner());
  const places = [await at.municipality('05334002', 'Aachen'), await at.municipality('05978036', 'Unna')];
  network = await at.network('Nord', ...places);
  await at.network('Süd', places[1]!);
  umbrella = await at.partner(network, 'Verband');
  const all = <T>(items: readonly T[], count: number): T[] => items.slice(0, count % (items.length + 1));
  for (let i = 0; i < 19; i++) {
    const partner = await at.partner(network, `Partner ${i}`, i % 3 ? { parent: umbrella } : {});
    const locations = [];
    for (let j = 0; j < i % 3; j++)
      locations.push(
        await at.location(partner, places[(i + j) % 2]!, {
          features: { LIFT: FeatureState.YES, QUIET_ROOM: FeatureState.NO },
        }),
      );
    for (let j = 0; j < i % 4; j++)
      await at.service(partner, `Angebot ${j}`, {
        categories: all(['job-coaching', 'debt-counselling', 'drug-counselling'], i + j),
        needs: all(['debt', 'addiction'], i + j),
        areas: all(['05', '05334', '05978036'], i + j),
        locations: all(locations, i + j),
        capacity: i % 2 ? { total: i, reportedAt: NOW } : {},
      });
  }
  const contacts = JSON.stringify([{ responsibility: 'Anmeldung', email: 'a@anker.example' }]);
  const criteria = JSON.stringify([{ effect: 'REQUIRES', needs: ['debt', 'addiction'] }]);
  await hub.owner().execute('update partner set contacts = ?::jsonb', [contacts]);
  await hub.owner().execute('update service set contacts = ?::jsonb, criteria = ?::jsonb', [contacts, criteria]);
});

const sentBy =
  (query: string, viewer: Viewer = anonymous) =>
  async (first: number) =>
    hub.statements(async () => {
      const { errors } = await hub.as(viewer, query, { first, slug: network.slug });
      expect(errors).toBeUndefined();
    });
const page = (fields: string) => `query ($first: Int) { partners(first: $first) { nodes { ${fields} } } }`;

describe('a page of partners', () => {
  const SERVICES = 'services { nodes { name categories { code } capacity { free reportedAt } } }';

  test.each([
    ['names alone', 'name version freshness', 1],
    ['with locations, services, categories and capacity', `name locations { city } ${SERVICES}`, 1],
    [
      'with all of it counted too',
      `locations { city } services { totalCount nodes { categories { code } capacity { free } } }`,
      1,
    ],
    ['with networks and umbrellas', 'network { name } parent { name network { slug } }', 1],
    ['with places and their accessibility', 'locations { municipality { name } accessibility { feature } }', 1],
    ['with needs, areas and sites', 'services { nodes { needs { code } serviceArea { name } locations { city } } }', 1],
    [
      'with the parents of the categories',
      'services { nodes { categories { name parent { name children { code } } } } }',
      1,
    ],
    ['with the partner of each service', 'services { nodes { partner { name network { name } } } }', 1],
    ['with contacts, in the record', 'alternateName status contacts { responsibility email languages }', 1],
    [
      'with terms of services, whose needs are one more',
      `services { nodes { howToApply email criteria { effect needs { code } text } costs { amountCents } requiredDocuments { name }
        contacts { name } } } locations { directions phone version status }`,
      4,
    ],
    ['with the members of each', 'members { nodes { name services { nodes { name } } } totalCount }', 4],
  ])('%s: %s', async (_name, fields, most) => {
    const sent = sentBy(page(fields));
    const counts = [];
    for (const first of [2, 20, 5]) counts.push((await sent(first)).length);
    expect(Math.max(...counts)).toBe(most);
  });

  test('is as many statements for 2 as for 20, however many children each has', async () => {
    const sent = sentBy(page(`name locations { city } ${SERVICES}`));
    // Of the first two one has services already.
    expect([(await sent(2)).length, (await sent(20)).length]).toEqual([1, 1]);
  });

  test('of one network, filtered, with accessibility: all by one', async () => {
    const query = `query ($first: Int, $slug: String) {
      partners(network: $slug, first: $first, filter: { kinds: [COUNSELLING_CENTRE] }) {
        nodes { id name kinds locations { id city accessibility { feature state } } ${SERVICES} }
      }
    }`;
    expect(await sentBy(query)(20)).toHaveLength(1);
  });

  test('who is signed in costs one statement more, and nothing a transaction', async () => {
    const query = page(`locations { city } ${SERVICES}`);
    for (const viewer of [caseworkerIn(network), editorOf(umbrella)]) {
      const sent = await sentBy(query, viewer)(20);
      expect(sent).toHaveLength(2);
      expect(sent.filter(sql => /^(start|begin|commit|set|select set_config)/i.test(sql))).toEqual([]);
    }
  });
});

describe('a page of networks', () => {
  test('with municipalities, partners and their members', async () => {
    const query = `{ networks { name municipalities { name } partners { nodes { name members { nodes { name } } } totalCount } } }`;
    expect(await sentBy(query)(0)).toHaveLength(5);
  });

  test('two lists with other wishes are two statements, the same wishes are one', async () => {
    const list = (filter: string) => `partners(filter: ${filter}, first: 3) { nodes { name } }`;
    const one = `{ networks { a: ${list('{ kinds: [EMPLOYER] }')} b: ${list('{ kinds: [EMPLOYER] }')} } }`;
    const two = `{ networks { a: ${list('{ kinds: [EMPLOYER] }')} b: ${list('{ freshness: [FRESH] }')} } }`;
    expect([(await sentBy(one)(0)).length, (await sentBy(two)(0)).length]).toEqual([2, 3]);
  });
});

describe('nothing is loaded that was not asked for', () => {
  test.each([
    ['{ partners { nodes { name } } }', 1, ['partner']],
    // Of the partner, whether it is published.
    ['{ services { nodes { name status languages } } }', 1, ['service', 'partner']],
    ['{ services { totalCount } }', 1, ['service', 'partner']],
    ['{ networks { name } }', 1, ['network']],
    ['{ municipalities { nodes { name } } }', 1, ['municipality']],
    ['{ categories { name children { name children { code } } } }', 1, ['category']],
    ['{ needs { name } }', 1, ['need']],
    ['{ viewer { displayName } }', 0, []],
    ['{ __typename }', 0, []],
    ['{ partner(id: "x") { name } service(id: "y") { name } node(id: "z") { id } }', 0, []],
  ])('%s', async (query, count, tables) => {
    const sent = await sentBy(query)(0);
    expect(sent).toHaveLength(count);
    const read = sent.flatMap(sql => [...sql.matchAll(/\b(?:from|join) "?(\w+)"?/g)].map(match => match[1]));
    expect([...new Set(read)]).toEqual(tables);
  });

  test('no list reads what only the search is made of', async () => {
    const query = '{ partners(filter: { query: "Partner" }) { nodes { name services { nodes { name } } } } }';
    for (const sql of await sentBy(query)(0)) expect(sql.split(/\bwhere\b/)[0]).not.toMatch(/search_(text|words)/);
  });

  test('one partner is one statement, and one service', async () => {
    for (const type of ['partner', 'service']) {
      const [row] = await hub.owner().execute<{ id: string }[]>(`select id from ${type} limit 1`);
      expect(await sentBy(`{ ${type}(id: "${row!.id}") { name version } }`)(0)).toHaveLength(1);
    }
  });
});

describe('anything by its id', () => {
  const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';
  const asked = async (viewer: Viewer, id: string) => {
    let node!: { __typename: string; id: string } | null;
    const sent = await hub.statements(async () => {
      const { data, errors } = await hub.as(viewer, NODE, { id });
      expect(errors).toBeUndefined();
      node = data.node;
    });
    return { node, reads: sent.filter(one => /^select /.test(one) && !/ from account|set_config/.test(one)) };
  };

  test('is looked for in all tables at once, and then read in the one that has it', async () => {
    for (const viewer of [anonymous, caseworkerIn(network)]) {
      const { node, reads } = await asked(viewer, randomUUID());
      expect([node, reads.length]).toEqual([null, 1]);
      expect(reads[0]!.split('when exists').length - 1).toBe(viewer === anonymous ? 15 : NODE_TYPES.length);
    }
    const { node, reads } = await asked(anonymous, network.id);
    expect([node, reads.length]).toEqual([{ __typename: 'Network', id: network.id }, 2]);
  });

  test('is looked for whatever implements Node', async () => {
    const schema = await hubSchema();
    const known = schema.getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType).map(({ name }) => name);
    expect([...NODE_TYPES].sort()).toEqual(known.sort());
  });
});
