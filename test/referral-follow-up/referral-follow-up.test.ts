import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ReferralOutcome } from '../../src/referral/referral-reasons.rules.js';
import { ReferralFollowUp } from '../../src/referral-follow-up/referral-follow-up.entity.js';
import { runFollowUps } from '../../src/referral-follow-up/referral-follow-up-clock.actions.js';
import { addDays, addWorkingDays, startOfBerlinDay } from '../../src/shared/calendar.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { look, take } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('referral_follow_up');

const START = new Date('2026-03-04T09:00:00.000Z');
/** When the first is due of what is completed at START, and when the second. */
const [THREE, SIX] = [new Date('2026-06-04T08:00:00.000Z'), new Date('2026-09-04T08:00:00.000Z')];

beforeEach(() => hub.setNow(START));
afterAll(() => hub.setNow(undefined));

type World = Awaited<ReturnType<typeof hub.given>>;

const FIELDS = 'id months dueOn recordedAt stillEmployed subsidised subjectToSocialInsurance version';

interface FollowUp {
  id: string;
  months: number;
  dueOn: string;
  recordedAt: string | null;
  version: number;
}

async function asked(viewer: Viewer, id: string): Promise<FollowUp[]> {
  const query = `query ($id: ID!) { referral(id: $id) { followUps { ${FIELDS} } } }`;
  const { data, errors } = await hub.as(viewer, query, { id });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.referral.followUps;
}

const RECORD = `mutation ($id: ID!, $input: ReferralFollowUpInput!, $expectedVersion: Int) {
  answer: referralFollowUpRecord(id: $id, input: $input, expectedVersion: $expectedVersion) {
    followUp { ${FIELDS} } userErrors { code message path currentVersion } } }`;

async function record(viewer: Viewer, id: string, input: object = { stillEmployed: true }, expectedVersion?: number) {
  const { data, errors } = await hub.as(viewer, RECORD, { id, input, expectedVersion });
  if (errors) throw new Error(String(errors[0]?.extensions.code));
  return data.answer;
}

/** Completed now, step by step, so that all its counts are right. */
async function completed(outcome: ReferralOutcome = ReferralOutcome.EMPLOYED, at = START): Promise<World> {
  hub.setNow(at);
  const world = await hub.given();
  const { partner, referral } = world;
  await take(hub, partner, 'ACCEPT', referral.id);
  await take(hub, partner, 'START', referral.id);
  await take(hub, partner, 'COMPLETE', referral.id, { outcome });
  return world;
}

describe('what is asked', () => {
  test.each(Object.values(ReferralOutcome))('after %s', async outcome => {
    const { caseworker, deputy, referral } = await completed(outcome);
    const expected =
      outcome === 'EMPLOYED' || outcome === 'SUBSIDISED_JOB'
        ? [
            { months: 3, dueOn: '2026-06-04' },
            { months: 6, dueOn: '2026-09-04' },
          ]
        : [];
    const nothingYet = { recordedAt: null, stillEmployed: null, subsidised: null, subjectToSocialInsurance: null };
    for (const viewer of [caseworker, deputy])
      expect((await asked(viewer, referral.id)).map(({ id: _, ...rest }) => rest)).toEqual(
        expected.map(one => ({ ...one, ...nothingYet, version: 1 })),
      );
  });

  test.each([
    ['2026-08-31T09:00:00.000Z', ['2026-11-30', '2027-02-28'], 'at the end of shorter months'],
    ['2027-08-31T09:00:00.000Z', ['2027-11-30', '2028-02-29'], 'in a leap year'],
    ['2026-11-29T22:59:59.000Z', ['2027-02-28', '2027-05-29'], 'on the day in Berlin'],
    ['2026-11-29T23:00:00.000Z', ['2027-02-28', '2027-05-30'], 'which begins before midnight UTC'],
    ['2026-07-26T09:00:00.000Z', ['2026-10-26', '2027-01-26'], 'over daylight saving'],
  ])('of a completion at %s on %j: %s', async (at, days) => {
    const { caseworker, referral } = await completed(ReferralOutcome.EMPLOYED, new Date(at));
    expect((await asked(caseworker, referral.id)).map(one => one.dueOn)).toEqual(days);
  });

  test('neither the partner reads, nor the coordinator, nor anybody else', async () => {
    const { partner, coordinator, colleague, stranger, referral } = await completed();
    for (const viewer of [partner, coordinator]) expect(await asked(viewer, referral.id)).toEqual([]);
    const inSql = (viewer: Viewer) => hub.inDatabase(viewer).execute('select id from referral_follow_up');
    for (const viewer of [partner, colleague, stranger]) expect(await inSql(viewer)).toEqual([]);
  });

  test('moves nothing that the partner can see', async () => {
    const { caseworker, partner, coordinator, referral } = await completed();
    const before = [await look(hub, partner, referral.id), await look(hub, coordinator, referral.id)];
    const seen = await look(hub, caseworker, referral.id);
    hub.setNow(addDays(THREE, 1));
    const [first] = await asked(caseworker, referral.id);
    await record(caseworker, first!.id);
    // Its days of grace are over.
    expect(await look(hub, partner, referral.id)).toEqual({ ...before[0], client: null, note: null, openSteps: [] });
    expect(await look(hub, coordinator, referral.id)).toMatchObject({ version: before[1]!.version });
    expect(await look(hub, caseworker, referral.id)).toMatchObject({
      version: seen.version,
      updatedAt: seen.updatedAt,
    });
  });
});

describe('the answer', () => {
  test('can be given from the day on which it is due', async () => {
    const { caseworker, deputy, referral } = await completed();
    const [first, second] = await asked(caseworker, referral.id);
    const before = await everyRow(hub.owner());
    hub.setNow(new Date(startOfBerlinDay('2026-06-04').getTime() - 1));
    expect((await record(caseworker, first!.id)).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['id'], message: expect.stringContaining('04.06.2026') },
    ]);
    expect(await everyRow(hub.owner())).toEqual(before);
    hub.setNow(startOfBerlinDay('2026-06-04'));
    const input = { stillEmployed: true, subsidised: false, subjectToSocialInsurance: true };
    expect(await record(deputy, first!.id, input)).toEqual({
      followUp: { ...first, ...input, recordedAt: startOfBerlinDay('2026-06-04').toISOString(), version: 2 },
      userErrors: [],
    });
    expect(await asked(caseworker, referral.id)).toMatchObject([input, { recordedAt: null, version: 1 }]);
    expect((await record(caseworker, second!.id)).userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  });

  test('can leave open what is not known', async () => {
    const { caseworker, referral } = await completed();
    const [first] = await asked(caseworker, referral.id);
    hub.setNow(THREE);
    const { followUp } = await record(caseworker, first!.id, { stillEmployed: true, subsidised: null });
    expect(followUp).toMatchObject({ stillEmployed: true, subsidised: null, subjectToSocialInsurance: null });
  });

  test.each([
    [{ stillEmployed: false, subsidised: false }, 'subsidised'],
    [{ stillEmployed: false, subjectToSocialInsurance: true }, 'subjectToSocialInsurance'],
  ])('says nothing of a job that is no more: %j', async (input, field) => {
    const { caseworker, referral } = await completed();
    const [first] = await asked(caseworker, referral.id);
    hub.setNow(THREE);
    const before = await everyRow(hub.owner());
    expect((await record(caseworker, first!.id, input)).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['input', field] },
    ]);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('can be corrected for thirty days, and stays as old as it is', async () => {
    const { caseworker, referral } = await completed();
    const [first] = await asked(caseworker, referral.id);
    hub.setNow(THREE);
    await record(caseworker, first!.id, { stillEmployed: true, subsidised: true });
    const last = new Date(addDays(THREE, 30).getTime() - 1);
    hub.setNow(last);
    expect((await record(caseworker, first!.id, { stillEmployed: false }, 1)).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: 2 },
    ]);
    const { followUp } = await record(caseworker, first!.id, { stillEmployed: false }, 2);
    expect(followUp).toMatchObject({
      stillEmployed: false,
      subsidised: null,
      recordedAt: THREE.toISOString(),
      version: 3,
    });
    hub.setNow(addDays(THREE, 30));
    const before = await everyRow(hub.owner());
    expect((await record(caseworker, first!.id)).userErrors).toMatchObject([{ code: 'TOO_LATE', path: ['id'] }]);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('can come late', async () => {
    const { caseworker, referral } = await completed();
    const [first] = await asked(caseworker, referral.id);
    hub.setNow(addDays(THREE, 400));
    expect((await record(caseworker, first!.id)).userErrors).toEqual([]);
  });

  test.each([
    ['colleague', 'NOT_FOUND'],
    ['foreigner', 'NOT_FOUND'],
    ['partner', 'FORBIDDEN'],
    ['stranger', 'FORBIDDEN'],
    ['coordinator', 'FORBIDDEN'],
    ['auditor', 'FORBIDDEN'],
    ['anonymous', 'UNAUTHENTICATED'],
  ] as const)('is not for the %s: %s', async (who, code) => {
    const world = await completed();
    const [first] = await asked(world.caseworker, world.referral.id);
    hub.setNow(THREE);
    const before = await everyRow(hub.owner());
    if (code === 'NOT_FOUND') {
      const answer = await record(world[who], first!.id);
      expect(answer.userErrors).toMatchObject([{ code, path: ['id'] }]);
      for (const id of ['00000000-0000-4000-8000-000000000000', 'x', world.referral.id])
        expect(await record(world[who], id)).toEqual(answer);
    } else await expect(record(world[who], first!.id)).rejects.toThrow(code);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('is not for who coordinates, or edits the partner, and has other cases', async () => {
    const { caseworker, colleague, coordinator, partner, referral } = await completed();
    const [first] = await asked(caseworker, referral.id);
    hub.setNow(THREE);
    for (const other of [coordinator, partner]) {
      const viewer = { ...colleague, memberships: [...colleague.memberships, ...other.memberships] };
      expect((await record(viewer, first!.id)).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
      expect(await asked(viewer, referral.id)).toEqual([]);
    }
  });
});

test('an answer given twice under one key is one, and is told again as long as it may be read', async () => {
  const { caseworker, deputy, clientCase, referral } = await completed();
  const [first] = await asked(caseworker, referral.id);
  hub.setNow(THREE);
  const give = async () =>
    (
      await hub.ask(
        deputy,
        { query: RECORD, variables: { id: first!.id, input: { stillEmployed: true } } },
        { 'idempotency-key': 'one-answer' },
      )
    ).answer;
  const told = await give();
  expect(told.data.answer.followUp).toMatchObject({ id: first!.id, version: 2 });
  expect(await give()).toEqual(told);
  expect(await asked(caseworker, referral.id)).toMatchObject([{ version: 2 }, {}]);
  await hub.owner().execute('update client_case set deputy_id = null where id = ?', [clientCase.id]);
  expect(await give()).toEqual({ data: { answer: { followUp: null, userErrors: [] } } });
});

describe('what does not hold any more', () => {
  test('is not asked: reopened, and completed anew', async () => {
    const { caseworker, coordinator, partner, referral } = await completed();
    const old = await asked(caseworker, referral.id);
    hub.setNow(THREE);
    await record(caseworker, old[0]!.id);
    const reopening = new Date('2026-05-20T09:00:00.000Z');
    hub.setNow(reopening);
    await take(hub, coordinator, 'REOPEN', referral.id);
    expect(await asked(caseworker, referral.id)).toEqual([]);
    const before = await everyRow(hub.owner());
    hub.setNow(SIX);
    for (const { id } of old) expect((await record(caseworker, id)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await everyRow(hub.owner())).toEqual(before);
    hub.setNow(reopening);
    await take(hub, partner, 'COMPLETE', referral.id, { outcome: 'SUBSIDISED_JOB' });
    expect(await asked(caseworker, referral.id)).toMatchObject([
      { months: 3, dueOn: '2026-08-20' },
      { months: 6, dueOn: '2026-11-20' },
    ]);
  });

  test('is not asked: entered in error', async () => {
    const { caseworker, referral } = await completed();
    const [first] = await asked(caseworker, referral.id);
    await take(hub, caseworker, 'MARK_AS_ERROR', referral.id);
    expect(await asked(caseworker, referral.id)).toEqual([]);
    hub.setNow(THREE);
    expect((await record(caseworker, first!.id)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('is still asked when the consent has ended: the question is the Jobcenter’s own', async () => {
    const { caseworker, referral, consent } = await completed();
    await hub.as(caseworker, `mutation { consentRevoke(id: "${consent.id}") { userErrors { code } } }`);
    const [first] = await asked(caseworker, referral.id);
    hub.setNow(THREE);
    expect((await record(caseworker, first!.id)).userErrors).toEqual([]);
  });
});

describe('the clock', () => {
  // What other tests left is not due here.
  beforeEach(() => hub.owner().execute('update referral_follow_up set clock_at = null'));

  const run = async (now: Date): Promise<number> => {
    hub.setNow(now);
    return runFollowUps({ orm: hub.hub().orm, now });
  };
  const told = async (viewer: Viewer, { referral }: World) =>
    (await look(hub, viewer, referral.id)).notices as { kind: string; dueAt: string; at: string }[];
  const FIRST_DAY = startOfBerlinDay('2026-06-04');
  const everybodyTold = async (world: World) => ({
    caseworker: (await told(world.caseworker, world)).map(one => one.kind),
    coordinator: (await told(world.coordinator, world)).map(one => one.kind),
    partner: (await told(world.partner, world)).map(one => one.kind),
  });

  test('tells the caseworker once when it is due, and the coordinator once, twenty working days later', async () => {
    const world = await completed();
    expect(await run(new Date(FIRST_DAY.getTime() - 1))).toBe(0);
    expect(await run(FIRST_DAY)).toBe(1);
    expect(await told(world.caseworker, world)).toMatchObject([
      { kind: 'FOLLOW_UP_DUE', dueAt: FIRST_DAY.toISOString(), at: FIRST_DAY.toISOString() },
    ]);
    expect(await run(addDays(FIRST_DAY, 3))).toBe(0);
    const late = addWorkingDays(FIRST_DAY, 20);
    expect(await run(new Date(late.getTime() - 1))).toBe(0);
    expect(await everybodyTold(world)).toEqual({ caseworker: ['FOLLOW_UP_DUE'], coordinator: [], partner: [] });
    expect(await run(late)).toBe(1);
    expect(await told(world.coordinator, world)).toMatchObject([{ kind: 'ESCALATION', dueAt: late.toISOString() }]);
    expect(await run(addDays(late, 5))).toBe(0);
    const after = { caseworker: ['FOLLOW_UP_DUE'], coordinator: ['ESCALATION'], partner: [] };
    expect(await everybodyTold(world)).toEqual(after);
    // And the second one, by itself.
    expect(await run(SIX)).toBe(1);
    expect(await run(addWorkingDays(SIX, 20))).toBe(1);
    expect(await everybodyTold(world)).toEqual({
      caseworker: ['FOLLOW_UP_DUE', 'FOLLOW_UP_DUE'],
      coordinator: ['ESCALATION', 'ESCALATION'],
      partner: [],
    });
  });

  test('tells nothing of what was answered, and escalates nothing that was answered after the notice', async () => {
    const early = await completed();
    const [first] = await asked(early.caseworker, early.referral.id);
    hub.setNow(FIRST_DAY);
    await record(early.caseworker, first!.id);
    const late = await completed();
    expect(await run(FIRST_DAY)).toBe(1);
    const [other] = await asked(late.caseworker, late.referral.id);
    await record(late.caseworker, other!.id);
    expect(await run(addWorkingDays(FIRST_DAY, 20))).toBe(0);
    expect(await everybodyTold(early)).toEqual({ caseworker: [], coordinator: [], partner: [] });
    expect(await everybodyTold(late)).toEqual({ caseworker: ['FOLLOW_UP_DUE'], coordinator: [], partner: [] });
  });

  test('tells nothing of what does not hold any more', async () => {
    const world = await completed();
    hub.setNow(new Date('2026-05-20T09:00:00.000Z'));
    await take(hub, world.coordinator, 'REOPEN', world.referral.id);
    expect(await run(addDays(SIX, 100))).toBe(0);
  });

  test('that stood still tells first the caseworker, and gives her the time', async () => {
    const world = await completed();
    const restart = addDays(FIRST_DAY, 60);
    expect(await run(restart)).toBe(1);
    expect(await run(restart)).toBe(0);
    expect(await everybodyTold(world)).toEqual({ caseworker: ['FOLLOW_UP_DUE'], coordinator: [], partner: [] });
    const late = addWorkingDays(restart, 20);
    expect(await run(new Date(late.getTime() - 1))).toBe(0);
    expect(await run(late)).toBe(1);
  });

  test('of several hubs at once tells each once', async () => {
    const worlds = await Promise.all([completed(), completed(), completed()]);
    const all = await Promise.all(Array.from({ length: 6 }, () => run(FIRST_DAY)));
    expect(all.reduce((sum, one) => sum + one, 0)).toBe(3);
    for (const world of worlds)
      expect(await everybodyTold(world)).toEqual({ caseworker: ['FOLLOW_UP_DUE'], coordinator: [], partner: [] });
  });

  test('leaves alone what somebody is answering just then', async () => {
    const world = await completed();
    const owner = hub.owner();
    await owner.begin();
    await owner.execute('select from referral where id = ? for update', [world.referral.id]);
    expect(await run(FIRST_DAY)).toBe(0);
    await owner.rollback();
    expect(await run(FIRST_DAY)).toBe(1);
  });

  test('is part of the round of each minute', async () => {
    const world = await completed();
    hub.setNow(FIRST_DAY);
    await hub.runClock();
    expect(await everybodyTold(world)).toMatchObject({ caseworker: ['FOLLOW_UP_DUE'] });
  });

  test('follows the limits of the network', async () => {
    const world = await completed();
    await hub
      .owner()
      .execute(
        `update network set referral_limits = '{"followUpWorkingDays": 2, "followUpCorrectionDays": 1}' where id = ?`,
        [world.network.id],
      );
    await run(FIRST_DAY);
    expect(await run(addWorkingDays(FIRST_DAY, 2))).toBe(1);
    const [first] = await asked(world.caseworker, world.referral.id);
    await record(world.caseworker, first!.id);
    hub.setNow(addDays(addWorkingDays(FIRST_DAY, 2), 1));
    expect((await record(world.caseworker, first!.id)).userErrors).toMatchObject([{ code: 'TOO_LATE' }]);
  });
});

test('a page of referrals reads its follow-ups by the same number of statements, however long', async () => {
  const PAGE = `{ referrals { nodes { id followUps { ${FIELDS} } } } }`;
  for (const who of ['caseworker', 'partner', 'coordinator'] as const) {
    const counts = [];
    for (const referrals of [2, 20]) {
      const world = await hub.given({ referrals });
      const em = hub.owner();
      for (const { id } of world.referrals.slice(0, 5))
        em.create(ReferralFollowUp, {
          referral: id,
          network: world.network.id,
          months: 3,
          dueOn: '2026-06-04',
          clockAt: null,
        });
      await em.flush();
      await hub.enrol(world[who]);
      const sent = await hub.statements(async () => {
        const { data, errors } = await hub.as(world[who], PAGE);
        expect(errors).toBeUndefined();
        expect(data.referrals.nodes).toHaveLength(referrals);
      });
      counts.push(sent.filter(one => /^(select|with) (?!set_config)/.test(one)).length);
    }
    expect(counts[1]).toBe(counts[0]);
    console.log(`20 referrals with their follow-ups, for the ${who}: ${counts[1]} statements`);
    expect(counts[1]).toBeLessThanOrEqual({ caseworker: 4, partner: 2, coordinator: 2 }[who]);
  }
});
