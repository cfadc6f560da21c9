import { beforeAll, expect, test } from 'vitest';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('search_streets');

beforeAll(async () => {
  const at = directory(hub.owner());
  const unna = await at.municipality('05978036', 'Unna');
  const network = await at.network('Nord');
  for (const [partner, street, description] of [
    ['Nordlicht', 'Lichtergasse 4', null],
    ['Hafen Eins', 'Fährmannsplatz 3', null],
    ['Tuchhof', 'Schachtmeisterweg 12', null],
    ['Anker', 'Karl-Liebknecht-Straße 1', null],
    ['Kompass', 'Am Markt 2', 'Der Treff ist im Schlosserweg 7.'],
  ] as const) {
    const one = await at.partner(network, partner, { description });
    await at.location(one, unna, { name: 'Geschäftsstelle', storedStreet: street, storedPostalCode: '59423' });
  }
  await hub.indexed();
});

const found = async (query: string): Promise<{ name: string; field: string }[]> => {
  const { data, errors } = await hub.as(
    anonymous,
    `query ($query: String!) { search(query: $query) { nodes { partner { name } matches { field } } } }`,
    { query },
  );
  expect(errors).toBeUndefined();
  return data.search.nodes.map((one: { partner: { name: string }; matches: { field: string }[] }) => ({
    name: one.partner.name,
    field: one.matches[0]!.field,
  }));
};

test.each(['Gas', 'Licht', 'Mann', 'Meister', 'Schlosser', 'Platz', 'Weg', 'Haft', 'Knast'])(
  '%s finds nobody by the name of a street or of a location that merely holds it',
  async query => {
    expect(await found(query)).toEqual([]);
  },
);

test.each([
  ['Lichtergasse', 'Nordlicht', 'PLACE'],
  ['lichtergasse 4', 'Nordlicht', 'PLACE'],
  ['Schachtmeistrweg', 'Tuchhof', 'PLACE'],
  ['Fährmannsplatz', 'Hafen Eins', 'PLACE'],
  ['Faehrmannsplatz', 'Hafen Eins', 'PLACE'],
  ['Schachtmeisterweg', 'Tuchhof', 'PLACE'],
  ['Schachtmeisterw', 'Tuchhof', 'PLACE'],
  ['Liebknecht', 'Anker', 'PLACE'],
  ['Karl-Liebknecht-Str. 1', 'Anker', 'PLACE'],
  ['Schlosserweg', 'Kompass', 'DESCRIPTION'],
])('%s finds who has its address there: %s', async (query, name, field) => {
  expect(await found(query)).toContainEqual({ name, field });
});
