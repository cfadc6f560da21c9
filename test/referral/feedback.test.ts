import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReferralStatus, ReferralStep, STEPS } from '../../src/referral/referral.rules.js';
import { DECLINE_ATTRIBUTION, DeclineReason } from '../../src/referral/referral-reasons.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { look, REFERRAL_FIELDS, type Step, take, tryStep } from '../support/referral-steps.js';

const hub = testHub('feedback');

const START = new Date('2026-03-04T09:00:00.000Z');
let now = START;

/** Every look at the clock and every step fall into a minute of their own, so that a moved time shows. */
function nextMinute(): void {
  now = new Date(now.getTime() + 60_000);
  hub.setNow(now);
}

beforeAll(() => hub.setNow(START));
afterAll(() => hub.setNow(undefined));

const { DRAFT } = ReferralStatus;
const { NONE, RECEIVED_ONLY, STATUS, STATUS_AND_OUTCOME } = FeedbackLevel;
type World = Awaited<ReturnType<typeof hub.given>>;

const byStatus = (statuses: readonly string[]): string =>
  `{ ${statuses.map(status => `${status}: referrals(filter: { statuses: [${status}] }) { totalCount }`).join('\n')} }`;

/** Wherever a caseworker can look at a referral, its service and their lists. */
const EVERYWHERE = `query ($id: ID!, $case: ID!, $service: ID!) {
  referral(id: $id) {
    ${REFERRAL_FIELDS}
    siblings { id status version } parent { id status version } children { id status version }
  }
  node(id: $id) { ... on Referral { status version updatedAt events { id } } }
  service(id: $service) {
    version updatedAt freshness
    capacity { total free waiting expectedWaitDays occupiedElsewhere reserved reportedAt }
  }
  clientCase(id: $case) { version referrals { nodes { id status version updatedAt outcome } totalCount } }
  referrals { nodes { id status version updatedAt respondBy } edges { cursor } totalCount }
  overdue: referrals(filter: { overdue: true }) { nodes { id } totalCount }
  intime: referrals(filter: { overdue: false }) { nodes { id } totalCount }
}`;

/** @param statuses those by which it may be looked for: where it stands, and what the caseworker may take it for */
async function everywhere(
  viewer: Viewer,
  { referral, clientCase, service }: World,
  statuses: readonly string[] = Object.values(ReferralStatus),
) {
  const ids = { id: referral.id, case: clientCase.id, service: service.id };
  const { data, errors } = await hub.as(viewer, EVERYWHERE, ids);
  if (errors) throw new Error(JSON.stringify(errors));
  const lists = (await hub.as(viewer, byStatus(statuses))).data;
  const filtered = statuses.filter(status => lists[status].totalCount === 1);
  return { one: data.referral, filtered, all: { ...data, lists } };
}

type Who = 'caseworker' | 'partner' | 'coordinator';
type Way = readonly (Step | readonly [Who, Step, object?])[];

/** What the caseworker takes a referral for after each step; '=' where nothing at all may change; null: not open. */
type Seen = Record<FeedbackLevel, readonly string[] | null>;

const seenAt = (none: Seen['NONE'], receivedOnly: Seen['RECEIVED_ONLY'], status: Seen['STATUS']): Seen => ({
  NONE: none,
  RECEIVED_ONLY: receivedOnly,
  STATUS: status,
  STATUS_AND_OUTCOME: status,
});

/** Ways of a referral; a step is the partner's unless told otherwise. */
const WAYS: Record<string, { way: Way; seen: Seen }> = {
  'to its end': {
    way: ['ACKNOWLEDGE', 'ACCEPT', 'SCHEDULE', 'START', 'COMPLETE'],
    seen: seenAt(
      ['=', '=', '=', '=', '='],
      ['RECEIVED', 'ACCEPTED', '=', '=', '='],
      ['RECEIVED', 'ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'COMPLETED'],
    ),
  },
  'to a refusal': {
    way: ['ACKNOWLEDGE', 'DECLINE'],
    seen: seenAt(['=', '='], ['RECEIVED', 'DECLINED'], ['RECEIVED', 'DECLINED']),
  },
  'over the waiting list': {
    way: ['WAITLIST', ['caseworker', 'RECONFIRM'], 'ACCEPT', 'START', 'COMPLETE'],
    seen: seenAt(
      null,
      ['WAITLISTED', 'WAITLISTED', 'ACCEPTED', '=', '='],
      ['WAITLISTED', 'WAITLISTED', 'ACCEPTED', 'IN_PROGRESS', 'COMPLETED'],
    ),
  },
  'with a question': {
    way: ['ASK', ['caseworker', 'ANSWER'], 'ASK', ['caseworker', 'ANSWER'], 'DECLINE'],
    seen: seenAt(
      null,
      ['NEEDS_INFO', 'RECEIVED', 'NEEDS_INFO', 'RECEIVED', 'DECLINED'],
      ['NEEDS_INFO', 'RECEIVED', 'NEEDS_INFO', 'RECEIVED', 'DECLINED'],
    ),
  },
  'with a rest': {
    way: ['ACCEPT', 'START', 'HOLD', 'RESUME', ['partner', 'HOLD', { keepPlace: false }], 'RESUME', 'COMPLETE'],
    seen: seenAt(
      ['=', '=', '=', '=', '=', '=', '='],
      ['ACCEPTED', '=', '=', '=', '=', '=', '='],
      ['ACCEPTED', 'IN_PROGRESS', 'ON_HOLD', 'IN_PROGRESS', 'ON_HOLD', 'IN_PROGRESS', 'COMPLETED'],
    ),
  },
  'broken off by the partner': {
    way: ['ACCEPT', 'SCHEDULE', 'SCHEDULE', ['partner', 'ABORT', { reason: 'NO_SHOW' }]],
    seen: seenAt(['=', '=', '=', '='], ['ACCEPTED', '=', '=', '='], ['ACCEPTED', 'SCHEDULED', 'SCHEDULED', 'ABORTED']),
  },
  'broken off by the coordinator, and reopened twice': {
    way: [
      'ACCEPT',
      ['coordinator', 'ABORT', { reason: 'PROGRAMME_ENDED' }],
      ['coordinator', 'REOPEN'],
      'COMPLETE',
      ['coordinator', 'REOPEN'],
      'HOLD',
    ],
    seen: seenAt(
      ['=', '=', '=', '=', '=', '='],
      ['ACCEPTED', '=', '=', '=', '=', '='],
      ['ACCEPTED', 'ABORTED', 'IN_PROGRESS', 'COMPLETED', 'IN_PROGRESS', 'ON_HOLD'],
    ),
  },
  'marked as an error by the coordinator after its end': {
    way: ['ACCEPT', 'START', 'COMPLETE', ['coordinator', 'MARK_AS_ERROR']],
    seen: seenAt(
      ['=', '=', '=', 'ENTERED_IN_ERROR'],
      ['ACCEPTED', '=', '=', 'ENTERED_IN_ERROR'],
      ['ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'ENTERED_IN_ERROR'],
    ),
  },
};

const OPEN_TO_CASEWORKER: Partial<Record<string, Step[]>> = {
  NEEDS_INFO: ['ANSWER', 'CANCEL', 'MARK_AS_ERROR'],
  WAITLISTED: ['RECONFIRM', 'CANCEL', 'MARK_AS_ERROR'],
  DECLINED: ['MARK_AS_ERROR'],
  COMPLETED: ['MARK_AS_ERROR'],
  ABORTED: ['MARK_AS_ERROR'],
  ENTERED_IN_ERROR: [],
};

const cases = Object.entries(WAYS).flatMap(([name, { way, seen }]) =>
  Object.values(FeedbackLevel).flatMap(level => {
    const expected = seen[level];
    return expected ? [[name, level, way, expected] as const] : [];
  }),
);

const stepOf = (one: Way[number]): Step => (typeof one === 'string' ? one : one[1]);

/** Where it stands on its way, and what the caseworker takes it for. */
const statusesOf = (way: Way, expected: readonly string[]): string[] => [
  ...new Set(['SENT', ...way.map(one => STEPS[ReferralStep[stepOf(one)]].to), ...expected.filter(one => one !== '=')]),
];

test.each(cases)('%s at level %s: what the caseworker sees, everywhere', async (_way, level, way, expected) => {
  const world = await hub.given({ status: DRAFT, level, total: 10 });
  const { caseworker, deputy, partner, coordinator, referral } = world;
  nextMinute();
  await take(hub, caseworker, 'SEND', referral.id);
  const statuses = statusesOf(way, expected);
  let before = await everywhere(caseworker, world, statuses);
  const steps: Step[] = [];
  for (const [i, one] of way.entries()) {
    const [who, step, said] = typeof one === 'string' ? (['partner', one] as const) : one;
    steps.push(step);
    nextMinute();
    const outcome = level === STATUS_AND_OUTCOME ? 'EMPLOYED' : 'NO_DETAIL';
    await take(hub, world[who], step, referral.id, step === 'COMPLETE' ? { outcome } : said);
    // The partner and the coordinator know, whatever the level.
    const stands = STEPS[ReferralStep[step]].to;
    const told = await look(hub, partner, referral.id);
    expect(told).toMatchObject({ status: stands, version: i + 3, updatedAt: now.toISOString() });
    expect(told.events).toHaveLength(i + 2);
    const coordinated = await look(hub, coordinator, referral.id);
    expect(coordinated).toMatchObject({
      status: stands,
      version: i + 3,
      client: null,
      clientCase: null,
      note: null,
      questions: [],
    });

    const after = await everywhere(caseworker, world, statuses);
    if (expected[i] === '=') expect(after).toEqual(before);
    else {
      const { one, filtered } = after;
      expect(one).toMatchObject({ status: expected[i], version: before.one.version + 1, updatedAt: now.toISOString() });
      const by = who.toUpperCase();
      expect(one.events.at(-1)).toMatchObject({ step, from: before.one.status, to: expected[i], by });
      expect(one.events).toHaveLength(before.one.events.length + 1);
      expect(filtered).toEqual([expected[i]]);
      expect(after.all.node).toMatchObject({ status: expected[i], version: one.version });
      expect(after.all.clientCase.referrals.nodes[0]).toMatchObject({ status: expected[i], version: one.version });
    }
    const open = OPEN_TO_CASEWORKER[after.one.status] ?? ['CANCEL', 'MARK_AS_ERROR'];
    expect(after.one.openSteps).toEqual(open);
    before = after;
  }
  expect((await everywhere(deputy, world, statuses)).all).toEqual(before.all);
  const progress = level === STATUS || level === STATUS_AND_OUTCOME;
  const { scheduledAt, startedOn, outcome } = before.one;
  expect({ scheduledAt: scheduledAt !== null, startedOn: startedOn !== null, outcome }).toEqual({
    scheduledAt: progress && steps.includes('SCHEDULE'),
    startedOn: progress && steps.includes('START'),
    outcome:
      level === STATUS_AND_OUTCOME && steps.lastIndexOf('COMPLETE') > steps.lastIndexOf('REOPEN') ? 'EMPLOYED' : null,
  });
});

test('a deadline that the partner has met in silence looks overdue to the caseworker, as any other would', async () => {
  const world = await hub.given({ status: DRAFT, level: NONE });
  const { caseworker, partner, coordinator, referral } = world;
  await take(hub, caseworker, 'SEND', referral.id);
  const { respondBy } = await look(hub, caseworker, referral.id);
  await take(hub, partner, 'DECLINE', referral.id);
  expect((await look(hub, caseworker, referral.id)).respondBy).toBe(respondBy);
  expect((await look(hub, partner, referral.id)).respondBy).toBeNull();
  const overdue = async (viewer: Viewer) =>
    (await hub.as(viewer, '{ referrals(filter: { overdue: true }) { totalCount } }')).data.referrals.totalCount;
  hub.setNow(new Date(Date.parse(respondBy)));
  expect(await overdue(caseworker)).toBe(0);
  hub.setNow(new Date(Date.parse(respondBy) + 1));
  expect([await overdue(caseworker), await overdue(partner), await overdue(coordinator)]).toEqual([1, 0, 0]);
  hub.setNow(now);
});

describe('why it was declined', () => {
  test.each(Object.values(FeedbackLevel))('at level %s', async level => {
    const reasons = Object.values(DeclineReason);
    const { caseworker, partner, referrals } = await hub.given({ level, referrals: reasons.length });
    for (const [i, reason] of reasons.entries())
      await take(hub, partner, 'DECLINE', referrals[i]!.id, { reason, text: 'Ein Grund in Worten.' });
    for (const [i, reason] of reasons.entries()) {
      const attribution = DECLINE_ATTRIBUTION[reason];
      const shown =
        level === STATUS ||
        level === STATUS_AND_OUTCOME ||
        (level === RECEIVED_ONLY && ['PROVIDER', 'JOBCENTER'].includes(String(attribution)));
      expect(await look(hub, caseworker, referrals[i]!.id)).toMatchObject({
        status: level === NONE ? 'SENT' : 'DECLINED',
        declineReason: shown ? reason : null,
        declineText: shown ? 'Ein Grund in Worten.' : null,
        attribution: shown ? attribution : null,
      });
    }
  });

  test('with the client and OTHER alike, under secrecy', async () => {
    const reasons = [
      'NOT_INTERESTED',
      'NOT_REACHABLE',
      'MOVED_AWAY',
      'ALREADY_SUPPORTED',
      'PREFERS_OTHER_PARTNER',
      'OTHER',
    ];
    const { caseworker, partner, referrals } = await hub.given({ level: RECEIVED_ONLY, referrals: reasons.length });
    const seen = new Set<string>();
    for (const [i, reason] of reasons.entries()) {
      await take(hub, partner, 'DECLINE', referrals[i]!.id, {
        reason,
        text: reason === 'OTHER' ? 'Etwas anderes eben.' : null,
      });
      const { declineReason, declineText, attribution } = await look(hub, caseworker, referrals[i]!.id);
      seen.add(JSON.stringify([declineReason, declineText, attribution]));
    }
    expect([...seen]).toEqual(['[null,null,null]']);
  });
});

describe('after a hidden end', () => {
  const HIDDEN = [
    [NONE, ['DECLINE']],
    [NONE, ['ACCEPT', 'START', 'COMPLETE']],
    [RECEIVED_ONLY, ['ACKNOWLEDGE', 'ACCEPT', 'START', 'COMPLETE']],
  ] as const;

  async function hidden(level: FeedbackLevel, steps: readonly Step[]) {
    const world = await hub.given({ status: DRAFT, level, total: 2 });
    await take(hub, world.caseworker, 'SEND', world.referral.id);
    for (const step of steps) await take(hub, world.partner, step, world.referral.id);
    return world;
  }

  const counters = (service: string) =>
    hub.owner().execute('select * from service_capacity where service_id = ?', [service]);

  test.each(HIDDEN)(
    '%s, %j: a cancellation shows to the caseworker, and changes nothing else',
    async (level, steps) => {
      const world = await hidden(level, steps);
      const { caseworker, partner, coordinator, referral, service } = world;
      const asPartner = await everywhereOfPartner(partner, world);
      const asCoordinator = await look(hub, coordinator, referral.id);
      const capacity = await counters(service.id);
      const seen = await look(hub, caseworker, referral.id);
      expect(seen.openSteps).toEqual(['CANCEL', 'MARK_AS_ERROR']);
      nextMinute();
      const stale = await tryStep(hub, caseworker, 'CANCEL', referral.id, { expectedVersion: seen.version + 1 });
      expect(stale.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: seen.version }]);
      const said = { reason: 'OTHER', text: 'Ein Grund in Worten.', expectedVersion: seen.version };
      const cancelled = await take(hub, caseworker, 'CANCEL', referral.id, said);
      expect(cancelled).toMatchObject({
        status: 'CANCELLED',
        version: seen.version + 1,
        updatedAt: now.toISOString(),
        cancelReason: 'OTHER',
        openSteps: ['MARK_AS_ERROR'],
        respondBy: null,
      });
      expect(cancelled.events.at(-1)).toMatchObject({
        step: 'CANCEL',
        from: seen.status,
        to: 'CANCELLED',
        by: 'CASEWORKER',
      });
      expect(await everywhereOfPartner(partner, world)).toEqual(asPartner);
      // What was taken back is not reopened; all else stays.
      const openSteps = asCoordinator.openSteps.filter((step: Step) => step !== 'REOPEN');
      expect(await look(hub, coordinator, referral.id)).toEqual({ ...asCoordinator, openSteps });
      expect(await counters(service.id)).toEqual(capacity);
      expect((await tryStep(hub, caseworker, 'CANCEL', referral.id)).userErrors).toMatchObject([
        { code: 'STEP_NOT_OPEN', openSteps: ['MARK_AS_ERROR'] },
      ]);
    },
  );

  async function everywhereOfPartner(partner: Viewer, world: World) {
    return (await everywhere(partner, world)).all;
  }

  test.each(HIDDEN)('%s, %j: a cancellation looks as if it had not ended', async (level, steps) => {
    const ended = await hidden(level, steps);
    const running = await hidden(level, level === NONE ? [] : ['ACKNOWLEDGE', 'ACCEPT']);
    const answers = [];
    for (const { caseworker, referral } of [ended, running]) {
      const { status, version, openSteps, cancelReason, attribution, events } = await take(
        hub,
        caseworker,
        'CANCEL',
        referral.id,
      );
      const story = events.map(({ step, from, to, by }: Record<string, string>) => [step, from, to, by]);
      answers.push({ status, version, openSteps, cancelReason, attribution, story });
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  test.each(HIDDEN)('%s, %j: a revocation shows REVOKED, and the partner keeps its end', async (level, steps) => {
    const { caseworker, partner, coordinator, referral, consent, service } = await hidden(level, steps);
    const told = await look(hub, partner, referral.id);
    const capacity = await counters(service.id);
    await hub.as(caseworker, `mutation { consentRevoke(id: "${consent.id}") { userErrors { code } } }`);
    expect(await look(hub, caseworker, referral.id)).toMatchObject({
      status: 'REVOKED',
      openSteps: ['MARK_AS_ERROR'],
    });
    expect(await look(hub, partner, referral.id)).toEqual({ ...told, client: null, note: null });
    expect((await look(hub, coordinator, referral.id)).status).toBe(told.status);
    expect(await counters(service.id)).toEqual(capacity);
  });

  test('a cancellation of one that only seems to wait releases what it holds', async () => {
    const { caseworker, partner, referral, service } = await hidden(NONE, ['ACCEPT', 'START']);
    expect(await counters(service.id)).toMatchObject([{ reserved: 1 }]);
    await take(hub, caseworker, 'CANCEL', referral.id);
    expect(await counters(service.id)).toMatchObject([{ reserved: 0 }]);
    expect(await look(hub, partner, referral.id)).toMatchObject({ status: 'CANCELLED', client: null });
  });
});

test('the version that a caseworker names is the one that she has seen', async () => {
  const { caseworker, partner, referral } = await hub.given({ level: NONE });
  await take(hub, partner, 'ACKNOWLEDGE', referral.id, { expectedVersion: 1 });
  await take(hub, partner, 'ACCEPT', referral.id, { expectedVersion: 2 });
  const { userErrors } = await tryStep(hub, caseworker, 'CANCEL', referral.id, { expectedVersion: 3 });
  expect(userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 1 }]);
  await take(hub, caseworker, 'CANCEL', referral.id, { expectedVersion: 1 });
});

describe('somebody on two sides', () => {
  const both = (one: Viewer, other: Viewer): Viewer => ({
    ...one,
    memberships: [...one.memberships, ...other.memberships],
  });

  test('caseworker and editor of the partner: reads as the partner, acts as the party of the step', async () => {
    const { caseworker, partner, referral, clientCase } = await hub.given({ status: DRAFT, level: NONE });
    const viewer = both(caseworker, partner);
    const { id } = referral;
    expect(await look(hub, viewer, id)).toMatchObject({
      status: 'DRAFT',
      openSteps: ['SEND', 'CANCEL', 'MARK_AS_ERROR'],
    });
    const sent = await take(hub, viewer, 'SEND', id, { expectedVersion: 1 });
    expect(sent.clientCase).toMatchObject({ id: clientCase.id });
    expect(sent.client.pseudonym).toMatch(/^P-/);
    expect([...sent.openSteps].sort()).toEqual(['ACCEPT', 'ACKNOWLEDGE', 'CANCEL', 'DECLINE', 'MARK_AS_ERROR']);
    const accepted = await take(hub, viewer, 'ACCEPT', id, { expectedVersion: 2 });
    expect(accepted).toMatchObject({ status: 'ACCEPTED', version: 3 });
    const cancelled = await take(hub, viewer, 'CANCEL', id, { expectedVersion: 3 });
    expect(cancelled.events.map((event: { by: string }) => event.by)).toEqual(['CASEWORKER', 'PARTNER', 'CASEWORKER']);
    const { data } = await hub.as(
      viewer,
      '{ referrals(filter: { statuses: [CANCELLED] }) { totalCount nodes { status } } }',
    );
    expect(data.referrals).toEqual({ totalCount: 1, nodes: [{ status: 'CANCELLED' }] });
  });

  test.each([NONE, RECEIVED_ONLY])(
    'coordinator and caseworker on the case: sees what the caseworker sees, at level %s',
    async level => {
      const world = await hub.given({ status: DRAFT, level, total: 9 });
      const { caseworker, coordinator, partner, referral } = world;
      const viewer = { ...caseworker, memberships: [...caseworker.memberships, ...coordinator.memberships] };
      await take(hub, caseworker, 'SEND', referral.id);
      for (const step of ['ACKNOWLEDGE', 'ACCEPT', 'START', 'COMPLETE'] as const) {
        await take(hub, partner, step, referral.id);
        const { service: _places, ...asBoth } = (await everywhere(viewer, world)).all;
        await hub
          .owner()
          .execute('delete from membership where account_id = ? and role = ?', [viewer.accountId, Role.COORDINATOR]);
        const { service: _rounded, ...asCaseworker } = (await everywhere(caseworker, world)).all;
        expect(asBoth).toEqual(asCaseworker);
      }
    },
  );

  test('a coordinator who is a caseworker, but not on this case, sees it as coordinator', async () => {
    const { colleague, coordinator, partner, referral } = await hub.given({ level: NONE });
    await take(hub, partner, 'DECLINE', referral.id);
    const viewer = both(colleague, coordinator);
    expect(await look(hub, viewer, referral.id)).toMatchObject({ status: 'DECLINED', clientCase: null, note: null });
    expect(
      await hub.as(viewer, `{ referrals(filter: { clientCase: "${referral.clientCase.id}" }) { totalCount } }`),
    ).toEqual({
      data: { referrals: { totalCount: 0 } },
    });
  });
});

test.each([
  [NONE, [0, 1, 1, 3, 3, 3, 6, 6]],
  [RECEIVED_ONLY, [0, 1, 1, 3, 3, 3, 6, 6]],
  [STATUS, [0, 1, 2, 3, 4, 5, 6, 7]],
] as const)(
  'free places at level %s: rounded for others, exact for the partner and the coordinator',
  async (level, shown) => {
    const { caseworker, stranger, foreigner, anonymous, partner, coordinator, service } = await hub.given({ level });
    const free = async (viewer: Viewer) =>
      (await hub.as(viewer, `{ service(id: "${service.id}") { capacity { free } } }`)).data.service.capacity.free;
    for (const [exact, rounded] of shown.entries()) {
      await hub.owner().execute('update service_capacity set total = ? where service_id = ?', [exact, service.id]);
      for (const viewer of [caseworker, stranger, foreigner, anonymous]) expect(await free(viewer)).toBe(rounded);
      for (const viewer of [partner, coordinator]) expect(await free(viewer)).toBe(exact);
    }
  },
);

test('a referral stays at its place in the list, whatever happens unseen', async () => {
  const { caseworker, partner, referrals } = await hub.given({ level: NONE, referrals: 3, total: 9 });
  const order = async () =>
    (await hub.as(caseworker, '{ referrals { nodes { id updatedAt } edges { cursor } } }')).data.referrals;
  const before = await order();
  nextMinute();
  await take(hub, partner, 'ACCEPT', referrals[0]!.id);
  expect(await order()).toEqual(before);
});
