import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { timePasses } from '../support/referral-clock.js';
import { documentOf, look, type Step, take, tryStep, variablesOf } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('waiting_list');

const START = new Date('2026-03-04T09:00:00.000Z');
let now = START;
function nextMinute(): void {
  now = new Date(now.getTime() + 60_000);
  hub.setNow(now);
}
beforeEach(() => {
  now = START;
  hub.setNow(now);
});
afterAll(() => hub.setNow(undefined));

const { NONE, RECEIVED_ONLY, STATUS } = FeedbackLevel;
type World = Awaited<ReturnType<typeof hub.given>>;

/** So many referrals of a service, some of them urgent; `waiting` came on the list, one a minute. */
async function listed({
  urgent = [],
  waiting,
  ...wish
}: { urgent?: number[]; waiting: number[] } & Omit<NonNullable<Parameters<typeof hub.given>[0]>, 'urgent'>): Promise<
  World & { ids: string[] }
> {
  const world = await hub.given({ total: 1, ...wish });
  const ids = world.referrals.map(one => one.id);
  for (const i of urgent) await hub.owner().execute('update referral set urgent = true where id = ?', [ids[i]]);
  for (const i of waiting) {
    nextMinute();
    await take(hub, world.partner, 'WAITLIST', ids[i]!);
  }
  nextMinute();
  return { ...world, ids };
}

const positions = (viewer: Viewer, ids: readonly string[]): Promise<(number | null)[]> =>
  Promise.all(ids.map(async id => (await look(hub, viewer, id)).waitingPosition));

/** The list, its count and the referrals agree, whatever happened. */
async function expectListOf({ service }: World): Promise<void> {
  const [row] = await hub.owner().execute(
    `select c.waitlisted, c.reserved,
       (select count(*)::int from service_waiting w where w.service_id = c.service_id and w.left_at is null) as listed,
       (select count(*)::int from referral r where r.service_id = c.service_id and r.status = 'WAITLISTED') as waiting,
       (select count(distinct w.id)::int from referral r join service_waiting w on w.id = r.waiting_id and w.left_at is null
         and w.urgent = r.urgent and w.service_id = r.service_id
         where r.service_id = c.service_id and r.status = 'WAITLISTED') as placed,
       (select count(*)::int from referral r where r.service_id = c.service_id and r.status <> 'WAITLISTED' and r.waiting_id is not null) as astray,
       (select count(*)::int from referral r where r.service_id = c.service_id and r.holds_place) as holders
     from service_capacity c where c.service_id = ?`,
    [service.id],
  );
  const { waitlisted, reserved } = row!;
  expect(row).toEqual({
    waitlisted,
    reserved,
    listed: waitlisted,
    waiting: waitlisted,
    placed: waitlisted,
    astray: 0,
    holders: reserved,
  });
}

describe('the order', () => {
  test('is urgent first, then who waits longest; both sides see the place', async () => {
    const world = await listed({ referrals: 5, urgent: [2, 3], waiting: [0, 1, 2, 3] });
    for (const who of ['caseworker', 'partner', 'coordinator'] as const)
      expect([who, await positions(world[who], world.ids)]).toEqual([who, [3, 4, 1, 2, null]]);
    await expectListOf(world);
  });

  test('closes up when somebody leaves it, and a reconfirmation keeps the place', async () => {
    const world = await listed({ referrals: 4, urgent: [3], waiting: [0, 1, 2, 3], total: 5 });
    const { caseworker, partner, ids } = world;
    await take(hub, partner, 'DECLINE', ids[0]!);
    expect(await positions(caseworker, ids)).toEqual([null, 2, 3, 1]);
    nextMinute();
    await take(hub, caseworker, 'RECONFIRM', ids[1]!);
    expect(await positions(caseworker, ids)).toEqual([null, 2, 3, 1]);
    await take(hub, partner, 'ACCEPT', ids[3]!);
    expect(await positions(caseworker, ids)).toEqual([null, 1, 2, null]);
    await expectListOf(world);
  });

  test('tells those of the same millisecond apart, and always alike', async () => {
    const world = await hub.given({ referrals: 4, total: 9 });
    const ids = world.referrals.map(one => one.id);
    for (const id of ids) await take(hub, world.partner, 'WAITLIST', id);
    const seen = await positions(world.partner, ids);
    expect([...seen].sort()).toEqual([1, 2, 3, 4]);
    expect(await positions(world.caseworker, ids)).toEqual(seen);
    for (const position of [1, 2, 3, 4]) await take(hub, world.partner, 'ACCEPT', ids[seen.indexOf(position)]!);
    await expectListOf(world);
  });

  test('is that of one service', async () => {
    const world = await listed({ referrals: 2, waiting: [0] });
    const other = await listed({ referrals: 1, urgent: [0], waiting: [0] });
    expect(await positions(world.partner, world.ids)).toEqual([1, null]);
    expect(await positions(other.partner, other.ids)).toEqual([1]);
  });

  test('counts among all who wait, as the service shows', async () => {
    const { caseworker, service } = await listed({ referrals: 3, waiting: [0, 1, 2] });
    const { data } = await hub.as(caseworker, `{ service(id: "${service.id}") { capacity { waiting } } }`);
    expect(data.service.capacity.waiting).toBe(3);
  });

  test('shows under secrecy too: it is before the decision', async () => {
    const { caseworker, ids } = await listed({ referrals: 2, waiting: [0, 1], level: RECEIVED_ONLY });
    expect(await positions(caseworker, ids)).toEqual([1, 2]);
  });
});

describe('an acceptance', () => {
  const REASON = 'Nur hier passt die Sprache.';
  // The first two came in this order, the third later and urgent; the fourth is not on the list.
  const WAYS: [string, { urgent: number[]; accept: number; passesOver: boolean }][] = [
    ['of the first', { urgent: [], accept: 0, passesOver: false }],
    ['of the second', { urgent: [], accept: 1, passesOver: true }],
    ['of an urgent one who came later', { urgent: [2], accept: 2, passesOver: false }],
    ['of the longest while an urgent one waits', { urgent: [2], accept: 0, passesOver: true }],
    ['of the second of two urgent ones', { urgent: [1, 2], accept: 2, passesOver: true }],
    ['of one that is not on the list', { urgent: [], accept: 3, passesOver: true }],
    ['of an urgent one that is not on the list', { urgent: [3], accept: 3, passesOver: true }],
  ];

  test.each(WAYS)('%s', async (_case, { urgent, accept, passesOver }) => {
    const world = await listed({ referrals: 4, urgent, waiting: [0, 1, 2] });
    const { partner, ids } = world;
    const before = await everyRow(hub.owner());
    if (passesOver) {
      for (const outOfOrderReason of [null, 'zu kurz']) {
        const { userErrors } = await tryStep(hub, partner, 'ACCEPT', ids[accept]!, { outOfOrderReason });
        expect(userErrors).toMatchObject([{ code: 'REASON_REQUIRED', path: ['outOfOrderReason'] }]);
      }
      expect(await everyRow(hub.owner())).toEqual(before);
    }
    await take(hub, partner, 'ACCEPT', ids[accept]!, { outOfOrderReason: passesOver ? REASON : null });
    const [row] = await hub
      .owner()
      .execute('select out_of_order_reason as reason from referral where id = ?', [ids[accept]]);
    expect(row).toEqual({ reason: passesOver ? REASON : null });
    await expectListOf(world);
  });

  test('where nobody waits any more needs no reason', async () => {
    const { partner, caseworker, ids } = await listed({ referrals: 2, waiting: [0] });
    await take(hub, caseworker, 'CANCEL', ids[0]!);
    await take(hub, partner, 'ACCEPT', ids[1]!);
  });

  test('without a place is refused before anybody asks for a reason', async () => {
    const { partner, ids } = await listed({ referrals: 2, waiting: [0, 1], total: 0 });
    const { userErrors } = await tryStep(hub, partner, 'ACCEPT', ids[1]!);
    expect(userErrors.map(one => one.code)).toEqual(['NO_CAPACITY']);
  });
});

/** By referral, whom the hub told of a free place, and how often. */
async function told({ ids }: { ids: string[] }): Promise<string[][]> {
  const rows = await hub
    .owner()
    .execute<{ id: string; party: string }[]>(
      `select referral_id as id, party from referral_notice where kind = 'PLACE_FREE' and referral_id = any(?::uuid[]) order by at, party`,
      [`{${ids.join(',')}}`],
    );
  return ids.map(id => rows.filter(row => row.id === id).map(row => row.party));
}

const BOTH = ['CASEWORKER', 'PARTNER'];

describe('a place that comes free', () => {
  const report =
    (input: string) =>
    async ({ partner, service }: World): Promise<void> => {
      const { data } = await hub.as(
        partner,
        `mutation { serviceCapacityReport(id: "${service.id}", input: ${input}) { userErrors { code } } }`,
      );
      expect(data.serviceCapacityReport.userErrors).toEqual([]);
    };
  const step =
    (who: 'partner' | 'caseworker' | 'coordinator', name: Step, said: object = {}) =>
    (world: World) =>
      take(hub, world[who], name, world.referral.id, said);

  /** The first runs, the others wait; one more place comes from elsewhere. */
  async function full(wish: Parameters<typeof hub.given>[0] = {}) {
    const world = await hub.given({ referrals: 4, total: 3, occupiedElsewhere: 2, ...wish });
    const ids = world.referrals.map(one => one.id);
    for (const name of ['ACCEPT', 'START'] as const) await take(hub, world.partner, name, ids[0]!);
    for (const id of ids.slice(1)) {
      nextMinute();
      await take(hub, world.partner, 'WAITLIST', id);
    }
    nextMinute();
    return { ...world, ids };
  }

  test.each<[string, (world: World) => Promise<unknown>]>([
    ['a completion', step('partner', 'COMPLETE')],
    ['a breaking off', step('partner', 'ABORT')],
    ['one by the coordinator', step('coordinator', 'ABORT')],
    ['a cancellation', step('caseworker', 'CANCEL')],
    ['an error', step('coordinator', 'MARK_AS_ERROR')],
    ['a rest without its place', step('partner', 'HOLD', { keepPlace: false })],
    [
      'a revocation',
      ({ caseworker, consent }) =>
        hub.as(caseworker, `mutation { consentRevoke(id: "${consent.id}") { userErrors { code } } }`),
    ],
    [
      'the end of a consent',
      async ({ referral, consent }) => {
        const em = hub.owner();
        await em.execute(`update consent set valid_until = '2026-03-03' where id = ?`, [consent.id]);
        await em.execute('update referral set basis_ends_at = ? where id = ?', [START, referral.id]);
        await timePasses(hub, now);
      },
    ],
    ['a report of one more', report('{ total: 4 }')],
    ['a report of one less elsewhere', report('{ occupiedElsewhere: 1 }')],
  ])('by %s is told to both sides of the next, and to nobody else', async (_case, come) => {
    const world = await full();
    await come(world);
    expect(await told(world)).toEqual([[], BOTH, [], []]);
    for (const who of ['caseworker', 'partner'] as const)
      expect(await look(hub, world[who], world.ids[1]!)).toMatchObject({
        status: 'WAITLISTED',
        notices: [{ kind: 'PLACE_FREE', at: now.toISOString() }],
      });
    expect((await look(hub, world.coordinator, world.ids[1]!)).notices).toEqual([]);
    await expectListOf(world);
  });

  test.each<[string, (world: World) => Promise<unknown>, Parameters<typeof hub.given>[0]]>([
    ['a rest that keeps it', step('partner', 'HOLD'), {}],
    ['an end at a service that had shrunk', step('partner', 'COMPLETE'), { occupiedElsewhere: 3 }],
    ['a report of the same', report('{ total: 3, occupiedElsewhere: 2 }'), {}],
    ['a report of less', report('{ total: 1 }'), {}],
    ['an end where places are not counted', step('partner', 'COMPLETE'), { total: null }],
  ])('not by %s', async (_case, come, wish) => {
    const world = await full();
    await hub
      .owner()
      .execute('update service_capacity set total = ?, occupied_elsewhere = ? where service_id = ?', [
        wish?.total === undefined ? 3 : wish.total,
        wish?.occupiedElsewhere ?? 2,
        world.service.id,
      ]);
    await come(world);
    expect(await told(world)).toEqual([[], [], [], []]);
  });

  test('is told of each place to one, in their order', async () => {
    const world = await full({ total: 5, occupiedElsewhere: 4 });
    await report('{ occupiedElsewhere: 2 }')(world);
    expect(await told(world)).toEqual([[], BOTH, BOTH, []]);
    nextMinute();
    await step('partner', 'COMPLETE')(world);
    expect(await told(world)).toEqual([[], BOTH, BOTH, BOTH]);
    nextMinute();
    await report('{ occupiedElsewhere: 0 }')(world); // nobody is left to tell
    expect(await told(world)).toEqual([[], BOTH, BOTH, BOTH]);
  });

  test('by a report is told to who came on the list while the report waited for it', async () => {
    const world = await full();
    const counted = (waitlisted: number) =>
      ['update service_capacity set waitlisted = ? where service_id = ?', [waitlisted, world.service.id]] as const;
    await hub.owner().execute(...counted(0)); // as if nobody had been counted before the report began
    const joining = hub.owner();
    await joining.begin();
    await joining.execute(...counted(3));
    const reported = report('{ total: 4 }')(world);
    await waitersOf(hub, 1);
    await joining.commit();
    await reported;
    expect(await told(world)).toEqual([[], BOTH, [], []]);
  });

  test('that the first takes is nobody else’s', async () => {
    const world = await full({ total: 5, occupiedElsewhere: 4 });
    await report('{ occupiedElsewhere: 2 }')(world);
    for (const id of world.ids.slice(1, 3)) {
      nextMinute();
      await take(hub, world.partner, 'ACCEPT', id);
      expect(await told(world)).toEqual([[], BOTH, BOTH, []]);
    }
  });

  test('goes to the urgent one', async () => {
    const world = await full();
    await hub.owner().execute('update referral set urgent = true where id = ?', [world.ids[3]]);
    await hub
      .owner()
      .execute('update service_waiting set urgent = true where id = (select waiting_id from referral where id = ?)', [
        world.ids[3],
      ]);
    await step('partner', 'COMPLETE')(world);
    expect(await told(world)).toEqual([[], [], [], BOTH]);
  });

  test('that another took is told again once it is free again', async () => {
    const world = await full();
    const { partner, ids } = world;
    await step('partner', 'HOLD', { keepPlace: false })(world);
    nextMinute();
    await step('partner', 'RESUME')(world);
    nextMinute();
    await step('partner', 'ABORT')(world);
    expect(await told(world)).toEqual([[], ['CASEWORKER', 'PARTNER', 'CASEWORKER', 'PARTNER'], [], []]);
    await take(hub, partner, 'ACCEPT', ids[1]!);
    expect(await told(world)).toEqual([[], ['CASEWORKER', 'PARTNER', 'CASEWORKER', 'PARTNER'], [], []]);
  });

  test.each<[string, (world: World & { ids: string[] }) => Promise<unknown>]>([
    ['is declined', ({ partner, ids }) => take(hub, partner, 'DECLINE', ids[1]!)],
    ['is cancelled', ({ caseworker, ids }) => take(hub, caseworker, 'CANCEL', ids[1]!)],
    ['was an error', ({ caseworker, ids }) => take(hub, caseworker, 'MARK_AS_ERROR', ids[1]!)],
    [
      'is not reconfirmed',
      async ({ ids }) => {
        await hub.owner().execute('update referral set clock_stage = 1, clock_at = ? where id = ?', [START, ids[1]]);
        await timePasses(hub, now);
      },
    ],
  ])('goes to the one after when who was told %s', async (_case, leave) => {
    const world = await full();
    await step('partner', 'COMPLETE')(world);
    nextMinute();
    await leave(world);
    expect(await told(world)).toEqual([[], BOTH, BOTH, []]);
    await expectListOf(world);
  });

  test('is nobody else’s when somebody leaves who was not next', async () => {
    const world = await full();
    await step('partner', 'COMPLETE')(world);
    nextMinute();
    await take(hub, world.caseworker, 'CANCEL', world.ids[2]!);
    expect(await told(world)).toEqual([[], BOTH, [], []]);
  });

  test('that is not there is told to nobody when the first leaves', async () => {
    const world = await full();
    await take(hub, world.caseworker, 'CANCEL', world.ids[1]!);
    expect(await told(world)).toEqual([[], [], [], []]);
  });

  test('of a discreet service is told to its own side alone: the caseworker would learn that somebody left', async () => {
    const world = await full({ level: RECEIVED_ONLY });
    const before = await look(hub, world.caseworker, world.ids[1]!);
    await step('partner', 'COMPLETE')(world);
    expect(await told(world)).toEqual([[], ['PARTNER'], [], []]);
    expect(await look(hub, world.caseworker, world.ids[1]!)).toEqual(before);
  });

  test('is judged by the level at which the one who waits was sent', async () => {
    const world = await full({ level: STATUS });
    await hub.owner().execute('update referral set feedback_level = ? where id = ?', [RECEIVED_ONLY, world.ids[1]]);
    await step('partner', 'COMPLETE')(world);
    expect(await told(world)).toEqual([[], ['PARTNER'], [], []]);
  });

  test('changes nothing about who waits: no version, no time, no place in a list', async () => {
    const world = await full();
    const [before, theirs] = [
      await look(hub, world.caseworker, world.ids[1]!),
      await look(hub, world.partner, world.ids[1]!),
    ];
    await step('partner', 'COMPLETE')(world);
    const { notices: _hers, ...after } = await look(hub, world.caseworker, world.ids[1]!);
    expect(before).toMatchObject(after);
    const { notices: _its, ...asPartner } = await look(hub, world.partner, world.ids[1]!);
    expect(theirs).toMatchObject(asPartner);
  });
});

test('at level NONE there is no list', async () => {
  const { partner, referral } = await hub.given({ level: NONE });
  expect((await tryStep(hub, partner, 'WAITLIST', referral.id)).userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN' }]);
});

describe('at the same time', () => {
  let address = '';
  beforeAll(async () => {
    const { app } = hub.hub();
    await app.listen({ host: '127.0.0.1', port: 0 });
    address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/graphql`;
  });

  /** Over a real socket: 'done', or the code of the refusal. */
  async function over(subject: string, step: Step, id: string, said: object = {}): Promise<string> {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${subject}` },
      body: JSON.stringify({ query: documentOf(step, 'id'), variables: variablesOf(step, id, said) }),
    });
    const { data, errors } = (await response.json()) as {
      data: { answer: { userErrors: { code: string }[] } };
      errors?: unknown;
    };
    if (errors) throw new Error(JSON.stringify(errors));
    return data.answer.userErrors[0]?.code ?? 'done';
  }

  test('whatever joins, leaves and is accepted: the list, its count and the referrals agree', async () => {
    const world = await hub.given({ referrals: 16, total: 4 });
    const [their, her] = [await hub.enrol(world.partner), await hub.enrol(world.caseworker)];
    const reason = { outOfOrderReason: 'So ist es ausgemacht.' };
    const answers = await Promise.all(
      world.referrals.flatMap(({ id }, i) => [
        over(their, 'WAITLIST', id),
        over(their, 'ACCEPT', id, reason),
        i % 3 ? over(her, 'RECONFIRM', id) : over(her, 'CANCEL', id),
        i % 2 ? over(their, 'ABORT', id) : over(their, 'DECLINE', id),
      ]),
    );
    expect(new Set(answers)).toEqual(new Set(['done', 'STEP_NOT_OPEN', 'NO_CAPACITY']));
    await expectListOf(world);
  });

  test('two accept the last place for whoever is next: one of them', async () => {
    const world = await listed({ referrals: 2, waiting: [0, 1] });
    const subject = await hub.enrol(world.partner);
    const answers = await Promise.all([
      over(subject, 'ACCEPT', world.ids[0]!),
      over(subject, 'ACCEPT', world.ids[1]!, { outOfOrderReason: 'So ist es ausgemacht.' }),
    ]);
    expect([...answers].sort()).toEqual(['NO_CAPACITY', 'done']);
    await expectListOf(world);
  });

  test('telling the next of a place does not wait for who declines her, nor the other way round', async () => {
    const world = await listed({ referrals: 2, waiting: [], total: 1 });
    const { partner, service, ids } = world;
    await take(hub, partner, 'ACCEPT', ids[0]!);
    await take(hub, partner, 'WAITLIST', ids[1]!);
    const subject = await hub.enrol(partner);
    const rival = hub.owner();
    await rival.begin();
    await rival.execute('select from service_capacity where service_id = ? for update', [service.id]);
    const sent = await hub.statements(async () => {
      const ending = over(subject, 'ABORT', ids[0]!);
      await waitersOf(hub, 1);
      const leaving = over(subject, 'DECLINE', ids[1]!); // holds its referral, and waits for the counters
      await waitersOf(hub, 2);
      await rival.commit();
      expect([await ending, await leaving]).toEqual(['done', 'done']);
    });
    // Neither had to begin anew.
    expect(sent.filter(one => /update of r\b/.test(one))).toHaveLength(2);
    await expectListOf(world);
  });
});
