import type { Viewer } from '../../src/viewer/viewer.rules.js';
import type { TestHub } from '../support/hub.js';

export type World = Awaited<ReturnType<TestHub['given']>>;

/** A Wednesday noon. */
export const NOW = new Date('2026-06-10T10:00:00Z');

export const DECISION = `id version instrument { code } form decidedOn validFrom validUntil regions category { code } weeklyHours
  durationMonths orderType monthsUsedBefore unemployedMonths benefitMonths referralId withdrawnOn clientCase { id }
  checks { state text rule { kind } }`;
const ERRORS = 'userErrors { code message path currentVersion }';

const DOORS = {
  record: ['$input: FundingDecisionInput!', 'fundingDecisionRecord(input: $input)'],
  attach: [
    '$id: ID!, $referral: ID!, $expectedVersion: Int',
    'fundingDecisionAttach(id: $id, referral: $referral, expectedVersion: $expectedVersion)',
  ],
  detach: ['$id: ID!, $expectedVersion: Int', 'fundingDecisionDetach(id: $id, expectedVersion: $expectedVersion)'],
  withdraw: [
    '$id: ID!, $on: LocalDate!, $expectedVersion: Int',
    'fundingDecisionWithdraw(id: $id, on: $on, expectedVersion: $expectedVersion)',
  ],
  correct: [
    '$id: ID!, $on: LocalDate!, $expectedVersion: Int',
    'fundingDecisionWithdrawalCorrect(id: $id, on: $on, expectedVersion: $expectedVersion)',
  ],
} as const;

/** Asks a door; the payload, with what was written as `thing`. */
export async function ask(hub: TestHub, viewer: Viewer, door: keyof typeof DOORS, variables: object) {
  const [declared, call] = DOORS[door];
  const { data, errors } = await hub.as(
    viewer,
    `mutation (${declared}) { answer: ${call} { thing: fundingDecision { ${DECISION} } ${ERRORS} } }`,
    variables,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer;
}

/** A work opportunity of half a year for the client of a world, and whatever makes it another decision. */
export const inputFor = ({ clientCase }: World, own: object = {}) => ({
  clientCase: clientCase.id,
  instrument: 'sgb2-16d',
  form: 'ASSIGNMENT',
  decidedOn: '2026-06-01',
  validFrom: '2026-06-01',
  validUntil: '2026-12-31',
  durationMonths: 6,
  monthsUsedBefore: 0,
  ...own,
});

/** Records a decision that must pass. */
export async function record(hub: TestHub, world: World, own: object = {}) {
  const { thing, userErrors } = await ask(hub, world.caseworker, 'record', { input: inputFor(world, own) });
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return thing;
}

/** The service of a world takes nobody without these instruments. */
export const require = (hub: TestHub, { service }: World, ...instruments: (string | object)[]) =>
  hub
    .owner()
    .execute('update service set instruments = ?::jsonb where id = ?', [
      JSON.stringify(
        instruments.map(one =>
          typeof one === 'string' ? { instrument: one, required: true } : { required: true, ...one },
        ),
      ),
      service.id,
    ]);
