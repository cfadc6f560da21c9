import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DisclosureBasis, ReferralStatus } from '../../src/referral/referral.rules.js';
import { ABORT_ATTRIBUTION, AbortReason } from '../../src/referral/referral-reasons.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { testHub } from '../support/hub.js';
import { documentOf, look, type Step, take, tryStep, variablesOf, walk } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('referral_correction');

const START = new Date('2026-03-04T09:00:00.000Z');
const DAY = 86_400_000;
const later = (days: number): Date => new Date(START.getTime() + days * DAY);
beforeEach(() => hub.setNow(START));
afterAll(() => hub.setNow(undefined));

const { DRAFT, SENT, ACCEPTED, SCHEDULED, IN_PROGRESS, ON_HOLD, COMPLETED } = ReferralStatus;
const { NONE, RECEIVED_ONLY, STATUS, STATUS_AND_OUTCOME } = FeedbackLevel;
type World = Awaited<ReturnType<typeof hub.given>>;

async function sent(wish: Parameters<typeof hub.given>[0] = {}): Promise<World> {
  hub.setNow(START);
  const world = await hub.given({ status: DRAFT, ...wish });
  await take(hub, world.caseworker, 'SEND', world.referral.id);
  return world;
}

async function comeBy(way: readonly Step[], wish: Parameters<typeof hub.given>[0] = {}): Promise<World> {
  const world = await sent(wish);
  await walk(hub, world, ...way);
  return world;
}

/** All that is counted at the service. */
async function counted({ service }: World) {
  const em = hub.owner();
  const [capacity] = await em.execute('select reserved, waitlisted from service_capacity where service_id = ?', [
    service.id,
  ]);
  const sum = async (text: string) => (await em.execute<[{ sum: number }]>(text, [service.id]))[0].sum;
  return {
    ...capacity,
    accepted: await sum(
      'select coalesce(sum(accepted - taken_back), 0)::int as sum from service_acceptance where service_id = ?',
    ),
    answers: await sum(
      'select coalesce(sum(answers - taken_back), 0)::int as sum from service_answer where service_id = ?',
    ),
    onTheList: await sum('select count(*)::int as sum from service_waiting where service_id = ? and left_at is null'),
  };
}

const NOTHING = { reserved: 0, waitlisted: 0, accepted: 0, answers: 0, onTheList: 0 };

const refused = async (world: World, who: 'caseworker' | 'partner' | 'coordinator', step: Step, said?: object) => {
  const before = await everyRow(hub.owner());
  const { userErrors } = await tryStep(hub, world[who], step, world.referral.id, said);
  expect(await everyRow(hub.owner())).toEqual(before);
  return userErrors[0]?.code;
};

describe('breaking off', () => {
  test.each([ACCEPTED, SCHEDULED, IN_PROGRESS, ON_HOLD])('from %s, by the partner or the coordinator', async status => {
    for (const who of ['partner', 'coordinator'] as const) {
      const world = await hub.given({ status, total: 0, occupiedElsewhere: 2 });
      const { caseworker, partner, referral } = world;
      const aborted = await take(hub, world[who], 'ABORT', referral.id, { reason: 'PROGRAMME_ENDED' });
      expect(aborted).toMatchObject({ status: 'ABORTED', abortReason: 'PROGRAMME_ENDED', attribution: 'PROVIDER' });
      expect(aborted.events.at(-1)).toMatchObject({
        step: 'ABORT',
        from: status,
        to: 'ABORTED',
        by: who.toUpperCase(),
      });
      expect(await counted(world)).toEqual(NOTHING);
      expect(await look(hub, partner, referral.id)).toMatchObject({ openSteps: [], waitingFor: null });
      expect((await look(hub, caseworker, referral.id)).openSteps).toEqual(['MARK_AS_ERROR']);
    }
  });

  test.each(Object.values(FeedbackLevel))('why it was, at level %s', async level => {
    const reasons = Object.values(AbortReason);
    const { caseworker, partner, coordinator, referrals } = await hub.given({
      status: IN_PROGRESS,
      level,
      referrals: reasons.length,
      total: null,
    });
    const text = 'Ein Grund in Worten.';
    for (const [i, reason] of reasons.entries()) {
      const { id } = referrals[i]!;
      await take(hub, partner, 'ABORT', id, { reason, text });
      const attribution = ABORT_ATTRIBUTION[reason];
      const told = { status: 'ABORTED', abortReason: reason, attribution };
      expect(await look(hub, partner, id)).toMatchObject({ ...told, abortText: text });
      expect(await look(hub, coordinator, id)).toMatchObject({ ...told, abortText: null });
      // At STATUS a no-show, and what may be one, is not told; whom it is due to is.
      const seen: Record<FeedbackLevel, object> = {
        NONE: { status: 'SENT', abortReason: null, abortText: null, attribution: null },
        RECEIVED_ONLY: { status: 'ACCEPTED', abortReason: null, abortText: null, attribution: null },
        STATUS:
          reason === 'PROGRAMME_ENDED' ? { ...told, abortText: text } : { ...told, abortReason: null, abortText: null },
        STATUS_AND_OUTCOME: { ...told, abortText: text },
      };
      expect(await look(hub, caseworker, id)).toMatchObject(seen[level]);
    }
  });

  test.each([
    ['NO_SHOW', 'CLIENT'],
    ['NOT_REACHABLE', 'CLIENT'],
    ['DROPPED_OUT', 'CLIENT'],
    ['PROGRAMME_ENDED', 'PROVIDER'],
    ['MISCONDUCT', 'CLIENT'],
    ['OTHER', null],
  ])('for %s is due to %s', (reason, attribution) => {
    expect(ABORT_ATTRIBUTION[reason as AbortReason]).toBe(attribution);
  });

  test.each([null, '', 'zu kurz', '          kurz'])('for OTHER, as %j, is refused', async text => {
    const world = await hub.given({ status: ACCEPTED });
    for (const who of ['partner', 'coordinator'] as const)
      expect(await refused(world, who, 'ABORT', { reason: 'OTHER', text })).toBe('REASON_REQUIRED');
  });

  test('once, and by nobody else', async () => {
    const world = await hub.given({ status: ACCEPTED });
    expect(await refused(world, 'caseworker', 'ABORT')).toBe('STEP_NOT_OPEN');
    await take(hub, world.partner, 'ABORT', world.referral.id);
    expect(await refused(world, 'coordinator', 'ABORT')).toBe('STEP_NOT_OPEN');
  });

  test('leaves the partner 14 days to read the client, but not beyond the consent', async () => {
    const long = await comeBy(['ACCEPT', 'ABORT']);
    const short = await hub.given({ status: DRAFT });
    await hub.owner().execute(`update consent set valid_until = '2026-03-10' where id = ?`, [short.consent.id]);
    await walk(hub, short, 'SEND', 'ACCEPT', 'ABORT');
    const readsAt = async (world: World, days: number) => {
      hub.setNow(later(days));
      return (await look(hub, world.partner, world.referral.id)).client !== null;
    };
    expect([await readsAt(long, 13.99), await readsAt(long, 14)]).toEqual([true, false]);
    expect([await readsAt(short, 6.5), await readsAt(short, 7)]).toEqual([true, false]);
  });
});

describe('marking as an error', () => {
  const WAYS: Record<string, Step[]> = {
    SENT: [],
    RECEIVED: ['ACKNOWLEDGE'],
    NEEDS_INFO: ['ASK'],
    WAITLISTED: ['WAITLIST'],
    ACCEPTED: ['ACCEPT'],
    SCHEDULED: ['ACCEPT', 'SCHEDULE'],
    IN_PROGRESS: ['ACCEPT', 'START'],
    ON_HOLD: ['ACCEPT', 'START', 'HOLD'],
    COMPLETED: ['ACCEPT', 'START', 'COMPLETE'],
    DECLINED: ['DECLINE'],
    CANCELLED: ['CANCEL'],
    ABORTED: ['ACCEPT', 'ABORT'],
    'accepted from the list': ['WAITLIST', 'ACCEPT'],
  };

  // By turns the one and the other who may.
  const turns = Object.entries(WAYS).map(
    ([name, way], i) => [name, way, i % 2 ? 'coordinator' : 'caseworker'] as const,
  );

  test.each(turns)('%s: it is as if it had never been', async (_case, way, who) => {
    const world = await comeBy(way);
    const { partner, caseworker, referral } = world;
    const reason = 'Beim falschen Fall eingetragen.';
    const marked = await take(hub, world[who], 'MARK_AS_ERROR', referral.id, { reason });
    expect(marked).toMatchObject({ status: 'ENTERED_IN_ERROR', openSteps: [], waitingFor: null, respondBy: null });
    expect(await counted(world)).toEqual(NOTHING);
    const theirs = await look(hub, partner, referral.id);
    expect(theirs).toMatchObject({
      status: 'ENTERED_IN_ERROR',
      client: null,
      note: null,
      questions: [],
      openSteps: [],
    });
    expect(theirs.errorReason).toBeNull();
    expect(await look(hub, caseworker, referral.id)).toMatchObject({
      status: 'ENTERED_IN_ERROR',
      errorReason: reason,
    });
    const rows = await hub
      .inDatabase(partner)
      .execute('select * from referral_disclosure where referral_id = ?', [referral.id]);
    expect(rows).toEqual([]);
  });

  test('takes only its own share out of the counts', async () => {
    const world = await hub.given({ status: SENT, referrals: 3, total: 3 });
    for (const { id } of world.referrals) await take(hub, world.partner, 'ACCEPT', id);
    await take(hub, world.caseworker, 'MARK_AS_ERROR', world.referrals[1]!.id);
    expect(await counted(world)).toEqual({ ...NOTHING, reserved: 2, accepted: 2, answers: 2 });
  });

  test('of the day on which it was counted, however long it took', async () => {
    const world = await sent();
    hub.setNow(later(6));
    await take(hub, world.partner, 'ACCEPT', world.referral.id);
    hub.setNow(later(20));
    await walk(hub, world, 'START', 'ABORT', 'REOPEN', 'COMPLETE', 'MARK_AS_ERROR');
    expect(await counted(world)).toEqual(NOTHING);
  });

  test('a draft was never there for the partner', async () => {
    const { caseworker, partner, coordinator, referral } = await hub.given({ status: DRAFT });
    await take(hub, caseworker, 'MARK_AS_ERROR', referral.id);
    for (const viewer of [partner, coordinator]) expect(await look(hub, viewer, referral.id)).toBeNull();
  });

  test('for 30 days from its creation, whatever happened since', async () => {
    const worlds = [await sent(), await comeBy(['ACCEPT'])];
    for (const world of worlds) {
      const { caseworker, coordinator, referral } = world;
      // Drafted two hours before the start. The clocks go forward in between: it is the same time of day.
      const deadline = new Date('2026-04-03T06:00:00.000Z');
      hub.setNow(new Date(deadline.getTime() + 1));
      for (const who of ['caseworker', 'coordinator'] as const)
        expect(await refused(world, who, 'MARK_AS_ERROR')).toBe('TOO_LATE');
      expect((await look(hub, caseworker, referral.id)).openSteps).toEqual(['CANCEL']);
      expect((await look(hub, coordinator, referral.id)).openSteps).not.toContain('MARK_AS_ERROR');
      expect(await refused(world, 'partner', 'MARK_AS_ERROR')).toBe('STEP_NOT_OPEN');
      hub.setNow(deadline);
      expect((await look(hub, caseworker, referral.id)).openSteps).toEqual(['CANCEL', 'MARK_AS_ERROR']);
      await take(hub, caseworker, 'MARK_AS_ERROR', referral.id);
      expect(await refused(world, 'caseworker', 'MARK_AS_ERROR')).toBe('STEP_NOT_OPEN');
    }
  });

  test('needs a reason of 10 to 300 characters', async () => {
    const world = await hub.given();
    for (const reason of ['', 'zu kurz', '    kurz        '])
      expect(await refused(world, 'caseworker', 'MARK_AS_ERROR', { reason })).toBe('REASON_REQUIRED');
    const { errors } = await hub.as(
      world.caseworker,
      documentOf('MARK_AS_ERROR'),
      variablesOf('MARK_AS_ERROR', world.referral.id, { reason: 'x'.repeat(301) }),
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'reason' } }]);
  });

  test.each([NONE, RECEIVED_ONLY])('by the caseworker after a hidden end, at level %s', async level => {
    const world = await comeBy(['ACCEPT', 'START', 'COMPLETE'], { level });
    const { caseworker, partner, referral } = world;
    const seen = await look(hub, caseworker, referral.id);
    const marked = await take(hub, caseworker, 'MARK_AS_ERROR', referral.id, { expectedVersion: seen.version });
    expect(marked).toMatchObject({ status: 'ENTERED_IN_ERROR', version: seen.version + 1 });
    expect(marked.events.at(-1)).toMatchObject({ step: 'MARK_AS_ERROR', from: seen.status, to: 'ENTERED_IN_ERROR' });
    expect(await look(hub, partner, referral.id)).toMatchObject({ status: 'ENTERED_IN_ERROR', client: null });
    expect(await counted(world)).toEqual(NOTHING);
  });

  test.each([
    [NONE, { accepted: 2, taken: 1 }, { accepted: 1, taken: 1 }],
    [RECEIVED_ONLY, { accepted: 1, taken: 0 }, { accepted: 0, taken: 0 }],
  ])(
    'of a decision that the caseworker does not see: it leaves the figures when the month is over, %s',
    async (level, first, second) => {
      const world = await hub.given({ status: DRAFT, level, referrals: 2, total: 5 });
      const { caseworker, partner, service } = world;
      for (const { id } of world.referrals) {
        await take(hub, caseworker, 'SEND', id);
        await take(hub, partner, 'ACCEPT', id);
      }
      const figures = async () => {
        const rows = await hub.owner().execute(
          `select 'a', accepted, taken_back as taken from service_acceptance where service_id = :s
         union all select 'b', answers, taken_back from service_answer where service_id = :s`.replaceAll(
            ':s',
            `'${service.id}'`,
          ),
        );
        return rows.map(({ accepted, taken }: Record<string, number>) => ({ accepted, taken }));
      };
      await take(hub, caseworker, 'MARK_AS_ERROR', world.referrals[0]!.id);
      expect(await figures()).toEqual([first, first]);
      hub.setNow(new Date('2026-04-01T00:00:00+02:00'));
      await take(hub, caseworker, 'MARK_AS_ERROR', world.referrals[1]!.id);
      expect(await figures()).toEqual([second, second]);
    },
  );

  test('of one that was cancelled after a hidden end', async () => {
    const world = await comeBy(['DECLINE', 'CANCEL'], { level: NONE });
    const { caseworker, partner, referral } = world;
    expect((await look(hub, caseworker, referral.id)).status).toBe('CANCELLED');
    await take(hub, caseworker, 'MARK_AS_ERROR', referral.id);
    for (const viewer of [caseworker, partner])
      expect((await look(hub, viewer, referral.id)).status).toBe('ENTERED_IN_ERROR');
    expect(await counted(world)).toEqual(NOTHING);
  });
});

describe('reopening', () => {
  test.each<[string, Step[]]>([
    ['COMPLETED', ['ACCEPT', 'START', 'COMPLETE']],
    ['ABORTED', ['ACCEPT', 'START', 'ABORT']],
    ['ABORTED before its start', ['ACCEPT', 'ABORT']],
  ])('%s: it goes on, as if it had not ended', async (_case, way) => {
    const world = await comeBy(way);
    const { caseworker, partner, coordinator, referral } = world;
    hub.setNow(later(40));
    expect((await look(hub, partner, referral.id)).client).toBeNull();
    const reopened = await take(hub, coordinator, 'REOPEN', referral.id);
    const told = { status: 'IN_PROGRESS', outcome: null, abortReason: null, abortText: null, attribution: null };
    expect(reopened).toMatchObject({ ...told, openSteps: ['ABORT'], client: null });
    expect(reopened.events.at(-1)).toMatchObject({ step: 'REOPEN', to: 'IN_PROGRESS', by: 'COORDINATOR' });
    expect(await look(hub, caseworker, referral.id)).toMatchObject({ ...told, openSteps: ['CANCEL'] });
    const theirs = await look(hub, partner, referral.id);
    expect(theirs).toMatchObject({ ...told, openSteps: ['HOLD', 'COMPLETE', 'ABORT'], note: 'Bitte bald.' });
    expect(theirs.client.pseudonym).toMatch(/^P-/);
    // Accepted once, answered once; the place is held again.
    expect(await counted(world)).toEqual({ ...NOTHING, reserved: 1, accepted: 1, answers: 1 });
    await take(hub, partner, 'COMPLETE', referral.id, { outcome: 'EMPLOYED' });
    expect(await counted(world)).toEqual({ ...NOTHING, accepted: 1, answers: 1 });
  });

  test('for 90 days from its end', async () => {
    const world = await comeBy(['ACCEPT', 'START', 'COMPLETE']);
    const { coordinator, referral } = world;
    const deadline = new Date('2026-06-02T08:00:00.000Z'); // 90 days, and an hour less of them
    hub.setNow(new Date(deadline.getTime() + 1));
    expect((await look(hub, coordinator, referral.id)).openSteps).toEqual([]);
    expect(await refused(world, 'coordinator', 'REOPEN')).toBe('TOO_LATE');
    expect(await refused(world, 'partner', 'REOPEN')).toBe('STEP_NOT_OPEN');
    hub.setNow(deadline);
    expect((await look(hub, coordinator, referral.id)).openSteps).toEqual(['REOPEN']);
    await take(hub, coordinator, 'REOPEN', referral.id);
  });

  test('counts 90 days from the last end, where there were several', async () => {
    const world = await comeBy(['ACCEPT', 'START', 'COMPLETE']);
    hub.setNow(later(80));
    await walk(hub, world, 'REOPEN', 'ABORT');
    hub.setNow(later(160));
    await walk(hub, world, 'REOPEN');
    hub.setNow(later(250));
    expect(await refused(world, 'coordinator', 'REOPEN')).toBe('STEP_NOT_OPEN');
  });

  test('only while the consent holds, and for as long', async () => {
    const world = await comeBy(['ACCEPT', 'START', 'COMPLETE']);
    const { coordinator, partner, referral, consent } = world;
    const until = (day: string) =>
      hub.owner().execute('update consent set valid_until = ? where id = ?', [day, consent.id]);
    await until('2026-03-31');
    hub.setNow(new Date('2026-03-31T22:00:00.000Z')); // the first of April in Berlin
    expect(await refused(world, 'coordinator', 'REOPEN')).toBe('BASIS_MISSING');
    hub.setNow(new Date('2026-03-31T21:59:00.000Z'));
    await take(hub, coordinator, 'REOPEN', referral.id);
    expect((await look(hub, partner, referral.id)).client).not.toBeNull();
    hub.setNow(new Date('2026-03-31T22:00:00.000Z'));
    expect((await look(hub, partner, referral.id)).client).toBeNull();
  });

  test('not once the consent was revoked', async () => {
    const world = await comeBy(['ACCEPT', 'START', 'COMPLETE']);
    await hub.as(world.caseworker, `mutation { consentRevoke(id: "${world.consent.id}") { userErrors { code } } }`);
    expect((await look(hub, world.coordinator, world.referral.id)).status).toBe('COMPLETED');
    expect(await refused(world, 'coordinator', 'REOPEN')).toBe('BASIS_MISSING');
  });

  test('on the statutory task no consent is asked for', async () => {
    const world = await comeBy(['ACCEPT', 'ABORT'], { basis: DisclosureBasis.STATUTORY_TASK });
    await hub.as(world.caseworker, `mutation { consentRevoke(id: "${world.consent.id}") { userErrors { code } } }`);
    hub.setNow(later(30));
    await take(hub, world.coordinator, 'REOPEN', world.referral.id);
    hub.setNow(later(3_000));
    expect((await look(hub, world.partner, world.referral.id)).client).not.toBeNull();
  });

  test('only onto a free place', async () => {
    const world = await hub.given({ status: SENT, referrals: 2, total: 1 });
    await walk(hub, world, 'ACCEPT', 'ABORT');
    await take(hub, world.partner, 'ACCEPT', world.referrals[1]!.id);
    expect(await refused(world, 'coordinator', 'REOPEN')).toBe('NO_CAPACITY');
    const report = (total: number | null) =>
      hub.owner().execute('update service_capacity set total = ? where service_id = ?', [total, world.service.id]);
    await report(0);
    expect(await refused(world, 'coordinator', 'REOPEN')).toBe('NO_CAPACITY');
    await report(null);
    await take(hub, world.coordinator, 'REOPEN', world.referral.id);
    expect(await counted(world)).toMatchObject({ reserved: 2 });
  });

  test('not once a sibling was accepted, as far as that lasts', async () => {
    const world = await hub.given({ status: SENT, referrals: 2, total: 2 });
    const [first, second] = world.referrals.map(one => one.id) as [string, string];
    await walk(hub, world, 'ACCEPT', 'ABORT');
    await hub.owner().execute('update referral set sibling_group = gen_random_uuid() where id = ?', [first]);
    await hub
      .owner()
      .execute('update referral set sibling_group = (select sibling_group from referral where id = ?) where id = ?', [
        first,
        second,
      ]);
    await hub.owner().execute('update referral set status = ?, holds_place = true where id = ?', [ON_HOLD, second]);
    expect(await refused(world, 'coordinator', 'REOPEN')).toBe('DUPLICATE');
    await hub.owner().execute('update referral set status = ?, holds_place = false where id = ?', [COMPLETED, second]);
    await take(hub, world.coordinator, 'REOPEN', first);
  });

  test.each([NONE, RECEIVED_ONLY])('not what the caseworker took back after a hidden end, at level %s', async level => {
    const world = await comeBy(['ACCEPT', 'START', 'COMPLETE'], { level });
    expect((await look(hub, world.coordinator, world.referral.id)).openSteps).toEqual(['MARK_AS_ERROR', 'REOPEN']);
    await take(hub, world.caseworker, 'CANCEL', world.referral.id);
    expect((await look(hub, world.coordinator, world.referral.id)).openSteps).toEqual(['MARK_AS_ERROR']);
    expect(await refused(world, 'coordinator', 'REOPEN')).toBe('STEP_NOT_OPEN');
  });

  test('not what was cancelled, declined, revoked or marked as an error', async () => {
    for (const way of [['CANCEL'], ['DECLINE'], ['ACCEPT', 'ABORT', 'MARK_AS_ERROR']] as Step[][])
      expect(await refused(await comeBy(way), 'coordinator', 'REOPEN')).toBe('STEP_NOT_OPEN');
  });

  test('by somebody who is on the case too, only where nothing is held back from her', async () => {
    for (const level of [STATUS, STATUS_AND_OUTCOME]) {
      const world = await comeBy(['ACCEPT', 'START', 'COMPLETE'], { level });
      const { caseworker, coordinator, referral } = world;
      const both = { ...caseworker, memberships: [...caseworker.memberships, ...coordinator.memberships] };
      expect((await look(hub, both, referral.id)).openSteps).toEqual(['MARK_AS_ERROR', 'REOPEN']);
      expect(await take(hub, both, 'REOPEN', referral.id)).toMatchObject({ status: 'IN_PROGRESS' });
      const { events } = await take(hub, both, 'ABORT', referral.id, { reason: 'NO_SHOW' });
      expect(events.slice(-2)).toMatchObject([{ by: 'COORDINATOR' }, { by: 'COORDINATOR' }]);
    }
    for (const level of [NONE, RECEIVED_ONLY]) {
      const world = await comeBy(['ACCEPT', 'START', 'COMPLETE'], { level });
      const { caseworker, coordinator, referral } = world;
      const both = { ...caseworker, memberships: [...caseworker.memberships, ...coordinator.memberships] };
      const before = await everyRow(hub.owner());
      for (const step of ['REOPEN', 'ABORT'] as const) {
        const { userErrors } = await tryStep(hub, both, step, referral.id);
        expect(userErrors).toMatchObject([{ code: 'STEP_NOT_OPEN', openSteps: ['CANCEL', 'MARK_AS_ERROR'] }]);
      }
      expect((await everyRow(hub.owner())).filter(row => row.startsWith('referral'))).toEqual(
        before.filter(row => row.startsWith('referral')),
      );
    }
  });

  test('against a revocation at the same time: nothing goes on without its basis', async () => {
    for (let i = 0; i < 6; i++) {
      const world = await comeBy(['ACCEPT', 'ABORT']);
      const revoke = `mutation { consentRevoke(id: "${world.consent.id}") { userErrors { code } } }`;
      await Promise.all([
        tryStep(hub, world.coordinator, 'REOPEN', world.referral.id),
        hub.as(world.caseworker, revoke),
      ]);
      const { status } = await look(hub, world.coordinator, world.referral.id);
      expect(['REVOKED', 'ABORTED']).toContain(status);
      expect((await look(hub, world.partner, world.referral.id)).client).toBeNull();
      expect(await counted(world)).toMatchObject({ reserved: 0 });
    }
  });
});
