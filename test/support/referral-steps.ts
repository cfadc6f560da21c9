import { addDays, berlinDay } from '../../src/shared/calendar.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from './hub.js';

/** Everything that a referral tells, whoever reads it. */
export const REFERRAL_FIELDS = `
  id status version createdAt updatedAt respondBy openSteps basis note scheduledAt startedOn urgent
  declineReason declineText cancelReason cancelText attribution outcome
  waitingFor escalatedAt waitingPosition reconfirmBy holdReason holdText holdAttribution resumeOn abortReason abortText errorReason
  consent { id } pseudonym outOfOrderReason holdsPlace feedbackLevel canMessage
  questions { text askedAt answer answeredAt } notices { kind dueAt at }
  service { id } partner { id } clientCase { id reference }
  client { pseudonym municipality { key } needs { code } languages age }
  noShows reschedules appointments { id at state }
  events { id step from to at by }`;

/** Fields of the mutations, and the arguments beside `id` and `expectedVersion`, each with its type and a value. */
const STEPS = {
  SEND: {},
  ACKNOWLEDGE: {},
  ASK: { question: ['String!', 'Ist ein Führerschein da?'] },
  ANSWER: { answer: ['String!', 'Ja, Klasse B.'] },
  ACCEPT: { outOfOrderReason: ['String', null] },
  WAITLIST: {},
  RECONFIRM: {},
  DECLINE: { reason: ['DeclineReason!', 'NO_CAPACITY'], text: ['String', null] },
  SCHEDULE: { at: ['DateTime!', '2099-01-04T09:00:00.000Z'] },
  START: { on: ['LocalDate', null] },
  HOLD: {
    reason: ['HoldReason!', 'HOSPITAL'],
    text: ['String', null],
    resumeOn: ['LocalDate!', null],
    keepPlace: ['Boolean!', true],
  },
  RESUME: {},
  COMPLETE: { outcome: ['ReferralOutcome!', 'NO_DETAIL'] },
  ABORT: { reason: ['AbortReason!', 'DROPPED_OUT'], text: ['String', null] },
  CANCEL: { reason: ['CancelReason!', 'SITUATION_CHANGED'], text: ['String', null] },
  MARK_AS_ERROR: { reason: ['String!', 'Beim falschen Fall eingetragen.'] },
  REOPEN: {},
} satisfies Record<string, Record<string, readonly [type: string, value: string | boolean | null]>>;

export type Step = keyof typeof STEPS;
export const EVERY_STEP = Object.keys(STEPS) as Step[];

export interface StepAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: the answer to any selection
  referral: any;
  userErrors: { code: string; path: string[]; openSteps: string[] | null; currentVersion: number | null }[];
}

const fieldOf = (step: Step): string =>
  `referral${step
    .split('_')
    .map(word => `${word[0]}${word.slice(1).toLowerCase()}`)
    .join('')}`;

/** The document of a step, for `{ id, expectedVersion, … }`. */
export function documentOf(step: Step, selection = REFERRAL_FIELDS): string {
  const types = Object.entries(STEPS[step]).map(([name, [type]]) => [name, type]);
  const all = [['id', 'ID!'], ['expectedVersion', 'Int'], ...types];
  const variables = all.map(([name, type]) => `$${name}: ${type}`).join(', ');
  const given = all.map(([name]) => `${name}: $${name}`).join(', ');
  return `mutation (${variables}) {
    answer: ${fieldOf(step)}(${given}) {
      referral { ${selection} }
      userErrors { code path openSteps currentVersion }
    }
  }`;
}

/** Variables of a step: what is said, and something that passes for the rest. */
export function variablesOf(step: Step, id: string, said: object = {}): object {
  const usual = Object.fromEntries(Object.entries(STEPS[step]).map(([name, [, value]]) => [name, value]));
  return { id, ...usual, ...said };
}

/** Takes a step over the API, or is refused. A top-level error is thrown. */
export async function tryStep(
  hub: TestHub,
  viewer: Viewer,
  step: Step,
  id: string,
  said?: object,
): Promise<StepAnswer> {
  const hold = step === 'HOLD' ? { resumeOn: berlinDay(addDays(hub.now(), 14)) } : {};
  const { data, errors } = await hub.as(viewer, documentOf(step), variablesOf(step, id, { ...hold, ...said }));
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer;
}

/** Takes a step that must pass, and answers with the referral as the viewer sees it then. */
export async function take(
  hub: TestHub,
  viewer: Viewer,
  step: Step,
  id: string,
  said?: object,
): Promise<StepAnswer['referral']> {
  const { referral, userErrors } = await tryStep(hub, viewer, step, id, said);
  if (userErrors.length > 0) throw new Error(`${step}: ${JSON.stringify(userErrors)}`);
  return referral;
}

/** Who takes a step where nothing else is said. */
const USUALLY: Partial<Record<Step, 'caseworker' | 'coordinator'>> = {
  SEND: 'caseworker',
  ANSWER: 'caseworker',
  RECONFIRM: 'caseworker',
  CANCEL: 'caseworker',
  MARK_AS_ERROR: 'coordinator',
  REOPEN: 'coordinator',
};

/** Takes steps that must pass, one after the other, each by its usual party, with all that they need. */
export async function walk(
  hub: TestHub,
  { referral, ...people }: Record<'caseworker' | 'partner' | 'coordinator', Viewer> & { referral: { id: string } },
  ...steps: readonly Step[]
): Promise<void> {
  for (const step of steps) await take(hub, people[USUALLY[step] ?? 'partner'], step, referral.id);
}

/** The referral as the viewer sees it; null where it is not seen. */
export async function look(hub: TestHub, viewer: Viewer, id: string): Promise<StepAnswer['referral']> {
  const { data, errors } = await hub.as(viewer, `query ($id: ID!) { referral(id: $id) { ${REFERRAL_FIELDS} } }`, {
    id,
  });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.referral;
}
