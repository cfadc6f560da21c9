import { expect, test } from 'vitest';
import { coverageMap } from '../../src/coverage/coverage-features.query.js';
import { featureCollection } from '../../src/shared/geojson.rules.js';
import { ANONYMOUS } from '../../src/viewer/viewer.rules.js';
import { emptied } from '../match/finder-world.js';
import { parseGeoJson, textOf } from '../support/geojson.js';
import { testHub } from '../support/hub.js';

const hub = testHub('coverage_features');
const SQUARE = {
  type: 'Polygon',
  coordinates: [
    [
      [6, 50],
      [7, 50],
      [7, 51],
      [6, 51],
      [6, 50],
    ],
  ],
};

test('coverage is drawn: outlines with the figures, and who surveyed them', async () => {
  const world = await emptied(hub.owner());
  const centre = (latitude: number) => ({ latitude, longitude: 6.5 });
  const home = await world.municipality('05334002', centre(50.5), 100);
  await world.municipality('05334004', centre(50.6), null);
  const network = await world.network([home]);
  await world.service(network, {
    sites: [centre(50.5)],
    areaKeys: ['05334'],
    capacity: { total: 10, reserved: 0, reportedAt: hub.now() },
  });
  await hub.owner().execute(
    `with source as (insert into geo_source (name, licence, retrieved_on) values ('BKG', 'dl-de/by-2-0', '2026-11-22') returning id)
     insert into area_outline (area_key, geometry, note, source_id) select '05334002', ?::jsonb, 'schematisch', id from source`,
    [JSON.stringify(SQUARE)],
  );
  const map = await coverageMap(hub.hub().contextOf(ANONYMOUS), { category: 'placement', area: '05' });
  const { features, attribution } = parseGeoJson(
    await textOf(featureCollection(map.pages, () => ({ attribution: map.attribution() }))),
  );
  expect(attribution).toEqual(['BKG, dl-de/by-2-0, schematisch']);
  expect(features).toMatchObject([
    {
      id: '05334002',
      geometry: SQUARE,
      properties: {
        key: '05334002',
        district: '05334',
        demand: 100,
        services: 1,
        places: 10,
        freePlaces: 10,
        status: 'COVERED',
      },
    },
    { id: '05334004', geometry: null, properties: { demand: null, accessibility: expect.any(Number) } },
  ]);
});

test.each([
  ['input.category', { category: 'nonsense' }],
  ['input.area', { category: 'placement', area: '04' }],
])('%s is told to be wrong', async (argument, input) => {
  await emptied(hub.owner());
  await expect(coverageMap(hub.hub().contextOf(ANONYMOUS), input)).rejects.toMatchObject({
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
});
