import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/database/client.js';
import { type Drift, finderDrift, repairFinder } from '../../src/finder/finder-check.actions.js';
import { spokenMask } from '../../src/finder/finder-language.rules.js';
import { DeliveryMode } from '../../src/service/service.rules.js';
import { emptied } from '../match/finder-world.js';
import { testHub } from '../support/hub.js';

const hub = testHub('finder_index');
const NONE: Drift = { missing: 0, different: 0, superfluous: 0 };
const RIGHT = { cards: NONE, entries: NONE };

let server: pg.Client;
let other: pg.Client;
beforeAll(async () => {
  server = await connect(hub.database().hubApp);
  other = await connect(hub.database().hubApp);
});
afterAll(async () => {
  await server?.end();
  await other?.end();
});

async function begin(): Promise<void> {
  const world = await emptied(hub.owner());
  const home = await world.municipality('05334012', { latitude: 50.8, longitude: 6.2 });
  await world.municipality('05334002', { latitude: 50.7, longitude: 6.1 });
  const network = await world.network([home]);
  const sites = [{ latitude: 50.8, longitude: 6.2, features: { LIFT: 'YES', QUIET_ROOM: 'NO' } as never }];
  for (const own of [
    {},
    { sites, needs: ['debt'], languages: ['uk-UA', 'de'], categories: ['placement', 'job-coaching'] },
    { sites: [...sites, { latitude: 51, longitude: 6.5, isProtected: true }], areaKeys: ['05334', '05334012', '05'] },
    { deliveryModes: [DeliveryMode.ONLINE], areaKeys: [] },
  ])
    await world.service(network, own);
}

beforeEach(begin);

const drift = () => finderDrift(hub.owner());
const ONE = '(select id from service order by md5(id::text || $1) limit 1)';
const SOME = '(select id from service where hashtext(id::text || $1) % 2 = 0)';
const PLACE = '(select id from location order by md5(id::text || $1) limit 1)';

/** Whatever can be said to the directory, by anybody: which rows it touches follows from the number. */
const EDITS = [
  `update service set status = case status when 'ACTIVE' then 'CLOSED' else 'ACTIVE' end where id in ${SOME}`,
  `update service set languages = array['ar', 'EN-gb', left('ukx', length($1))], interpretation = not interpretation where id = ${ONE}`,
  `update service set confirmed_at = now(), minimum_age = length($1), intake_paused_until = '2030-01-01' where id = ${ONE}`,
  `update service set criteria = '[{"effect":"REQUIRES","needs":["debt","refugee"]},{"effect":"EXCLUDES","needs":["addiction"]},
     {"effect":"REQUIRES","needs":null,"text":"x"},{"effect":"REQUIRES","needs":[]}]', feedback_level = 'NONE' where id in ${SOME}`,
  `update service set instruments = '[{"instrument":"avgs","required":true}]', delivery_modes = '{OUTREACH}' where id = ${ONE}`,
  `insert into service_area select one, (array['05', '05334', '05334002', '05978'])[1 + length($1)] from ${ONE} as t (one) on conflict do nothing`,
  `delete from service_area where service_id in ${SOME}`,
  `update service_area set area_key = '06' where service_id = ${ONE} and area_key = '05'
     and service_id not in (select service_id from service_area where area_key = '06')`,
  `insert into service_category select id, 'debt-counselling' from service where id in ${SOME} on conflict do nothing`,
  `delete from service_category where service_id = ${ONE}`,
  `insert into service_need select one, 'refugee' from ${ONE} as t (one) on conflict do nothing`,
  `delete from service_need where service_id in ${SOME}`,
  `insert into service_location select one, place from ${ONE} as t (one), ${PLACE} as p (place) on conflict do nothing`,
  `delete from service_location where service_id = ${ONE}`,
  `update location set latitude = 50 + length($1), address_protected = not address_protected where id = ${PLACE}`,
  `update location set latitude = null where id = ${PLACE}`,
  `insert into accessibility_entry (location_id, feature, state) select place, 'SIGN_LANGUAGE', 'YES' from ${PLACE} as p (place) on conflict do nothing`,
  `delete from accessibility_entry where location_id = ${PLACE}`,
  `update partner set status = case status when 'ACTIVE' then 'ARCHIVED' else 'ACTIVE' end where hashtext(id::text || $1) % 2 = 0`,
  `update municipality set latitude = 50.9 + length($1) where key = '05334012' and $1 is not null`,
  `delete from service where id = ${ONE}`,
  `truncate service_need`,
];

test('after any edits the index is what the tables say', async () => {
  const edits = fc.array(fc.tuple(fc.constantFrom(...EDITS), fc.string({ maxLength: 3 })), {
    minLength: 8,
    maxLength: 10,
  });
  await fc.assert(
    fc.asyncProperty(edits, async steps => {
      await begin();
      for (const [text, salt] of steps) {
        await hub.owner().execute(text.replaceAll('$1', `'${salt.replace(/[^a-z0-9]/gi, 'x')}'`));
        expect(await drift(), text).toEqual(RIGHT);
      }
    }),
    { numRuns: 12 },
  );
});

test.each([
  ['in the index', 'exists', 'service_category', 'service_area'],
  ['in the index', 'exists', 'service_area', 'service_category'],
  ['not in it yet', 'not exists', 'service_category', 'service_area'],
  ['not in it yet', 'not exists', 'service_area', 'service_category'],
])('two who change parts of one service at once, %s, leave what both said', async (_case, has, first, second) => {
  const found = await hub
    .owner()
    .execute<{ id: string }[]>(
      `select s.id from service s where ${has} (select from service_area a where a.service_id = s.id) order by s.id limit 1`,
    );
  const { id } = found[0]!;
  const values = { service_category: 'debt-counselling', service_area: '05978' };
  const insert = (client: pg.Client, table: string) =>
    client.query(`insert into ${table} values ($1, $2)`, [id, values[table as keyof typeof values]]);
  await server.query('begin');
  await insert(server, first);
  await other.query('begin');
  const waits = insert(other, second).then(() => other.query('commit'));
  // The second waits for the first, or is done; either way it began before the first ended.
  await Promise.race([waits, server.query('select pg_sleep(0.05)')]);
  await server.query('commit');
  await waits;
  expect(await drift()).toEqual(RIGHT);
  const entry = `select 1 from finder_area where service_id = $1 and category_code = $2 and area_key = $3`;
  expect((await other.query(entry, [id, values.service_category, values.service_area])).rows).toHaveLength(1);
});

test('what was changed past the triggers is found and repaired', async () => {
  const em = hub.owner();
  await em.execute(
    `update finder_service set needs = '{refugee}' where service_id in (select service_id from service_need)`,
  );
  await em.execute(`delete from finder_area where category_code = 'placement'`);
  await em.execute(`update finder_area set north = 1 where area_key = '05334'`);
  await em.execute(
    `insert into finder_area select '09', category_code, service_id, network_id, 0, true from finder_area where area_key = '05334'`,
  );
  const found = {
    cards: { missing: 0, different: 1, superfluous: 0 },
    entries: { missing: 1, different: 1, superfluous: 1 },
  };
  expect(await drift()).toEqual(found);
  expect(await repairFinder(hub.owner())).toEqual(found);
  expect(await drift()).toEqual(RIGHT);
});

test('the program tells the bit of a language as the database does', async () => {
  for (const tag of ['de', 'uk', 'uk-UA', 'ZH-Hant', 'gsg', 'ar', 'tlh'])
    expect(await hub.owner().execute('select finder_language_mask(array[?], false)::text as mask', [tag])).toEqual([
      { mask: String(spokenMask([tag])) },
    ]);
});

test('sees in little time that nothing changed in many services, whatever its connection changed before', async () => {
  await hub.owner().execute(
    `insert into service select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid()))).*
     from service s, generate_series(1, 500)`,
  );
  const untold = await connect(hub.database().superuser);
  await untold.query('set session_replication_role = replica');
  const took = async (client: pg.Client): Promise<number> => {
    const start = performance.now();
    await client.query('update service set version = version');
    return performance.now() - start;
  };
  const withoutTriggers = await took(untold).finally(() => untold.end());
  await server.query('update service set version = version where id = (select id from service limit 1)');
  expect(await took(server)).toBeLessThan(10 * withoutTriggers + 100);
});
