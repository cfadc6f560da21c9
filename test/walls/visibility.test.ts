import { beforeAll, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { testHub } from '../support/hub.js';
import { EVERY_STEP, tryStep } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';
import { CASE_WRITES, READS, type Reading, readingOf } from './reads.js';

const hub = testHub('walls_visibility');

const { DRAFT, SENT, DECLINED, COMPLETED } = ReferralStatus;

const NOTHING: Reading = { cases: 0, referrals: 0, clientCase: false, consent: false, referral: false, nodes: [] };
const ON_CASE: Reading = {
  cases: 1,
  referrals: 1,
  clientCase: true,
  consent: true,
  referral: true,
  nodes: ['ClientCase', 'Consent', 'Referral'],
};
const REFERRAL_ONLY: Reading = { ...NOTHING, referrals: 1, referral: true, nodes: ['Referral'] };

const SEEN = {
  caseworker: [ON_CASE, ON_CASE],
  deputy: [ON_CASE, ON_CASE],
  colleague: [NOTHING, NOTHING],
  foreigner: [NOTHING, NOTHING],
  partner: [NOTHING, REFERRAL_ONLY],
  stranger: [NOTHING, NOTHING],
  coordinator: [NOTHING, REFERRAL_ONLY],
  foreignCoordinator: [NOTHING, NOTHING],
  auditor: [NOTHING, NOTHING],
  admin: [NOTHING, NOTHING],
  unknown: [NOTHING, NOTHING],
} as const satisfies Record<string, readonly [draft: Reading, sent: Reading]>;

const worlds: Awaited<ReturnType<typeof hub.given>>[] = [];

beforeAll(async () => {
  for (const status of [DRAFT, SENT, DECLINED, COMPLETED]) worlds.push(await hub.given({ status }));
});

test.each(Object.entries(SEEN))('what the %s sees of a draft, and once it is sent', async (who, [draft, sent]) => {
  for (const world of worlds) {
    const { status } = world.referral;
    const answer = await hub.as(world[who as keyof typeof SEEN], READS, {
      case: world.clientCase.id,
      consent: world.consent.id,
      referral: world.referral.id,
    });
    expect({ status, ...readingOf(answer) }).toEqual({ status, ...(status === DRAFT ? draft : sent) });
  }
});

test('nobody who has not signed in gets past the doors of case data', async () => {
  const world = await hub.given();
  const ids = { case: world.clientCase.id, consent: world.consent.id, referral: world.referral.id };
  for (const door of ['clientCase(id: $id) { id }', 'referral(id: $id) { id }']) {
    const { errors } = await hub.as(world.anonymous, `query ($id: ID!) { ${door} }`, { id: ids.referral });
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  }
  for (const door of ['clientCases { totalCount }', 'referrals { nodes { id } }']) {
    const { errors } = await hub.as(world.anonymous, `{ ${door} }`);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  }
  for (const id of Object.values(ids)) {
    expect(await hub.as(world.anonymous, 'query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({
      data: { node: null },
    });
  }
});

test.each(['', 'x', "1' or true --", '%', '00000000-0000-0000-0000-000000000000', 'ÄÖÜ'.repeat(12)])(
  'an id that is none, %j, finds nothing and is no error',
  async id => {
    const { caseworker } = await hub.given();
    const answer = await hub.as(
      caseworker,
      'query ($id: ID!) { referral(id: $id) { id } clientCase(id: $id) { id } node(id: $id) { id } }',
      { id },
    );
    expect(answer).toEqual({ data: { referral: null, clientCase: null, node: null } });
  },
);

test.each(['colleague', 'foreigner', 'stranger', 'foreignCoordinator'] as const)(
  'the %s takes no step, and is answered as for one that is not there',
  async who => {
    const { [who]: viewer, referral } = await hub.given();
    const before = await everyRow(hub.owner());
    for (const step of EVERY_STEP) {
      const answer = await tryStep(hub, viewer, step, referral.id);
      expect(answer).toEqual(await tryStep(hub, viewer, step, '00000000-0000-4000-8000-000000000000'));
      expect(answer).toMatchObject({ referral: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
    }
    expect(await everyRow(hub.owner())).toEqual(before);
  },
);

test.each(['auditor', 'admin', 'unknown'] as const)('to the %s the steps are forbidden', async who => {
  const { [who]: viewer, referral } = await hub.given();
  for (const step of EVERY_STEP) await expect(tryStep(hub, viewer, step, referral.id)).rejects.toThrow('FORBIDDEN');
});

test.each([
  ['colleague', 'NOT_FOUND'],
  ['foreigner', 'NOT_FOUND'],
  ['partner', 'FORBIDDEN'],
  ['coordinator', 'FORBIDDEN'],
  ['auditor', 'FORBIDDEN'],
  ['unknown', 'FORBIDDEN'],
  ['anonymous', 'UNAUTHENTICATED'],
] as const)('the %s writes nothing to a case or its consents: %s', async (who, code) => {
  const world = await hub.given();
  const before = await everyRow(hub.owner());
  for (const [name, write] of Object.entries(CASE_WRITES)) {
    const { data, errors } = await hub.as(world[who], write, {
      case: world.clientCase.id,
      consent: world.consent.id,
      service: world.service.id,
      network: world.network.slug,
      municipality: world.home.key,
    });
    const codes = errors
      ? errors.map(one => one.extensions.code)
      : data.answer.userErrors.map((one: { code: string }) => one.code);
    // A colleague is a caseworker of the network, and may open cases of her own.
    if (who === 'colleague' && name === 'clientCaseOpen') expect(codes).toEqual([]);
    else expect([name, codes]).toEqual([name, [code]]);
  }
  const after = (await everyRow(hub.owner())).filter(row => who !== 'colleague' || before.includes(row));
  expect(after).toEqual(before);
});

test('a deputy may do all that the assigned caseworker may', async () => {
  const { deputy, referral, clientCase, consent } = await hub.given({ status: DRAFT });
  const sent = await tryStep(hub, deputy, 'SEND', referral.id);
  expect(sent.userErrors).toEqual([]);
  const variables = { case: clientCase.id, consent: consent.id };
  for (const write of [CASE_WRITES.clientCaseUpdate, CASE_WRITES.consentRevoke, CASE_WRITES.clientCaseClose])
    expect((await hub.as(deputy, write, variables)).data.answer.userErrors).toEqual([]);
});

test('who loses the membership loses the case with the next request', async () => {
  const world = await hub.given();
  const ids = { case: world.clientCase.id, consent: world.consent.id, referral: world.referral.id };
  expect(readingOf(await hub.as(world.caseworker, READS, ids))).toEqual(ON_CASE);
  await hub.owner().execute('delete from membership where account_id = ?', [world.caseworker.accountId]);
  const without = { ...world.caseworker, memberships: [] };
  expect(readingOf(await hub.as(without, READS, ids))).toEqual(NOTHING);
});
