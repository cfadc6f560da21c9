import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { addDays, berlinDay, endOfBerlinDay } from '../../src/shared/calendar.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { Given } from '../support/given.js';
import { testHub } from '../support/hub.js';
import { type Step, take, look as view } from '../support/referral-steps.js';
import { boxesWith, look, wholeInbox } from './support.js';

const hub = testHub('caseworker_inbox');

const START = new Date('2026-03-04T09:00:00.000Z');
const later = (days: number): Date => addDays(START, days);

beforeEach(() => hub.setNow(START));
afterEach(() => hub.setNow(undefined));

const { DRAFT, ACCEPTED } = ReferralStatus;
const { NONE, RECEIVED_ONLY, STATUS, STATUS_AND_OUTCOME } = FeedbackLevel;

const inboxOf = (viewer: Viewer) => look(hub, viewer, 'caseworkerInbox');
const boxesOf = (viewer: Viewer, id: string) => boxesWith(hub, viewer, 'caseworkerInbox', id);

async function sent(wish: Given = {}) {
  const world = await hub.given({ status: DRAFT, total: 9, ...wish });
  await take(hub, world.caseworker, 'SEND', world.referral.id);
  return world;
}

/** Takes steps, each by the side that may; a step that ends is given the outcome that every level takes. */
async function walk({ caseworker, partner, referral }: Awaited<ReturnType<typeof sent>>, steps: readonly Step[]) {
  for (const step of steps)
    await take(hub, ['ANSWER', 'CANCEL', 'RECONFIRM'].includes(step) ? caseworker : partner, step, referral.id);
}

describe('where a referral lies', () => {
  const END = ['ended'];
  const NOTHING: string[] = [];

  test.each<[string, Step[], Record<FeedbackLevel, string[]>]>([
    ['just sent', [], { NONE: NOTHING, RECEIVED_ONLY: NOTHING, STATUS: NOTHING, STATUS_AND_OUTCOME: NOTHING }],
    [
      'being asked about',
      ['ASK'],
      { NONE: [], RECEIVED_ONLY: ['needsMyAnswer'], STATUS: ['needsMyAnswer'], STATUS_AND_OUTCOME: ['needsMyAnswer'] },
    ],
    ['answered', ['ASK', 'ANSWER'], { NONE: [], RECEIVED_ONLY: NOTHING, STATUS: NOTHING, STATUS_AND_OUTCOME: NOTHING }],
    ['waiting', ['WAITLIST'], { NONE: [], RECEIVED_ONLY: NOTHING, STATUS: NOTHING, STATUS_AND_OUTCOME: NOTHING }],
    [
      'accepted',
      ['ACKNOWLEDGE', 'ACCEPT'],
      { NONE: NOTHING, RECEIVED_ONLY: ['accepted'], STATUS: ['accepted'], STATUS_AND_OUTCOME: ['accepted'] },
    ],
    [
      'scheduled',
      ['ACCEPT', 'SCHEDULE'],
      { NONE: NOTHING, RECEIVED_ONLY: ['accepted'], STATUS: ['accepted'], STATUS_AND_OUTCOME: ['accepted'] },
    ],
    [
      'begun',
      ['ACCEPT', 'START'],
      { NONE: NOTHING, RECEIVED_ONLY: ['accepted'], STATUS: NOTHING, STATUS_AND_OUTCOME: NOTHING },
    ],
    ['declined', ['DECLINE'], { NONE: NOTHING, RECEIVED_ONLY: END, STATUS: END, STATUS_AND_OUTCOME: END }],
    [
      'aborted',
      ['ACCEPT', 'START', 'ABORT'],
      { NONE: NOTHING, RECEIVED_ONLY: ['accepted'], STATUS: END, STATUS_AND_OUTCOME: END },
    ],
    [
      'completed',
      ['ACCEPT', 'START', 'COMPLETE'],
      { NONE: NOTHING, RECEIVED_ONLY: ['accepted'], STATUS: END, STATUS_AND_OUTCOME: END },
    ],
    ['cancelled', ['CANCEL'], { NONE: NOTHING, RECEIVED_ONLY: NOTHING, STATUS: NOTHING, STATUS_AND_OUTCOME: NOTHING }],
  ])('%s, at each level', async (_name, steps, expected) => {
    for (const level of Object.values(FeedbackLevel)) {
      if (level === NONE && steps.some(step => step === 'ASK' || step === 'WAITLIST')) continue;
      const world = await sent({ level });
      await walk(world, steps);
      for (const who of ['caseworker', 'deputy'] as const)
        expect([level, who, await boxesOf(world[who], world.referral.id)]).toEqual([level, who, expected[level]]);
    }
  });

  test('a draft among the drafts, urgent ones first, then the oldest', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 3 });
    const ids = world.referrals.map(one => one.id) as [string, string, string];
    await hub.owner().execute('update referral set urgent = true where id = ?', [ids[1]]);
    expect(await inboxOf(world.caseworker)).toEqual({ drafts: [ids[1], ids[0], ids[2]] });
    expect(await inboxOf(world.partner)).toBeNull();
  });
});

describe('her turn', () => {
  test('a client who waits is to be reconfirmed in time', async () => {
    const { caseworker, partner, referral } = await sent();
    const { reconfirmBy } = await take(hub, partner, 'WAITLIST', referral.id);
    hub.setNow(new Date(Date.parse(reconfirmBy) - 1));
    expect(await boxesOf(caseworker, referral.id)).toEqual([]);
    hub.setNow(new Date(reconfirmBy));
    expect(await boxesOf(caseworker, referral.id)).toEqual(['needsMyAnswer']);
    expect(await view(hub, caseworker, referral.id)).toMatchObject({ waitingFor: 'CASEWORKER' });
    await take(hub, caseworker, 'RECONFIRM', referral.id);
    expect(await boxesOf(caseworker, referral.id)).toEqual([]);
    expect(await view(hub, caseworker, referral.id)).toMatchObject({ waitingFor: 'PARTNER' });
  });

  test('urgent ones first, then what is due first, whichever kind', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 4, total: 0 });
    const ids = world.referrals.map(one => one.id) as [string, string, string, string];
    await hub.owner().execute('update referral set urgent = true where id = ?', [ids[3]]);
    for (const id of ids) await take(hub, world.caseworker, 'SEND', id);
    await take(hub, world.partner, 'WAITLIST', ids[0]); // to be reconfirmed on 3 April
    hub.setNow(later(8));
    await take(hub, world.partner, 'ASK', ids[1]); // to be answered on 26 March
    hub.setNow(later(20));
    await take(hub, world.partner, 'ASK', ids[2]); // on 9 April
    await take(hub, world.partner, 'ASK', ids[3]);
    hub.setNow(later(31));
    expect((await inboxOf(world.caseworker))!.needsMyAnswer).toEqual([ids[3], ids[1], ids[0], ids[2]]);
  });
});

describe('what the partner owes', () => {
  test.each([
    [NONE, []],
    [RECEIVED_ONLY, ['overdue']],
    [STATUS, ['overdue']],
    [STATUS_AND_OUTCOME, ['overdue']],
  ])('is overdue at level %s: %j', async (level, boxes) => {
    const { caseworker, partner, referral } = await sent({ level });
    const { respondBy } = await view(hub, caseworker, referral.id);
    hub.setNow(new Date(respondBy));
    expect(await boxesOf(caseworker, referral.id)).toEqual([]);
    hub.setNow(new Date(Date.parse(respondBy) + 1));
    expect(await boxesOf(caseworker, referral.id)).toEqual(boxes);
    await take(hub, partner, 'ACKNOWLEDGE', referral.id);
    expect(await boxesOf(caseworker, referral.id)).toEqual([]);
  });
});

describe('what happened', () => {
  test('an acceptance after which nothing shows lies there for 14 days, any other until the client has begun', async () => {
    for (const [level, stays] of [
      [RECEIVED_ONLY, false],
      [STATUS, true],
    ] as const) {
      hub.setNow(START);
      const world = await sent({ level });
      await walk(world, ['ACCEPT']);
      hub.setNow(later(14));
      expect(await boxesOf(world.caseworker, world.referral.id)).toEqual(['accepted']);
      hub.setNow(new Date(later(14).getTime() + 1));
      expect(await boxesOf(world.caseworker, world.referral.id)).toEqual(stays ? ['accepted'] : []);
    }
  });

  test('an end lies there for 30 days, the newest first', async () => {
    const world = await hub.given({ status: DRAFT, referrals: 2, total: 9 });
    const [first, second] = world.referrals.map(one => one.id) as [string, string];
    for (const id of [second, first]) await take(hub, world.caseworker, 'SEND', id);
    await take(hub, world.partner, 'DECLINE', first);
    hub.setNow(later(1));
    await take(hub, world.partner, 'DECLINE', second);
    expect(await inboxOf(world.caseworker)).toEqual({ ended: [second, first] });
    hub.setNow(later(30));
    expect(await inboxOf(world.caseworker)).toEqual({ ended: [second, first] });
    hub.setNow(new Date(later(30).getTime() + 1));
    expect(await inboxOf(world.caseworker)).toEqual({ ended: [second] });
    // What was marked as an error is nobody's end.
    hub.setNow(later(29));
    await take(hub, world.caseworker, 'MARK_AS_ERROR', second);
    expect(await inboxOf(world.caseworker)).toEqual({ ended: [first] });
  });

  test.each([NONE, RECEIVED_ONLY, STATUS, STATUS_AND_OUTCOME])(
    'so does what ran out with its consent, at level %s; what she revoked herself is no news',
    async level => {
      const [ranOut, hers, hidden] = [await sent({ level }), await sent({ level }), await sent({ level })];
      await walk(hidden, ['DECLINE']);
      const REVOKE = 'mutation ($id: ID!) { answer: consentRevoke(id: $id) { userErrors { code } } }';
      const revoked = await hub.as(hers.caseworker, REVOKE, { id: hers.consent.id });
      expect(revoked.data.answer.userErrors).toEqual([]);
      expect(await inboxOf(hers.caseworker)).toEqual({});
      const isSeen = level !== NONE;
      const end = new Date(endOfBerlinDay(ranOut.consent.validUntil).getTime() + 1);
      hub.setNow(end);
      await hub.runClock();
      expect(await view(hub, ranOut.caseworker, ranOut.referral.id)).toMatchObject({ status: 'REVOKED' });
      expect(await boxesOf(ranOut.caseworker, ranOut.referral.id)).toEqual(['ended']);
      // One that she takes to be open ends in her eyes now; one that she saw end has been there for long.
      expect(await boxesOf(hidden.caseworker, hidden.referral.id)).toEqual(isSeen ? [] : ['ended']);
      hub.setNow(addDays(end, 31));
      expect(await boxesOf(ranOut.caseworker, ranOut.referral.id)).toEqual([]);
      expect(await boxesOf(hidden.caseworker, hidden.referral.id)).toEqual([]);
    },
  );

  test('an end that was referred on is settled, unless that was taken back', async () => {
    const world = await sent();
    const { caseworker, referral, clientCase, service } = world;
    await walk(world, ['DECLINE']);
    const draft = `mutation ($input: ReferralDraftInput!) { answer: referralDraft(input: $input) { referral { id } userErrors { code } } }`;
    const input = { clientCase: clientCase.id, service: service.id, basis: 'CONSENT', parent: referral.id };
    const { data } = await hub.as(caseworker, draft, { input });
    const child = data.answer.referral.id;
    expect(await inboxOf(caseworker)).toEqual({ drafts: [child] });
    await take(hub, caseworker, 'SEND', child);
    expect(await inboxOf(caseworker)).toEqual({});
    await take(hub, caseworker, 'CANCEL', child);
    expect(await inboxOf(caseworker)).toEqual({ ended: [referral.id] });
  });

  test('whether who found work still is in work, from the day on which it is asked until somebody has answered', async () => {
    const world = await sent();
    const { caseworker, deputy, referral } = world;
    await walk(world, ['ACCEPT', 'START']);
    await take(hub, world.partner, 'COMPLETE', referral.id, { outcome: 'EMPLOYED' });
    hub.setNow(new Date('2026-06-03T21:59:59.999Z'));
    expect(await boxesOf(caseworker, referral.id)).toEqual([]);
    hub.setNow(new Date('2026-06-03T22:00:00.000Z'));
    expect(await boxesOf(caseworker, referral.id)).toEqual(['followUps']);
    const ASKED = 'query ($id: ID!) { referral(id: $id) { followUps { id } } }';
    const [first, second] = (await hub.as(caseworker, ASKED, { id: referral.id })).data.referral.followUps;
    const answer = async ({ id }: { id: string }) => {
      const RECORD = `mutation ($id: ID!) {
        answer: referralFollowUpRecord(id: $id, input: { stillEmployed: true }) { userErrors { code } } }`;
      expect((await hub.as(deputy, RECORD, { id })).data.answer.userErrors).toEqual([]);
    };
    await answer(first);
    expect(await boxesOf(caseworker, referral.id)).toEqual([]);
    hub.setNow(new Date('2026-09-04T09:00:00.000Z'));
    expect(await boxesOf(caseworker, referral.id)).toEqual(['followUps']);
    await answer(second);
    expect(await boxesOf(caseworker, referral.id)).toEqual([]);
    // Of what was reopened nothing is asked.
    const again = await sent();
    await walk(again, ['ACCEPT', 'START']);
    await take(hub, again.partner, 'COMPLETE', again.referral.id, { outcome: 'SUBSIDISED_JOB' });
    await take(hub, again.coordinator, 'REOPEN', again.referral.id);
    hub.setNow(new Date('2027-01-04T09:00:00.000Z'));
    expect(await boxesOf(again.caseworker, again.referral.id)).toEqual([]);
  });

  test('messages that nobody on the case has read', async () => {
    const { caseworker, deputy, partner, referral } = await sent();
    const send = `mutation ($id: ID!) { answer: referralMessageSend(id: $id, text: "Guten Tag!") { userErrors { code } } }`;
    const read = `mutation ($id: ID!) { answer: referralMessagesRead(id: $id) { userErrors { code } } }`;
    const say = async (viewer: Viewer, document: string) =>
      expect((await hub.as(viewer, document, { id: referral.id })).data.answer.userErrors).toEqual([]);
    await say(caseworker, send);
    expect(await inboxOf(caseworker)).toEqual({});
    await say(partner, send);
    await take(hub, partner, 'DECLINE', referral.id);
    expect(await inboxOf(caseworker)).toEqual({ ended: [referral.id], withUnreadMessages: [referral.id] });
    await say(deputy, read);
    expect(await inboxOf(caseworker)).toEqual({ ended: [referral.id] });
  });
});

describe('what the feedback level hides', () => {
  /** Everything that the inbox tells, as it was sent. */
  const everything = async (viewer: Viewer): Promise<string> => {
    const node = 'id status version updatedAt respondBy waitingFor openSteps escalatedAt notices { kind } outcome';
    return JSON.stringify(await hub.as(viewer, wholeInbox('caseworkerInbox', '', node)));
  };

  test.each<[FeedbackLevel, shown: Step[], hidden: Step[]]>([
    [NONE, [], ['ACKNOWLEDGE', 'ACCEPT', 'SCHEDULE', 'START', 'HOLD', 'RESUME', 'COMPLETE']],
    [NONE, [], ['DECLINE']],
    [NONE, [], ['ACCEPT', 'ABORT']],
    [RECEIVED_ONLY, ['ACCEPT'], ['SCHEDULE', 'SCHEDULE', 'START', 'HOLD', 'RESUME', 'COMPLETE']],
    [RECEIVED_ONLY, ['WAITLIST', 'ACCEPT'], ['START', 'ABORT']],
  ])('at level %s after %j: %j leave the inbox byte for byte as it was', async (level, shown, hidden) => {
    const world = await sent({ level, referrals: 2 });
    await take(hub, world.caseworker, 'SEND', world.referrals[1]!.id);
    await walk(world, shown);
    for (const [i, step] of hidden.entries()) {
      hub.setNow(later(1 + i));
      const before = await everything(world.caseworker);
      await walk(world, [step]);
      expect(await everything(world.caseworker), step).toBe(before);
    }
  });

  test.each<[FeedbackLevel, shown: Step[], hidden: Step[]]>([
    [NONE, [], ['DECLINE']],
    [NONE, [], ['ACKNOWLEDGE', 'ACCEPT', 'START']],
    [RECEIVED_ONLY, ['ACCEPT'], ['START']],
    [RECEIVED_ONLY, ['ACCEPT'], ['START', 'COMPLETE']],
  ])(
    'at level %s after %j: whether %j happened or not, every day of half a year looks the same',
    async (level, shown, hidden) => {
      const quiet = await sent({ level });
      const busy = await sent({ level });
      for (const world of [quiet, busy]) await walk(world, shown);
      await walk(busy, hidden);
      for (let days = 1; days < 180; days += days < 40 ? 3 : 20) {
        hub.setNow(later(days));
        await hub.runClock();
        const days_ = await Promise.all(
          [quiet, busy].map(async ({ caseworker, referral }) => boxesOf(caseworker, referral.id)),
        );
        expect([days, days_[1]]).toEqual([days, days_[0]]);
      }
    },
    60_000,
  );

  test('a no-show, at level STATUS', async () => {
    const world = await sent({ level: STATUS });
    await walk(world, ['ACCEPT']);
    await take(hub, world.partner, 'SCHEDULE', world.referral.id, { at: later(5).toISOString() });
    hub.setNow(later(6));
    const before = await everything(world.caseworker);
    const missed = 'mutation ($id: ID!) { answer: referralNoShow(id: $id) { userErrors { code } } }';
    expect((await hub.as(world.partner, missed, { id: world.referral.id })).data.answer.userErrors).toEqual([]);
    expect(await everything(world.caseworker)).toBe(before);
  });

  test('an escalation of what has not begun is no affair of a caseworker who sees no start', async () => {
    const world = await sent({ level: RECEIVED_ONLY });
    await walk(world, ['ACCEPT']);
    hub.setNow(later(13));
    const before = await everything(world.caseworker);
    for (const day of [20, 40]) {
      hub.setNow(later(day)); // the reminder, then the escalation
      await hub.runClock();
    }
    const [row] = await hub
      .owner()
      .execute<{ escalated_at: Date }[]>('select escalated_at from referral where id = ?', [world.referral.id]);
    expect(row!.escalated_at).not.toBeNull();
    hub.setNow(later(13));
    expect(await everything(world.caseworker)).toBe(before);
  });
});

describe('whose inbox', () => {
  test('of those on the case; a colleague finds hers empty, and whoever is no caseworker none', async () => {
    const world = await sent();
    await walk(world, ['ASK']);
    expect(await inboxOf(world.caseworker)).toEqual({ needsMyAnswer: [world.referral.id] });
    expect(await inboxOf(world.deputy)).toEqual({ needsMyAnswer: [world.referral.id] });
    expect(await inboxOf(world.colleague)).toEqual({});
    expect(await inboxOf(world.foreigner)).toEqual({});
    for (const who of ['partner', 'coordinator', 'auditor', 'admin', 'unknown'] as const)
      expect([who, await inboxOf(world[who])]).toEqual([who, null]);
    const { errors } = await hub.as(world.anonymous, '{ caseworkerInbox { drafts { count } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('what went to a partner that she edits herself she sees as the partner', async () => {
    const world = await sent({ level: NONE });
    const { caseworker, partner, deputy, referral } = world;
    const both = { ...caseworker, memberships: [...caseworker.memberships, ...partner.memberships] };
    hub.setNow(later(30));
    expect(await boxesOf(both, referral.id)).toEqual(['overdue']);
    await walk(world, ['ACCEPT']);
    hub.setNow(later(60));
    expect(await boxesOf(both, referral.id)).toEqual(['accepted']);
    await walk(world, ['START']);
    expect(await boxesOf(both, referral.id)).toEqual([]);
    await walk(world, ['COMPLETE']);
    expect(await boxesOf(both, referral.id)).toEqual(['ended']);
    expect(await boxesOf(deputy, referral.id)).toEqual([]);
  });
});

test('consents of open cases that end within 14 days and were not renewed, the next to end first', async () => {
  const world = await hub.given({ referrals: 5, status: ACCEPTED, total: 9 });
  const { caseworker, colleague, consents, cases } = world;
  const owner = hub.owner();
  const ends = async (i: number, days: number) =>
    owner.execute('update consent set valid_until = ? where id = ?', [berlinDay(later(days)), consents[i]!.id]);
  const QUERY = `{ caseworkerInbox { endingConsents { count consents(first: 2) {
    nodes { id validUntil clientCase { id } } pageInfo { hasNextPage endCursor } totalCount } } } }`;
  const told = async (viewer = caseworker) => {
    const { count, consents: list } = (await hub.as(viewer, QUERY)).data.caseworkerInbox.endingConsents;
    expect(list.totalCount).toBe(count);
    return { count, ids: list.nodes.map((node: { id: string }) => node.id), list };
  };
  expect(await told()).toMatchObject({ count: 0, ids: [] });
  await ends(0, 14);
  await ends(1, 15);
  await ends(2, 0);
  const two = await told();
  expect(two).toMatchObject({ count: 2, ids: [consents[2]!.id, consents[0]!.id] });
  expect(two.list.nodes[0]).toEqual({
    id: consents[2]!.id,
    validUntil: berlinDay(START),
    clientCase: { id: cases[2]!.id },
  });
  expect(await told(colleague)).toMatchObject({ count: 0, ids: [] });

  await ends(3, 7);
  const three = await told();
  expect(three).toMatchObject({ count: 3, ids: [consents[2]!.id, consents[3]!.id] });
  const after = three.list.pageInfo.endCursor;
  const next = await hub.as(caseworker, QUERY.replace('first: 2', `first: 2, after: "${after}"`));
  expect(next.data.caseworkerInbox.endingConsents.consents).toMatchObject({
    nodes: [{ id: consents[0]!.id }],
    pageInfo: { hasNextPage: false },
  });

  // The day after its last it is over; one was taken back, one renewed, of one the case is closed.
  hub.setNow(later(1));
  expect(await told()).toMatchObject({ count: 3, ids: [consents[3]!.id, consents[0]!.id] });
  await owner.execute('update consent set revoked_at = ? where id = ?', [START, consents[3]!.id]);
  await owner.execute(`update client_case set status = 'CLOSED' where id = ?`, [cases[1]!.id]);
  expect(await told()).toMatchObject({ count: 1, ids: [consents[0]!.id] });
  const renew = `mutation ($input: ConsentRecordInput!) { answer: consentRecord(input: $input) { userErrors { code } } }`;
  const input = { clientCase: cases[0]!.id, givenOn: berlinDay(START), validUntil: berlinDay(later(100)) };
  for (const [scope, left] of [
    [{ category: 'job-coaching' }, 1],
    [{ service: world.service.id }, 0],
  ] as const) {
    const { data } = await hub.as(caseworker, renew, { input: { ...input, ...scope } });
    expect(data.answer.userErrors).toEqual([]);
    expect(await told()).toMatchObject({ count: left });
  }
});
