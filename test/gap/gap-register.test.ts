import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { gapOfDecline } from '../../src/gap/gap.rules.js';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { DeclineReason } from '../../src/referral/referral-reasons.rules.js';
import { ServiceCategory } from '../../src/service/service.entity.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { testHub } from '../support/hub.js';
import { look, take, tryStep } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';
import { askRegister, counts, edit, register } from './register.js';

const hub = testHub('gap_register');

const MARCH = new Date('2026-03-31T21:59:59.000Z'); // the last second of March in Berlin
const APRIL = new Date('2026-03-31T22:00:00.000Z');

beforeEach(() => hub.setNow(MARCH));
afterAll(() => hub.setNow(undefined));

type World = Awaited<ReturnType<typeof hub.given>>;
const { NONE, RECEIVED_ONLY, STATUS } = FeedbackLevel;
const FOR_ANOTHER_REASON = { reason: DeclineReason.OTHER, text: 'Aus einem anderen Grund.' };

const decline = ({ partner }: World, { id }: { id: string }, said: object = {}) =>
  take(hub, partner, 'DECLINE', id, said);

/** Coordinates the network in which she refers clients. */
const bothOf = ({ caseworker, coordinator }: World) => ({
  ...caseworker,
  memberships: [...caseworker.memberships, ...coordinator.memberships],
});

/** It should never have been. */
const takeBack = ({ caseworker }: World, { id }: { id: string }) => take(hub, caseworker, 'MARK_AS_ERROR', id);

describe('a decline', () => {
  test.each(Object.values(DeclineReason))('with %s is counted if it tells that something is missing', async reason => {
    const world = await hub.given();
    await decline(world, world.referral, reason === 'OTHER' ? FOR_ANOTHER_REASON : { reason });
    const entering = gapOfDecline(reason);
    const gap = {
      id: expect.any(String),
      municipality: { key: world.home.key },
      category: { code: 'job-coaching' },
      reason,
      month: '2026-03-01',
      events: 1,
      status: 'OPEN',
      note: null,
      version: 1,
      updatedAt: null,
    };
    expect(await register(hub, world.coordinator, world.network)).toEqual(entering === null ? [] : [gap]);
  });

  test('of the same kind counts up, of another kind or month it is another gap', async () => {
    const world = await hub.given({ referrals: 4 });
    const [first, second, third, fourth] = world.referrals;
    await decline(world, first!);
    await decline(world, second!);
    await decline(world, third!, { reason: 'WAITLIST_FULL' });
    hub.setNow(APRIL);
    await decline(world, fourth!);
    const gaps = await register(hub, world.coordinator, world.network);
    expect(gaps.map(({ month, reason, events }: Record<string, string | number>) => [month, reason, events])).toEqual([
      ['2026-04-01', 'NO_CAPACITY', 1],
      ['2026-03-01', 'NO_CAPACITY', 2],
      ['2026-03-01', 'WAITLIST_FULL', 1],
    ]);
  });

  test('counts for the first category of the service', async () => {
    const world = await hub.given({ category: 'job-coaching' });
    const em = hub.owner();
    em.create(ServiceCategory, { service: world.service.id, category: 'debt-counselling' }); // stands before it
    await em.flush();
    await decline(world, world.referral);
    expect(await register(hub, world.coordinator, world.network)).toMatchObject([
      { category: { code: 'debt-counselling' } },
    ]);
  });

  test('to a service without any category is a decline all the same', async () => {
    const world = await hub.given();
    await hub.owner().execute('delete from service_category where service_id = ?', [world.service.id]);
    expect((await decline(world, world.referral)).status).toBe('DECLINED');
    expect(await register(hub, world.coordinator, world.network)).toEqual([]);
  });

  test('that is refused counts nothing', async () => {
    const world = await hub.given({ status: ReferralStatus.ACCEPTED });
    const before = await everyRow(hub.owner());
    const { userErrors } = await tryStep(hub, world.partner, 'DECLINE', world.referral.id);
    expect(userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN' }]);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('beside others loses none', async () => {
    const world = await hub.given({ referrals: 12 });
    await Promise.all(world.referrals.map(referral => decline(world, referral)));
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_CAPACITY', 12]]);
  });
});

describe('at a service that tells the caseworker nothing', () => {
  test('a decline shows once the month is over, to everybody', async () => {
    const world = await hub.given({ level: NONE });
    await decline(world, world.referral);
    const both = bothOf(world);
    for (const viewer of [world.coordinator, both]) expect(await register(hub, viewer, world.network)).toEqual([]);
    hub.setNow(APRIL);
    for (const viewer of [world.coordinator, both])
      expect(await register(hub, viewer, world.network)).toMatchObject([
        { month: '2026-03-01', events: 1, version: 1, updatedAt: null },
      ]);
  });

  test('who coordinates and refers finds nothing changed by it, wherever she looks', async () => {
    const world = await hub.given({ level: STATUS, referrals: 2 });
    const [told, hidden] = world.referrals;
    await hub.owner().execute('update referral set feedback_level = ? where id = ?', [NONE, hidden!.id]);
    const both = bothOf(world);
    await decline(world, told!);
    const [gap] = await register(hub, both, world.network);
    const ONE = 'query ($id: ID!) { node(id: $id) { ... on Gap { events version updatedAt } } }';
    const look = async () => [
      (await askRegister(hub, both, world.network)).data,
      (await hub.as(both, ONE, { id: gap.id })).data,
    ];
    const before = await look();
    await decline(world, hidden!);
    expect(await look()).toEqual(before);
    hub.setNow(APRIL);
    expect(await counts(hub, both, world.network)).toEqual([['NO_CAPACITY', 2]]);
  });

  test('a gap of which nothing shows yet is not there: not by its id, not for an edit', async () => {
    const world = await hub.given({ level: NONE });
    await decline(world, world.referral);
    const [{ id }] = await hub
      .owner()
      .execute<[{ id: string }]>('select id from gap where network_id = ?', [world.network.id]);
    const { data } = await hub.as(world.coordinator, 'query ($id: ID!) { node(id: $id) { id } }', { id });
    expect(data.node).toBeNull();
    const before = await everyRow(hub.owner());
    expect((await edit(hub, world.coordinator, id, { note: 'x' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('what is told of a client at RECEIVED_ONLY shows at once: the caseworker sees the decline too', async () => {
    const world = await hub.given({ level: RECEIVED_ONLY });
    await decline(world, world.referral);
    expect(await counts(hub, bothOf(world), world.network)).toEqual([['NO_CAPACITY', 1]]);
  });

  test('taken back in its month it never shows; later it shows less from the next month on', async () => {
    const world = await hub.given({ level: NONE, referrals: 3 });
    const [first, second, third] = world.referrals;
    for (const referral of [first!, second!, third!]) await decline(world, referral);
    await takeBack(world, first!);
    hub.setNow(APRIL);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_CAPACITY', 2]]);
    await takeBack(world, second!);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_CAPACITY', 2]]);
    hub.setNow(new Date('2026-05-01T00:00:00Z'));
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_CAPACITY', 1]]);
    await hub.owner().execute('update referral set created_at = ? where id = ?', [hub.now(), third!.id]);
    await takeBack(world, third!);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_CAPACITY', 1]]);
    hub.setNow(new Date('2026-06-01T00:00:00Z'));
    expect(await counts(hub, world.coordinator, world.network)).toEqual([]);
  });
});

describe('a referral that was a mistake', () => {
  test('leaves the register', async () => {
    const world = await hub.given({ referrals: 2 });
    const [first, second] = world.referrals;
    await decline(world, first!);
    await decline(world, second!);
    hub.setNow(APRIL);
    await takeBack(world, first!);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_CAPACITY', 1]]);
    const again = await tryStep(hub, world.caseworker, 'MARK_AS_ERROR', first!.id);
    expect(again.userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN' }]);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_CAPACITY', 1]]);
    await takeBack(world, second!);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([]);
  });

  test('leaves a gap that the coordinator has dealt with', async () => {
    const world = await hub.given();
    await decline(world, world.referral);
    const [{ id }] = await register(hub, world.coordinator, world.network);
    await edit(hub, world.coordinator, id, { status: 'PLANNED' });
    await takeBack(world, world.referral);
    expect(await register(hub, world.coordinator, world.network)).toMatchObject([{ id, events: 0, status: 'PLANNED' }]);
  });

  test('and was never counted changes nothing in it', async () => {
    const world = await hub.given({ referrals: 2 });
    const [first, second] = world.referrals;
    await decline(world, first!);
    await decline(world, second!, FOR_ANOTHER_REASON);
    await takeBack(world, second!);
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_CAPACITY', 1]]);
  });
});

describe('what nobody answers in time', () => {
  /** Lets 60 days pass, in which nobody does anything. */
  async function wait(): Promise<void> {
    for (let day = 0; day < 60; day++) {
      hub.setNow(new Date(hub.now().getTime() + 86_400_000));
      await hub.runClock();
    }
  }

  async function sent(level: FeedbackLevel) {
    hub.setNow(new Date('2026-03-02T09:00:00Z'));
    const world = await hub.given({ status: ReferralStatus.DRAFT, level });
    await take(hub, world.caseworker, 'SEND', world.referral.id);
    return world;
  }

  test.each([
    ['SENT', []],
    ['RECEIVED', ['ACKNOWLEDGE']],
    ['NEEDS_INFO', ['ASK']],
  ] as const)('while %s is a gap', async (_status, steps) => {
    const world = await sent(STATUS);
    for (const step of steps) await take(hub, world.partner, step, world.referral.id);
    await wait();
    expect(await look(hub, world.caseworker, world.referral.id)).toMatchObject({ status: 'EXPIRED' });
    expect(await counts(hub, world.coordinator, world.network)).toEqual([['NO_ANSWER', 1]]);
  });

  test('on the waiting list is none: there it was not the partner', async () => {
    const world = await sent(STATUS);
    await take(hub, world.partner, 'WAITLIST', world.referral.id);
    await wait();
    await wait();
    expect(await look(hub, world.caseworker, world.referral.id)).toMatchObject({ status: 'EXPIRED' });
    expect(await counts(hub, world.coordinator, world.network)).toEqual([]);
  });

  test('is withheld too where the caseworker sees nothing of it', async () => {
    const world = await sent(NONE);
    await wait();
    expect(await look(hub, world.coordinator, world.referral.id)).toMatchObject({ status: 'EXPIRED' });
    const month = { from: '2026-03-01', until: '2026-03-01' };
    const [row] = await hub
      .owner()
      .execute('select events, withheld, month from gap where network_id = ?', [world.network.id]);
    expect(row).toEqual({ events: 0, withheld: 1, month: '2026-03-01' });
    expect(await counts(hub, bothOf(world), world.network, month)).toEqual([['NO_ANSWER', 1]]);
  });
});
