import { afterAll, beforeAll, expect, test } from 'vitest';
import { OFFERED_STEPS, ReferralStatus } from '../../src/referral/referral.rules.js';
import { DECLINE_ATTRIBUTION, DeclineReason } from '../../src/referral/referral-reasons.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { testHub } from '../support/hub.js';
import { documentOf, EVERY_STEP, look, type Step, take, tryStep, variablesOf } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('referral_steps');

// A Wednesday; Good Friday and Easter Monday follow, so working days and calendar days come apart.
const WEDNESDAY = new Date('2026-04-01T08:00:00.000Z');
const THURSDAY = new Date('2026-04-02T08:00:00.000Z');
const AFTER_EASTER = new Date('2026-04-07T08:00:00.000Z');

beforeAll(() => hub.setNow(WEDNESDAY));
afterAll(() => hub.setNow(undefined));

const { DRAFT, SENT, RECEIVED, WAITLISTED, ACCEPTED, IN_PROGRESS } = ReferralStatus;

const countersOf = async (service: string) => {
  const em = hub.owner();
  const [capacity] = await em.execute(
    'select total, reserved, occupied_elsewhere, waitlisted from service_capacity where service_id = ?',
    [service],
  );
  const accepted = await em.execute(
    'select accepted_on::text as on, accepted from service_acceptance where service_id = ? order by 1',
    [service],
  );
  const answers = await em.execute(
    'select answered_on::text as on, working_days, answers from service_answer where service_id = ? order by 1, 2',
    [service],
  );
  return { ...capacity, accepted, answers };
};

const CAPACITY = 'service { capacity { total free reserved waiting } }';
const placesSeen = async (viewer: Parameters<typeof hub.as>[0], id: string) =>
  (await hub.as(viewer, `{ referral(id: "${id}") { ${CAPACITY} } }`)).data.referral.service.capacity;

test('the whole way, step by step, with all that follows from each', async () => {
  hub.setNow(WEDNESDAY);
  const { caseworker, partner, referral, service, clientCase, home } = await hub.given({ status: DRAFT, total: 2 });
  const { id } = referral;

  const sent = await take(hub, caseworker, 'SEND', id, { expectedVersion: 1 });
  expect(sent).toMatchObject({
    status: 'SENT',
    version: 2,
    updatedAt: WEDNESDAY.toISOString(),
    respondBy: '2026-04-08T08:00:00.000Z', // Thursday, then Tuesday and Wednesday after Easter
    openSteps: ['CANCEL', 'MARK_AS_ERROR'],
    clientCase: { id: clientCase.id },
    client: null,
    note: 'Bitte bald.',
  });
  expect(await look(hub, partner, id)).toMatchObject({
    status: 'SENT',
    openSteps: ['ACKNOWLEDGE', 'ASK', 'ACCEPT', 'WAITLIST', 'DECLINE'],
    clientCase: null,
    note: 'Bitte bald.',
    client: {
      municipality: { key: home.key },
      needs: [{ code: 'addiction' }, { code: 'long-term-unemployed' }].sort((a, b) => a.code.localeCompare(b.code)),
      languages: ['uk'],
      age: 36,
    },
  });

  const received = await take(hub, partner, 'ACKNOWLEDGE', id, { expectedVersion: 2 });
  expect(received).toMatchObject({ status: 'RECEIVED', version: 3, respondBy: '2026-04-17T08:00:00.000Z' });
  expect(received.openSteps).toEqual(['ASK', 'ACCEPT', 'WAITLIST', 'DECLINE']);

  hub.setNow(AFTER_EASTER);
  const accepted = await take(hub, partner, 'ACCEPT', id, { expectedVersion: 3 });
  expect(accepted).toMatchObject({ status: 'ACCEPTED', version: 4, respondBy: null });
  expect(accepted.openSteps).toEqual(['SCHEDULE', 'START', 'ABORT']);
  expect(await placesSeen(partner, id)).toEqual({ total: 2, free: 1, reserved: 1, waiting: null });
  expect(await placesSeen(caseworker, id)).toEqual({ total: 2, free: 1, reserved: null, waiting: null });
  // Thursday and Tuesday are working days; Friday and Monday are holidays.
  const answered = {
    accepted: [{ on: '2026-04-07', accepted: 1 }],
    answers: [{ on: '2026-04-07', working_days: 2, answers: 1 }],
  };
  expect(await countersOf(service.id)).toMatchObject({ reserved: 1, ...answered });

  const first = await take(hub, partner, 'SCHEDULE', id, { at: '2026-04-20T09:30:00+02:00' });
  expect(first).toMatchObject({ status: 'SCHEDULED', version: 5, scheduledAt: '2026-04-20T07:30:00.000Z' });
  const moved = await take(hub, partner, 'SCHEDULE', id, { at: '2026-04-21T07:30:00Z' });
  expect(moved).toMatchObject({ status: 'SCHEDULED', version: 6, scheduledAt: '2026-04-21T07:30:00.000Z' });
  expect(moved.openSteps).toEqual(['SCHEDULE', 'START', 'ABORT']);

  const started = await take(hub, partner, 'START', id);
  expect(started).toMatchObject({
    status: 'IN_PROGRESS',
    version: 7,
    startedOn: '2026-04-07',
    openSteps: ['HOLD', 'COMPLETE', 'ABORT'],
  });

  const completed = await take(hub, partner, 'COMPLETE', id, { outcome: 'EMPLOYED' });
  expect(completed).toMatchObject({ status: 'COMPLETED', version: 8, outcome: 'EMPLOYED', openSteps: [] });
  expect(await placesSeen(partner, id)).toEqual({ total: 2, free: 2, reserved: 0, waiting: null });
  expect(await countersOf(service.id)).toMatchObject({ reserved: 0, waitlisted: 0, ...answered });

  const read = await look(hub, caseworker, id);
  expect(read).toMatchObject({
    status: 'COMPLETED',
    version: 8,
    outcome: 'EMPLOYED',
    openSteps: ['MARK_AS_ERROR'],
    startedOn: '2026-04-07',
  });
  expect(read.events.map(({ step, from, to, by }: Record<string, string>) => [step, from, to, by])).toEqual([
    ['SEND', 'DRAFT', 'SENT', 'CASEWORKER'],
    ['ACKNOWLEDGE', 'SENT', 'RECEIVED', 'PARTNER'],
    ['ACCEPT', 'RECEIVED', 'ACCEPTED', 'PARTNER'],
    ['SCHEDULE', 'ACCEPTED', 'SCHEDULED', 'PARTNER'],
    ['SCHEDULE', 'SCHEDULED', 'SCHEDULED', 'PARTNER'],
    ['START', 'SCHEDULED', 'IN_PROGRESS', 'PARTNER'],
    ['COMPLETE', 'IN_PROGRESS', 'COMPLETED', 'PARTNER'],
  ]);
  expect(read.events.map((event: { at: string }) => event.at)).toEqual([
    ...Array(2).fill(WEDNESDAY.toISOString()),
    ...Array(5).fill(AFTER_EASTER.toISOString()),
  ]);
});

test('from the waiting list: counted while waiting, answered once', async () => {
  hub.setNow(WEDNESDAY);
  const { caseworker, partner, referral, service } = await hub.given({ total: 1 });
  const waits = await take(hub, partner, 'WAITLIST', referral.id);
  expect(waits).toMatchObject({ status: 'WAITLISTED', version: 2, respondBy: null, openSteps: ['ACCEPT', 'DECLINE'] });
  expect(await placesSeen(caseworker, referral.id)).toMatchObject({ free: 1, waiting: 1 });
  hub.setNow(AFTER_EASTER);
  await take(hub, partner, 'ACCEPT', referral.id);
  expect(await countersOf(service.id)).toMatchObject({
    reserved: 1,
    waitlisted: 0,
    accepted: [{ on: '2026-04-07', accepted: 1 }],
    answers: [{ on: '2026-04-01', working_days: 0, answers: 1 }],
  });
});

test.each(['DECLINE', 'CANCEL'] as const)('%s takes somebody off the waiting list', async step => {
  hub.setNow(WEDNESDAY);
  const { caseworker, partner, referral, service } = await hub.given({ status: WAITLISTED });
  expect(await countersOf(service.id)).toMatchObject({ waitlisted: 1 });
  await take(hub, step === 'CANCEL' ? caseworker : partner, step, referral.id);
  expect(await countersOf(service.id)).toMatchObject({ waitlisted: 0, reserved: 0, accepted: [], answers: [] });
});

test.each([ACCEPTED, ReferralStatus.SCHEDULED, IN_PROGRESS, ReferralStatus.ON_HOLD])(
  'a cancellation of one that is %s gives its place back, even where the partner has shrunk',
  async status => {
    const { caseworker, referral, service } = await hub.given({ status, total: 0, occupiedElsewhere: 5 });
    await take(hub, caseworker, 'CANCEL', referral.id);
    expect(await countersOf(service.id)).toMatchObject({ reserved: 0, total: 0, occupied_elsewhere: 5 });
  },
);

test('places that are not counted never run out, and are counted all the same', async () => {
  const { partner, referrals, service } = await hub.given({ total: null, referrals: 3 });
  for (const { id } of referrals) await take(hub, partner, 'ACCEPT', id);
  expect(await countersOf(service.id)).toMatchObject({ total: null, reserved: 3 });
  expect(await placesSeen(partner, referrals[0]!.id)).toEqual({ total: null, free: null, reserved: 3, waiting: null });
});

test.each(Object.values(DeclineReason))('a decline for %s says whom it is due to', async reason => {
  const text = reason === 'OTHER' ? 'Aus einem anderen Grund.' : null;
  const { caseworker, partner, referral } = await hub.given();
  await take(hub, partner, 'DECLINE', referral.id, { reason, text });
  const told = { declineReason: reason, declineText: text, attribution: DECLINE_ATTRIBUTION[reason] };
  expect(await look(hub, caseworker, referral.id)).toMatchObject({ status: 'DECLINED', respondBy: null, ...told });
});

test('what a partner wrote to the end goes with its access; the caseworker keeps it', async () => {
  const { caseworker, partner, referral } = await hub.given();
  const words = { reason: 'OTHER', text: 'Die Klientin ist in der Klinik.' };
  expect(await take(hub, partner, 'DECLINE', referral.id, words)).toMatchObject({
    declineReason: 'OTHER',
    declineText: null,
  });
  expect(await look(hub, caseworker, referral.id)).toMatchObject({ declineText: words.text });
});

test.each([
  ['CLIENT_DECLINES', 'CLIENT'],
  ['SITUATION_CHANGED', 'CLIENT'],
  ['FOUND_OTHER_SERVICE', 'JOBCENTER'],
  ['ENTERED_TWICE', 'JOBCENTER'],
  ['OTHER', null],
])('a cancellation for %s is due to %s; the partner learns neither', async (reason, attribution) => {
  const { caseworker, partner, coordinator, referral } = await hub.given();
  await take(hub, caseworker, 'CANCEL', referral.id, { reason, text: 'Ein Grund in Worten.' });
  expect(await look(hub, caseworker, referral.id)).toMatchObject({ cancelReason: reason, attribution });
  expect(await look(hub, coordinator, referral.id)).toMatchObject({ cancelReason: reason, attribution });
  expect(await look(hub, partner, referral.id)).toMatchObject({ cancelReason: null, attribution: null });
});

test('the reason of a group is set by the hub alone', async () => {
  const { caseworker, referral } = await hub.given();
  const before = await everyRow(hub.owner());
  const { data } = await hub.as(
    caseworker,
    documentOf('CANCEL'),
    variablesOf('CANCEL', referral.id, { reason: 'SIBLING_ACCEPTED' }),
  );
  expect(Object.values(data)).toMatchObject([{ userErrors: [{ code: 'INVALID_INPUT', path: ['reason'] }] }]);
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('a draft that is cancelled was never there for the partner', async () => {
  const { caseworker, partner, coordinator, referral } = await hub.given({ status: DRAFT });
  await take(hub, caseworker, 'CANCEL', referral.id);
  expect(await look(hub, caseworker, referral.id)).toMatchObject({ status: 'CANCELLED', openSteps: ['MARK_AS_ERROR'] });
  for (const viewer of [partner, coordinator]) expect(await look(hub, viewer, referral.id)).toBeNull();
});

test('the start may be told afterwards', async () => {
  hub.setNow(THURSDAY);
  const { partner, referral } = await hub.given({ status: ACCEPTED });
  expect(await take(hub, partner, 'START', referral.id, { on: '2026-04-02' })).toMatchObject({
    startedOn: '2026-04-02',
  });
  hub.setNow(WEDNESDAY);
});

// Written out by hand from the domain guide, not from the table that is tried.
const OPEN_TO: Record<'caseworker' | 'partner' | 'coordinator', Partial<Record<ReferralStatus, Step[]>>> = {
  caseworker: {
    DRAFT: ['SEND', 'CANCEL', 'MARK_AS_ERROR'],
    SENT: ['CANCEL', 'MARK_AS_ERROR'],
    RECEIVED: ['CANCEL', 'MARK_AS_ERROR'],
    NEEDS_INFO: ['ANSWER', 'CANCEL', 'MARK_AS_ERROR'],
    WAITLISTED: ['RECONFIRM', 'CANCEL', 'MARK_AS_ERROR'],
    ACCEPTED: ['CANCEL', 'MARK_AS_ERROR'],
    SCHEDULED: ['CANCEL', 'MARK_AS_ERROR'],
    IN_PROGRESS: ['CANCEL', 'MARK_AS_ERROR'],
    ON_HOLD: ['CANCEL', 'MARK_AS_ERROR'],
    COMPLETED: ['MARK_AS_ERROR'],
    DECLINED: ['MARK_AS_ERROR'],
    CANCELLED: ['MARK_AS_ERROR'],
    EXPIRED: ['MARK_AS_ERROR'],
    ABORTED: ['MARK_AS_ERROR'],
    REVOKED: ['MARK_AS_ERROR'],
  },
  partner: {
    SENT: ['ACKNOWLEDGE', 'ASK', 'ACCEPT', 'WAITLIST', 'DECLINE'],
    RECEIVED: ['ASK', 'ACCEPT', 'WAITLIST', 'DECLINE'],
    WAITLISTED: ['ACCEPT', 'DECLINE'],
    ACCEPTED: ['SCHEDULE', 'START', 'ABORT'],
    SCHEDULED: ['SCHEDULE', 'START', 'ABORT'],
    IN_PROGRESS: ['HOLD', 'COMPLETE', 'ABORT'],
    ON_HOLD: ['RESUME', 'ABORT'],
  },
  coordinator: {
    SENT: ['MARK_AS_ERROR'],
    RECEIVED: ['MARK_AS_ERROR'],
    NEEDS_INFO: ['MARK_AS_ERROR'],
    WAITLISTED: ['MARK_AS_ERROR'],
    ACCEPTED: ['ABORT', 'MARK_AS_ERROR'],
    SCHEDULED: ['ABORT', 'MARK_AS_ERROR'],
    IN_PROGRESS: ['ABORT', 'MARK_AS_ERROR'],
    ON_HOLD: ['ABORT', 'MARK_AS_ERROR'],
    COMPLETED: ['MARK_AS_ERROR', 'REOPEN'],
    DECLINED: ['MARK_AS_ERROR'],
    CANCELLED: ['MARK_AS_ERROR'],
    EXPIRED: ['MARK_AS_ERROR'],
    ABORTED: ['MARK_AS_ERROR', 'REOPEN'],
    REVOKED: ['MARK_AS_ERROR'],
  },
};

test.each(Object.values(ReferralStatus))(
  'from %s only the steps of the table are open, to their party',
  async status => {
    const world = await hub.given({ status });
    const { id } = world.referral;
    const before = await everyRow(hub.owner());
    for (const who of ['caseworker', 'partner', 'coordinator'] as const) {
      const open = OPEN_TO[who][status] ?? [];
      const seen = status !== DRAFT || who === 'caseworker';
      expect((await look(hub, world[who], id))?.openSteps ?? null).toEqual(seen ? open : null);
      for (const step of EVERY_STEP.filter(one => !open.includes(one))) {
        const { userErrors } = await tryStep(hub, world[who], step, id);
        const refusal = seen
          ? { code: 'STEP_NOT_OPEN', path: ['id'], openSteps: open, currentVersion: null }
          : { code: 'NOT_FOUND', path: ['id'], openSteps: null, currentVersion: null };
        expect([who, step, userErrors]).toEqual([who, step, [refusal]]);
      }
    }
    expect(await everyRow(hub.owner())).toEqual(before);
  },
);

// What is hidden looks like the last status that is shown; what needs the caseworker's eyes is not open at NONE.
const SHOWN: Record<'NONE' | 'RECEIVED_ONLY', Partial<Record<ReferralStatus, ReferralStatus>>> = {
  NONE: Object.fromEntries(
    Object.values(ReferralStatus)
      .filter(status => !['DRAFT', 'CANCELLED', 'REVOKED', 'ENTERED_IN_ERROR'].includes(status))
      .map(status => [status, SENT]),
  ),
  RECEIVED_ONLY: {
    SCHEDULED: ACCEPTED,
    IN_PROGRESS: ACCEPTED,
    ON_HOLD: ACCEPTED,
    COMPLETED: ACCEPTED,
    ABORTED: ACCEPTED,
  },
};

test.each(['NONE', 'RECEIVED_ONLY'] as const)('at level %s the same, as far as each side sees', async level => {
  for (const status of Object.values(ReferralStatus)) {
    const world = await hub.given({ status, level: FeedbackLevel[level] });
    const open = async (who: 'caseworker' | 'partner' | 'coordinator') =>
      (await look(hub, world[who], world.referral.id))?.openSteps ?? [];
    const unseen = level === 'NONE' ? ['ASK', 'WAITLIST'] : [];
    const shown = SHOWN[level][status] ?? status;
    expect({
      status,
      caseworker: await open('caseworker'),
      partner: await open('partner'),
      coordinator: await open('coordinator'),
    }).toEqual({
      status,
      caseworker: OPEN_TO.caseworker[shown] ?? [],
      partner: (OPEN_TO.partner[status] ?? []).filter(step => !unseen.includes(step)),
      coordinator: OPEN_TO.coordinator[status] ?? [],
    });
  }
});

test.each(EVERY_STEP)('%s of an outdated version is refused, whether open or not', async step => {
  const world = await hub.given();
  const before = await everyRow(hub.owner());
  for (const who of ['caseworker', 'partner', 'coordinator'] as const) {
    const { userErrors } = await tryStep(hub, world[who], step, world.referral.id, { expectedVersion: 0 });
    expect(userErrors).toEqual([
      { code: 'VERSION_CONFLICT', path: ['expectedVersion'], openSteps: null, currentVersion: 1 },
    ]);
  }
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('every offered step has its mutation, and no mutation is offered in vain', () => {
  expect([...OFFERED_STEPS].sort()).toEqual([...EVERY_STEP].sort());
});

test.each([FeedbackLevel.NONE, FeedbackLevel.STATUS])('a waiting list at level %s', async level => {
  const { partner, referral } = await hub.given({ level });
  const { openSteps } = await look(hub, partner, referral.id);
  const { userErrors } = await tryStep(hub, partner, 'WAITLIST', referral.id);
  expect(openSteps.includes('WAITLIST')).toBe(level !== FeedbackLevel.NONE);
  expect(userErrors.map(one => one.code)).toEqual(level === FeedbackLevel.NONE ? ['STEP_NOT_OPEN'] : []);
});

const REFUSALS = [
  ['an outdated version', {}, 'partner', 'ACCEPT', { expectedVersion: 7 }, 'VERSION_CONFLICT', ['expectedVersion']],
  ['a version to come', {}, 'caseworker', 'CANCEL', { expectedVersion: 2 }, 'VERSION_CONFLICT', ['expectedVersion']],
  ['a negative version', {}, 'partner', 'DECLINE', { expectedVersion: -1 }, 'VERSION_CONFLICT', ['expectedVersion']],
  ['a full service', { occupiedElsewhere: 1 }, 'partner', 'ACCEPT', {}, 'NO_CAPACITY', []],
  ['no place at all', { total: 0 }, 'partner', 'ACCEPT', {}, 'NO_CAPACITY', []],
  ['a service shrunk below what is taken', { occupiedElsewhere: 3 }, 'partner', 'ACCEPT', {}, 'NO_CAPACITY', []],
  ['no waiting list', { keepsWaitingList: false }, 'partner', 'WAITLIST', {}, 'NO_WAITING_LIST', ['id']],
  ['OTHER without words', {}, 'partner', 'DECLINE', { reason: 'OTHER' }, 'REASON_REQUIRED', ['text']],
  [
    'OTHER with blanks',
    {},
    'partner',
    'DECLINE',
    { reason: 'OTHER', text: ' '.repeat(20) },
    'REASON_REQUIRED',
    ['text'],
  ],
  ['too few words', {}, 'partner', 'DECLINE', { reason: 'OTHER', text: ' kurz      ' }, 'REASON_REQUIRED', ['text']],
  ['a cancellation for OTHER', {}, 'caseworker', 'CANCEL', { reason: 'OTHER' }, 'REASON_REQUIRED', ['text']],
  [
    'an appointment now',
    { status: ACCEPTED },
    'partner',
    'SCHEDULE',
    { at: WEDNESDAY.toISOString() },
    'INVALID_INPUT',
    ['at'],
  ],
  [
    'an appointment in the past',
    { status: ACCEPTED },
    'partner',
    'SCHEDULE',
    { at: '2026-03-31T08:00:00Z' },
    'INVALID_INPUT',
    ['at'],
  ],
  ['a start tomorrow', { status: ACCEPTED }, 'partner', 'START', { on: '2026-04-02' }, 'INVALID_INPUT', ['on']],
  [
    'a start before the sending',
    { status: ACCEPTED },
    'partner',
    'START',
    { on: '2026-03-31' },
    'INVALID_INPUT',
    ['on'],
  ],
  ['a start in the year 1', { status: ACCEPTED }, 'partner', 'START', { on: '0001-01-01' }, 'INVALID_INPUT', ['on']],
  [
    'an outcome below the level',
    { status: IN_PROGRESS, level: FeedbackLevel.STATUS },
    'partner',
    'COMPLETE',
    { outcome: 'EMPLOYED' },
    'INVALID_INPUT',
    ['outcome'],
  ],
  [
    'an outcome under secrecy',
    { status: IN_PROGRESS, level: FeedbackLevel.RECEIVED_ONLY },
    'partner',
    'COMPLETE',
    { outcome: 'GOAL_REACHED' },
    'INVALID_INPUT',
    ['outcome'],
  ],
] as const;

test.each(REFUSALS)('%s is refused, and nothing changes', async (_case, wish, who, step, said, code, path) => {
  hub.setNow(WEDNESDAY);
  const world = await hub.given(wish);
  const before = await everyRow(hub.owner());
  const answer = await tryStep(hub, world[who], step, world.referral.id, said);
  const currentVersion = code === 'VERSION_CONFLICT' ? 1 : null;
  expect(answer).toEqual({ referral: null, userErrors: [{ code, path, openSteps: null, currentVersion }] });
  expect(await everyRow(hub.owner())).toEqual(before);
});

test.each([
  ['an unknown reason', 'DECLINE', { reason: 'BAD_MOOD' }, 'reason'],
  ['an unknown outcome', 'COMPLETE', { outcome: 'RICH' }, 'outcome'],
  ['a time that is none', 'SCHEDULE', { at: 'morgen' }, 'at'],
  ['a day that does not exist', 'START', { on: '2026-02-30' }, 'on'],
  ['too many words', 'DECLINE', { text: 'x'.repeat(301) }, 'text'],
  ['too many words of a cancellation', 'CANCEL', { text: 'x'.repeat(301) }, 'text'],
  ['too many words on the order', 'ACCEPT', { outOfOrderReason: 'x'.repeat(301) }, 'outOfOrderReason'],
  ['a NUL byte', 'DECLINE', { text: 'a\0b' }, 'text'],
  ['10,000 characters', 'CANCEL', { text: 'x'.repeat(10_000) }, 'text'],
  ['a version beyond all', 'ACCEPT', { expectedVersion: 2 ** 31 }, 'expectedVersion'],
  ['a version that is a word', 'ACCEPT', { expectedVersion: 'one' }, 'expectedVersion'],
] as const)('%s is no input at all', async (_case, step, said, argument) => {
  const { partner, referral } = await hub.given();
  const before = await everyRow(hub.owner());
  const { errors } = await hub.as(partner, documentOf(step), variablesOf(step, referral.id, said));
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  expect(await everyRow(hub.owner())).toEqual(before);
});

test('why somebody was passed over is told to the coordination, and to the partner as long as it reads the client', async () => {
  hub.setNow(WEDNESDAY);
  const { caseworker, partner, coordinator, referrals } = await hub.given({ total: 3, referrals: 2 });
  const [first, second] = referrals.map(one => one.id) as [string, string];
  await take(hub, partner, 'WAITLIST', first);
  await take(hub, partner, 'ACCEPT', second, { outOfOrderReason: 'Nur hier passt die Sprache.' });
  const told = () =>
    Promise.all(
      [partner, coordinator, caseworker].map(async viewer => (await look(hub, viewer, second)).outOfOrderReason),
    );
  const reason = 'Nur hier passt die Sprache.';
  expect(await told()).toEqual([reason, reason, null]);
  for (const step of ['START', 'COMPLETE'] as const) await take(hub, partner, step, second);
  expect(await told()).toEqual([reason, reason, null]);
  hub.setNow(new Date(WEDNESDAY.getTime() + 15 * 86_400_000));
  expect(await told()).toEqual([null, reason, null]);
});

test('who has waited longer comes first, or somebody says why not', async () => {
  hub.setNow(WEDNESDAY);
  const { partner, referrals, service } = await hub.given({ total: 3, referrals: 3 });
  const [first, second, third] = referrals.map(one => one.id) as [string, string, string];
  await take(hub, partner, 'WAITLIST', first);
  hub.setNow(THURSDAY);
  await take(hub, partner, 'WAITLIST', second);
  for (const [id, outOfOrderReason] of [
    [second, null],
    [third, null],
    [third, 'zu kurz'],
  ]) {
    const { userErrors } = await tryStep(hub, partner, 'ACCEPT', id!, { outOfOrderReason });
    expect(userErrors).toMatchObject([{ code: 'REASON_REQUIRED', path: ['outOfOrderReason'] }]);
  }
  await take(hub, partner, 'ACCEPT', third, { outOfOrderReason: '  Nur hier passt die Sprache.  ' });
  await take(hub, partner, 'ACCEPT', first, { outOfOrderReason: 'Niemand wartet länger.' });
  await take(hub, partner, 'ACCEPT', second);
  const reasons = await hub
    .owner()
    .execute('select id, out_of_order_reason as reason from referral where service_id = ? order by created_at', [
      service.id,
    ]);
  expect(reasons).toEqual([
    { id: first, reason: null }, // nobody was passed over
    { id: second, reason: null },
    { id: third, reason: '  Nur hier passt die Sprache.  ' }, // as it was written
  ]);
  expect(await countersOf(service.id)).toMatchObject({ reserved: 3, waitlisted: 0 });
  hub.setNow(WEDNESDAY);
});

test('with several faults, the version is told before the step, and the step before its input', async () => {
  const { partner, referral } = await hub.given({ status: RECEIVED });
  const outdated = await tryStep(hub, partner, 'START', referral.id, { expectedVersion: 9, on: '2099-01-01' });
  expect(outdated.userErrors.map(one => one.code)).toEqual(['VERSION_CONFLICT']);
  const closed = await tryStep(hub, partner, 'START', referral.id, { on: '2099-01-01' });
  expect(closed.userErrors.map(one => one.code)).toEqual(['STEP_NOT_OPEN']);
});

test('two steps in one request are two transactions, the second refused alone', async () => {
  const { partner, referral } = await hub.given({ status: SENT });
  const both = `mutation ($id: ID!) {
    a: referralAcknowledge(id: $id) { referral { status version } userErrors { code } }
    b: referralAcknowledge(id: $id) { referral { status } userErrors { code openSteps } }
    c: referralDecline(id: $id, reason: NO_CAPACITY) { referral { status version events { step } } userErrors { code } }
  }`;
  expect((await hub.as(partner, both, { id: referral.id })).data).toEqual({
    a: { referral: { status: 'RECEIVED', version: 2 }, userErrors: [] },
    b: { referral: null, userErrors: [{ code: 'STEP_NOT_OPEN', openSteps: ['ASK', 'ACCEPT', 'WAITLIST', 'DECLINE'] }] },
    c: {
      referral: { status: 'DECLINED', version: 3, events: [{ step: 'ACKNOWLEDGE' }, { step: 'DECLINE' }] },
      userErrors: [],
    },
  });
});
