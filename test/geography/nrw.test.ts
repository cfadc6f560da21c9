import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { servicesAllOver } from '../coverage/state.js';
import { anonymous } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { type Imported, importFile } from './import.js';

const hub = testHub('geo_nrw');
const path = (name: string) => fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
const isHere = existsSync(path('nrw_municipalities.csv'));

const FILES = [
  ['municipalities', 'nrw_municipalities.csv', 396],
  ['districts', 'nrw_districts.csv', 53],
  ['outlines', 'nrw_districts.geojson', 53],
  ['outlines', 'nrw_municipalities_schematic.geojson', 396],
  ['postalCodes', 'nrw_postal_codes_odbl.csv', 872],
] as const;

if (!isHere) console.info('geography: ../shared/data is not here; North Rhine-Westphalia was not imported.');

describe.skipIf(!isHere)('North Rhine-Westphalia, from open data', () => {
  const first: Imported[] = [];

  beforeAll(async () => {
    const begin = performance.now();
    for (const [kind, name] of FILES) first.push(await importFile(hub, kind, path(name), { source: 'IT.NRW' }));
    console.info(`geography: North Rhine-Westphalia imported in ${Math.round(performance.now() - begin)} ms`);
  });

  const rows = (sql: string) => hub.owner().execute<Record<string, unknown>[]>(sql);

  test('every row is taken', () => {
    expect(first.map(({ read, added, refused }) => ({ read, added, refused }))).toEqual(
      FILES.map(([, , count]) => ({ read: count, added: count, refused: 0 })),
    );
    expect(first.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'NOTICE')).toEqual([]);
  });

  test('again, nothing changes', async () => {
    for (const [kind, name, count] of FILES)
      expect(await importFile(hub, kind, path(name), { source: 'IT.NRW' })).toMatchObject({
        added: 0,
        changed: 0,
        unchanged: count,
      });
  });

  test('the sums are those of the statistics office', async () => {
    expect(
      await rows('select sum(recipients)::int as recipients, sum(population)::int as population from district'),
    ).toEqual([{ recipients: 1_557_269, population: 18_034_454 }]);
    expect(await rows('select sum(population)::int as population from municipality')).toEqual([
      { population: 18_034_454 },
    ]);
    expect(await rows('select count(*)::int as suppressed from municipality where recipients is null')).toEqual([
      { suppressed: 4 },
    ]);
    expect(
      await rows('select count(*)::int as silent from district where jobcenter_form is null or area is null'),
    ).toEqual([{ silent: 0 }]);
  });

  test('every municipality lies in a district and has an outline', async () => {
    expect(
      await rows(`select count(*)::int as lost from municipality m
        where not exists (select from district d where d.key = m.district_key and d.name = m.district_name)
          or not exists (select from area_outline o where o.area_key = m.key)
          or not exists (select from area_outline o where o.area_key = m.district_key)`),
    ).toEqual([{ lost: 0 }]);
  });

  test('seven postal codes lie in two municipalities', async () => {
    const shared = (await rows(
      `select code, array_agg(m.name order by m.name) as names from postal_code p join municipality m on m.key = p.municipality_key
       group by code having count(*) > 1 order by code`,
    )) as { code: string; names: string[] }[];
    expect(shared).toHaveLength(7);
    for (const { code, names } of shared) {
      const { data } = await hub.as(anonymous, `{ municipalities(postalCode: "${code}") { nodes { name } } }`);
      expect(data.municipalities.nodes.map((node: { name: string }) => node.name).sort()).toEqual([...names].sort());
      expect(names).toHaveLength(2);
    }
  });

  test('one query covers the whole state, and draws its map', async () => {
    await servicesAllOver(hub.owner(), 1_000, 'job-coaching');
    const query = `{ coverage(input: { category: "placement", area: "05" }) { gini rows { accessibility demand status
      municipality { key district { name } outline { geometry note source { name } } } } } }`;
    const begin = performance.now();
    let rows: { demand: number | null; status: string; municipality: { outline: unknown } }[] = [];
    const sent = await hub.statements(async () => {
      const { data, errors } = await hub.as(anonymous, query);
      expect(errors).toBeUndefined();
      rows = data.coverage.rows;
    });
    console.info(
      `geography: coverage of 396 municipalities by 1,000 services with outlines in ${Math.round(performance.now() - begin)} ms`,
    );
    expect(rows).toHaveLength(396);
    expect(rows.filter(({ demand }) => demand === null)).toHaveLength(4);
    expect(rows.filter(({ municipality }) => municipality.outline === null)).toEqual([]);
    expect(sent.filter(statement => /^(select|with)/.test(statement)).length).toBeLessThanOrEqual(7);
  });
});
