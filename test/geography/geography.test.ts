import { beforeAll, describe, expect, test } from 'vitest';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('geography');

const SQUARE = {
  type: 'Polygon',
  coordinates: [
    [
      [7, 51],
      [8, 51],
      [8, 52],
      [7, 52],
      [7, 51],
    ],
  ],
};

beforeAll(async () => {
  const at = directory(hub.owner());
  await at.municipality('05334002', 'Aachen', { population: 262_670, recipients: 21_917 });
  await at.municipality('05334032', 'Würselen');
  await at.municipality('05978004', 'Bergkamen');
  await at.municipality('03241001', 'Hannover');
  await hub.owner().execute(`
    insert into geo_source (id, name, licence, retrieved_on) values
      ('11111111-1111-4111-8111-111111111111', 'IT.NRW', 'dl-de/by-2-0', '2026-11-22');
    insert into district (key, name, kind, jobcenter_form, government_region, area, population, recipients, source_id) values
      ('05334', 'Städteregion Aachen', 'Kreis', 'JOINT_FACILITY', 'Köln', 706.91, 570000, 50000, '11111111-1111-4111-8111-111111111111'),
      ('05978', 'Unna', 'Kreis', null, null, null, null, null, null);
    insert into demand_figure (area_key, measure, reference_date, value, source_id)
      select '05334002', m, make_date(2000 + y, 12, 31), case when y = 24 then null else 20000 + y end, '11111111-1111-4111-8111-111111111111'
      from unnest(array['SGB2_RECIPIENTS', 'POPULATION']) m, generate_series(1, 25) y;
    update municipality set source_id = '11111111-1111-4111-8111-111111111111' where key = '05334002'`);
  await hub.owner().execute(
    `insert into area_outline (area_key, geometry, note, source_id)
     select key, ?::jsonb, 'schematic', '11111111-1111-4111-8111-111111111111' from unnest('{05334002,05978004,05334}'::text[]) key`,
    [JSON.stringify(SQUARE)],
  );
});

async function ask(query: string) {
  const { data, errors } = await hub.as(anonymous, query);
  expect(errors).toBeUndefined();
  return data;
}

test('a municipality knows its district, its outline and its figures, each with its source', async () => {
  const { municipality } = await ask(`{ municipality(key: "05334002") {
    name area kind regionalKey source { name licence retrievedOn }
    district { key name kind jobcenterForm governmentRegion area population recipients
      municipalities { key } source { name } outline { note } demandFigures { value } }
    outline { geometry note source { licence } }
    demandFigures(measure: SGB2_RECIPIENTS) { measure referenceDate value source { name } }
  } }`);
  const source = { name: 'IT.NRW', licence: 'dl-de/by-2-0', retrievedOn: '2026-11-22' };
  expect(municipality).toMatchObject({ name: 'Aachen', area: null, kind: null, regionalKey: null, source });
  expect(municipality.district).toEqual({
    key: '05334',
    name: 'Städteregion Aachen',
    kind: 'Kreis',
    jobcenterForm: 'JOINT_FACILITY',
    governmentRegion: 'Köln',
    area: 706.91,
    population: 570_000,
    recipients: 50_000,
    municipalities: [{ key: '05334002' }, { key: '05334032' }],
    source: { name: 'IT.NRW' },
    outline: { note: 'schematic' },
    demandFigures: [],
  });
  expect(municipality.outline).toEqual({ geometry: SQUARE, note: 'schematic', source: { licence: 'dl-de/by-2-0' } });
  expect(municipality.demandFigures).toHaveLength(20);
  expect(municipality.demandFigures.slice(0, 2)).toEqual([
    { measure: 'SGB2_RECIPIENTS', referenceDate: '2025-12-31', value: 20_025, source: { name: 'IT.NRW' } },
    { measure: 'SGB2_RECIPIENTS', referenceDate: '2024-12-31', value: null, source: { name: 'IT.NRW' } },
  ]);
});

test('what was never imported is null', async () => {
  const { municipality } = await ask(`{ municipality(key: "03241001") {
    district { key } outline { note } demandFigures { value } source { name } } }`);
  expect(municipality).toEqual({ district: null, outline: null, demandFigures: [], source: null });
  expect(await ask('{ municipality(key: "nothing") { key } district(key: "05999") { key } }')).toEqual({
    municipality: null,
    district: null,
  });
});

describe('lists', () => {
  test.each([
    ['districts', ['05334', '05978']],
    ['districts(area: "05")', ['05334', '05978']],
    ['districts(area: "03")', []],
    ['districts(query: "aachen")', ['05334']],
    ['districts(query: "paderborn")', []],
    ['districts(query: "staedteregion")', ['05334']],
    ['municipalities', ['05334002', '05978004', '03241001', '05334032']],
    ['municipalities(area: "05")', ['05334002', '05978004', '05334032']],
    ['municipalities(area: "05334")', ['05334002', '05334032']],
    ['municipalities(area: "05334002")', ['05334002']],
    ['municipalities(area: "11")', []],
  ])('%s', async (field, keys) => {
    const [list] = Object.values(await ask(`{ ${field} { nodes { key } totalCount } }`)) as [
      { nodes: { key: string }[]; totalCount: number },
    ];
    expect(list.nodes.map(node => node.key)).toEqual(keys);
    expect(list.totalCount).toBe(keys.length);
  });

  test('of sources', async () => {
    expect(await ask('{ geoSources { name licence } }')).toEqual({
      geoSources: [{ name: 'IT.NRW', licence: 'dl-de/by-2-0' }],
    });
  });

  test.each(['5', '053', 'NRW', '053340021'])('an area %j is no key', async area => {
    const { errors } = await hub.as(anonymous, `{ municipalities(area: "${area}") { totalCount } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('a map takes seven statements at most, however many municipalities', async () => {
    const query = (first: number) => `{ municipalities(first: ${first}) { nodes {
      outline { geometry source { name } } district { outline { geometry } } demandFigures { value source { name } } } } }`;
    const sent = async (first: number) =>
      (await hub.statements(() => ask(query(first)))).filter(statement => /^(select|with)/.test(statement)).length;
    expect(await sent(2)).toBeLessThanOrEqual(7);
    expect(await sent(4)).toBeLessThanOrEqual(7);
  });
});
