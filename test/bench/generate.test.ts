import { beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../src/database/client.js';
import { copyOfTemplate, type TestDatabase } from '../support/database.js';
import { generate } from './generate/generate.js';
import { geographyOf, shared } from './generate/geography.js';
import { SIZES, type Size, servicesOf } from './size.js';

describe('the invented country', () => {
  test.each([SIZES.S, SIZES.L])('has as many districts and municipalities as size $name says', size => {
    const districts = geographyOf(size);
    const towns = districts.flatMap(district => district.towns);
    expect([districts.length, towns.length]).toEqual([size.networks, size.municipalities]);
    expect(new Set(towns.map(({ key }) => key)).size).toBe(towns.length);
    expect(new Set(towns.map(({ name }) => name)).size).toBe(towns.length);
    expect(districts.filter(({ key, towns: own }) => own.some(town => !town.key.startsWith(key)))).toEqual([]);
    expect(towns.filter(({ key }) => !/^(0[1-9]|1[0-6])\d{6}$/.test(key))).toEqual([]);
  });

  test('shares out to whole numbers with that sum', () => {
    expect(shared(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(shared(3, [0, 5])).toEqual([0, 3]);
  });
});

describe('the generator', () => {
  const TINY: Size = { name: 'tiny', networks: 3, municipalities: 9, partnersPerNetwork: 4 };
  const options = { now: new Date('2026-11-20T09:00:00Z'), jobs: 2, search: true, tell: () => {}, cpuUs: () => 0 };
  let database!: TestDatabase;

  beforeAll(async () => {
    database = await copyOfTemplate('bench_generate');
  });

  const rows = (text: string): Promise<object[]> =>
    withClient(database.superuser, async client => (await client.query<object>(text)).rows);

  test('goes on where it was cut off, until there is what a size says', async () => {
    const cut = new Error('cut off');
    const tell = () => {
      throw cut;
    };
    await expect(generate(database.owner, TINY, { ...options, jobs: 1, tell })).rejects.toBe(cut);
    const made = async () => (await generate(database.owner, TINY, options)).map(one => one.made);
    expect(await made()).toEqual([40, 300, 60]);
    expect(await made()).toEqual([0, 0, 0]);
    const count = (table: string) => `(select count(*)::int from ${table}) as ${table}`;
    const tables = ['service', 'partner', 'referral', 'search_document'];
    const counted = { service: servicesOf(TINY), partner: 12, referral: 300, search_document: 72 };
    expect(await rows(`select ${tables.map(count).join(', ')}`)).toEqual([counted]);
  });

  test('makes the same everywhere', async () => {
    const sums = await rows(
      `select md5(string_agg(concat_ws(' ', s.id, s.name, s.languages, a.area_key, c.total, c.reserved), ';' order by s.id, a.area_key))
         as services from service s join service_area a on a.service_id = s.id join service_capacity c on c.service_id = s.id`,
    );
    expect(sums).toEqual([{ services: 'dda1075b8ecbac402ee4c9c9548eac0c' }]);
  });

  test('counts the places that referrals hold, and promises no more than there are', async () => {
    const wrong = await rows(
      `select c.service_id from service_capacity c
       left join (select service_id, count(*) as held from referral where holds_place group by 1) h using (service_id)
       where c.reserved <> coalesce(h.held, 0) or c.total < c.reserved + c.occupied_elsewhere`,
    );
    expect(wrong).toEqual([]);
  });

  test('refuses to make a database of one size into another', async () => {
    await expect(generate(database.owner, SIZES.S, options)).rejects.toThrow('holds size tiny');
  });
});
