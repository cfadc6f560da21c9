import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OPEN, ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { addDays } from '../../src/shared/calendar.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { type Step, take, look as view } from '../support/referral-steps.js';
import { look, wholeInbox } from './support.js';

const hub = testHub('coordinator_inbox');

const START = new Date('2026-03-04T09:00:00.000Z');
const later = (days: number): Date => addDays(START, days);

beforeEach(() => hub.setNow(START));
afterEach(() => hub.setNow(undefined));

const { DRAFT } = ReferralStatus;
const { NONE, RECEIVED_ONLY, STATUS, STATUS_AND_OUTCOME } = FeedbackLevel;
type World = Awaited<ReturnType<typeof hub.given>>;

const inboxOf = (viewer: Viewer, args = '') => look(hub, viewer, 'coordinatorInbox', args);

/** A coordinator who works on the case as well. */
const onCase = ({ caseworker, coordinator }: World): Viewer => ({
  ...caseworker,
  memberships: [...caseworker.memberships, ...coordinator.memberships],
});

async function sent(level: FeedbackLevel = STATUS): Promise<World> {
  const world = await hub.given({ status: DRAFT, level, total: 9 });
  await take(hub, world.caseworker, 'SEND', world.referral.id);
  return world;
}

async function passTo(days: number): Promise<void> {
  hub.setNow(later(days));
  await hub.runClock();
}

test('follow-ups that nobody answers lie there until somebody does, the oldest first', async () => {
  const world = await hub.given({ status: DRAFT, level: STATUS_AND_OUTCOME, referrals: 2, total: 9 });
  const { caseworker, partner, coordinator } = world;
  const ids = world.referrals.map(one => one.id) as [string, string];
  for (const [i, id] of ids.entries()) {
    hub.setNow(later(i));
    await take(hub, caseworker, 'SEND', id);
    for (const step of ['ACCEPT', 'START'] as const) await take(hub, partner, step, id);
    await take(hub, partner, 'COMPLETE', id, { outcome: 'EMPLOYED' });
  }
  const both = onCase(world);
  // Due on the fourth of June: twenty working days later it is the coordination's turn.
  await passTo(92);
  expect([await inboxOf(coordinator), (await look(hub, caseworker, 'caseworkerInbox'))!.followUps]).toEqual([
    {},
    [ids[0]],
  ]);
  for (const days of [93, 94, 125]) await passTo(days);
  expect(await inboxOf(coordinator)).toEqual({ followUps: ids });
  expect((await inboxOf(both))!.followUps).toEqual(ids);
  expect(await inboxOf(world.foreignCoordinator)).toEqual({});
  const ASKED = 'query ($id: ID!) { referral(id: $id) { followUps { id } } }';
  const RECORD = `mutation ($id: ID!) { referralFollowUpRecord(id: $id, input: { stillEmployed: true }) { userErrors { code } } }`;
  const { data } = await hub.as(caseworker, ASKED, { id: ids[0] });
  const recorded = await hub.as(caseworker, RECORD, { id: data.referral.followUps[0].id });
  expect(recorded.data.referralFollowUpRecord.userErrors).toEqual([]);
  expect((await inboxOf(coordinator))!.followUps).toEqual([ids[1]]);
  // The second question of the first comes later; half a year after they were due nobody asks any more.
  for (let days = 126; days < 230; days += 4) await passTo(days);
  expect((await inboxOf(coordinator))!.followUps).toEqual([ids[1], ids[0]]);
  hub.setNow(later(92 + 183));
  expect((await inboxOf(coordinator))!.followUps).toEqual([ids[0], ids[1]]);
  hub.setNow(later(184 + 184));
  expect((await inboxOf(coordinator))!.followUps).toBeUndefined();
});

describe('escalations', () => {
  test('lie there until the next step, urgent ones first, then the oldest', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 3, total: 9 });
    const { caseworker, partner, coordinator } = world;
    const ids = world.referrals.map(one => one.id) as [string, string, string];
    await hub.owner().execute('update referral set urgent = true where id = ?', [ids[2]]);
    for (const i of [1, 0, 2]) {
      hub.setNow(later(i));
      await take(hub, caseworker, 'SEND', ids[i]!);
    }
    for (let days = 3; days < 17; days++) await passTo(days);
    const { escalations } = (await inboxOf(coordinator))!;
    // The urgent one expired after seven days: it was escalated, and is over.
    expect(escalations).toEqual([ids[0], ids[1]]);
    expect(await view(hub, coordinator, ids[0])).toMatchObject({ waitingFor: 'COORDINATOR' });
    await take(hub, partner, 'ACKNOWLEDGE', ids[0]);
    expect((await inboxOf(coordinator))!.escalations).toEqual([ids[1]]);
    await take(hub, partner, 'DECLINE', ids[1]);
    expect(await inboxOf(coordinator)).toEqual({});
  });

  test('an urgent one goes before an older one', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 2, total: 9 });
    const [usual, urgent] = world.referrals.map(one => one.id) as [string, string];
    await hub.owner().execute('update referral set urgent = true where id = ?', [urgent]);
    for (const id of [usual, urgent]) await take(hub, world.caseworker, 'SEND', id);
    await hub.owner().execute('update referral set escalated_at = ? where id = ?', [later(1), usual]);
    await hub.owner().execute('update referral set escalated_at = ? where id = ?', [later(2), urgent]);
    expect(await inboxOf(world.coordinator)).toEqual({ escalations: [urgent, usual] });
  });

  test.each<[FeedbackLevel, Step[], boolean]>([
    [NONE, [], false],
    [RECEIVED_ONLY, [], true],
    [RECEIVED_ONLY, ['ACCEPT'], false],
    [STATUS, ['ACCEPT'], true],
    [STATUS_AND_OUTCOME, ['ACCEPT', 'SCHEDULE'], true],
  ])('of her own case, at level %s after %j: %j', async (level, steps, shown) => {
    const world = await sent(level);
    const { coordinator, partner, deputy, referral } = world;
    for (const step of steps) await take(hub, partner, step, referral.id);
    const before = JSON.stringify(await hub.as(onCase(world), wholeInbox('coordinatorInbox')));
    for (let days = 1; days < 34; days++) {
      await passTo(days);
      if ((await inboxOf(coordinator))!.escalations) break;
    }
    expect((await inboxOf(coordinator))!.escalations).toEqual([referral.id]);
    expect((await inboxOf(onCase(world)))!.escalations ?? []).toEqual(shown ? [referral.id] : []);
    if (!shown) expect(JSON.stringify(await hub.as(onCase(world), wholeInbox('coordinatorInbox')))).toBe(before);
    // What she sees of the referral says the same.
    expect((await view(hub, onCase(world), referral.id)).escalatedAt !== null).toBe(shown);
    expect(await inboxOf(deputy)).toBeNull();
  });

  test('of her own case that went to a partner that she edits: she sees as the partner', async () => {
    const world = await sent(NONE);
    const all = onCase(world);
    const memberships = [...all.memberships, ...world.partner.memberships];
    for (let days = 1; days < 20; days++) await passTo(days);
    expect((await inboxOf({ ...all, memberships }))!.escalations).toEqual([world.referral.id]);
  });
});

describe('without movement', () => {
  test.each(Object.values(ReferralStatus))('%s', async status => {
    const { coordinator, referral } = await hub.given({ status });
    const underWay = status === 'IN_PROGRESS' || status === 'ON_HOLD';
    const days = underWay ? 180 : 30;
    const from = addDays(referral.updatedAt, days);
    hub.setNow(from);
    expect(await inboxOf(coordinator)).toEqual({});
    hub.setNow(new Date(from.getTime() + 1));
    expect(await inboxOf(coordinator)).toEqual(OPEN.includes(status) ? { withoutMovement: [referral.id] } : {});
  });

  test('on her own case only where she would see it move', async () => {
    for (const [level, steps, shown] of [
      [NONE, [], false],
      [RECEIVED_ONLY, ['ACKNOWLEDGE'], true],
      [RECEIVED_ONLY, ['ACCEPT'], false],
      [STATUS, ['ACCEPT'], true],
    ] as const) {
      hub.setNow(START);
      const world = await sent(level);
      for (const step of steps) await take(hub, world.partner, step, world.referral.id);
      hub.setNow(later(31));
      expect(await inboxOf(world.coordinator)).toEqual({ withoutMovement: [world.referral.id] });
      expect([level, await inboxOf(onCase(world))]).toEqual([
        level,
        shown ? { withoutMovement: [world.referral.id] } : {},
      ]);
    }
  });
});

test('a no-show that the level hides from the caseworker moves nothing for a coordinator on the case', async () => {
  const world = await sent(STATUS);
  const { coordinator, partner, referral } = world;
  await take(hub, partner, 'ACCEPT', referral.id);
  await take(hub, partner, 'SCHEDULE', referral.id, { at: later(5).toISOString() });
  hub.setNow(later(31));
  const everything = async () => JSON.stringify(await hub.as(onCase(world), wholeInbox('coordinatorInbox')));
  const before = await everything();
  expect(await inboxOf(onCase(world))).toEqual({ withoutMovement: [referral.id] });
  const missed = 'mutation ($id: ID!) { answer: referralNoShow(id: $id) { userErrors { code } } }';
  expect((await hub.as(partner, missed, { id: referral.id })).data.answer.userErrors).toEqual([]);
  expect(await inboxOf(coordinator)).toEqual({});
  expect(await everything()).toBe(before);
});

test('gaps for which nothing is planned', async () => {
  const world = await sent();
  const numbers = async (viewer: Viewer, args = '') =>
    (await hub.as(viewer, `{ coordinatorInbox${args} { openGaps } }`)).data.coordinatorInbox;
  expect(await numbers(world.coordinator)).toEqual({ openGaps: 0 });
  await take(hub, world.partner, 'DECLINE', world.referral.id, { reason: 'NO_CAPACITY' });
  expect(await numbers(world.coordinator)).toEqual({ openGaps: 1 });
  expect(await numbers(world.coordinator, `(network: "${world.network.slug}")`)).toEqual({ openGaps: 1 });
  expect(await numbers(world.foreignCoordinator)).toEqual({ openGaps: 0 });
  await hub.owner().execute(`update gap set status = 'PLANNED' where network_id = ?`, [world.network.id]);
  expect(await numbers(world.coordinator)).toEqual({ openGaps: 0 });
});

describe('whose inbox', () => {
  test('of one network, of all that she coordinates, and of no other', async () => {
    const worlds = [await sent(), await sent()] as const;
    const memberships = worlds.flatMap(world => world.coordinator.memberships);
    const both = { ...worlds[0].coordinator, accountId: null, memberships };
    hub.setNow(later(31));
    const ids = worlds.map(world => world.referral.id);
    expect((await inboxOf(both))!.withoutMovement!.sort()).toEqual([...ids].sort());
    for (const [i, world] of worlds.entries())
      expect(await inboxOf(both, `(network: "${world.network.slug}")`)).toEqual({ withoutMovement: [ids[i]] });
    for (const none of [worlds[0].elsewhere.slug, 'nowhere', '', "' or true --"])
      expect(await inboxOf(both, `(network: "${none}")`)).toBeNull();
    const { data } = await hub.as(both, '{ coordinatorInbox { networks { id } } }');
    expect(data.coordinatorInbox.networks.map((one: { id: string }) => one.id).sort()).toEqual(
      worlds.map(world => world.network.id).sort(),
    );
  });

  test('there is none for whoever coordinates nothing, and a foreign one is empty', async () => {
    const world = await sent();
    hub.setNow(later(31));
    for (const who of ['caseworker', 'partner', 'foreigner', 'auditor', 'admin', 'unknown'] as const)
      for (const args of ['', `(network: "${world.network.slug}")`])
        expect([who, await inboxOf(world[who], args)]).toEqual([who, null]);
    expect(await inboxOf(world.foreignCoordinator)).toEqual({});
    expect(await inboxOf(world.foreignCoordinator, `(network: "${world.network.slug}")`)).toBeNull();
    expect((await hub.as(world.anonymous, '{ coordinatorInbox { networks { id } } }')).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  test('nothing in it tells of the client', async () => {
    const world = await sent();
    hub.setNow(later(31));
    const node = 'id note client { pseudonym } clientCase { id }';
    const { data } = await hub.as(world.coordinator, wholeInbox('coordinatorInbox', '', node));
    expect(data.inbox.withoutMovement.referrals.nodes).toEqual([
      { id: world.referral.id, note: null, client: null, clientCase: null },
    ]);
  });
});

test('records that are old', async () => {
  const { coordinator, service, anker, brücke } = await hub.given();
  const numbers = async () =>
    (await hub.as(coordinator, '{ coordinatorInbox { staleServices stalePartners } }')).data.coordinatorInbox;
  const owner = hub.owner();
  await owner.execute('update partner set confirmed_at = ? where id in (?, ?)', [START, anker.id, brücke.id]);
  expect(await numbers()).toEqual({ staleServices: 0, stalePartners: 0 });
  hub.setNow(new Date(START.getTime() + 90 * 86_400_000));
  expect(await numbers()).toEqual({ staleServices: 0, stalePartners: 0 });
  hub.setNow(new Date(START.getTime() + 90 * 86_400_000 + 1));
  expect(await numbers()).toEqual({ staleServices: 1, stalePartners: 2 });
  await owner.execute('update partner set confirmed_at = ? where id = ?', [later(80), anker.id]);
  await owner.execute('update service set confirmed_at = ? where id = ?', [later(80), service.id]);
  expect(await numbers()).toEqual({ staleServices: 0, stalePartners: 1 });
});
