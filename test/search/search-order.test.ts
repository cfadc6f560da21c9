import { expect, test } from 'vitest';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('search_order');

interface Offer {
  name: string;
  description?: string;
  languages?: string[];
  categories?: string[];
}

/** The names of what a query finds among some offers of a network of their own, best first. */
async function order(query: string, ...offers: Offer[]): Promise<string[]> {
  const at = directory(hub.owner());
  const network = await at.network('Nord');
  const partner = await at.partner(network, 'Hafenlicht der Stadt');
  for (const { name, ...wish } of offers) await at.service(partner, name, wish);
  await hub.indexed();
  const { data, errors } = await hub.as(
    anonymous,
    `query ($query: String!, $network: String) { search(query: $query, network: $network) { nodes { service { name } } } }`,
    { query, network: network.slug },
  );
  expect(errors).toBeUndefined();
  return data.search.nodes.map((one: { service: { name: string } }) => one.service.name);
}

test('who has all words in the name comes before who has one there and the other one elsewhere', async () => {
  expect(
    await order(
      'deutsch lernen',
      { name: 'Bewerben lernen', languages: ['de'], description: 'Online.' },
      { name: 'Deutschkurs am Abend', languages: ['de'] },
      { name: 'Deutsch lernen mit Kind', languages: ['de'] },
    ),
  ).toEqual(['Deutsch lernen mit Kind', 'Deutschkurs am Abend', 'Bewerben lernen']);
});

test('a word that was typed in two comes before others that hold both', async () => {
  expect(
    await order('schuldner beratung', { name: 'Beratung bei Energieschulden' }, { name: 'Schuldnerberatung' }),
  ).toEqual(['Schuldnerberatung', 'Beratung bei Energieschulden']);
  expect(
    await order('sucht hilfe', { name: 'Hilfe bei Mediensucht' }, { name: 'Sucht-Hilfe' }, { name: 'Suchthilfe' }),
  ).toEqual(['Sucht-Hilfe', 'Suchthilfe', 'Hilfe bei Mediensucht']);
});

test('a word itself comes before its parts that are strewn over a record', async () => {
  expect(
    await order(
      'StädteRegion',
      { name: 'Regionale Hilfe' },
      { name: 'Zentrum', description: 'Für die StädteRegion.' },
      { name: 'Sozialamt der Städteregion' },
    ),
  ).toEqual(['Sozialamt der Städteregion', 'Zentrum', 'Regionale Hilfe']);
});

test('a word without its accents is the word as it was typed', async () => {
  const at = directory(hub.owner());
  const network = await at.network('Nord');
  await at.partner(network, 'Café Lindenhof');
  await hub.indexed();
  for (const query of ['Cafe', 'Café', 'CAFÉ', 'cafe lindenhof']) {
    const { data } = await hub.as(
      anonymous,
      `query ($query: String!, $network: String) { search(query: $query, network: $network) { nodes { matches { how } } } }`,
      { query, network: network.slug },
    );
    expect(data.search.nodes[0].matches.map((one: { how: string }) => one.how)).toEqual(
      query.split(' ').map(() => 'EXACT'),
    );
  }
});
