import type { EntityManager } from '@mikro-orm/postgresql';
import { expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { asSystem } from '../../src/shared/as-system.js';
import { hangRows } from '../support/hanging-rows.js';
import { testHub } from '../support/hub.js';
import { CASE_TABLES, PERSONAL_TABLES } from '../support/rows.js';

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
    funding_decision: await count('funding_decision', 'client_case_id', clientCase.id),
    referral: await count('referral', 'id', referral.id),
    referral_disclosure: await count('referral_disclosure', 'referral_id', referral.id),
    referral_event: await count('referral_event', 'referral_id', referral.id),
    referral_appointment: await count('referral_appointment', 'referral_id', referral.id),
    referral_follow_up: await count('referral_follow_up', 'referral_id', referral.id),
    referral_message: await count('referral_message', 'referral_id', referral.id),
    referral_notice: await count('referral_notice', 'referral_id', referral.id),
    referral_question: await count('referral_question', 'referral_id', referral.id),
  };
}

/** One row of each of these, and none of the others. */
const only = (...tables: readonly Table[]): Record<Table, number> =>
  Object.fromEntries(CASE_TABLES.map(table => [table, Number(tables.includes(table))])) as Record<Table, number>;

const NONE = only();
const ALL = only(...CASE_TABLES);
const DRAFT_OF_CASE = only('client_case', 'client_case_health', 'consent', 'referral', 'referral_disclosure');
/** What tells of the referral, and nothing of the client. */
const STUB = ['referral', 'referral_event', 'referral_appointment'] as const;
const TO_PARTNER = only(...STUB, 'referral_disclosure', 'referral_question', 'referral_message', 'funding_decision');
// Follow-ups for the measure of the network, of which only counts are told.
const TO_COORDINATOR = only(...STUB, 'referral_follow_up');

/** A referral that was sent, with one row in every table. */
async function sentWorld(): Promise<World> {
  const world = await hub.given({ status: SENT });
  await hangRows(hub.owner(), world, hub.now());
  return world;
}

test.each([
  ['caseworker', DRAFT_OF_CASE, ALL],
  ['deputy', DRAFT_OF_CASE, ALL],
  ['partner', NONE, TO_PARTNER],
  ['coordinator', NONE, TO_COORDINATOR],
  ['colleague', NONE, NONE],
  ['foreigner', NONE, NONE],
  ['stranger', NONE, NONE],
  ['foreignCoordinator', NONE, NONE],
  ['auditor', NONE, NONE],
  ['admin', NONE, NONE],
  ['unknown', NONE, NONE],
  ['anonymous', NONE, NONE],
] as const)('in SQL the %s gets exactly these rows of a draft, and once it is sent', async (who, draft, sent) => {
  const drafted = await hub.given({ status: DRAFT });
  expect(await rowsFor(hub.inDatabase(drafted[who]), drafted)).toEqual(draft);
  const world = await sentWorld();
  expect(await rowsFor(hub.inDatabase(world[who]), world)).toEqual(sent);
});

test('who was on the case, and is no caseworker any more, is not on it', async () => {
  const world = await sentWorld();
  const { caseworker, coordinator, partner } = world;
  for (const [memberships, seen] of [
    [coordinator.memberships, TO_COORDINATOR],
    [partner.memberships, TO_PARTNER],
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
  const world = await sentWorld();
  const outsiders = [world.foreigner, world.foreignCoordinator, world.auditor, world.unknown, world.anonymous];
  const owner = hub.owner();
  for (const table of CASE_TABLES) await owner.execute(`create policy careless on ${table} using (true)`);
  try {
    for (const viewer of outsiders) expect(await rowsFor(hub.inDatabase(viewer), world)).toEqual(NONE);
    expect(await rowsFor(hub.nobody(), world)).toEqual(NONE);
    // The careless policy does let through inside the network: otherwise this would test nothing.
    expect(await rowsFor(hub.inDatabase(world.colleague), world)).toEqual(ALL);
  } finally {
    for (const table of CASE_TABLES) await owner.execute(`drop policy careless on ${table}`);
  }
});

test.each(CASE_TABLES)('no row of %s moves to another network', async table => {
  const { caseworker, elsewhere } = await sentWorld();
  const move = hub.inDatabase(caseworker).execute(`update ${table} set network_id = ?`, [elsewhere.id]);
  // Events and notices are not even changed: what happened has happened.
  const fixed = table === 'referral_event' || table === 'referral_notice';
  await expect(move).rejects.toThrow(fixed ? 'permission denied' : 'row-level security');
});

test('no row moves to another network that the viewer belongs to as well', async () => {
  const { caseworker, elsewhere, clientCase, referral } = await sentWorld();
  const memberships = [...caseworker.memberships, { ...caseworker.memberships[0]!, networkId: elsewhere.id }];
  const both = { ...caseworker, memberships };
  for (const [table, column, id] of [
    ['client_case', 'id', clientCase.id],
    ['client_case_health', 'client_case_id', clientCase.id],
    ['consent', 'client_case_id', clientCase.id],
    ['funding_decision', 'client_case_id', clientCase.id],
    ['referral', 'id', referral.id],
    ['referral_disclosure', 'referral_id', referral.id],
    ['referral_message', 'referral_id', referral.id],
    ['referral_follow_up', 'referral_id', referral.id],
    ['referral_appointment', 'referral_id', referral.id],
  ]) {
    const move = hub
      .inDatabase(both)
      .execute(`update ${table} set network_id = ? where ${column} = ?`, [elsewhere.id, id]);
    await expect(move, table).rejects.toThrow(/foreign key/);
  }
});

test('no decision goes with the referral of another case', async () => {
  const { caseworker, clientCase, referrals } = await hub.given({ status: SENT, referrals: 2 });
  const decide = (referral: string) =>
    hub.inDatabase(caseworker).execute(
      `insert into funding_decision (network_id, client_case_id, instrument_code, form, decided_on, valid_from, regions, referral_id, disclosed)
       select network_id, id, 'sgb2-16d', 'ASSIGNMENT', '2026-01-01', '2026-01-01', '{}', ?, true from client_case where id = ?`,
      [referral, clientCase.id],
    );
  await decide(referrals[0]!.id);
  await expect(decide(referrals[1]!.id)).rejects.toThrow('funding_decision_referral_same_case');
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

test('hub_app owns nothing, and every case table, what counts cases and every personal table is under forced policies', async () => {
  const forced = await hub
    .nobody()
    .execute<{ relname: string }[]>(
      'select relname from pg_class where relrowsecurity and relforcerowsecurity order by 1',
    );
  expect(forced.map(one => one.relname)).toEqual(expect.arrayContaining([...CASE_TABLES, ...PERSONAL_TABLES]));
  const [role] = await hub.nobody().execute(`
    select rolsuper or rolbypassrls or rolcreaterole as mighty,
      (select count(*)::int from pg_class where relowner = r.oid) as owned
    from pg_roles r where rolname = current_user`);
  expect(role).toEqual({ mighty: false, owned: 0 });
});
