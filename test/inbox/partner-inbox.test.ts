import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isEnded, OPEN, ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { addDays } from '../../src/shared/calendar.rules.js';
import { ask } from '../availability/support.js';
import { testHub } from '../support/hub.js';
import { take } from '../support/referral-steps.js';
import { boxesWith, look, wholeInbox } from './support.js';

const hub = testHub('partner_inbox');

/** A Wednesday, 10 o'clock in Berlin. */
const START = new Date('2026-03-04T09:00:00.000Z');
const later = (days: number): Date => addDays(START, days);

beforeEach(() => hub.setNow(START));
afterEach(() => hub.setNow(undefined));

const { DRAFT, WAITLISTED, ON_HOLD } = ReferralStatus;

const inboxOf = (viewer: Parameters<typeof look>[1], args = '') => look(hub, viewer, 'partnerInbox', args);
const boxesOf = (viewer: Parameters<typeof look>[1], id: string) => boxesWith(hub, viewer, 'partnerInbox', id);

/** Sends drafts, and puts them on the waiting list in that order, a minute apart. */
async function waitlist(world: Awaited<ReturnType<typeof hub.given>>, ids: readonly string[]) {
  for (const [i, id] of ids.entries()) {
    hub.setNow(new Date(START.getTime() + i * 60_000));
    await take(hub, world.caseworker, 'SEND', id);
    await take(hub, world.partner, 'WAITLIST', id);
  }
}

describe('where a referral lies', () => {
  const PLACES: Partial<Record<ReferralStatus, string>> = {
    SENT: 'new',
    RECEIVED: 'undecided',
    NEEDS_INFO: 'asked',
    WAITLISTED: 'waiting',
    ACCEPTED: 'toStart',
    SCHEDULED: 'toStart',
    IN_PROGRESS: 'underWay',
    ON_HOLD: 'underWay',
  };

  test.each(Object.values(ReferralStatus))('%s', async status => {
    // At every level alike: the partner knows what it did.
    for (const level of [FeedbackLevel.RECEIVED_ONLY, FeedbackLevel.STATUS_AND_OUTCOME]) {
      const { partner, referral } = await hub.given({ status, level, total: 0 });
      const place = PLACES[status];
      expect(await inboxOf(partner)).toEqual(place ? { [place]: [referral.id] } : {});
      expect(place === undefined).toBe(status === DRAFT || isEnded(status));
    }
    expect(Object.keys(PLACES)).toEqual(OPEN);
  });
});

describe('what is pressing', () => {
  test('overdue is what has no first answer in time, and no more once it has', async () => {
    const { caseworker, partner, referral } = await hub.given({ status: DRAFT });
    const { respondBy } = await take(hub, caseworker, 'SEND', referral.id);
    hub.setNow(new Date(respondBy));
    expect(await boxesOf(partner, referral.id)).toEqual(['new']);
    hub.setNow(new Date(Date.parse(respondBy) + 1));
    expect(await boxesOf(partner, referral.id)).toEqual(['new', 'overdue']);
    const received = await take(hub, partner, 'ACKNOWLEDGE', referral.id);
    expect(await boxesOf(partner, referral.id)).toEqual(['undecided']);
    hub.setNow(new Date(Date.parse(received.respondBy) + 1));
    expect(await boxesOf(partner, referral.id)).toEqual(['undecided', 'overdue']);
    await take(hub, partner, 'ASK', referral.id);
    hub.setNow(later(60));
    expect(await boxesOf(partner, referral.id)).toEqual(['asked']);
  });

  test('what rests lies among what resumes from the day on which it goes on, in Berlin', async () => {
    const { partner, referral } = await hub.given({ status: ReferralStatus.IN_PROGRESS });
    await take(hub, partner, 'HOLD', referral.id, { resumeOn: '2026-03-10' });
    hub.setNow(new Date('2026-03-09T22:59:59.999Z'));
    expect(await boxesOf(partner, referral.id)).toEqual(['underWay']);
    hub.setNow(new Date('2026-03-09T23:00:00.000Z'));
    expect(await boxesOf(partner, referral.id)).toEqual(['underWay', 'resuming']);
    await take(hub, partner, 'RESUME', referral.id);
    expect(await boxesOf(partner, referral.id)).toEqual(['underWay']);
  });

  test("today's appointments are those of the day in Berlin, by the hour", async () => {
    const world = await hub.given({ status: ReferralStatus.ACCEPTED, referrals: 4, total: 4 });
    const times = ['2026-03-29T21:59:00Z', '2026-03-28T23:00:00Z', '2026-03-28T22:59:00Z', '2026-03-29T22:00:00Z'];
    for (const [i, at] of times.entries()) await take(hub, world.partner, 'SCHEDULE', world.referrals[i]!.id, { at });
    // The day has 23 hours.
    hub.setNow(new Date('2026-03-29T10:00:00Z'));
    expect((await inboxOf(world.partner))!.today).toEqual([world.referrals[1]!.id, world.referrals[0]!.id]);
    await take(hub, world.partner, 'START', world.referrals[0]!.id);
    expect((await inboxOf(world.partner))!.today).toEqual([world.referrals[1]!.id]);
    // What was missed, and is not to be kept any more.
    const missed = 'mutation ($id: ID!) { answer: referralNoShow(id: $id) { userErrors { code } } }';
    const { data } = await hub.as(world.partner, missed, { id: world.referrals[1]!.id });
    expect(data.answer.userErrors).toEqual([]);
    expect((await inboxOf(world.partner))!.today).toBeUndefined();
  });

  test('urgent ones first, then the oldest deadline', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 4, total: 9 });
    const ids = world.referrals.map(one => one.id) as [string, string, string, string];
    await hub.owner().execute('update referral set urgent = true where id in (?, ?)', [ids[2], ids[3]]);
    for (const i of [3, 1, 0, 2]) {
      hub.setNow(later(7 * (4 - i)));
      await take(hub, world.caseworker, 'SEND', ids[i]!);
    }
    hub.setNow(later(60));
    const inOrder = [ids[3], ids[2], ids[1], ids[0]];
    expect(await inboxOf(world.partner)).toEqual({ new: inOrder, overdue: inOrder });
  });

  test('messages that the partner has not read', async () => {
    const { caseworker, partner, referral } = await hub.given();
    const send = `mutation ($id: ID!) { answer: referralMessageSend(id: $id, text: "Guten Tag!") { userErrors { code } } }`;
    const read = `mutation ($id: ID!) { answer: referralMessagesRead(id: $id) { userErrors { code } } }`;
    const say = async (viewer: typeof partner, document: string) =>
      expect((await hub.as(viewer, document, { id: referral.id })).data.answer.userErrors).toEqual([]);
    await say(partner, send);
    expect(await boxesOf(partner, referral.id)).toEqual(['new']);
    await say(caseworker, send);
    expect(await boxesOf(partner, referral.id)).toEqual(['new', 'withUnreadMessages']);
    await say(partner, read);
    expect(await boxesOf(partner, referral.id)).toEqual(['new']);
    // What may no longer be read is not unread.
    await say(caseworker, send);
    await hub
      .owner()
      .execute('update referral_disclosure set readable_until = ? where referral_id = ?', [later(1), referral.id]);
    expect(await boxesOf(partner, referral.id)).toEqual(['new', 'withUnreadMessages']);
    hub.setNow(later(1));
    expect(await boxesOf(partner, referral.id)).toEqual(['new']);
  });
});

describe('the waiting list', () => {
  test('stands in the order of `waitingPosition`', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 5, total: 0 });
    const ids = world.referrals.map(one => one.id);
    await hub.owner().execute('update referral set urgent = true where id in (?, ?)', [ids[1]!, ids[3]!]);
    await waitlist(world, ids);
    const query = wholeInbox('partnerInbox', '', 'id waitingPosition');
    const { nodes } = (await hub.as(world.partner, query)).data.inbox.waiting.referrals;
    expect(nodes.map((node: { waitingPosition: number }) => node.waitingPosition)).toEqual([1, 2, 3, 4, 5]);
    expect(nodes.map((node: { id: string }) => ids.indexOf(node.id))).toEqual([1, 3, 0, 2, 4]);
  });

  test('tells for whom a place is free now: one for each free place, in the order of the list', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 4, total: 1 });
    const { partner, service } = world;
    const ids = world.referrals.map(one => one.id) as [string, string, string, string];
    await take(hub, world.caseworker, 'SEND', ids[3]);
    await take(hub, partner, 'ACCEPT', ids[3]);
    await waitlist(world, ids.slice(0, 3));
    const free = async () => (await inboxOf(partner))!.placeFree ?? [];
    const total = (places: number | null) =>
      hub.owner().execute('update service_capacity set total = ? where service_id = ?', [places, service.id]);
    expect(await free()).toEqual([]);
    await take(hub, partner, 'ABORT', ids[3]);
    expect(await free()).toEqual([ids[0]]);
    await total(2);
    expect(await free()).toEqual([ids[0], ids[1]]);
    await take(hub, partner, 'ACCEPT', ids[0]);
    expect(await free()).toEqual([ids[1]]);
    await total(0); // fewer than are taken
    expect(await free()).toEqual([]);
    await total(9);
    expect(await free()).toEqual([ids[1], ids[2]]);
    await total(null); // not counted
    expect(await free()).toEqual([]);
  });
});

describe('whose inbox', () => {
  test('of one partner, of all that she edits, and of no other', async () => {
    const world = await hub.given();
    const other = await hub.given({ status: WAITLISTED, total: 0 });
    const both = {
      ...world.partner,
      memberships: [...world.partner.memberships, ...other.partner.memberships],
      accountId: null,
    };
    const of = (id: string) => `(partner: "${id}")`;
    expect(await inboxOf(both)).toEqual({ new: [world.referral.id], waiting: [other.referral.id] });
    expect(await inboxOf(both, of(world.anker.id))).toEqual({ new: [world.referral.id] });
    expect(await inboxOf(both, of(other.anker.id.toUpperCase()))).toEqual({ waiting: [other.referral.id] });
    for (const none of [world.brücke.id, world.referral.id, 'x', '', "' or true --"])
      expect(await inboxOf(both, of(none))).toBeNull();
    const names = await hub.as(both, '{ partnerInbox { partners { id } } }');
    expect(names.data.partnerInbox.partners.map((one: { id: string }) => one.id).sort()).toEqual(
      [world.anker.id, other.anker.id].sort(),
    );
  });

  test('there is none for whoever edits no partner, and a stranger finds hers empty', async () => {
    const world = await hub.given();
    for (const who of ['caseworker', 'coordinator', 'foreigner', 'auditor', 'admin', 'unknown'] as const)
      for (const args of ['', `(partner: "${world.anker.id}")`])
        expect([who, await inboxOf(world[who], args)]).toEqual([who, null]);
    expect(await inboxOf(world.stranger)).toEqual({});
    expect(await inboxOf(world.stranger, `(partner: "${world.anker.id}")`)).toBeNull();
    expect((await hub.as(world.anonymous, '{ partnerInbox { new { count } } }')).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  test('who works on the case too sees it as the partner', async () => {
    const { caseworker, partner, referral } = await hub.given({ status: ON_HOLD, level: FeedbackLevel.NONE });
    const memberships = [...caseworker.memberships, ...partner.memberships];
    expect(await boxesOf({ ...caseworker, memberships }, referral.id)).toEqual(['underWay']);
  });
});

test('records and reports that are old, and questions that wait', async () => {
  const world = await hub.given();
  const { partner, service } = world;
  const NUMBERS = '{ partnerInbox { openAvailabilityRequests staleServices stalePlaces } }';
  const numbers = async () => (await hub.as(partner, NUMBERS)).data.partnerInbox;
  const none = { openAvailabilityRequests: 0, staleServices: 0, stalePlaces: 0 };
  expect(await numbers()).toEqual(none);
  hub.setNow(later(91));
  expect(await numbers()).toEqual({ ...none, staleServices: 1, stalePlaces: 1 });
  const owner = hub.owner();
  await owner.execute('update service set confirmed_at = ? where id = ?', [later(90), service.id]);
  expect(await numbers()).toEqual({ ...none, stalePlaces: 1 });
  await owner.execute('update service_capacity set reported_at = null where service_id = ?', [service.id]);
  expect(await numbers()).toEqual({ ...none, stalePlaces: 1 });
  await owner.execute(`update service set status = 'CLOSED', confirmed_at = null where id = ?`, [service.id]);
  expect(await numbers()).toEqual(none);

  await owner.execute(`update service set status = 'ACTIVE', confirmed_at = ? where id = ?`, [later(91), service.id]);
  await owner.execute('update service_capacity set reported_at = ? where service_id = ?', [later(91), service.id]);
  const { asked } = await ask(hub, world);
  expect(asked).toBe(1);
  expect(await numbers()).toEqual({ ...none, openAvailabilityRequests: 1 });
  hub.setNow(later(91 + 30)); // nobody asks any more
  expect(await numbers()).toMatchObject({ openAvailabilityRequests: 0 });
});
