import { beforeAll, describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { ReferralOutcome } from '../../src/referral/referral-reasons.rules.js';
import { ReferralFollowUp } from '../../src/referral-follow-up/referral-follow-up.entity.js';
import { ServiceCategory } from '../../src/service/service.entity.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('sustained_integration');

const NOW = new Date('2026-12-01T09:00:00.000Z');
type World = Awaited<ReturnType<typeof hub.given>>;

const COUNTS = 'due recorded stillEmployed subjectToSocialInsurance unsubsidised';
const MEASURE = `query ($network: String!, $from: LocalDate!, $until: LocalDate!, $category: ID) {
  sustainedIntegration(network: $network, from: $from, until: $until, category: $category) {
    from until placed smallestCount checks { months ${COUNTS} rate } } }`;

const ask = (viewer: Viewer, { network }: World, wishes: object = {}) =>
  hub.as(viewer, MEASURE, { network: network.slug, from: '2026-01-01', until: '2026-12-31', ...wishes });

async function measure(world: World, wishes: object = {}) {
  const { data, errors } = await ask(world.coordinator, world, wishes);
  if (errors) throw new Error(JSON.stringify(errors));
  const { from, until, ...told } = data.sustainedIntegration;
  return { period: [from, until], ...told };
}

const IN_2026 = { period: ['2026-01-01', '2026-12-31'] };

const NOTHING = {
  due: null,
  recorded: null,
  stillEmployed: null,
  subjectToSocialInsurance: null,
  unsubsidised: null,
  rate: null,
};

interface Client {
  outcome?: ReferralOutcome;
  status?: ReferralStatus;
  endedAt?: string;
  /** After three and after six months: in work, subsidised, insured; null: not asked yet. */
  answers?: ([employed: boolean, subsidised: boolean | null, insured: boolean | null] | null)[];
  voided?: boolean;
  dueOn?: string;
}

/** A network in which these clients were placed. */
async function placed(clients: readonly Client[]): Promise<World> {
  hub.setNow(NOW);
  const world = await hub.given({ referrals: clients.length });
  await change(world, clients);
  return world;
}

async function change(world: World, clients: readonly Client[]): Promise<void> {
  const em = hub.owner();
  for (const [i, client] of clients.entries()) {
    const {
      outcome = 'EMPLOYED',
      status = 'COMPLETED',
      endedAt = '2026-03-04T09:00:00Z',
      answers = [null, null],
    } = client;
    const id = world.referrals[i]!.id;
    await em.execute('update referral set status = ?, seen_status = ?, outcome = ?, ended_at = ? where id = ?', [
      status,
      status,
      outcome,
      endedAt,
      id,
    ]);
    for (const [j, answer] of answers.entries())
      em.create(ReferralFollowUp, {
        referral: id,
        network: world.network.id,
        months: j === 0 ? 3 : 6,
        dueOn: client.dueOn ?? '2026-06-04',
        recordedAt: answer && NOW,
        stillEmployed: answer?.[0],
        subsidised: answer?.[1],
        subjectToSocialInsurance: answer?.[2],
        voidedAt: client.voided ? NOW : null,
        clockAt: null,
      });
  }
  await em.flush();
}

const times = (count: number, client: Client): Client[] => Array.from({ length: count }, () => client);

describe('the measure', () => {
  test('counts who is still in work, of whom it is known', async () => {
    const world = await placed([
      ...times(12, {
        answers: [
          [true, false, true],
          [true, false, true],
        ],
      }),
      ...times(6, {
        outcome: ReferralOutcome.SUBSIDISED_JOB,
        answers: [
          [true, true, true],
          [false, null, null],
        ],
      }),
      ...times(5, { answers: [[true, null, false], null] }),
      ...times(7, {
        answers: [
          [false, null, null],
          [false, null, null],
        ],
      }),
      ...times(5, { answers: [null, null] }),
    ]);
    expect(await measure(world)).toEqual({
      ...IN_2026,
      placed: 35,
      smallestCount: 5,
      checks: [
        {
          months: 3,
          due: 35,
          recorded: 30,
          stillEmployed: 23,
          subjectToSocialInsurance: 18,
          unsubsidised: 12,
          rate: 0.6,
        },
        {
          months: 6,
          due: 35,
          recorded: 25,
          stillEmployed: 12,
          // All of them: that none is not would be told.
          subjectToSocialInsurance: null,
          unsubsidised: null,
          rate: null,
        },
      ],
    });
  });

  test('counts neither other outcomes, nor other statuses, nor what does not hold any more', async () => {
    const kept = { answers: [[true, false, true], null] } satisfies Client;
    const world = await placed([
      ...times(6, kept),
      ...Object.values(ReferralOutcome)
        .filter(outcome => outcome !== 'EMPLOYED' && outcome !== 'SUBSIDISED_JOB')
        .map(outcome => ({ ...kept, outcome })),
      ...[ReferralStatus.IN_PROGRESS, ReferralStatus.ENTERED_IN_ERROR, ReferralStatus.ABORTED].map(status => ({
        ...kept,
        status,
      })),
      ...times(5, { ...kept, voided: true }),
      ...times(5, { answers: [[false, null, null], null] }),
    ]);
    const { placed: count, checks } = await measure(world);
    expect(count).toBe(16);
    expect(checks).toMatchObject([
      { months: 3, due: 11, recorded: 11, stillEmployed: 6 },
      { months: 6, due: 11, recorded: null },
    ]);
  });

  test('tells that nobody was asked yet', async () => {
    const world = await placed(times(5, { dueOn: '2026-12-02' }));
    expect(await measure(world)).toMatchObject({ placed: 5, checks: [NOTHING, NOTHING] });
    hub.setNow(new Date('2026-12-01T22:59:59Z'));
    expect((await measure(world)).checks).toMatchObject([NOTHING, NOTHING]);
    hub.setNow(new Date('2026-12-01T23:00:00Z'));
    expect((await measure(world)).checks).toMatchObject([{ due: 5, recorded: null }, { due: 5 }]);
  });

  test('of a network without anybody is empty', async () => {
    hub.setNow(NOW);
    const world = await hub.given();
    expect(await measure(world)).toEqual({
      ...IN_2026,
      placed: null,
      smallestCount: 5,
      checks: [
        { months: 3, ...NOTHING },
        { months: 6, ...NOTHING },
      ],
    });
  });

  test('tells of four nothing, and of five', async () => {
    expect(await measure(await placed(times(4, {})))).toMatchObject({ placed: null, checks: [NOTHING, NOTHING] });
    expect(await measure(await placed(times(5, {})))).toMatchObject({ placed: 5, checks: [{ due: 5 }, { due: 5 }] });
  });

  test('goes by whole half-years of the completion in Berlin', async () => {
    const world = await placed([
      ...times(5, { endedAt: '2025-12-31T22:59:59.999Z' }),
      ...times(6, { endedAt: '2025-12-31T23:00:00Z' }),
      ...times(7, { endedAt: '2026-06-30T21:59:59.999Z' }),
      ...times(8, { endedAt: '2026-06-30T22:00:00Z' }),
    ]);
    const count = async (from: string, until: string) => {
      const { period, placed: found } = await measure(world, { from, until });
      return [...period, found];
    };
    expect(await count('2025-12-31', '2025-12-31')).toEqual(['2025-07-01', '2025-12-31', 5]);
    expect(await count('2026-01-01', '2026-01-01')).toEqual(['2026-01-01', '2026-06-30', 13]);
    expect(await count('2026-06-30', '2026-06-30')).toEqual(['2026-01-01', '2026-06-30', 13]);
    expect(await count('2026-07-01', '2026-07-01')).toEqual(['2026-07-01', '2026-12-31', 8]);
    expect(await count('2026-06-30', '2026-07-01')).toEqual(['2026-01-01', '2026-12-31', 21]);
    expect(await count('0001-01-01', '9999-12-31')).toEqual(['0001-01-01', '9999-12-31', 26]);
  });

  test('two periods differ by nobody of a half-year of which nothing may be told', async () => {
    const inWork: [boolean, boolean, boolean] = [true, false, true];
    const outOfWork: [boolean, null, null] = [false, null, null];
    const uninsured: [boolean, null, boolean] = [true, null, false];
    const many = [
      ...times(7, { answers: [inWork, inWork] }),
      ...times(5, { answers: [uninsured, uninsured] }),
      ...times(8, { answers: [outOfWork, outOfWork] }),
    ];
    const world = await placed([...many, { endedAt: '2026-08-01T09:00:00Z', answers: [inWork, inWork] }]);
    const { period: _, ...first } = await measure(world, { until: '2026-06-30' });
    expect(first).toMatchObject({ placed: 20, checks: [{ recorded: 20, stillEmployed: 12, rate: 0.35 }, {}] });
    const { period: __, ...both } = await measure(world, { until: '2026-12-31' });
    expect(both).toEqual(first);
  });

  test('goes by category, with all that lies below it', async () => {
    const world = await placed(times(5, {}));
    const count = async (category: string | null) => (await measure(world, { category })).placed;
    expect(await count(null)).toBe(5);
    expect(await count('job-coaching')).toBe(5);
    expect(await count('placement')).toBe(5);
    expect(await count('counselling')).toBeNull();
    const em = hub.owner();
    em.create(ServiceCategory, { service: world.service.id, category: 'debt-counselling' });
    await em.flush();
    expect(await count('counselling')).toBe(5);
    expect(await count('placement')).toBe(5); // of two categories, counted once
  });
});

describe('who may ask', () => {
  let world: World;
  beforeAll(async () => {
    world = await placed(times(6, { answers: [[true, false, true], null] }));
  });

  test.each([
    ['caseworker', 'FORBIDDEN'],
    ['deputy', 'FORBIDDEN'],
    ['partner', 'FORBIDDEN'],
    ['auditor', 'FORBIDDEN'],
    ['admin', 'FORBIDDEN'],
    ['anonymous', 'UNAUTHENTICATED'],
  ] as const)('the %s: %s', async (who, code) => {
    const { errors } = await ask(world[who], world);
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });

  test('coordinators of the network; to those of another it is as if there were none', async () => {
    expect((await ask(world.coordinator, world)).data.sustainedIntegration.placed).toBe(6);
    const { errors } = await ask(world.foreignCoordinator, world);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'network' } }]);
    const unknown = await ask(world.foreignCoordinator, world, { network: 'nowhere' });
    const { requestId: _, ...known } = errors![0]!.extensions;
    expect(unknown.errors![0]!.message).toBe(errors![0]!.message);
    expect(unknown.errors![0]!.extensions).toMatchObject(known);
  });

  test.each([
    [{ from: '2026-03-02', until: '2026-03-01' }, 'until'],
    [{ category: 'nothing-like-it' }, 'category'],
  ])('%j is no question', async (wishes, argument) => {
    const { errors } = await ask(world.coordinator, world, wishes);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  });

  test('a coordinator who works on the cases herself gets the same', async () => {
    const { caseworker, coordinator } = world;
    const viewer = { ...caseworker, memberships: [...caseworker.memberships, ...coordinator.memberships] };
    expect((await ask(viewer, world)).data).toEqual((await ask(coordinator, world)).data);
  });

  test('by one statement beside those that look up network and categories', async () => {
    await hub.enrol(world.coordinator);
    const sent = await hub.statements(() => ask(world.coordinator, world, { category: 'placement' }));
    const selects = sent.filter(one => /^(select|with) (?!set_config)/.test(one));
    expect(selects.filter(one => one.includes('referral_follow_up'))).toHaveLength(1);
    expect(selects.length).toBeLessThanOrEqual(4);
    console.log(`the measure of a network: ${selects.length} statements`);
  });
});
