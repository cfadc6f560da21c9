import { beforeEach, describe, expect, test } from 'vitest';
import { DemandMeasure } from '../../src/geography/geography.rules.js';
import { anonymous } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { importText, line } from './import.js';

const hub = testHub('geo_import');

const rows = (sql: string) => hub.owner().execute<Record<string, unknown>[]>(sql);
const municipality = async (key: string) => (await rows(`select * from municipality where key = '${key}'`))[0];
/** Everything that an import may write. */
const everything = () =>
  rows(`select to_jsonb(m) as row from municipality m union all select to_jsonb(d) from district d
    union all select to_jsonb(o) from area_outline o union all select to_jsonb(f) from demand_figure f
    union all select to_jsonb(p) from postal_code p union all select to_jsonb(s) from geo_source s order by 1`);

beforeEach(async () => {
  await rows('truncate municipality, district, area_outline, demand_figure, postal_code, geo_source cascade');
});

const TOWNS = `ags,ars,name,type,kreis_ags,population_2024,area_km2,lat,lon,sgb2_recipients_2024
05334002,053340002002,Aachen,Stadt,05334,262670,160.85,50.773516,6.0848,21917
05334032,053340032032,Würselen,Stadt,05334,39461,34.39,50.8186,6.1304,
05124000,051240000000,Wuppertal,kreisfreie Stadt,05124,358193,168.39,51.271288,7.195874,45419
`;

describe('municipalities', () => {
  test('come with their figures, their source and their districts as far as those are known', async () => {
    expect(await importText(hub, 'municipalities', TOWNS)).toEqual({
      read: 3,
      added: 3,
      changed: 0,
      unchanged: 0,
      refused: 0,
      findings: [],
    });
    expect(await municipality('05334002')).toMatchObject({
      name: 'Aachen',
      kind: 'Stadt',
      regional_key: '053340002002',
      district_key: '05334',
      district_name: 'Kreis 05334',
      population: 262_670,
      recipients: 21_917,
      area: 160.85,
      latitude: 50.773516,
      longitude: 6.0848,
    });
    expect(await municipality('05334032')).toMatchObject({ population: 39_461, recipients: null });
    expect(await municipality('05124000')).toMatchObject({ district_name: 'Wuppertal' });
    expect(
      await rows(`select measure, reference_date::text as day, value, s.name from demand_figure f join geo_source s on s.id = f.source_id
        where area_key = '05334032' order by measure`),
    ).toEqual([
      { measure: 'POPULATION', day: '2024-12-31', value: 39_461, name: 'Amt' },
      { measure: 'SGB2_RECIPIENTS', day: '2024-12-31', value: null, name: 'Amt' },
    ]);
  });

  test('are the same the second time, and told where something is new', async () => {
    await importText(hub, 'municipalities', TOWNS);
    const before = await everything();
    expect(await importText(hub, 'municipalities', TOWNS)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    expect(await everything()).toEqual(before);
    const newer = TOWNS.replace('21917', '21918').replace('34.39', '34.40').replaceAll('_2024', '_2025');
    expect(await importText(hub, 'municipalities', newer)).toMatchObject({ added: 0, changed: 3, unchanged: 0 });
    expect(await municipality('05334002')).toMatchObject({ recipients: 21_918 });
    expect(await municipality('05334032')).toMatchObject({ area: 34.4 });
  });

  test('an older figure does not replace a newer one', async () => {
    await importText(hub, 'municipalities', TOWNS);
    const older = TOWNS.replaceAll('_2024', '_2019').replace('21917', '30000').replace('6.1304,', '6.1304,4000');
    await importText(hub, 'municipalities', older);
    expect(await municipality('05334002')).toMatchObject({ recipients: 21_917 });
    expect(await municipality('05334032')).toMatchObject({ recipients: null });
  });

  test('a dry run tells the same and changes nothing', async () => {
    const before = await everything();
    expect(await importText(hub, 'municipalities', TOWNS, { dryRun: true })).toMatchObject({ added: 3 });
    expect(await everything()).toEqual(before);
  });

  test('what the file is silent about stays', async () => {
    await importText(hub, 'municipalities', TOWNS);
    await importText(hub, 'municipalities', 'Gemeindeschlüssel;Gemeindename\n05334002;Aachen, Stadt\n');
    expect(await municipality('05334002')).toMatchObject({
      name: 'Aachen, Stadt',
      kind: 'Stadt',
      area: 160.85,
      latitude: 50.773516,
      recipients: 21_917,
    });
  });

  test('of an office’s own table: other names, semicolons, Windows-1252, German numbers, eaten zeros', async () => {
    const table = `Schlüssel;Gemeinde;Fläche (km²);Breitengrad;Längengrad;Bevölkerung 31.12.2023;Regelleistungsberechtigte 2023
5334032;Würselen;1.034,39;50,8186;6,1304;39.461;*
05 334 002;Aachen;160,85;50,773516;6,0848;262 670;-
`;
    const { findings, ...counts } = await importText(hub, 'municipalities', Buffer.from(table, 'latin1'));
    expect(counts).toMatchObject({ added: 2, refused: 0 });
    expect(await municipality('05334032')).toMatchObject({
      name: 'Würselen',
      area: 1034.39,
      latitude: 50.8186,
      longitude: 6.1304,
      population: 39_461,
      recipients: null,
    });
    expect(await municipality('05334002')).toMatchObject({ population: 262_670, recipients: 0 });
    expect(await rows(`select distinct reference_date::text as day from demand_figure`)).toEqual([
      { day: '2023-12-31' },
    ]);
    expect(findings.map(one => one.code).sort()).toEqual(['BAD_ENCODING', 'NORMALISED', 'NORMALISED']);
  });

  test('good rows are kept, and every bad one is named with its row and column', async () => {
    const table = `ags,ars,name,lat,lon,kreis_ags,einwohner_2024
05334002,,Aachen,50.773516,6.0848,05334,1
0533400,,Zu kurz,50.7,6.1,05334,1
,,Ohne Schlüssel,50.7,6.1,05334,1
05334004,,Vertauscht,6.161607,50.874052,05334,1
05334008,,Zu weit,100,6.1,05334,1
05334012,,Halb,50.8,,05334,1
05334016,,Nirgends,,,05334,1
05334020,,Unzählbar,50.8,6.1,05334,viele
05334024,,Anderswo,50.6,6.3,05978,1
05334028,053340032032,Zweierlei,50.7,6.3,05334,1
05334002,,Aachen,50.773516,6.0848,05334,1
05334002,,Aken,50.773516,6.0848,05334,1
05334032,,Würselen,50.8186,6.1304,05334,1
`;
    const { findings, ...counts } = await importText(hub, 'municipalities', table);
    expect(counts).toEqual({ read: 13, added: 2, changed: 0, unchanged: 1, refused: 10 });
    expect(findings.map(line)).toEqual([
      'ERROR BAD_FORMAT 3 ags 0533400',
      'ERROR MISSING_VALUE 4 ags ',
      'ERROR SWAPPED_COORDINATES 5 lat 6.161607 50.874052',
      'ERROR OUT_OF_RANGE 6 lat 100 6.1',
      'ERROR MISSING_VALUE 7 lon ',
      'ERROR BAD_FORMAT 9 einwohner_2024 viele',
      'ERROR OUT_OF_RANGE 10 kreis_ags 05978',
      'ERROR OUT_OF_RANGE 11 ars 053340032032',
      'WARNING REPEATED 12 ags 05334002',
      'ERROR DUPLICATE_ID 13 ags 05334002',
      'ERROR MISSING_VALUE 8 ags latitude, longitude',
    ]);
    expect(await rows('select key from municipality order by key')).toEqual([{ key: '05334002' }, { key: '05334032' }]);
  });

  test.each([
    ['without a key', 'name,lat,lon\nAachen,50.77,6.08\n', ['ERROR MISSING_COLUMN 1 ags name lat lon']],
    ['of something else', 'PNG\n1\n', ['NOTICE UNUSED_COLUMN 1 PNG PNG', 'ERROR MISSING_COLUMN 1 ags PNG']],
    ['that is empty', '', []],
  ])('of a table %s nothing is taken', async (_, text, expected) => {
    const { findings, ...counts } = await importText(hub, 'municipalities', text);
    expect(counts).toMatchObject({ added: 0, changed: 0 });
    expect(findings.map(line)).toEqual(expect.arrayContaining(expected));
    expect(await rows('select from municipality')).toEqual([]);
  });

  test('figures of no day are left, and that is told; a day can be given', async () => {
    const table = 'ags,name,lat,lon,einwohner\n05334002,Aachen,50.773516,6.0848,262670\n';
    const { findings } = await importText(hub, 'municipalities', table);
    expect(findings.map(line)).toEqual(['WARNING MISSING_VALUE 1 einwohner of which day? --date']);
    expect(await municipality('05334002')).toMatchObject({ population: null });
    expect(await importText(hub, 'municipalities', table, { day: '2023-06-30' })).toMatchObject({
      changed: 1,
      findings: [],
    });
    expect(await municipality('05334002')).toMatchObject({ population: 262_670 });
  });

  test('100,000 rows of which 3,000 are broken: every good one, every bad one', async () => {
    const keys = Array.from({ length: 100_000 }, (_, i) => `05${String(i).padStart(6, '0')}`);
    const broken = (i: number) => i % 33 === 0 && i < 99_000;
    const table = keys.map((key, i) => `${broken(i) ? `x${key}` : key},Ort ${i},51.${i % 10},7.1`);
    const { read, added, refused, findings } = await importText(
      hub,
      'municipalities',
      `ags,name,lat,lon\n${table.join('\n')}\n`,
    );
    expect({ read, added, refused }).toEqual({ read: 100_000, added: 97_000, refused: 3_000 });
    expect(findings.map(({ row }) => row)).toEqual(keys.flatMap((_, i) => (broken(i) ? [i + 2] : [])));
    expect(await rows('select count(*)::int as count from municipality')).toEqual([{ count: 97_000 }]);
  });
});

describe('districts', () => {
  const DISTRICTS = `ags5,name,type,nuts3,regierungsbezirk,population_2024,area_km2,sgb2_recipients_2024,jobcenter_form
05334,Städteregion Aachen,Kreis,DEA2D,Köln,564512,706.91,49123,gE
05124,Wuppertal,Kreisfreie Stadt,DEA1A,Düsseldorf,358193,168.39,45419,zkT
`;

  test('are kept with what is told of them, and name their municipalities', async () => {
    await importText(hub, 'municipalities', TOWNS);
    const { findings, ...counts } = await importText(hub, 'districts', DISTRICTS);
    expect(counts).toEqual({ read: 2, added: 2, changed: 0, unchanged: 0, refused: 0 });
    expect(findings.map(line)).toEqual(['NOTICE UNUSED_COLUMN 1 nuts3 nuts3']);
    expect((await rows(`select * from district where key = '05334'`))[0]).toMatchObject({
      name: 'Städteregion Aachen',
      kind: 'Kreis',
      jobcenter_form: 'JOINT_FACILITY',
      government_region: 'Köln',
      area: 706.91,
      population: 564_512,
      recipients: 49_123,
    });
    expect(await municipality('05334002')).toMatchObject({ district_name: 'Städteregion Aachen' });
    expect(await importText(hub, 'districts', DISTRICTS)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(await importText(hub, 'municipalities', TOWNS)).toMatchObject({ changed: 0, unchanged: 3 });
  });

  test('a form that nobody knows is told, and the district taken without it', async () => {
    const { findings, ...counts } = await importText(hub, 'districts', DISTRICTS.replace(',gE', ',AGH'));
    expect(counts).toMatchObject({ added: 2, refused: 0 });
    expect(findings.map(line)).toContain('WARNING UNKNOWN_VALUE 2 jobcenter_form AGH');
    expect((await rows(`select jobcenter_form from district where key = '05334'`))[0]).toEqual({
      jobcenter_form: null,
    });
  });
});

describe('postal codes', () => {
  test('may lie in two municipalities; a spreadsheet may have eaten a zero', async () => {
    await importText(hub, 'municipalities', TOWNS);
    const table =
      'plz,ags\n52062,05334002\n52146,05334032\n52146,05334002\n1067,05334002\n5206,05999999\nabcde,05334002\n,05334002\n';
    const { findings, ...counts } = await importText(hub, 'postalCodes', table);
    expect(counts).toEqual({ read: 7, added: 4, changed: 0, unchanged: 0, refused: 3 });
    expect(findings.map(line).sort()).toEqual([
      'ERROR BAD_FORMAT 7 plz abcde',
      'ERROR MISSING_VALUE 8 plz ',
      'ERROR UNKNOWN_AREA 6 plz 05999999',
      'NOTICE NORMALISED 5 plz 1067',
      'NOTICE NORMALISED 6 plz 5206',
    ]);
    const { data } = await hub.as(anonymous, '{ municipalities(postalCode: "52146") { nodes { name } } }');
    expect(data.municipalities.nodes).toEqual([{ name: 'Aachen' }, { name: 'Würselen' }]);
    expect(await importText(hub, 'postalCodes', table)).toMatchObject({ added: 0, changed: 0, unchanged: 4 });
  });
});

describe('figures', () => {
  beforeEach(async () => {
    await importText(hub, 'municipalities', TOWNS);
    await importText(hub, 'districts', 'ags5,name\n05334,Städteregion Aachen\n');
  });

  test('of municipalities and districts, the newest counts', async () => {
    const table = 'ags;wert\n05334002;22.000\n05334;50.000\n05124000;.\n05999999;5\n';
    const { findings, ...counts } = await importText(hub, 'figures', table, { day: '2025-06-30' });
    expect(counts).toEqual({ read: 4, added: 3, changed: 0, unchanged: 0, refused: 1 });
    expect(findings.map(line)).toEqual(['ERROR UNKNOWN_AREA 5 ags 05999999']);
    expect(await municipality('05334002')).toMatchObject({ recipients: 22_000 });
    expect(await municipality('05124000')).toMatchObject({ recipients: null });
    expect((await rows('select recipients from district'))[0]).toEqual({ recipients: 50_000 });
    expect(await importText(hub, 'figures', table, { day: '2025-06-30' })).toMatchObject({ changed: 0, unchanged: 3 });
    const corrected = table.replace('22.000', '22.001');
    expect(await importText(hub, 'figures', corrected, { day: '2025-06-30' })).toMatchObject({
      changed: 1,
      unchanged: 2,
    });
  });

  test('with a day in each row, several of one place', async () => {
    const table =
      'Gemeindeschlüssel,Stichtag,Arbeitslose\n05334002,31.12.2023,11\n05334002,2024,12\n05334002,31.02.2024,13\n';
    const told = { measure: DemandMeasure.UNEMPLOYED };
    const { findings, ...counts } = await importText(hub, 'figures', table, told);
    expect(counts).toMatchObject({ added: 2, refused: 1 });
    expect(findings.map(line)).toEqual(['ERROR BAD_FORMAT 4 Stichtag 31.02.2024']);
    expect(
      await rows(
        `select reference_date::text as day, value from demand_figure where measure = 'UNEMPLOYED' order by 1`,
      ),
    ).toEqual([
      { day: '2023-12-31', value: 11 },
      { day: '2024-12-31', value: 12 },
    ]);
  });

  test('of no day are refused', async () => {
    const { findings, ...counts } = await importText(hub, 'figures', 'ags,wert\n05334002,5\n');
    expect(counts).toMatchObject({ added: 0, refused: 1 });
    expect(findings.map(line)).toEqual(['ERROR MISSING_VALUE 2 of which day? --date']);
  });
});

describe('outlines', () => {
  const ring = (x: number, y: number) => [
    [x, y],
    [x + 0.1, y],
    [x + 0.1, y + 0.1],
    [x, y + 0.1],
    [x, y],
  ];
  const feature = (properties: object, coordinates: unknown, more: object = {}) => ({
    type: 'Feature',
    properties,
    geometry: { type: 'Polygon', coordinates },
    ...more,
  });
  const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', name: 'x', features });

  beforeEach(async () => {
    await importText(hub, 'municipalities', TOWNS);
    await importText(hub, 'districts', 'ags5,name\n05334,Städteregion Aachen\n');
  });

  test('find their municipality or district by what official files call its key', async () => {
    const file = collection(
      feature({ AGS: '05334002' }, [ring(6, 50.7)]),
      feature({ ars: '053340032032' }, [ring(6.1, 50.8)]),
      feature({ gen: 'Städteregion Aachen' }, [ring(6, 50.5)], { id: '05334' }),
      feature({ 'de:amtlicher_gemeindeschluessel': '05124000' }, [ring(7.1, 51.2)]),
    );
    expect(await importText(hub, 'outlines', file, { note: 'schematisch' })).toEqual({
      read: 4,
      added: 4,
      changed: 0,
      unchanged: 0,
      refused: 0,
      findings: [],
    });
    expect(await rows('select area_key, geometry, note from area_outline order by area_key limit 1')).toEqual([
      { area_key: '05124000', geometry: { type: 'Polygon', coordinates: [ring(7.1, 51.2)] }, note: 'schematisch' },
    ]);
    expect(await importText(hub, 'outlines', file, { note: 'schematisch' })).toMatchObject({
      changed: 0,
      unchanged: 4,
    });
  });

  test('bad ones are named, good ones kept', async () => {
    const swapped = ring(6, 50.7).map(([x, y]) => [y, x]);
    const file = collection(
      feature({ ags: '05334002' }, [swapped]),
      feature({ ags: '05334032' }, [ring(6, 50.7).slice(0, 4)]),
      feature({ ags: '05999999' }, [ring(6, 50.7)]),
      feature({ name: 'Aachen' }, [ring(6, 50.7)]),
      feature({ ags: '05334' }, [ring(600, 50.7)]),
      { type: 'Feature', properties: { ags: '05334' }, geometry: { type: 'Point', coordinates: [6, 50] } },
      'Aachen',
      feature({ ags: '05124000' }, [ring(7.1, 51.2)]),
    );
    const { findings, ...counts } = await importText(hub, 'outlines', file);
    expect(counts).toEqual({ read: 8, added: 1, changed: 0, unchanged: 0, refused: 7 });
    expect(findings.map(({ code, row, column }) => `${code} ${row} ${column}`)).toEqual([
      'SWAPPED_COORDINATES 1 geometry',
      'RING_NOT_CLOSED 2 geometry',
      'MISSING_VALUE 4 properties',
      'OUT_OF_RANGE 5 geometry',
      'BAD_GEOMETRY 6 geometry',
      'BAD_FORMAT 7 type',
      'UNKNOWN_AREA 3 id',
    ]);
    expect(await rows('select area_key from area_outline')).toEqual([{ area_key: '05124000' }]);
  });

  test('of a file that breaks off the whole features are kept', async () => {
    const file = collection(
      feature({ ags: '05334002' }, [ring(6, 50.7)]),
      feature({ ags: '05334032' }, [ring(6.1, 50.8)]),
    );
    const { findings, ...counts } = await importText(hub, 'outlines', file.slice(0, -40));
    expect(counts).toMatchObject({ added: 1 });
    expect(findings).toMatchObject([{ code: 'TRUNCATED', severity: 'ERROR' }]);
  });
});

test('what cases and services point to stays, whatever is imported', async () => {
  const { clientCase } = await hub.given();
  const before = await rows('select key, name from municipality order by key');
  await importText(hub, 'municipalities', TOWNS);
  expect(await rows('select key, name from municipality order by key')).toEqual(expect.arrayContaining(before));
  expect(clientCase).toBeDefined();
});

test('of a source that comes again without its licence the known one holds, and nothing is changed', async () => {
  const districts = 'ags5,name\n05334,Städteregion Aachen\n';
  await importText(hub, 'districts', districts, { source: 'IT.NRW', licence: 'dl-de/by-2-0' });
  const again = await importText(hub, 'districts', districts, { source: 'IT.NRW', licence: null });
  expect(again).toMatchObject({ changed: 0, unchanged: 1 });
  expect(await rows('select licence from geo_source')).toEqual([{ licence: 'dl-de/by-2-0' }]);
  const elsewhere = await importText(hub, 'districts', districts, { source: 'IT.NRW', licence: 'CC0' });
  expect(elsewhere).toMatchObject({ changed: 1 });
});

test('a source keeps the newest day of its retrieval', async () => {
  await importText(hub, 'municipalities', TOWNS, { source: 'IT.NRW' });
  await importText(hub, 'districts', 'ags5,name\n05334,Städteregion Aachen\n', { source: 'IT.NRW' });
  expect(await rows('select name, licence, retrieved_on::text as day from geo_source')).toEqual([
    { name: 'IT.NRW', licence: 'dl-de/by-2-0', day: '2026-11-22' },
  ]);
});
