import fc, { type AsyncCommand } from 'fast-check';
import { expect, test } from 'vitest';
import { ReferralStatus, STEPS } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { EVERY_STEP, type Step, tryStep } from '../support/referral-steps.js';
import {
  drafted,
  holds,
  type Model,
  type ModelReferral,
  move,
  openStepsOf,
  PEOPLE,
  refusalOf,
  reserved,
  revoke,
  seenBy,
  type Who,
} from './model.js';

/**
 * Random steps by random people, over the API, against a model that follows the table of steps. After each the whole
 * database of the world is compared with the model, and so is what both sides read.
 *
 * A long campaign: `MODEL_RUNS=2000 MODEL_STEPS=60 npx vitest run test/referral/model.test.ts`; what it finds comes
 * again with `MODEL_SEED`.
 */
const RUNS = Number(process.env.MODEL_RUNS ?? 40);
const STEPS_OF_A_RUN = Number(process.env.MODEL_STEPS ?? 20);
const SEED = process.env.MODEL_SEED ? { seed: Number(process.env.MODEL_SEED) } : {};

const hub = testHub('referral_model');
const START = Date.parse('2026-03-04T09:00:00.000Z');
const CASES = 3;
const MOST_REFERRALS = 6;

type World = Awaited<ReturnType<typeof hub.given>>;
interface Real {
  world: World;
  people: Record<Who, Viewer>;
}
type Command = AsyncCommand<Model, Real>;

const nextHour = (model: Model): void => {
  model.hour += 1;
  hub.setNow(new Date(START + model.hour * 3_600_000));
};

const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  async run(model, real) {
    nextHour(model);
    await run(model, real);
    await compareDatabase(model, real);
  },
  toString: () => name,
});

interface Manner {
  version: 'any' | 'seen' | 'stale';
  /** Careful: with all that may be wanted. Careless: without, and with what some services do not take. */
  careful: boolean;
}

const inWords = ({ version, careful }: Manner): string => `(${version}, ${careful ? 'careful' : 'careless'})`;

/** Any step, open or not. */
const stepBy = (who: Who, step: Step, which: number, manner: Manner): Command =>
  command(`${who}: ${step} #${which} ${inWords(manner)}`, (model, real) =>
    attempt(model, real, who, step, model.referrals[which % model.referrals.length]!, manner),
  );

/** One of the steps that are open to somebody at the first referral that leaves them any, from this one on. */
const onwardBy = (who: Who, choice: number, which: number, manner: Manner): Command =>
  command(`${who}: onward ${choice} from #${which} ${inWords(manner)}`, async (model, real) => {
    const turned = [...model.referrals.slice(which), ...model.referrals.slice(0, which)];
    for (const referral of turned) {
      const open = openStepsOf(model, who, referral, EVERY_STEP).filter(step => step !== 'CANCEL');
      if (open.length > 0) return attempt(model, real, who, open[choice % open.length]!, referral, manner);
    }
  });

async function attempt(
  model: Model,
  { people }: Real,
  who: Who,
  step: Step,
  referral: ModelReferral,
  { version, careful }: Manner,
): Promise<void> {
  const seen = seenBy(who, referral);
  const expectedVersion = version === 'any' || !seen ? null : seen.version + (version === 'stale' ? 1 : 0);
  const said = saidWith(step, careful);
  const refusal = refusalOf(model, referral, { who, step, expectedVersion, said });
  const answer = await tryStep(hub, people[who], step, referral.id, { ...said, expectedVersion });
  expect(answer.userErrors.map(one => one.code)).toEqual(refusal ? [refusal] : []);
  if (refusal === 'VERSION_CONFLICT') expect(answer.userErrors[0]!.currentVersion).toBe(seen!.version);
  if (refusal === 'STEP_NOT_OPEN')
    expect([...answer.userErrors[0]!.openSteps!].sort()).toEqual(openStepsOf(model, who, referral, EVERY_STEP).sort());
  if (refusal) return;
  move(model, referral, step);
  compareView(model, who, referral, answer.referral);
}

function saidWith(step: Step, careful: boolean) {
  const words = careful ? 'Ein Grund in Worten.' : null;
  if (step === 'ACCEPT') return { outOfOrderReason: words };
  if (step === 'DECLINE' || step === 'CANCEL') return { reason: 'OTHER', text: words };
  return step === 'COMPLETE' ? { outcome: careful ? 'NO_DETAIL' : 'EMPLOYED' } : {};
}

const revocationBy = (who: 'caseworker' | 'both' | 'foreigner', which: number): Command =>
  command(`${who}: revoke #${which}`, async (model, { world, people }) => {
    const { data } = await hub.as(people[who], REVOKE, { id: world.consents[which]!.id });
    expect(data.consentRevoke.userErrors.map((one: { code: string }) => one.code)).toEqual(
      who === 'foreigner' ? ['NOT_FOUND'] : [],
    );
    if (who !== 'foreigner') revoke(model, which);
  });

const report = (total: number | null): Command =>
  command(`report ${total} places`, async (model, { world, people }) => {
    const { data } = await hub.as(people.partner, REPORT, { id: world.service.id, total });
    expect(data.serviceCapacityReport.userErrors).toEqual([]);
    model.total = total;
  });

const draft = (which: number): Command =>
  command(`draft for #${which}`, async (model, { world, people }) => {
    if (model.referrals.length >= MOST_REFERRALS) return;
    const variables = { case: world.cases[which]!.id, service: world.service.id };
    const { data } = await hub.as(people.caseworker, DRAFT, variables);
    const referral = drafted(data.referralDraft.referral.id, which);
    referral.events.push({ step: null, from: null, to: 'DRAFT', seenFrom: null, seenTo: 'DRAFT' });
    model.referrals.push(referral);
  });

const look = (who: Who, which: number): Command =>
  command(`${who}: look at #${which}`, async (model, { people }) => {
    const referral = model.referrals[which % model.referrals.length]!;
    const { data } = await hub.as(people[who], LOOK, { id: referral.id });
    compareView(model, who, referral, data.referral);
  });

const REVOKE = 'mutation ($id: ID!) { consentRevoke(id: $id) { userErrors { code } } }';
const REPORT = `mutation ($id: ID!, $total: Int) {
  serviceCapacityReport(id: $id, input: { total: $total }) { userErrors { code } } }`;
const DRAFT = `mutation ($case: ID!, $service: ID!) {
  referralDraft(input: { clientCase: $case, service: $service, basis: CONSENT }) { referral { id } userErrors { code } } }`;
const LOOK = `query ($id: ID!) { referral(id: $id) {
  id status version openSteps client { pseudonym } clientCase { id } events { step from to } } }`;

/** What somebody reads is what the model says they know, and the events tell the same story as the status. */
// biome-ignore lint/suspicious/noExplicitAny: the answer to a query
function compareView(model: Model, who: Who, referral: ModelReferral, read: any): void {
  const seen = seenBy(who, referral);
  if (!seen) {
    expect(read).toBeNull();
    return;
  }
  const { status, version, openSteps, client, clientCase, events } = read;
  expect({ status, version }).toEqual(seen);
  expect([...openSteps].sort()).toEqual([...openStepsOf(model, who, referral, EVERY_STEP)].sort());
  const editor = who === 'partner' || who === 'both';
  expect(client !== null).toBe(editor && referral.readable);
  expect(clientCase !== null).toBe(who === 'caseworker' || who === 'both');
  const asCaseworker = who === 'caseworker' || (who === 'both' && !referral.sent);
  const story = referral.events.flatMap(one => {
    const [from, to] = asCaseworker ? [one.seenFrom, one.seenTo] : [one.from, one.to];
    // The draft is the caseworker's alone.
    return to && (asCaseworker || one.step) ? [{ step: one.step, from, to }] : [];
  });
  expect(events.map(({ step, from, to }: Record<string, string>) => ({ step, from, to }))).toEqual(story);
  if (story.length > 0) expect(story.at(-1)!.to).toBe(status);
  for (const [i, event] of story.slice(1).entries()) expect(event.from).toBe(story[i]!.to);
}

/** The rows are what the model says, and keep the invariants of the domain guide. */
async function compareDatabase(model: Model, { world }: Real): Promise<void> {
  const [found] = await hub
    .owner()
    .execute<[{ capacity: Record<string, number>; rows: Row[] }]>(ROWS, [
      world.service.id,
      hub.now(),
      world.service.id,
    ]);
  const { capacity, rows } = found;
  const waiting = model.referrals.filter(one => one.status === ReferralStatus.WAITLISTED).length;
  expect(capacity).toEqual({ reserved: reserved(model), waitlisted: waiting });
  expect(rows.filter(row => row.holds).length).toBe(capacity.reserved);
  const byId = new Map(rows.map(row => [row.id, row]));
  expect(byId.size).toBe(model.referrals.length);
  for (const referral of model.referrals) {
    const { id, status, version, seenStatus, seenVersion, readable, events } = referral;
    expect(byId.get(id)).toEqual({
      id,
      status,
      version,
      seenStatus,
      seenVersion,
      readable,
      holds: holds(referral),
      events,
    });
    for (const { step, from, to } of events)
      if (step && to) {
        expect(STEPS[step as Step].from).toContain(from);
        expect(STEPS[step as Step].to).toBe(to);
      }
  }
}

interface Row {
  id: string;
  holds: boolean;
}

const ROWS = `select
  (select jsonb_build_object('reserved', reserved, 'waitlisted', waitlisted) from service_capacity where service_id = ?) as capacity,
  (select jsonb_agg(jsonb_build_object('id', r.id, 'status', r.status, 'version', r.version, 'seenStatus', r.seen_status,
     'seenVersion', r.seen_version, 'holds', r.holds_place,
     'readable', d.disclosed_at is not null and (d.readable_until is null or d.readable_until > ?),
     'events', (select coalesce(jsonb_agg(jsonb_build_object('step', e.step, 'from', e.from_status, 'to', e.to_status,
       'seenFrom', e.seen_from, 'seenTo', e.seen_to) order by e.number), '[]') from referral_event e where e.referral_id = r.id)))
   from referral r join referral_disclosure d on d.referral_id = r.id where r.service_id = ?) as rows`;

const which = fc.nat(MOST_REFERRALS - 1);
const ofCase = fc.nat(CASES - 1);
const mostly = (chance: number) => fc.nat(99).map(one => one < chance);
const manner = fc.record({ version: fc.constantFrom('any', 'seen', 'seen', 'seen', 'stale'), careful: mostly(75) });
const worker = fc.constantFrom<Who>('partner', 'partner', 'partner', 'both', 'caseworker', 'caseworker');

const story = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.tuple(worker, fc.nat(), which, manner).map(([...story]) => onwardBy(...story)),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(...EVERY_STEP), which, manner)
        .map(([...story]) => stepBy(...story)),
    },
    { weight: 1, arbitrary: fc.tuple(worker, which, manner).map(([who, of, how]) => stepBy(who, 'CANCEL', of, how)) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...PEOPLE), which).map(([...story]) => look(...story)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('caseworker' as const, 'both' as const, 'foreigner' as const), ofCase)
        .map(([...story]) => revocationBy(...story)),
    },
    { weight: 1, arbitrary: fc.constantFrom(null, 0, 1, 2, 3).map(report) },
    { weight: 1, arbitrary: ofCase.map(draft) },
  ),
  { minLength: STEPS_OF_A_RUN, maxLength: STEPS_OF_A_RUN },
);

const setting = fc.record({
  level: fc.constantFrom(...Object.values(FeedbackLevel)),
  total: fc.constantFrom(null, 0, 1, 2),
  keepsWaitingList: mostly(80),
});

test(
  `the hub does what the table says, in ${RUNS} stories of ${STEPS_OF_A_RUN} steps`,
  async () => {
    const property = fc.asyncProperty(setting, story, async (wish, commands) => {
      hub.setNow(new Date(START));
      const world = await hub.given({ ...wish, status: ReferralStatus.DRAFT, referrals: CASES });
      const { caseworker, deputy, partner, coordinator, stranger, foreigner } = world;
      // A caseworker on the case who edits the partner too takes the deputy's place.
      const both = { ...deputy, memberships: [...deputy.memberships, ...partner.memberships] };
      const people = { caseworker, partner, both, coordinator, stranger, foreigner };
      const referrals = world.referrals.map(({ id }, i) => drafted(id, i));
      const model = { ...wish, revoked: Array(CASES).fill(false), referrals, hour: 0 };
      await fc.asyncModelRun(() => ({ model, real: { world, people } }), commands);
    });
    await fc.assert(property, { numRuns: RUNS, ...SEED, endOnFailure: RUNS < 100 });
  },
  60_000 + RUNS * STEPS_OF_A_RUN * 200,
);
