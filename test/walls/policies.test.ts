import type { EntityManager } from '@mikro-orm/postgresql';
import { expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { asSystem } from '../../src/shared/as-system.js';
import { testHub } from '../support/hub.js';
import { take } from '../support/referral-steps.js';
import { CASE_TABLES } from '../support/rows.js';

const hub = testHub('walls_policies');

const { DRAFT, SENT } = ReferralStatus;

type World = Awaited<ReturnType<typeof hub.given>>;
type Table = (typeof CASE_TABLES)[number];

/** Rows of the world's one case, per table, that such an entity manager of hub_app gets. */
async function rowsFor(em: EntityManager, { clientCase, referral }: World): Promise<Record<Table, number>> {
  const count = async (table: Table, column: string, id: string) =>
    (await em.execute(`select * from ${table} where ${column} = ?`, [id])).length;
  return {
    client_case: await count('client_case', 'id', clientCase.id),
    client_case_health: await count('client_case_health', 'client_case_id', clientCase.id),
    consent: await count('consent', 'client_case_id', clientCase.id),
    referral: await count('referral', 'id', referral.id),
    referral_disclosure: await count('referral_disclosure', 'referral_id', referral.id),
    referral_event: await count('referral_event', 'referral_id', referral.id),
    referral_question: await count('referral_question', 'referral_id', referral.id),
    referral_notice: await count('referral_notice', 'referral_id', referral.id),
  };
}

const rows = (ofCase: number, referral: number, disclosure: number, events: number): Record<Table, number> => ({
  client_case: ofCase,
  client_case_health: ofCase,
  consent: ofCase,
  referral,
  referral_disclosure: disclosure,
  referral_event: events,
  referral_question: 0,
  referral_notice: 0,
});

const NONE = rows(0, 0, 0, 0);

test.each([
  ['caseworker', rows(1, 1, 1, 0), rows(1, 1, 1, 1)],
  ['deputy', rows(1, 1, 1, 0), rows(1, 1, 1, 1)],
  ['partner', NONE, rows(0, 1, 1, 1)],
  ['coordinator', NONE, rows(0, 1, 0, 1)],
  ['colleague', NONE, NONE],
  ['foreigner', NONE, NONE],
  ['stranger', NONE, NONE],
  ['foreignCoordinator', NONE, NONE],
  ['auditor', NONE, NONE],
  ['admin', NONE, NONE],
  ['unknown', NONE, NONE],
  ['anonymous', NONE, NONE],
] as const)('in SQL the %s gets exactly these rows of a draft, and once it is sent', async (who, draft, sent) => {
  const world = await hub.given({ status: DRAFT });
  expect(await rowsFor(hub.inDatabase(world[who]), world)).toEqual(draft);
  await take(hub, world.caseworker, 'SEND', world.referral.id);
  expect(await rowsFor(hub.inDatabase(world[who]), world)).toEqual(sent);
});

test('who was on the case, and is no caseworker any more, is not on it', async () => {
  const world = await hub.given({ status: DRAFT });
  const { caseworker, coordinator, partner, referral } = world;
  await take(hub, caseworker, 'SEND', referral.id);
  for (const [memberships, seen] of [
    [coordinator.memberships, rows(0, 1, 0, 1)],
    [partner.memberships, rows(0, 1, 1, 1)],
    [[], NONE],
  ] as const)
    expect(await rowsFor(hub.inDatabase({ ...caseworker, memberships }), world)).toEqual(seen);
});

test('without a viewer the database shows nothing, also on a connection that has served one', async () => {
  const { partner } = await hub.given();
  await hub.inDatabase(partner).execute('select 1'); // leaves '' in the connection's variables, where there was null
  for (const table of CASE_TABLES) expect(await hub.nobody().execute(`select * from ${table}`)).toEqual([]);
});

test('the wall between networks stands, whatever other policies allow', async () => {
  const world = await hub.given();
  const outsiders = [world.foreigner, world.foreignCoordinator, world.auditor, world.unknown, world.anonymous];
  const owner = hub.owner();
  for (const table of CASE_TABLES) await owner.execute(`create policy careless on ${table} using (true)`);
  try {
    for (const viewer of outsiders) expect(await rowsFor(hub.inDatabase(viewer), world)).toEqual(NONE);
    expect(await rowsFor(hub.nobody(), world)).toEqual(NONE);
    // The careless policy does let through inside the network: otherwise this would test nothing.
    expect(await rowsFor(hub.inDatabase(world.colleague), world)).toEqual(rows(1, 1, 1, 0));
  } finally {
    for (const table of CASE_TABLES) await owner.execute(`drop policy careless on ${table}`);
  }
});

test.each(CASE_TABLES)('no row of %s moves to another network', async table => {
  const { caseworker, elsewhere, referral } = await hub.given({ status: DRAFT });
  await take(hub, caseworker, 'SEND', referral.id);
  const move = hub.inDatabase(caseworker).execute(`update ${table} set network_id = ?`, [elsewhere.id]);
  // Events are not even changed: what happened has happened.
  await expect(move).rejects.toThrow(table === 'referral_event' ? 'permission denied' : 'row-level security');
});

test('no row moves to another network that the viewer belongs to as well', async () => {
  const { caseworker, elsewhere, clientCase, referral } = await hub.given({ status: DRAFT });
  await take(hub, caseworker, 'SEND', referral.id);
  const memberships = [...caseworker.memberships, { ...caseworker.memberships[0]!, networkId: elsewhere.id }];
  const both = { ...caseworker, memberships };
  for (const [table, column, id] of [
    ['client_case', 'id', clientCase.id],
    ['client_case_health', 'client_case_id', clientCase.id],
    ['consent', 'client_case_id', clientCase.id],
    ['referral', 'id', referral.id],
    ['referral_disclosure', 'referral_id', referral.id],
  ]) {
    const move = hub
      .inDatabase(both)
      .execute(`update ${table} set network_id = ? where ${column} = ?`, [elsewhere.id, id]);
    await expect(move, table).rejects.toThrow(/foreign key/);
  }
});

test('nobody inserts or deletes rows of a case that is not theirs', async () => {
  const { foreigner, colleague, partner, clientCase, service, network, home } = await hub.given();
  const insert = (viewer: typeof foreigner) =>
    hub.inDatabase(viewer).execute(
      `insert into consent (network_id, client_case_id, service_id, given_on, valid_until, created_at, revision)
       values (?, ?, ?, '2026-01-01', '2099-01-01', now(), 1)`,
      [network.id, clientCase.id, service.id],
    );
  for (const viewer of [foreigner, colleague, partner])
    await expect(insert(viewer)).rejects.toThrow('row-level security');
  const open = hub.inDatabase(foreigner).execute(
    `insert into client_case (network_id, reference, municipality_key, languages, assigned_to_id, created_at, version)
     values (?, 'F-X', ?, '{}', ?, now(), 1)`,
    [network.id, home.key, foreigner.accountId],
  );
  await expect(open).rejects.toThrow('row-level security');
  for (const viewer of [foreigner, colleague, partner]) {
    const gone = hub.inDatabase(viewer).execute('delete from client_case where id = ?', [clientCase.id]);
    await expect(gone).rejects.toThrow('permission denied');
  }
  expect(await hub.owner().execute('select id from client_case where id = ?', [clientCase.id])).toHaveLength(1);
});

test('the partner gets the disclosure until the moment it ends, by the clock of the request', async () => {
  const start = new Date('2026-03-04T09:00:00Z');
  hub.setNow(start);
  try {
    const world = await hub.given({ status: SENT });
    const { partner, caseworker, referral } = world;
    const ends = new Date('2026-03-05T09:00:00Z');
    await hub
      .owner()
      .execute('update referral_disclosure set readable_until = ? where referral_id = ?', [ends, referral.id]);
    const seen = async (viewer: typeof partner, at: number) => {
      hub.setNow(new Date(at));
      return (await rowsFor(hub.inDatabase(viewer), world)).referral_disclosure;
    };
    expect(await seen(partner, ends.getTime() - 1)).toBe(1);
    expect(await seen(partner, ends.getTime())).toBe(0);
    expect(await seen(caseworker, ends.getTime())).toBe(1);
  } finally {
    hub.setNow(undefined);
  }
});

test('the hub’s own effects see past the walls for their own length, and no longer', async () => {
  const { foreigner, referral } = await hub.given();
  const em = hub.inDatabase(foreigner);
  const seen = async (tx: EntityManager) =>
    (await tx.execute('select id from referral where id = ?', [referral.id])).length;
  await em.transactional(async tx => {
    expect(await seen(tx)).toBe(0);
    expect(await asSystem(tx, () => seen(tx))).toBe(1);
    expect(await seen(tx)).toBe(0);
  });
  await em.transactional(tx => asSystem(tx, () => seen(tx)));
  expect(await seen(hub.inDatabase(foreigner))).toBe(0);
  expect(await seen(hub.nobody())).toBe(0);
});

test('hub_app owns nothing, and every case table is under forced policies', async () => {
  const forced = await hub
    .nobody()
    .execute<{ relname: string }[]>(
      'select relname from pg_class where relrowsecurity and relforcerowsecurity order by 1',
    );
  expect(forced.map(one => one.relname)).toEqual([...CASE_TABLES].sort());
  const [role] = await hub.nobody().execute(`
    select rolsuper or rolbypassrls or rolcreaterole as mighty,
      (select count(*)::int from pg_class where relowner = r.oid) as owned
    from pg_roles r where rolname = current_user`);
  expect(role).toEqual({ mighty: false, owned: 0 });
});

test('only the walls that are meant to be there widen what is seen', async () => {
  const policies = await hub
    .owner()
    .execute<{ policy: string }[]>(
      `select tablename || ': ' || policyname || ' ' || lower(permissive) as policy from pg_policies order by 1`,
    );
  expect(policies.map(one => one.policy)).toEqual([
    'client_case: network_wall restrictive',
    'client_case: on_case permissive',
    'client_case: system permissive',
    'client_case_health: network_wall restrictive',
    'client_case_health: on_case permissive',
    'client_case_health: system permissive',
    'consent: network_wall restrictive',
    'consent: on_case permissive',
    'consent: system permissive',
    'referral: addressed permissive',
    'referral: coordinated permissive',
    'referral: network_wall restrictive',
    'referral: on_case permissive',
    'referral: system permissive',
    'referral_disclosure: disclosed permissive',
    'referral_disclosure: network_wall restrictive',
    'referral_disclosure: on_case permissive',
    'referral_disclosure: system permissive',
    'referral_event: network_wall restrictive',
    'referral_event: of_referral permissive',
    'referral_event: system permissive',
  ]);
});
