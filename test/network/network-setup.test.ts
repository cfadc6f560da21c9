import { beforeEach, expect, test } from 'vitest';
import { withOwner } from '../../src/database/owner.js';
import { type NetworkWish, setUpNetwork } from '../../src/network/network-setup.actions.js';
import { systemSession } from '../../src/shared/policies.js';
import { StartFault } from '../../src/shared/start-fault.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('network_setup');
const NOTHING = { municipalities: [], districts: [], removed: [] };

/** As the role that owns the database, like the command. */
const setUp = (wish: Partial<NetworkWish> & { slug: string }) =>
  withOwner(hub.database().owner, orm =>
    setUpNetwork(orm.em.fork({ session: systemSession(hub.now()) }), { ...NOTHING, ...wish }),
  );

const networks = () =>
  hub.owner().execute(
    `select slug, name, array(select municipality_key from network_municipality where network_id = n.id order by 1) as keys
     from network n order by slug`,
  );

beforeEach(async () => {
  await hub.owner().execute('truncate network, municipality cascade');
  const at = directory(hub.owner());
  for (const key of ['05334002', '05334004', '05334008', '05978004']) await at.municipality(key, `Ort ${key}`);
});

test('a new network has the municipalities that are named, and those of a district', async () => {
  const wish = { slug: 'west', name: 'Netzwerk West', municipalities: ['05978004'], districts: ['05334'] };
  expect(await setUp(wish)).toEqual({
    created: true,
    renamed: false,
    added: 4,
    removed: 0,
    municipalities: 4,
    shared: [],
  });
  expect(await networks()).toEqual([
    { slug: 'west', name: 'Netzwerk West', keys: ['05334002', '05334004', '05334008', '05978004'] },
  ]);
  expect(await setUp(wish)).toMatchObject({ created: false, renamed: false, added: 0, removed: 0, municipalities: 4 });
});

test('name and municipalities change; what is not named stays', async () => {
  await setUp({ slug: 'west', name: 'West', municipalities: ['05334002'] });
  await setUp({ slug: 'ost', name: 'Ost', municipalities: ['05978004'] });
  expect(await setUp({ slug: 'west', name: 'Weit im Westen' })).toMatchObject({ renamed: true, added: 0 });
  expect(await setUp({ slug: 'west', municipalities: ['05978004'], removed: ['05334002'] })).toMatchObject({
    added: 1,
    removed: 1,
    municipalities: 1,
    shared: [{ slug: 'ost', count: 1 }],
  });
  expect(await networks()).toEqual([
    { slug: 'ost', name: 'Ost', keys: ['05978004'] },
    { slug: 'west', name: 'Weit im Westen', keys: ['05978004'] },
  ]);
  expect(await setUp({ slug: 'west', districts: ['05334'], removed: ['05334004'] })).toMatchObject({ added: 2 });
});

test.each<[string, Partial<NetworkWish> & { slug: string }, RegExp]>([
  ['a new one without a name', { slug: 'neu' }, /--name/],
  ['an unknown municipality', { slug: 'west', municipalities: ['05334002', '05334999'] }, /05334999.*import/],
  ['an unknown municipality to remove', { slug: 'west', removed: ['05334999'] }, /05334999/],
  ['an unknown district', { slug: 'west', name: 'Neu', districts: ['05999'] }, /05999.*import/],
  ['both ways at once', { slug: 'west', municipalities: ['05334002'], removed: ['05334002'] }, /at once/],
])('%s is refused, and nothing is changed', async (_, wish, words) => {
  await setUp({ slug: 'west', name: 'West', municipalities: ['05334004'] });
  const before = await networks();
  await expect(setUp(wish)).rejects.toThrow(expect.objectContaining({ message: expect.stringMatching(words) }));
  await expect(setUp(wish)).rejects.toBeInstanceOf(StartFault);
  expect(await networks()).toEqual(before);
});

test('a municipality in which cases of the network live is never taken away', async () => {
  const { network, home } = await hub.given();
  await hub.owner().execute(`update client_case set status = 'CLOSED' where network_id = ?`, [network.id]);
  const before = await networks();
  await expect(setUp({ slug: network.slug, name: 'Neu', removed: [home.key] })).rejects.toThrow(
    new RegExp(`Cases of the network live there.*${home.key} .*\\(\\d+\\)`),
  );
  expect(await networks()).toEqual(before);
});

test('of two that make the same network at once the second one finds it', async () => {
  const outcomes = await Promise.all([1, 2, 3].map(() => setUp({ slug: 'west', name: 'West', districts: ['05334'] })));
  expect(outcomes.map(({ created }) => created).sort()).toEqual([false, false, true]);
  expect(outcomes.map(({ added }) => added).sort()).toEqual([0, 0, 3]);
});
