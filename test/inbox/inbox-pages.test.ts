import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { addDays } from '../../src/shared/calendar.rules.js';
import { testHub } from '../support/hub.js';
import { type Door, INBOXES, wholeInbox } from './support.js';

const hub = testHub('inbox_pages');
const NOW = new Date('2026-03-04T09:00:00.000Z');

beforeEach(() => hub.setNow(NOW));
afterEach(() => hub.setNow(undefined));

type World = Awaited<ReturnType<typeof hub.given>>;

const WHO = { partnerInbox: 'partner', caseworkerInbox: 'caseworker', coordinatorInbox: 'coordinator' } as const;

const {
  SENT,
  RECEIVED,
  NEEDS_INFO,
  WAITLISTED,
  ACCEPTED,
  SCHEDULED,
  IN_PROGRESS,
  ON_HOLD,
  DECLINED,
  COMPLETED,
  DRAFT,
} = ReferralStatus;

/** Where referrals have to stand to lie in a box; dates that all boxes ask for are set for all. */
const STATUS_IN: Record<string, ReferralStatus> = {
  new: SENT,
  undecided: RECEIVED,
  asked: NEEDS_INFO,
  waiting: WAITLISTED,
  toStart: ACCEPTED,
  underWay: IN_PROGRESS,
  overdue: SENT,
  placeFree: WAITLISTED,
  resuming: ON_HOLD,
  today: SCHEDULED,
  withUnreadMessages: SENT,
  needsMyAnswer: NEEDS_INFO,
  drafts: DRAFT,
  accepted: ACCEPTED,
  ended: DECLINED,
  followUps: COMPLETED,
  escalations: SENT,
  withoutMovement: SENT,
};

/** A world in which a box holds so many: some urgent, many at the same moment, some without one. */
async function worldOf(box: string, size: number): Promise<World> {
  const world = await hub.given({ status: STATUS_IN[box]!, referrals: size, total: 99 });
  const em = hub.owner();
  const some = `timestamptz '2026-03-01T09:00Z' + floor(random() * 3) * interval '1 ms'`;
  await em.execute(
    `update referral set urgent = random() < 0.4, seen_respond_by = ${some},
      respond_by = case when status <> 'SENT' and random() < 0.3 then null else ${some} end,
      waitlisted_at = case when status = 'WAITLISTED' then ${some} end,
      accepted_at = ${some}, scheduled_at = '2026-03-04T12:00Z', ended_at = case when status = 'DECLINED' then ${some} end,
      resume_on = date '2026-03-01' + floor(random() * 3)::int, created_at = ${some},
      sent_at = case when sent_at is not null then ${some} end,
      updated_at = ${some} - case when ? then interval '40 days' else interval '0' end,
      escalated_at = case when ? then ${some} end
     where service_id = ?`,
    [box === 'withoutMovement', box === 'escalations', world.service.id],
  );
  await em.execute(
    `update service_waiting w set urgent = r.urgent, since = r.waitlisted_at from referral r where r.waiting_id = w.id`,
  );
  await em.execute(
    `insert into referral_appointment (referral_id, network_id, number, at, created_at)
     select id, network_id, 1, scheduled_at, created_at from referral where service_id = ? and status = 'SCHEDULED'`,
    [world.service.id],
  );
  await em.execute(
    `insert into referral_follow_up (referral_id, network_id, months, due_on)
     select id, network_id, 3, date '2026-03-01' + floor(random() * 3)::int from referral
     where service_id = ? and status = 'COMPLETED'`,
    [world.service.id],
  );
  if (box === 'withUnreadMessages')
    for (const by of ['PARTNER', 'CASEWORKER'])
      await em.execute(
        `insert into referral_message (referral_id, network_id, partner_id, "by", author_id, text, sent_at, revision)
         select id, network_id, partner_id, ?, ?, 'Guten Tag!', sent_at, 1 from referral where service_id = ?`,
        [by, world.caseworker.accountId, world.service.id],
      );
  return world;
}

const boxes = (Object.keys(INBOXES) as Door[]).flatMap(door => INBOXES[door].boxes.map(box => [door, box] as const));

async function page(world: World, door: Door, box: string, args: { first?: number; after?: string | null }) {
  const { data, errors } = await hub.as(
    world[WHO[door]],
    `query ($first: Int, $after: String) { inbox: ${door} { box: ${box} { count referrals(first: $first, after: $after) {
      nodes { id urgent } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } } } }`,
    args,
  );
  return { errors, count: data?.inbox?.box.count, list: data?.inbox?.box.referrals };
}

describe.each(boxes)('%s.%s', (door, box) => {
  test('its pages show every row once, in the order of one page', async () => {
    const world = await worldOf(box, 7);
    const { list: whole, count } = await page(world, door, box, { first: 100 });
    expect([count, whole.totalCount, whole.nodes.length]).toEqual([7, 7, 7]);
    const seen: object[] = [];
    let after: string | null = null;
    do {
      const { list } = await page(world, door, box, { first: 3, after });
      expect(list.edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual(
        list.nodes.map((node: { id: string }) => node.id),
      );
      expect(list.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...list.nodes);
      after = list.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(whole.nodes);
  });
});

test('twenty when nothing is said, one to a hundred, and no cursor but its own', async () => {
  const world = await worldOf('overdue', 21);
  const { list } = await page(world, 'partnerInbox', 'overdue', {});
  expect([list.nodes.length, list.totalCount]).toEqual([20, 21]);
  for (const first of [0, -1, 101])
    expect((await page(world, 'partnerInbox', 'overdue', { first })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'first' } },
    ]);
  const { data } = await hub.as(world.caseworker, '{ referrals { edges { cursor } } }');
  const { list: another } = await page(world, 'partnerInbox', 'new', {});
  const { list: ofCaseworker } = await page(world, 'caseworkerInbox', 'overdue', {});
  for (const after of ['', 'x', data.referrals.edges[0].cursor, another.edges[0].cursor, ofCaseworker.edges[0].cursor])
    expect((await page(world, 'partnerInbox', 'overdue', { after })).errors).toMatchObject([
      { extensions: { code: 'INVALID_CURSOR', argument: 'after' } },
    ]);
  const elsewhere = await hub.as(
    world.caseworker,
    'query ($after: String) { referrals(after: $after) { totalCount } }',
    {
      after: another.edges[0].cursor,
    },
  );
  expect(elsewhere.errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
});

describe('statements', () => {
  const reads = (sent: string[]) => sent.filter(one => /^(select|with) (?!set_config)/.test(one));

  test.each(Object.keys(INBOXES) as Door[])('%s counts all that is asked by one, and nothing else', async door => {
    const world = await hub.given({ referrals: 3 });
    const viewer = world[WHO[door]];
    await hub.enrol(viewer);
    const { boxes, numbers } = INBOXES[door];
    const consents = door === 'caseworkerInbox' ? 'endingConsents { count }' : '';
    const all = `{ inbox: ${door} { ${boxes.map(box => `${box} { count }`).join(' ')} ${numbers.join(' ')} ${consents} } }`;
    const ofAll = reads(await hub.statements(() => hub.as(viewer, all)));
    expect(ofAll).toHaveLength(2); // who is asking, and the numbers
    for (const name of [...boxes, ...numbers]) expect(ofAll[1]).toContain(`"${name}"`);

    const [first, second] = boxes;
    const ofTwo = reads(
      await hub.statements(() => hub.as(viewer, `{ inbox: ${door} { a: ${second} { count } ${second} { count } } }`)),
    );
    expect(ofTwo).toHaveLength(2);
    expect(ofTwo[1]).toContain(`"${second}"`);
    expect(ofTwo[1]).not.toContain(`"${first}"`);
    const whose = await hub.statements(() => hub.as(viewer, `{ inbox: ${door} { __typename } }`));
    expect(reads(whose)).toHaveLength(1);
  });

  test.each(Object.keys(INBOXES) as Door[])('%s with its lists costs the same, however long they are', async door => {
    const counts = [];
    for (const referrals of [2, 20]) {
      const world = await hub.given({ referrals, status: SENT });
      await hub.enrol(world[WHO[door]]);
      hub.setNow(addDays(NOW, 40));
      const node =
        'status openSteps urgent service { name capacity { free } } partner { name } client { pseudonym } clientCase { reference }';
      const sent = await hub.statements(async () => {
        const { errors } = await hub.as(world[WHO[door]], wholeInbox(door, '', node));
        expect(errors).toBeUndefined();
      });
      expect(sent.filter(one => /^(start transaction|begin)/i.test(one))).toHaveLength(1);
      counts.push(reads(sent).length);
      hub.setNow(NOW);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[1]).toBeLessThanOrEqual(INBOXES[door].boxes.length + 14);
  });
});
