import { beforeEach, describe, expect, test } from 'vitest';
import type { AvailabilityAnswerInput } from '../../src/availability/availability.inputs.js';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { ServiceCapacity } from '../../src/service/service-capacity.entity.js';
import { both } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { take, tryStep } from '../support/referral-steps.js';
import { waitersOf } from '../support/waiters.js';
import { ANSWER_BY, answer, ask, askInput, CLOSES, NOW, rows, tryAnswer, type World } from './support.js';

const hub = testHub('availability_answer');
const LONG_AGO = new Date('2026-01-10T10:00:00Z');

beforeEach(() => hub.setNow(NOW));

type Counters = Partial<Pick<ServiceCapacity, 'total' | 'reserved' | 'occupiedElsewhere' | 'expectedWaitDays'>>;

/** A world whose one service was asked, with counters reported long ago; the id of the request. */
async function asked(counters: Counters = {}, level = FeedbackLevel.STATUS_AND_OUTCOME) {
  const world = await hub.given({ level });
  await hub
    .owner()
    .nativeUpdate(
      ServiceCapacity,
      { service: world.service.id },
      { total: 10, reserved: 2, occupiedElsewhere: 3, expectedWaitDays: 30, reportedAt: LONG_AGO, ...counters },
    );
  const { id, requests } = await ask(hub, world);
  return { world, question: id as string, request: requests[0].id as string };
}

const counters = (world: World) => hub.owner().findOneOrFail(ServiceCapacity, world.service.id);

/** What the finder says to the caseworker of the world. */
async function found({ caseworker, service, ...world }: World, level: object = {}) {
  const { category, municipality } = askInput({ caseworker, service, ...world });
  const { data } = await hub.as(
    caseworker,
    `query ($service: ID!, $input: ServiceMatchInput!) { serviceMatch(service: $service, input: $input) {
      blockers service { capacity { total free expectedWaitDays reportedAt occupiedElsewhere reserved } } reasons { factor text } } }`,
    { service: service.id, input: { category, municipality, ...level } },
  );
  return data.serviceMatch;
}

describe('an answer is a report of the places', () => {
  test.each<[string, Counters, AvailabilityAnswerInput, Counters]>([
    ['as many as before', {}, { places: 5 }, {}],
    ['more', {}, { places: 8 }, { occupiedElsewhere: 0 }],
    ['fewer', {}, { places: 1 }, { occupiedElsewhere: 7 }],
    ['none', {}, { places: 0 }, { occupiedElsewhere: 8 }],
    ['more than there are', {}, { places: 9 }, { occupiedElsewhere: 0, total: 11 }],
    ['from today on', {}, { places: 4, freeFrom: '2026-06-10' }, { occupiedElsewhere: 4, expectedWaitDays: 0 }],
    ['from a later day on', {}, { places: 4, freeFrom: '2026-06-20' }, { expectedWaitDays: 10 }],
    ['from the last asked day on', {}, { places: 4, freeFrom: '2026-07-01' }, { expectedWaitDays: 21 }],
    ['with a wait', {}, { places: 4, expectedWaitDays: 3 }, { occupiedElsewhere: 4, expectedWaitDays: 3 }],
    [
      'with a wait of its own beside the day',
      {},
      { places: 4, freeFrom: '2026-06-20', expectedWaitDays: 14 },
      { expectedWaitDays: 14 },
    ],
    [
      'none before a later day',
      {},
      { places: 0, freeFrom: '2026-07-02' },
      { occupiedElsewhere: 8, expectedWaitDays: 22 },
    ],
    ['null is not said', {}, { places: 5, freeFrom: null, expectedWaitDays: null }, {}],
    ['no wait known before', { expectedWaitDays: null }, { places: 5 }, { expectedWaitDays: null }],
    ['the first place', { total: 0, reserved: 0, occupiedElsewhere: 0 }, { places: 1 }, { total: 1 }],
    ['none of none', { total: 0, reserved: 0, occupiedElsewhere: 0 }, { places: 0 }, {}],
    ['none, taken beyond its places', { reserved: 12 }, { places: 0 }, { occupiedElsewhere: 0 }],
    ['one, taken beyond its places', { reserved: 12 }, { places: 1 }, { occupiedElsewhere: 0, total: 13 }],
    ['places not counted', { total: null, occupiedElsewhere: 0 }, { places: 4 }, {}],
    ['places not counted, and a wait', { total: null }, { places: 4, expectedWaitDays: 3 }, { expectedWaitDays: 3 }],
    ['the most', {}, { places: 100_000 }, { occupiedElsewhere: 0, total: 100_002 }],
    ['the longest wait', {}, { places: 5, expectedWaitDays: 3_650 }, { expectedWaitDays: 3_650 }],
  ])('%s', async (_case, before, said, after) => {
    const { world, request } = await asked(before);
    const told = await answer(hub, world.partner, request, said);
    expect(told).toMatchObject({
      places: said.places,
      freeFrom: said.freeFrom ?? null,
      expectedWaitDays: said.expectedWaitDays ?? null,
      answeredAt: NOW.toISOString(),
      open: false,
    });
    const usual = { total: 10, reserved: 2, occupiedElsewhere: 3, expectedWaitDays: 30 };
    const now = await counters(world);
    expect(now).toMatchObject({ ...usual, ...before, ...after, reportedAt: NOW, waitlisted: 0, reportedWaiting: null });
    const free = now.total === null ? null : Math.max(0, now.total - now.reserved - now.occupiedElsewhere);
    const later = said.freeFrom != null && said.freeFrom > '2026-06-10' && said.places > 0;
    if (now.total !== null && !later) expect(free).toBe(said.places);
    expect((await found(world)).service.capacity).toMatchObject({
      free,
      total: now.total,
      expectedWaitDays: now.expectedWaitDays,
      reportedAt: NOW.toISOString(),
    });
  });

  test('the finder goes by it', async () => {
    const { world, request } = await asked({ occupiedElsewhere: 8 });
    expect((await found(world, { requireFreePlace: true })).blockers).toEqual(['NO_FREE_PLACE']);
    await answer(hub, world.partner, request, { places: 2, expectedWaitDays: 4 });
    const { blockers, reasons } = await found(world, { requireFreePlace: true });
    expect(blockers).toEqual([]);
    expect(reasons).toContainEqual({ factor: 'CAPACITY', text: '2 freie Plätze, gemeldet heute' });
    await answer(hub, world.partner, request, { places: 0 });
    expect((await found(world, { requireFreePlace: true })).blockers).toEqual(['NO_FREE_PLACE']);
  });

  test('a service without counters gets them', async () => {
    const { world, request } = await asked();
    await hub.owner().execute('delete from service_capacity where service_id = ?', [world.service.id]);
    await answer(hub, world.partner, request, { places: 3 });
    expect(await counters(world)).toMatchObject({ total: null, reserved: 0, reportedAt: NOW });
  });

  test('whoever waits longest is told that a place is free, as after any other report', async () => {
    const world = await hub.given({ status: ReferralStatus.WAITLISTED, referrals: 3, total: 2, occupiedElsewhere: 2 });
    const { requests } = await ask(hub, world);
    const told = () =>
      hub
        .owner()
        .execute('select referral_id, party from referral_notice where network_id = ? order by party', [
          world.network.id,
        ]);
    await answer(hub, world.partner, requests[0].id, { places: 1, freeFrom: '2026-06-20' });
    expect(await told()).toEqual([]);
    await answer(hub, world.partner, requests[0].id, { places: 1 });
    expect(await told()).toEqual([
      { referral_id: world.referral.id, party: 'CASEWORKER' },
      { referral_id: world.referral.id, party: 'PARTNER' },
    ]);
  });

  test('the question counts it', async () => {
    const { world, question, request } = await asked();
    const counts = async () => {
      const { data } = await hub.as(
        world.caseworker,
        'query ($id: ID!) { node(id: $id) { ... on AvailabilityQuestion { asked answered yes } } }',
        { id: question },
      );
      return data.node;
    };
    expect(await counts()).toEqual({ asked: 1, answered: 0, yes: 0 });
    await answer(hub, world.partner, request, { places: 0 });
    expect(await counts()).toEqual({ asked: 1, answered: 1, yes: 0 });
    await answer(hub, world.partner, request, { places: 1 });
    expect(await counts()).toEqual({ asked: 1, answered: 1, yes: 1 });
  });
});

describe('a discreet service', () => {
  const DISCREET = [FeedbackLevel.NONE, FeedbackLevel.RECEIVED_ONLY];
  const OPEN = [FeedbackLevel.STATUS, FeedbackLevel.STATUS_AND_OUTCOME];

  test.each([
    ...DISCREET.flatMap(level => [0, 1, 2, 3, 5, 6, 7, 40].map(places => [level, places, true] as const)),
    ...OPEN.flatMap(level => [0, 2, 5, 40].map(places => [level, places, false] as const)),
  ])('%s says %i: the caseworker sees it coarsely: %s, by every way', async (level, places, coarse) => {
    const { world, question, request } = await asked({}, level);
    expect((await answer(hub, world.partner, request, { places })).places).toBe(places);
    const shown = coarse ? Math.max(...[0, 1, 3, 6].filter(step => step <= places)) : places;
    const ways = `query ($request: ID!, $question: ID!) {
      a: node(id: $request) { ... on AvailabilityRequest { places service { capacity { free } } question { requests { places } } } }
      b: node(id: $question) { ... on AvailabilityQuestion { yes requests { places } } }
      availabilityQuestions { nodes { requests { places } } }
    }`;
    const { data } = await hub.as(world.caseworker, ways, { request, question });
    expect(data).toEqual({
      a: { places: shown, service: { capacity: { free: shown } }, question: { requests: [{ places: shown }] } },
      b: { yes: places > 0 ? 1 : 0, requests: [{ places: shown }] },
      availabilityQuestions: { nodes: [{ requests: [{ places: shown }] }] },
    });
    const exact = await hub.as(world.coordinator, ways, { request, question });
    expect(exact.data.b.requests).toEqual([{ places }]);
    const caseworkerToo = await hub.as(both(world.caseworker, world.coordinator), ways, { request, question });
    expect(caseworkerToo.data).toEqual(data);
  });

  // A total raised to what is held and free would be a count of the clients who came.
  test.each(DISCREET)('of level %s does not tell by its raised total how many places are held', async level => {
    const seen = [];
    for (const reserved of [6, 7]) {
      const { world, question, request } = await asked({ total: 5, reserved, occupiedElsewhere: 0 }, level);
      await answer(hub, world.partner, request, { places: 2 });
      expect(await counters(world)).toMatchObject({ total: 10, reserved, occupiedElsewhere: 8 - reserved });
      const { data } = await hub.as(
        world.caseworker,
        `query ($id: ID!) { node(id: $id) { ... on AvailabilityQuestion { asked answered yes requests {
          places answeredAt service { capacity { total free waiting expectedWaitDays occupiedElsewhere reserved } } } } } }`,
        { id: question },
      );
      seen.push(data.node);
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0].requests).toMatchObject([{ places: 1, service: { capacity: { total: 10, free: 1 } } }]);
  });

  test.each(DISCREET)('of level %s that has no place left keeps its total', async level => {
    const { world, request } = await asked({ total: 5, reserved: 7, occupiedElsewhere: 0 }, level);
    await answer(hub, world.partner, request, { places: 0 });
    expect(await counters(world)).toMatchObject({ total: 5, reserved: 7, occupiedElsewhere: 0 });
  });
});

describe('when', () => {
  test('until seven days after the time for answers, to the millisecond; again, it replaces what was said', async () => {
    const { world, request } = await asked();
    hub.setNow(ANSWER_BY);
    await answer(hub, world.partner, request, { places: 1, freeFrom: '2026-06-20', expectedWaitDays: 4 });
    hub.setNow(CLOSES);
    expect(await answer(hub, world.partner, request, { places: 3 })).toMatchObject({
      answeredAt: CLOSES.toISOString(),
      places: 3,
      freeFrom: null,
      expectedWaitDays: null,
    });
    hub.setNow(new Date(CLOSES.getTime() + 1));
    const before = await rows(hub);
    const { data } = await tryAnswer(hub, world.partner, request, { places: 2 });
    expect(data.availabilityAnswer).toMatchObject({
      availabilityRequest: null,
      userErrors: [{ code: 'TOO_LATE', path: ['id'] }],
    });
    expect(await rows(hub)).toEqual(before);
  });

  test('put right, it takes back the wait that it told, but none that was told since', async () => {
    const { world, request } = await asked();
    hub.setNow(ANSWER_BY);
    await answer(hub, world.partner, request, { places: 2, freeFrom: '2026-06-20' });
    const { expectedWaitDays } = await counters(world);
    expect(expectedWaitDays).toBeGreaterThan(0);
    await answer(hub, world.partner, request, { places: 5 });
    expect(await counters(world)).toMatchObject({ expectedWaitDays: null });
    await answer(hub, world.partner, request, { places: 2, freeFrom: '2026-06-20' });
    await hub
      .owner()
      .execute('update service_capacity set expected_wait_days = 99 where service_id = ?', [world.service.id]);
    await answer(hub, world.partner, request, { places: 5 });
    expect(await counters(world)).toMatchObject({ expectedWaitDays: 99 });
  });

  test('a first answer that comes too late is too late', async () => {
    const { world, request } = await asked();
    hub.setNow(new Date(CLOSES.getTime() + 1));
    const { data } = await tryAnswer(hub, world.partner, request, { places: 2 });
    expect(data.availabilityAnswer.userErrors).toMatchObject([{ code: 'TOO_LATE' }]);
    expect(await counters(world)).toMatchObject({ reportedAt: LONG_AGO });
  });
});

describe('what cannot be said', () => {
  test.each<[string, object]>([
    ['places', { places: -1 }],
    ['places', { places: 100_001 }],
    ['expectedWaitDays', { places: 1, expectedWaitDays: -1 }],
    ['expectedWaitDays', { places: 1, expectedWaitDays: 3_651 }],
    ['freeFrom', { places: 1, freeFrom: '2026-06-09' }],
    ['freeFrom', { places: 1, freeFrom: '2026-07-02' }],
    ['freeFrom', { places: 0, freeFrom: '2026-07-01' }],
    ['freeFrom', { places: 0, freeFrom: '2026-06-10' }],
    ['freeFrom', { places: 0, freeFrom: '9999-12-31' }],
  ])('%s: %j, and nothing changes', async (field, said) => {
    const { world, request } = await asked();
    const before = await rows(hub);
    const { data, errors } = await tryAnswer(hub, world.partner, request, said);
    expect(errors).toBeUndefined();
    expect(data.availabilityAnswer).toMatchObject({
      availabilityRequest: null,
      userErrors: [{ code: 'INVALID_INPUT', path: ['input', field] }],
    });
    expect(await rows(hub)).toEqual(before);
  });

  test.each<[string, object]>([
    ['input.places', { places: 2_147_483_648 }],
    ['input.places', { places: 1.5 }],
    ['input.freeFrom', { places: 1, freeFrom: 'bald' }],
    ['input', { places: 1, note: 'Herr Muster kann kommen' }],
    ['input', {}],
  ])('%s is malformed: %j', async (argument, said) => {
    const { world, request } = await asked();
    const before = await rows(hub);
    const { errors } = await tryAnswer(hub, world.partner, request, said);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(String(errors![0]!.extensions.argument)).toContain(argument);
    expect(await rows(hub)).toEqual(before);
  });
});

describe('who may', () => {
  test('a request to others, or none, is NOT_FOUND, whatever is said', async () => {
    const { world, question, request } = await asked();
    const before = await rows(hub);
    for (const [viewer, id] of [
      [world.stranger, request],
      [world.partner, question],
      [world.partner, world.service.id],
      [world.partner, '00000000-0000-4000-8000-000000000000'],
      [world.partner, 'x'],
    ] as const)
      for (const said of [{ places: 1 }, { places: -1, freeFrom: '1900-01-01' }]) {
        const { data, errors } = await tryAnswer(hub, viewer, id, said);
        expect(errors).toBeUndefined();
        expect(data.availabilityAnswer).toMatchObject({
          availabilityRequest: null,
          userErrors: [{ code: 'NOT_FOUND', path: ['id'] }],
        });
      }
    expect(await rows(hub)).toEqual(before);
  });

  test.each([
    ['caseworker', 'FORBIDDEN'],
    ['coordinator', 'FORBIDDEN'],
    ['auditor', 'FORBIDDEN'],
    ['anonymous', 'UNAUTHENTICATED'],
  ] as const)('the %s: %s', async (who, code) => {
    const { world, request } = await asked();
    const before = await rows(hub);
    const { errors } = await tryAnswer(hub, world[who], request, { places: 1 });
    expect(errors).toMatchObject([{ extensions: { code } }]);
    expect(await rows(hub)).toEqual(before);
  });

  test('who asked and edits another partner answers nothing either', async () => {
    const { world, request } = await asked();
    const memberships = [...world.caseworker.memberships, ...world.stranger.memberships];
    const { data } = await tryAnswer(hub, { ...world.caseworker, memberships }, request, { places: 1 });
    expect(data.availabilityAnswer.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('the id may be written in capitals', async () => {
    const { world, request } = await asked();
    expect((await answer(hub, world.partner, request.toUpperCase(), { places: 1 })).id).toBe(request);
  });
});

describe('at once', () => {
  test('a place that is taken meanwhile stays taken, and what is said is free', async () => {
    const { world, request } = await asked({ total: 4, reserved: 2, occupiedElsewhere: 0 });
    const rival = hub.owner();
    await rival.begin();
    await rival.execute('update service_capacity set reserved = reserved + 1 where service_id = ?', [world.service.id]);
    const ours = answer(hub, world.partner, request, { places: 2 });
    await waitersOf(hub, 1);
    await rival.commit();
    await ours;
    expect(await counters(world)).toMatchObject({ total: 5, reserved: 3, occupiedElsewhere: 0 });
  });

  test('of many answers to one request the last is stored and reported', async () => {
    const { world, request } = await asked();
    await Promise.all(
      Array.from({ length: 12 }, (_, places) => answer(hub, world.partner, request, { places: places + 1 })),
    );
    const [stored] = await hub
      .owner()
      .execute('select places, revision from availability_request where id = ?', [request]);
    const { total, reserved, occupiedElsewhere } = await counters(world);
    expect(stored!.revision).toBe(13);
    expect(total! - reserved - occupiedElsewhere).toBe(stored!.places);
  });

  test('with acceptances, ends and reports: held places are what referrals hold, and nothing is negative', async () => {
    const world = await hub.given({ referrals: 24, total: 30 });
    const { requests } = await ask(hub, world);
    const report = (occupiedElsewhere: number) =>
      hub.as(
        world.partner,
        'mutation ($id: ID!, $input: CapacityReportInput!) { serviceCapacityReport(id: $id, input: $input) { userErrors { code } } }',
        { id: world.service.id, input: { occupiedElsewhere } },
      );
    const [first, rest] = [world.referrals.slice(0, 8), world.referrals.slice(8)];
    for (const { id } of first) await take(hub, world.partner, 'ACCEPT', id);
    const work = [
      ...rest.map(
        ({ id }) =>
          () =>
            tryStep(hub, world.partner, 'ACCEPT', id),
      ),
      ...first.map(
        ({ id }) =>
          () =>
            tryStep(hub, world.caseworker, 'CANCEL', id),
      ),
      ...Array.from({ length: 12 }, (_, i) => () => answer(hub, world.partner, requests[0].id, { places: i % 4 })),
      ...Array.from({ length: 6 }, (_, i) => () => report(i)),
    ];
    // Not all of a kind one after the other.
    const mixed = work.map((one, i) => ({ one, at: (i * 17) % work.length })).sort((a, b) => a.at - b.at);
    await Promise.all(mixed.map(({ one }) => one()));
    const { reserved, occupiedElsewhere } = await counters(world);
    const [held] = await hub
      .owner()
      .execute('select count(*)::int as count from referral where service_id = ? and holds_place', [world.service.id]);
    expect(reserved).toBe(held!.count);
    expect(occupiedElsewhere).toBeGreaterThanOrEqual(0);
    // And the last word is what is said then.
    await answer(hub, world.partner, requests[0].id, { places: 3 });
    const last = await counters(world);
    expect(last.reserved).toBe(held!.count);
    expect(last.total! - last.reserved - last.occupiedElsewhere).toBe(3);
  });
});
