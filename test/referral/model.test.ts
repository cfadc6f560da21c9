import fc, { type AsyncCommand } from 'fast-check';
import { expect, test } from 'vitest';
import { Party, ReferralStatus } from '../../src/referral/referral.rules.js';
import { runReferralClock } from '../../src/referral-clock/referral-clock.actions.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { addDays, berlinDay, endOfBerlinDay } from '../../src/shared/calendar.rules.js';
import { ANONYMOUS } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { agreeToAll, anotherService } from '../support/more-services.js';
import { documentOf, EVERY_STEP, type Step, variablesOf } from '../support/referral-steps.js';
import {
  CASES,
  DEPUTIES,
  type Model,
  type ModelConsent,
  type ModelReferral,
  openStepsOf,
  PEOPLE,
  SERVICES,
  seenBy,
  standing,
  type Who,
} from './model.js';
import {
  adoptClock,
  compareRows,
  compareView,
  compareWithLast,
  type Read,
  type Remembered,
  readRows,
  SEEN,
} from './model-comparison.js';
import { cancelSiblings, drafted, move, revoke } from './model-moves.js';
import { draftRefusalOf, mayDraft, refusalOf, saidWith } from './model-refusals.js';

/**
 * Random steps by random people, over the API, against a model that follows the table of steps, while time passes and
 * the clock runs. After each the whole database of the world is compared with the model, and so is what people read.
 *
 * A long campaign: `MODEL_RUNS=2000 MODEL_STEPS=40 npx vitest run test/referral/model.test.ts`; what it finds comes
 * again with `MODEL_SEED`.
 */
const RUNS = Number(process.env.MODEL_RUNS ?? 40);
const STEPS_OF_A_RUN = Number(process.env.MODEL_STEPS ?? 20);
const SEED = process.env.MODEL_SEED ? { seed: Number(process.env.MODEL_SEED) } : {};

// Without a record of its statements, which would fill the memory.
const hub = testHub('referral_model', { orm: {} });
const START = Date.parse('2026-03-04T09:00:00.000Z');
const HOUR = 3_600_000;
const MOST_REFERRALS = 12;

type World = Awaited<ReturnType<typeof hub.given>>;
interface Real {
  world: World;
  services: string[];
  /** The name by which each signs in. */
  subjects: Record<Who, string>;
  remembered: Remembered;
}
type Command = AsyncCommand<Model, Real>;

/** How often each thing happened, over all runs. */
const figures = new Map<string, number>();
const count = (what: string): void => void figures.set(what, (figures.get(what) ?? 0) + 1);

const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  async run(model, real) {
    model.now += HOUR;
    hub.setNow(new Date(model.now));
    await run(model, real);
    compareRows(model, real.services, await readRows(hub, real.services));
    count('commands');
  },
  toString: () => name,
});

async function ask({ subjects }: Real, who: Who, query: string, variables: object): Promise<Read> {
  const authorization = `Bearer ${subjects[who]}`;
  const { answer } = await hub.ask(ANONYMOUS, { query, variables }, { authorization });
  const { data, errors } = answer;
  if (errors) throw new Error(`${who}: ${JSON.stringify(errors)}`);
  return data.answer;
}

interface Manner {
  version: 'any' | 'seen' | 'stale';
  /** With all that may be wanted; careless: without, and with what some services do not take. */
  careful: boolean;
  keepPlace: boolean;
}

const inWords = ({ version, careful, keepPlace }: Manner): string =>
  `(${version}, ${careful ? 'careful' : 'careless'}, ${keepPlace ? 'keeping' : 'leaving'} the place)`;

/** The first from this one on of which it holds. */
function firstOf(model: Model, which: number, holds: (one: ModelReferral) => boolean): ModelReferral | undefined {
  const at = which % model.referrals.length;
  return [...model.referrals.slice(at), ...model.referrals.slice(0, at)].find(holds);
}

/** Any step, open or not. */
const stepBy = (who: Who, step: Step, which: number, manner: Manner): Command =>
  command(`${who}: ${step} #${which} ${inWords(manner)}`, (model, real) =>
    attempt(model, real, who, step, model.referrals[which % model.referrals.length]!, manner),
  );

/** Ends that would leave little to happen; they have commands of their own. */
const ENDINGS: readonly Step[] = ['CANCEL', 'MARK_AS_ERROR'];

const onward = (model: Model, who: Who, referral: ModelReferral): Step[] =>
  openStepsOf(model, who, referral, EVERY_STEP).filter(step => !ENDINGS.includes(step));

/** One of the steps that are open to somebody, or else to somebody else, at the first referral that has any from this one on. */
const onwardBy = (who: Who, choice: number, which: number, manner: Manner): Command =>
  command(`${who}: onward ${choice} from #${which} ${inWords(manner)}`, async (model, real) => {
    for (const one of [who, ...PEOPLE]) {
      const referral = firstOf(model, which, of => onward(model, one, of).length > 0);
      if (!referral) continue;
      const open = onward(model, one, referral);
      const lively = open.filter(step => step !== 'DECLINE' && step !== 'ABORT');
      const among = choice % 4 && lively.length > 0 ? lively : open;
      await attempt(model, real, one, among[choice % among.length]!, referral, manner);
      return;
    }
    count('nothing open');
  });

const documents = Object.fromEntries(EVERY_STEP.map(step => [step, documentOf(step, SEEN)]));

async function attempt(
  model: Model,
  real: Real,
  who: Who,
  step: Step,
  referral: ModelReferral,
  { version, careful, keepPlace }: Manner,
): Promise<void> {
  const seen = seenBy(model, who, referral);
  const expectedVersion = version === 'any' || !seen ? null : seen.version + (version === 'stale' ? 1 : 0);
  const refusal = refusalOf(model, referral, { who, step, expectedVersion, careful });
  const open = openStepsOf(model, who, referral, EVERY_STEP).sort();
  const party = standing(model, who, referral, step);
  const hold = step === 'HOLD' ? { keepPlace, resumeOn: berlinDay(addDays(new Date(model.now), 14)) } : {};
  const variables = variablesOf(step, referral.id, { ...hold, ...saidWith(step, careful), expectedVersion });
  const { referral: read, userErrors } = await ask(real, who, documents[step]!, variables);
  expect(userErrors.map((one: { code: string }) => one.code)).toEqual(refusal ? [refusal] : []);
  if (refusal === 'VERSION_CONFLICT') expect(userErrors[0].currentVersion).toBe(seen!.version);
  if (refusal === 'STEP_NOT_OPEN') expect([...userErrors[0].openSteps].sort()).toEqual(open);
  if (refusal) count(refusal);
  if (refusal || party === null || party === 'TOO_LATE') return;
  move(model, referral, step, party, keepPlace);
  if (step === 'ACCEPT') cancelSiblings(model, referral, Party.SYSTEM);
  compareView(model, who, referral, read);
}

/** Somebody looks at one that she sees, if there is any. */
const look = (who: Who, which: number): Command =>
  command(`${who}: look at #${which}`, async (model, real) => {
    const referral = firstOf(model, which, one => seenBy(model, who, one) !== null) ?? model.referrals[0]!;
    const read = await ask(real, who, LOOK, { id: referral.id });
    compareView(model, who, referral, read);
    if (read) compareWithLast(model, who, referral, read, real.remembered);
  });

const revocationBy = (who: 'caseworker' | 'clerk' | 'foreigner', which: number): Command =>
  command(`${who}: revoke #${which}`, async (model, real) => {
    const consent = model.consents[which % model.consents.length]!;
    const { userErrors } = await ask(real, who, REVOKE, { id: consent.id });
    const hers = who === 'caseworker' || DEPUTIES[consent.case] === who;
    expect(userErrors.map((one: { code: string }) => one.code)).toEqual(hers ? [] : ['NOT_FOUND']);
    if (hers) revoke(model, consent, Party.CASEWORKER);
  });

/** The client agrees to every service of the category, for some time. */
const consentTo = (ofCase: number, forDays: number): Command =>
  command(`consent of #${ofCase} for ${forDays} days`, async (model, real) => {
    const { cases, categoryCode } = real.world;
    const today = berlinDay(new Date(model.now));
    const validUntil = berlinDay(addDays(new Date(model.now), forDays));
    const input = { clientCase: cases[ofCase]!.id, category: categoryCode, givenOn: today, validUntil };
    const { consent, userErrors } = await ask(real, 'caseworker', RECORD, { input });
    expect(userErrors).toEqual([]);
    const ends = endOfBerlinDay(validUntil).getTime();
    const known = model.consents.find(one => one.id === consent.id);
    // The same again is the same consent; of several that hold as long, the newest counts.
    if (known) expect(known).toMatchObject({ case: ofCase, service: null, ends, revoked: false });
    else model.consents.unshift({ id: consent.id, case: ofCase, service: null, ends, revoked: false });
  });

const report = (which: number, total: number | null, occupiedElsewhere: number): Command =>
  command(`report ${total} places at #${which}, ${occupiedElsewhere} of them taken elsewhere`, async (model, real) => {
    const variables = { id: real.services[which], total, occupied: occupiedElsewhere };
    expect((await ask(real, 'partner', REPORT, variables)).userErrors).toEqual([]);
    model.services[which] = { total, occupiedElsewhere };
  });

interface DraftStory {
  who: Who;
  case: number;
  service: number;
  urgent: boolean;
  siblingOf: number | null;
  parent: number | null;
}

const draft = (story: DraftStory): Command =>
  command(`draft ${JSON.stringify(story)}`, async (model, real) => {
    if (model.referrals.length >= MOST_REFERRALS || !mayDraft(story.who)) return;
    const { who, case: ofCase, service, urgent } = story;
    // Mostly one that will do.
    const named = (which: number | null, role: 'siblingOf' | 'parent') => {
      if (which === null) return null;
      const none = { who, case: ofCase, service, siblingOf: null, parent: null };
      const fit = model.referrals.filter(one => !draftRefusalOf(model, { ...none, [role]: one }));
      const among = which % 4 && fit.length > 0 ? fit : model.referrals;
      return among[which % among.length]!;
    };
    const [siblingOf, parent] = [named(story.siblingOf, 'siblingOf'), named(story.parent, 'parent')];
    const refusal = draftRefusalOf(model, { who, case: ofCase, service, siblingOf, parent });
    const input = {
      clientCase: real.world.cases[ofCase]!.id,
      service: real.services[service],
      basis: 'CONSENT',
      note: 'Bitte bald.',
      urgent,
      siblingOf: siblingOf?.id,
      parent: parent?.id,
    };
    const { referral: read, userErrors } = await ask(real, who, DRAFT, { input });
    expect(userErrors).toEqual(refusal ? [{ code: refusal[0], path: ['input', refusal[1]] }] : []);
    count(refusal ? 'draft refused' : siblingOf ? 'sibling drafted' : parent ? 'referred on' : 'drafted');
    if (refusal) return;
    if (siblingOf && siblingOf.group === null) siblingOf.group = ++model.groups;
    const group = siblingOf?.group ?? null;
    const depth = parent ? parent.depth + 1 : 0;
    const referral = drafted(model, { id: read.id, case: ofCase, service, urgent, group, depth });
    referral.events.push({ step: null, from: null, to: 'DRAFT', seenFrom: null, seenTo: 'DRAFT', by: 'CASEWORKER' });
    model.referrals.push(referral);
    compareView(model, who, referral, read);
  });

/** Some time passes, and the clock does what it brings. */
const time = (days: number): Command =>
  command(`${days} days pass`, async (model, real) => {
    model.now = addDays(new Date(model.now), days).getTime();
    hub.setNow(new Date(model.now));
    const effects = await runReferralClock({ orm: hub.hub().orm, now: hub.now() });
    figures.set('effects of the clock', (figures.get('effects of the clock') ?? 0) + effects);
    adoptClock(model, await readRows(hub, real.services));
  });

const LOOK = `query ($id: ID!) { answer: referral(id: $id) { ${SEEN} } }`;
const REVOKE = 'mutation ($id: ID!) { answer: consentRevoke(id: $id) { userErrors { code } } }';
const RECORD = `mutation ($input: ConsentRecordInput!) {
  answer: consentRecord(input: $input) { consent { id } userErrors { code } } }`;
const REPORT = `mutation ($id: ID!, $total: Int, $occupied: Int) {
  answer: serviceCapacityReport(id: $id, input: { total: $total, occupiedElsewhere: $occupied }) { userErrors { code } } }`;
const DRAFT = `mutation ($input: ReferralDraftInput!) {
  answer: referralDraft(input: $input) { referral { ${SEEN} } userErrors { code path } } }`;

const which = fc.nat(MOST_REFERRALS - 1);
const ofCase = fc.nat(CASES - 1);
const ofService = fc.nat(SERVICES - 1);
const mostly = (chance: number) => fc.nat(99).map(one => one < chance);
const manner = fc.record({
  version: fc.constantFrom('any', 'seen', 'seen', 'seen', 'seen', 'seen', 'seen', 'stale'),
  careful: mostly(85),
  keepPlace: fc.boolean(),
});
const worker = fc.constantFrom<Who>(
  'partner',
  'partner',
  'partner',
  'partner',
  'both',
  'caseworker',
  'caseworker',
  'clerk',
  'coordinator',
);
const anybody = fc.constantFrom(...PEOPLE);
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary });

const story = fc.array(
  fc.oneof(
    { weight: 18, arbitrary: fc.tuple(worker, fc.nat(), which, manner).map(args => onwardBy(...args)) },
    {
      weight: 4,
      arbitrary: fc.tuple(anybody, fc.constantFrom(...EVERY_STEP), which, manner).map(args => stepBy(...args)),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(worker, fc.constantFrom(...ENDINGS), which, manner).map(args => stepBy(...args)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom<Who>('coordinator', 'clerk'), which, manner)
        .map(([who, of, how]) => stepBy(who, 'REOPEN', of, how)),
    },
    { weight: 2, arbitrary: fc.tuple(anybody, which).map(args => look(...args)) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom<Who>('caseworker', 'clerk'), which).map(args => look(...args)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('caseworker' as const, 'clerk' as const, 'foreigner' as const), which)
        .map(args => revocationBy(...args)),
    },
    { weight: 1, arbitrary: fc.tuple(ofCase, fc.constantFrom(3, 30, 400)).map(args => consentTo(...args)) },
    {
      weight: 1,
      arbitrary: fc.tuple(ofService, fc.constantFrom(null, 0, 1, 2, 3), fc.nat(1)).map(args => report(...args)),
    },
    {
      weight: 4,
      arbitrary: fc
        .record({
          who: fc.constantFrom<Who>('caseworker', 'caseworker', 'caseworker', 'both', 'clerk', 'foreigner'),
          case: ofCase,
          service: ofService,
          urgent: fc.boolean(),
          siblingOf: seldom(which),
          parent: seldom(which),
        })
        .map(draft),
    },
    { weight: 6, arbitrary: fc.constantFrom(0, 1, 1, 2, 3, 5, 7, 9, 12, 16, 21, 40).map(time) },
  ),
  { minLength: STEPS_OF_A_RUN, maxLength: STEPS_OF_A_RUN },
);

const setting = fc.record({
  level: fc.constantFrom(...Object.values(FeedbackLevel)),
  total: fc.constantFrom(null, 0, 1, 2),
  keepsWaitingList: mostly(90),
  /** Of the first cases, one each. */
  urgent: fc.boolean(),
});

async function begin({ urgent, ...wish }: typeof setting extends fc.Arbitrary<infer T> ? T : never) {
  hub.setNow(new Date(START));
  // It is the same time again in each story: the clock has no business with those before.
  await hub.owner().execute('truncate client_case cascade');
  const world = await hub.given({ ...wish, urgent, status: ReferralStatus.DRAFT, referrals: CASES });
  const { caseworker, deputy, partner, coordinator, stranger, foreigner } = world;
  const services = [world.service.id, await anotherService(hub, world, wish)];
  // The clerk is a colleague who coordinates too; both is a deputy who edits the partner too.
  const clerk = { ...world.colleague, memberships: [...world.colleague.memberships, ...coordinator.memberships] };
  const both = { ...deputy, memberships: [...deputy.memberships, ...partner.memberships] };
  for (const [i, { id }] of world.cases.entries())
    await hub
      .owner()
      .execute('update client_case set deputy_id = ? where id = ?', [
        DEPUTIES[i] === 'clerk' ? clerk.accountId : both.accountId,
        id,
      ]);
  const people = { caseworker, partner, both, coordinator, clerk, stranger, foreigner };
  const subjects = {} as Record<Who, string>;
  for (const who of PEOPLE) subjects[who] = await hub.enrol(people[who]);
  const consents: ModelConsent[] = world.consents.map(({ id, validUntil }, i) => ({
    id,
    case: i,
    service: 0,
    ends: endOfBerlinDay(validUntil).getTime(),
    revoked: false,
  }));
  for (const [i, one] of world.cases.entries()) {
    const [consent] = await agreeToAll(hub, { ...world, clientCase: one }, '2026-05-31');
    const ends = endOfBerlinDay('2026-05-31').getTime();
    consents.push({ id: consent.id, case: i, service: null, ends, revoked: false });
  }
  const model: Model = {
    ...wish,
    services: services.map(() => ({ total: wish.total, occupiedElsewhere: 0 })),
    consents,
    referrals: [],
    groups: 0,
    now: START,
  };
  for (const [i, { id, createdAt }] of world.referrals.entries())
    model.referrals.push(
      drafted(model, { id, case: i, service: 0, urgent, group: null, depth: 0, createdAt: createdAt.getTime() }),
    );
  return { model, real: { world, services, subjects, remembered: new Map() } satisfies Real };
}

test(
  `the hub does what the table says, in ${RUNS} stories of ${STEPS_OF_A_RUN} steps`,
  async () => {
    const property = fc.asyncProperty(setting, story, async (wish, commands) => {
      const world = await begin(wish);
      await fc.asyncModelRun(() => world, commands);
      for (const { step, by } of world.model.referrals.flatMap(one => one.events))
        if (step) count(by === Party.SYSTEM ? `${step} by the hub` : step);
    });
    await fc.assert(property, { numRuns: RUNS, ...SEED, endOnFailure: RUNS < 100 });
    const told = [...figures].sort(([, a], [, b]) => b - a).map(([what, times]) => `${what} ${times}`);
    console.log(`${RUNS} stories of ${STEPS_OF_A_RUN} steps: ${told.join(', ')}`);
  },
  60_000 + RUNS * STEPS_OF_A_RUN * 400,
);
