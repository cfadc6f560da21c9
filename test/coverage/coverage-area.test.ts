import { beforeEach, describe, expect, test } from 'vitest';
import { assess, figuresOf, type Supply } from '../../src/coverage/coverage.rules.js';
import type { CoverageDecay } from '../../src/coverage/coverage-decay.rules.js';
import { anonymous, emptied, type FinderWorld } from '../match/finder-world.js';
import { testHub } from '../support/hub.js';
import { gridOfTowns, servicesAllOver } from './state.js';
import { at, service } from './world.js';

const hub = testHub('coverage_area');

const COVERAGE = `query ($input: CoverageInput!) { coverage(input: $input) {
  rows { municipality { key } demand services places nearestKm accessibility status } gaps { municipality { key } } gini } }`;

const ask = async (input: object) => hub.as(anonymous, COVERAGE, { input: { category: 'placement', ...input } });
const answer = async (input: object) => {
  const { data, errors } = await ask(input);
  expect(errors).toBeUndefined();
  return data.coverage;
};
const keysOf = (rows: { municipality: { key: string } }[]) => rows.map(({ municipality }) => municipality.key);

describe('an area', () => {
  let world: FinderWorld;
  beforeEach(async () => {
    world = await emptied(hub.owner());
    const home = await world.municipality('05334002', at(0), 100);
    const near = await world.municipality('05334004', at(1), 100);
    await world.municipality('05978004', at(2), 200); // of no network
    await world.municipality('03241001', at(3), 400);
    const network = await world.network([home]);
    const other = await world.network([near]);
    const capacity = { total: 10, reserved: 0, reportedAt: hub.now() };
    await world.service(network, { sites: [at(0)], capacity, areaKeys: ['05'] });
    await world.service(other, { sites: [at(1)], capacity: { ...capacity, total: 7 }, areaKeys: ['05334'] });
  });

  test.each([
    ['05', ['05334002', '05334004', '05978004'], [17, 17, 10]],
    ['05334', ['05334002', '05334004'], [17, 17]],
    ['05978', ['05978004'], [10]],
    ['05978004', ['05978004'], [10]],
    ['03', ['03241001'], [0]],
  ])(
    '%s has all its municipalities as rows, of whatever network, and the services of all',
    async (area, keys, places) => {
      const { rows } = await answer({ area });
      expect(keysOf(rows)).toEqual(keys);
      expect(rows.map((row: { places: number }) => row.places)).toEqual(places);
    },
  );

  test('with networks named, services are theirs alone', async () => {
    const [{ slug }] = await hub
      .owner()
      .execute<[{ slug: string }]>(
        `select slug from network n join network_municipality nm on nm.network_id = n.id where municipality_key = '05334004'`,
      );
    const { rows } = await answer({ area: '05', networks: [slug] });
    expect(keysOf(rows)).toEqual(['05334002', '05334004', '05978004']);
    expect(rows.map((row: { places: number }) => row.places)).toEqual([7, 7, 0]);
  });

  test('places are shared with the demand outside that the service takes clients from', async () => {
    const places = [100, 100, 200].map((demand, i) => ({
      key: ['05334002', '05334004', '05978004'][i]!,
      centre: at(i),
      demand,
    }));
    const services: Supply[] = [
      service({ sites: [at(0)], areaKeys: ['05'] }),
      service({ sites: [at(1)], areaKeys: ['05334'], places: 7, freePlaces: 7 }),
    ];
    const expected = figuresOf(places, services, { kind: 'GAUSSIAN' as CoverageDecay, catchmentKm: 25 });
    for (const area of ['05', '05334', '05978']) {
      const { rows, gini } = await answer({ area });
      const own = expected.filter(({ key }) => key.startsWith(area));
      expect(rows.map((row: { accessibility: number }) => row.accessibility)).toEqual(
        own.map(({ accessibility }) => expect.closeTo(accessibility, 9)),
      );
      expect(gini).toBeCloseTo(assess(own).gini!, 9);
    }
  });

  test('without networks or area it stays as it was: the municipalities of all networks', async () => {
    expect(keysOf((await answer({})).rows)).toEqual(['05334002', '05334004']);
    expect(keysOf((await answer({ area: null })).rows)).toEqual(['05334002', '05334004']);
  });

  test.each(['04', '05999', '05334999'])('%s, in which nothing lies, is told to be wrong', async area => {
    const { errors } = await ask({ area });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'input.area' } }]);
  });

  test.each(['5', 'NRW', '', '0533400'])('%j is no area', async area => {
    const { errors } = await ask({ area });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

test('a whole state: 396 municipalities and 2,000 services by one statement', async () => {
  await emptied(hub.owner());
  await gridOfTowns(hub.owner());
  await servicesAllOver(hub.owner(), 2_000, 'job-coaching');
  let coverage: { rows: { demand: number | null; accessibility: number; places: number }[] } | undefined;
  const begin = performance.now();
  const sent = await hub.statements(async () => {
    coverage = await answer({ area: '05' });
  });
  const took = performance.now() - begin;
  console.info(`coverage: 396 municipalities × 2,000 services in ${Math.round(took)} ms`);
  const { rows } = coverage!;
  expect(rows).toHaveLength(396);
  expect(sent.filter(statement => /^(select|with)/.test(statement))).toHaveLength(1);
  // Σ P·A = Σ S over the services that reach any demand: no place is lost, none counted twice.
  const reached = rows.reduce((sum, { demand, accessibility }) => sum + (demand ?? 0) * accessibility, 0);
  const [{ places }] = await hub.owner().execute<[{ places: number }]>(
    `select sum(total)::int as places from service_capacity join service_area using (service_id)
     where exists (select from municipality m where starts_with(m.key, area_key) and m.recipients > 0)`,
  );
  expect(reached).toBeCloseTo(places, 6);
  expect(took).toBeLessThan(60_000);
});
