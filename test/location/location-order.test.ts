import { expect, test } from 'vitest';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('location_order');
const NAMES = ['Amt', 'Ärztehaus', 'Haus Nord', 'haus süd', 'Öhler Hof', 'Zentrale', null];

test('locations come by name as Germans expect, unnamed ones last', async () => {
  const at = directory(hub.owner());
  const place = await at.municipality('05334002', 'Aachen');
  const partner = await at.partner(await at.network('Nord'), 'Anker');
  const locations = [];
  for (const name of [...NAMES].reverse()) locations.push(await at.location(partner, place, { name }));
  await at.service(partner, 'Überall', { locations });
  const query = `query ($id: ID!) { partner(id: $id) { locations { name } services { nodes { locations { name } } } } }`;
  const { data } = await hub.as(anonymous, query, { id: partner.id });
  const names = (list: { name: string | null }[]) => list.map(one => one.name);
  expect(names(data.partner.locations)).toEqual(NAMES);
  expect(names(data.partner.services.nodes[0].locations)).toEqual(NAMES);
});
