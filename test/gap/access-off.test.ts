import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testHub } from '../support/hub.js';
import { take } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';
import { askRegister, edit } from './register.js';

// The first wall is taken away: every filter lets everything through.
vi.mock('../../src/gap/gap.access.js', async () => {
  const { sql } = await import('../../src/shared/sql.js');
  return { mayReadRegister: () => true, inOwnRegister: () => sql`true` };
});

const hub = testHub('gap_walls');
const EVERYBODY_ELSE = [
  'caseworker',
  'deputy',
  'colleague',
  'partner',
  'stranger',
  'foreigner',
  'foreignCoordinator',
  'auditor',
  'admin',
  'unknown',
  'anonymous',
] as const;

let world: Awaited<ReturnType<typeof hub.given>>;
beforeAll(async () => {
  world = await hub.given();
  await take(hub, world.partner, 'DECLINE', world.referral.id);
});
afterAll(() => hub.owner().execute('drop policy if exists careless on gap'));

const gapsIn = (who: 'coordinator' | (typeof EVERYBODY_ELSE)[number]): Promise<{ id: string }[]> =>
  hub.inDatabase(world[who]).execute('select id from gap');

test('in SQL the coordinator alone gets the register', async () => {
  expect(await gapsIn('coordinator')).toHaveLength(1);
  for (const who of EVERYBODY_ELSE) expect({ who, gaps: await gapsIn(who) }).toEqual({ who, gaps: [] });
  expect(await hub.nobody().execute('select id from gap')).toEqual([]);
});

test('the database alone keeps the coordinator of another network from it', async () => {
  const [gap] = await gapsIn('coordinator');
  const { data } = await askRegister(hub, world.foreignCoordinator, world.network);
  expect(data.gaps).toMatchObject({ nodes: [], totalCount: 0 });
  const before = await everyRow(hub.owner());
  const { userErrors } = await edit(hub, world.foreignCoordinator, gap!.id, { note: 'x' });
  expect(userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  for (const who of EVERYBODY_ELSE) {
    const em = hub.inDatabase(world[who]);
    await em.execute(`update gap set note = 'x'`);
    const insert = em.execute(
      `insert into gap (network_id, municipality_key, category_code, reason, month, withheld_in)
       values (?, ?, 'placement', 'NO_SERVICE', '2026-01-01', '2026-01-01')`,
      [world.network.id, world.home.key],
    );
    await expect(insert).rejects.toThrow('row-level security');
    await expect(em.execute('delete from gap')).rejects.toThrow('permission denied');
  }
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('the wall between networks stands, whatever other policies allow', async () => {
  await hub.owner().execute('create policy careless on gap using (true)');
  for (const who of ['foreigner', 'foreignCoordinator', 'auditor', 'anonymous'] as const)
    expect(await gapsIn(who)).toEqual([]);
  // The careless policy does let through inside the network: otherwise this would test nothing.
  expect(await gapsIn('caseworker')).toHaveLength(1);
});

test('no gap moves to another network', async () => {
  const move = hub.inDatabase(world.coordinator).execute('update gap set network_id = ?', [world.elsewhere.id]);
  await expect(move).rejects.toThrow('row-level security');
});
