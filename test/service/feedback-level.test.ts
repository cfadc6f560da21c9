import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { changeRecords } from '../../src/record/record.actions.js';
import { Origin } from '../../src/record/record.rules.js';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { SERVICE_RECORD } from '../../src/service/service-record.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { anonymous, both } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { look, type Step, take, tryStep, walk } from '../support/referral-steps.js';
import { edit } from '../support/self-service.js';

const hub = testHub('feedback_level');
const NOW = new Date('2026-03-10T09:00:00.000Z');

type World = Awaited<ReturnType<typeof hub.given>>;
const { NONE, RECEIVED_ONLY, STATUS } = FeedbackLevel;

beforeEach(() => hub.setNow(NOW));
afterAll(() => hub.setNow(undefined));

/** Twelve places and five cases, of which the first so many were taken on while little was told. */
async function given(level: FeedbackLevel, ...steps: Step[]): Promise<World> {
  const world = await hub.given({ status: ReferralStatus.DRAFT, level, total: 12, occupiedElsewhere: 5, referrals: 5 });
  await walk(hub, { ...world, referral: world.referrals[0]! }, ...steps);
  return world;
}

const setLevel = async ({ partner, service }: World, feedbackLevel: FeedbackLevel) => {
  const { userErrors } = await edit(hub, partner, 'serviceUpdate', { id: service.id, input: { feedbackLevel } });
  expect(userErrors).toEqual([]);
};
const since = async ({ service }: World): Promise<Date | null> => {
  const [row] = await hub
    .owner()
    .execute<{ since: string | null }[]>('select places_rounded_since as since from service where id = ?', [
      service.id,
    ]);
  return row!.since === null ? null : new Date(row!.since);
};

const VIEW = `query ($service: ID!, $match: ServiceMatchInput!, $coverage: CoverageInput!) {
  service(id: $service) { capacity { total free waiting expectedWaitDays occupiedElsewhere reserved reportedAt } }
  serviceMatch(service: $service, input: $match) { score reasons { factor weight value text } blockers }
  coverage(input: $coverage) { rows { municipality { key } places freePlaces accessibility } }
}`;

/** All that tells of places, answers and acceptances. */
async function shown(world: World, viewer: Viewer) {
  const match = { category: world.categoryCode, municipality: world.home.key, requireFreePlace: true };
  const coverage = { category: world.categoryCode, networks: [world.network.slug] };
  const { data, errors } = await hub.as(viewer, VIEW, { service: world.service.id, match, coverage });
  expect(errors).toBeUndefined();
  return data;
}
const others = (world: World): Viewer[] => [
  anonymous,
  world.caseworker,
  world.stranger,
  world.foreignCoordinator,
  { ...both(world.coordinator, world.caseworker), accountId: null },
];
const seenByOthers = (world: World) => Promise.all(others(world).map(viewer => shown(world, viewer)));
const freeFor = async (world: World, viewer: Viewer) => (await shown(world, viewer)).service.capacity.free;

describe('raising the level while a referral of before holds a place', () => {
  test.each([NONE, RECEIVED_ONLY])('from %s changes nothing that others see of places', async level => {
    const world = await given(level, 'SEND', 'ACCEPT');
    const before = await seenByOthers(world);
    expect(before[0].service.capacity).toMatchObject({ total: 12, free: 6, reserved: null });
    await setLevel(world, STATUS);
    expect(await since(world)).toEqual(NOW);
    expect(await seenByOthers(world)).toEqual(before);
    const own = { free: 6, reserved: 1, occupiedElsewhere: 5 };
    for (const viewer of [world.partner, world.coordinator])
      expect((await shown(world, viewer)).service.capacity).toMatchObject(own);
  });

  test('no step of it shows, nor of those that were sent since', async () => {
    const world = await given(RECEIVED_ONLY, 'SEND', 'ACCEPT');
    await setLevel(world, STATUS);
    await walk(hub, { ...world, referral: world.referrals[1]! }, 'SEND', 'ACCEPT');
    expect([await freeFor(world, anonymous), await freeFor(world, world.partner)]).toEqual([3, 5]);
    const before = await seenByOthers(world);
    await walk(hub, { ...world, referral: world.referrals[0]! }, 'START');
    await walk(hub, { ...world, referral: world.referrals[2]! }, 'SEND', 'ACCEPT');
    expect(await freeFor(world, world.partner)).toBe(4);
    expect(await seenByOthers(world)).toEqual(before);
  });

  test('older referrals keep the level of their sending, new ones have that of today', async () => {
    const world = await given(RECEIVED_ONLY, 'SEND', 'ACCEPT', 'START');
    await setLevel(world, STATUS);
    expect(await look(hub, world.caseworker, world.referrals[0]!.id)).toMatchObject({
      status: 'ACCEPTED',
      feedbackLevel: RECEIVED_ONLY,
    });
    await walk(hub, { ...world, referral: world.referrals[1]! }, 'SEND', 'ACCEPT', 'START');
    expect(await look(hub, world.caseworker, world.referrals[1]!.id)).toMatchObject({
      status: 'IN_PROGRESS',
      feedbackLevel: STATUS,
    });
  });

  test('a total that follows from an answer is rounded as before', async () => {
    const world = await given(RECEIVED_ONLY, 'SEND', 'ACCEPT');
    await setLevel(world, STATUS);
    const ask = `mutation ($input: AvailabilityAskInput!) { availabilityAsk(input: $input) { availabilityQuestion { requests { id } } } }`;
    const input = { network: world.network.slug, category: world.categoryCode, municipality: world.home.key };
    const { data } = await hub.as(world.caseworker, ask, { input });
    const { id } = data.availabilityAsk.availabilityQuestion.requests[0];
    const answer = `mutation ($id: ID!) { availabilityAnswer(id: $id, input: { places: 13 }) { userErrors { code } availabilityRequest { places service { capacity { total } } } } }`;
    expect((await hub.as(world.partner, answer, { id })).data.availabilityAnswer.availabilityRequest).toEqual({
      places: 13,
      service: { capacity: { total: 15 } },
    });
    const look = `{ availabilityQuestions { nodes { requests { places } } } }`;
    const asked = await hub.as(world.caseworker, look);
    expect(asked.data.availabilityQuestions.nodes[0].requests).toEqual([{ places: 6 }]);
  });

  test('a bulk edit, an import or an accepted proposal round as well', async () => {
    const world = await given(NONE, 'SEND', 'ACCEPT');
    const plain = await hub.given({ level: STATUS });
    const edits = [world, plain].map(({ service }) => ({
      id: service.id,
      wanted: { feedbackLevel: 'STATUS_AND_OUTCOME' },
    }));
    const by = { origin: Origin.IMPORT, at: NOW, account: null, source: 'Liste' };
    await hub.nobody().transactional(tx => changeRecords(tx, SERVICE_RECORD, edits, by));
    expect([await since(world), await since(plain)]).toEqual([NOW, null]);
  });
});

describe('where nothing of it is to be hidden', () => {
  test('between two levels that tell little, or much, nothing is rounded that was not', async () => {
    const little = await given(NONE);
    await setLevel(little, RECEIVED_ONLY);
    const much = await given(STATUS);
    await setLevel(much, FeedbackLevel.STATUS_AND_OUTCOME);
    expect([await since(little), await since(much)]).toEqual([null, null]);
    expect([await freeFor(little, anonymous), await freeFor(much, anonymous)]).toEqual([6, 7]);
  });

  test('lowering hides at once', async () => {
    const world = await given(STATUS);
    await setLevel(world, RECEIVED_ONLY);
    expect(await freeFor(world, anonymous)).toBe(6);
  });
});

describe('the clock shows places exactly again', () => {
  const at = async (day: string) => {
    hub.setNow(new Date(`${day}T09:00:00.000Z`));
    await hub.runClock();
  };

  test('from the month after the change where there is nothing to be hidden', async () => {
    const world = await given(RECEIVED_ONLY);
    await setLevel(world, STATUS);
    await at('2026-03-31');
    expect([await freeFor(world, anonymous), await freeFor(world, world.partner)]).toEqual([6, 7]);
    await at('2026-04-01');
    expect(await freeFor(world, anonymous)).toBe(7);
    expect(await since(world)).toBeNull();
  });

  test('not while a referral of before is open, can be taken back, or ended in this month', async () => {
    const world = await given(RECEIVED_ONLY, 'SEND', 'ACCEPT', 'START');
    await setLevel(world, STATUS);
    await at('2026-04-02');
    expect(await since(world)).toEqual(NOW);
    await take(hub, world.partner, 'COMPLETE', world.referrals[0]!.id);
    // Ninety days in which it may be reopened.
    for (const day of ['2026-05-01', '2026-07-01']) {
      await at(day);
      expect(await since(world)).toEqual(NOW);
    }
    await at('2026-07-03');
    expect(await since(world)).toBeNull();
  });

  test.each([
    ['declined a month later', '2026-02-10', { '2026-02-28': true, '2026-03-01': false }],
    ['declined soon, it can be marked as an error', '2026-01-15', { '2026-02-01': true, '2026-02-06': false }],
  ])('not in the month in which one was %s', async (_case, declined, rounded) => {
    hub.setNow(new Date('2026-01-05T09:00:00.000Z'));
    const world = await given(NONE, 'SEND', 'ACKNOWLEDGE');
    await setLevel(world, STATUS);
    hub.setNow(new Date(`${declined}T09:00:00.000Z`));
    await take(hub, world.partner, 'DECLINE', world.referrals[0]!.id);
    for (const [day, isRounded] of Object.entries(rounded)) {
      await at(day);
      expect([day, (await since(world)) !== null]).toEqual([day, isRounded]);
    }
  });

  test('not because of referrals that tell more, and a service that tells little again stays rounded', async () => {
    const world = await given(RECEIVED_ONLY);
    await setLevel(world, STATUS);
    await walk(hub, { ...world, referral: world.referrals[0]! }, 'SEND', 'ACCEPT');
    await at('2026-04-01');
    expect([await since(world), await freeFor(world, anonymous)]).toEqual([null, 6]);
    await setLevel(world, RECEIVED_ONLY);
    await setLevel(world, STATUS);
    expect(await since(world)).toEqual(new Date('2026-04-01T09:00:00.000Z'));
  });
});

describe('a service that is to tell nothing', () => {
  test('may be one of several already: what was sent keeps its level, what was not cannot be sent', async () => {
    const world = await hub.given({ status: ReferralStatus.DRAFT, level: STATUS, referrals: 2, total: 5 });
    const [sent, draft] = world.referrals;
    const group = '6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11';
    await hub.owner().execute('update referral set sibling_group = ? where id = ?', [group, sent!.id]);
    await hub.owner().execute('update referral set sibling_group = gen_random_uuid() where id = ?', [draft!.id]);
    await take(hub, world.caseworker, 'SEND', sent!.id);
    // To refuse it would tell the partner that its client is offered elsewhere, too.
    await setLevel(world, NONE);
    await take(hub, world.partner, 'ACCEPT', sent!.id);
    expect(await look(hub, world.caseworker, sent!.id)).toMatchObject({ status: 'ACCEPTED', feedbackLevel: STATUS });
    const refused = await tryStep(hub, world.caseworker, 'SEND', draft!.id);
    expect(refused.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
  });
});
