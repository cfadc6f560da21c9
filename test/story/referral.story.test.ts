import { describe, expect, test } from 'vitest';
import { demoHub } from '../support/demo-hub.js';
import {
  ACCEPT,
  ACKNOWLEDGE,
  CAPACITY,
  COMPLETE,
  CONSENT,
  DRAFT,
  FIND,
  inDays,
  inHours,
  OPEN,
  REFERRAL,
  SCHEDULE,
  SEND,
  START,
} from './steps.js';

const hub = demoHub('story_referral');
const ESCHWEILER = '05334012';
const CASEWORKER = 'caseworker-aachen';
const PARTNER = 'partner-aachen';

const EDITED = '{ viewer { memberships { partner { id name } } } }';

/** The service of the category that the persona's partner offers. */
async function ownService(category: string): Promise<{ id: string }> {
  const { viewer } = await hub.ask(PARTNER, EDITED);
  const { partner } = viewer.memberships[0];
  const query = `query ($id: ID!, $category: ID!) {
    partner(id: $id) { services(filter: { categories: [$category] }) { nodes { id } totalCount } } }`;
  const data = await hub.ask(PARTNER, query, { id: partner.id, category });
  expect(data.partner.services.totalCount).toBe(1);
  return data.partner.services.nodes[0];
}

async function openCase(): Promise<{ id: string }> {
  const input = {
    network: 'aachen',
    municipality: ESCHWEILER,
    needs: ['long-term-unemployed', 'addiction'],
    languages: ['uk'],
    birthYear: 1988,
  };
  return hub.act(CASEWORKER, OPEN, { input });
}

async function refer(service: { id: string }, consent: object): Promise<{ clientCase: { id: string }; id: string }> {
  const clientCase = await openCase();
  const period = { givenOn: inDays(0), validUntil: inDays(180) };
  await hub.act(CASEWORKER, CONSENT, { input: { clientCase: clientCase.id, ...consent, ...period } });
  const input = { clientCase: clientCase.id, service: service.id, basis: 'CONSENT', note: 'Kommt gern vormittags.' };
  const { id } = await hub.act(CASEWORKER, DRAFT, { input });
  await hub.act(CASEWORKER, SEND, { id });
  return { clientCase, id };
}

const seenBy = async (persona: string, id: string) => (await hub.ask(persona, REFERRAL, { id })).referral;
const freeAt = async (service: { id: string }) =>
  (await hub.ask(PARTNER, CAPACITY, { id: service.id })).service.capacity.free;

describe('job coaching near Eschweiler, in Ukrainian', () => {
  test('from the search to the outcome, and every step is seen', async () => {
    const input = { category: 'job-coaching', municipality: ESCHWEILER, languages: ['uk'], requireFreePlace: true };
    const { serviceMatches } = await hub.ask(CASEWORKER, FIND, { input });
    const service = await ownService('job-coaching');
    const match = serviceMatches.nodes.find((one: { service: { id: string } }) => one.service.id === service.id);
    expect(match).toMatchObject({ blockers: [], service: { languages: expect.arrayContaining(['uk']) } });
    expect(match.reasons.map((one: { factor: string }) => one.factor)).toContain('LANGUAGE');

    const free = await freeAt(service);
    const { id } = await refer(service, { service: service.id });
    expect(await seenBy(CASEWORKER, id)).toMatchObject({
      status: 'SENT',
      openSteps: ['CANCEL', 'MARK_AS_ERROR'],
      client: null,
    });
    expect(await seenBy(PARTNER, id)).toMatchObject({
      status: 'SENT',
      openSteps: ['ACKNOWLEDGE', 'ASK', 'ACCEPT', 'WAITLIST', 'DECLINE'],
      clientCase: null,
      note: 'Kommt gern vormittags.',
      client: { languages: ['uk'], municipality: { name: 'Eschweiler' } },
    });

    await hub.act(PARTNER, ACKNOWLEDGE, { id });
    expect(await seenBy(CASEWORKER, id)).toMatchObject({ status: 'RECEIVED' });
    await hub.act(PARTNER, ACCEPT, { id });
    expect(await seenBy(CASEWORKER, id)).toMatchObject({ status: 'ACCEPTED' });
    expect(await freeAt(service)).toBe(free - 1);
    const at = inHours(48);
    await hub.act(PARTNER, SCHEDULE, { id, at });
    expect(await seenBy(CASEWORKER, id)).toMatchObject({ status: 'SCHEDULED', scheduledAt: at });
    await hub.act(PARTNER, START, { id });
    expect(await seenBy(CASEWORKER, id)).toMatchObject({ status: 'IN_PROGRESS' });
    await hub.act(PARTNER, COMPLETE, { id, outcome: 'EMPLOYED' });

    const end = await seenBy(CASEWORKER, id);
    expect(end).toMatchObject({ status: 'COMPLETED', outcome: 'EMPLOYED', openSteps: ['MARK_AS_ERROR'] });
    expect(end.events.map((one: { to: string }) => one.to)).toEqual([
      'DRAFT',
      'SENT',
      'RECEIVED',
      'ACCEPTED',
      'SCHEDULED',
      'IN_PROGRESS',
      'COMPLETED',
    ]);
    expect(await freeAt(service)).toBe(free);
  });
});

describe('addiction counselling, which tells RECEIVED_ONLY', () => {
  test('the caseworker sees the decision and nothing after it', async () => {
    const service = await ownService('addiction-counselling');
    const { id } = await refer(service, { category: 'counselling' });
    await hub.act(PARTNER, ACKNOWLEDGE, { id });
    await hub.act(PARTNER, ACCEPT, { id });
    const accepted = await seenBy(CASEWORKER, id);
    expect(accepted).toMatchObject({ status: 'ACCEPTED', openSteps: ['CANCEL', 'MARK_AS_ERROR'] });

    await hub.act(PARTNER, SCHEDULE, { id, at: inHours(24) });
    await hub.act(PARTNER, START, { id });
    const { referralComplete } = await hub.ask(PARTNER, COMPLETE, { id, outcome: 'GOAL_REACHED' });
    expect(referralComplete.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['outcome'] }]);
    await hub.act(PARTNER, COMPLETE, { id, outcome: 'NO_DETAIL' });

    expect(await seenBy(PARTNER, id)).toMatchObject({ status: 'COMPLETED', outcome: 'NO_DETAIL' });
    expect(await seenBy(CASEWORKER, id)).toEqual(accepted);
    const byStatus = `query ($statuses: [ReferralStatus!]) {
      referrals(filter: { statuses: $statuses, service: "${service.id}" }, first: 100) { nodes { id } } }`;
    const found = async (...statuses: string[]) =>
      (await hub.ask(CASEWORKER, byStatus, { statuses })).referrals.nodes.map((one: { id: string }) => one.id);
    expect(await found('ACCEPTED')).toContain(id);
    expect(await found('SCHEDULED', 'IN_PROGRESS', 'COMPLETED')).not.toContain(id);
  });

  test('what it shows of its places tells nobody when a client came', async () => {
    const service = await ownService('addiction-counselling');
    const { capacity } = (await hub.ask(CASEWORKER, CAPACITY, { id: service.id })).service;
    expect([0, 1, 3, 6]).toContain(capacity.free);
    expect(capacity.reserved).toBeNull();
    expect(await freeAt(service)).toBeGreaterThanOrEqual(capacity.free);
  });
});

describe('the caseworker of Wuppertal', () => {
  const STRANGER = 'caseworker-wuppertal';

  test('reads null and writes NOT_FOUND throughout', async () => {
    const service = await ownService('job-coaching');
    const { id, clientCase } = await refer(service, { service: service.id });
    const consents = `query ($id: ID!) { clientCase(id: $id) { consents { id } } }`;
    const [consent] = (await hub.ask(CASEWORKER, consents, { id: clientCase.id })).clientCase.consents;

    const reads = `query ($case: ID!, $referral: ID!, $consent: ID!) {
      clientCase(id: $case) { id } referral(id: $referral) { id }
      a: node(id: $case) { id } b: node(id: $referral) { id } c: node(id: $consent) { id }
      referrals(filter: { clientCase: $case }) { nodes { id } totalCount } }`;
    expect(await hub.ask(STRANGER, reads, { case: clientCase.id, referral: id, consent: consent.id })).toEqual({
      clientCase: null,
      referral: null,
      a: null,
      b: null,
      c: null,
      referrals: { nodes: [], totalCount: 0 },
    });

    const refused = 'userErrors { code }';
    const steps = `mutation ($id: ID!, $case: ID!, $consent: ID!, $service: ID!) {
      m1: clientCaseUpdate(id: $case, input: { birthYear: 1990 }) { ${refused} }
      m2: clientCaseClose(id: $case) { ${refused} }
      m3: consentRecord(input: { clientCase: $case, category: "placement", givenOn: "${inDays(0)}", validUntil: "${inDays(9)}" }) { ${refused} }
      m4: consentRevoke(id: $consent) { ${refused} }
      m5: referralDraft(input: { clientCase: $case, service: $service, basis: CONSENT }) { ${refused} }
      m6: referralSend(id: $id) { ${refused} }
      m7: referralAcknowledge(id: $id) { ${refused} }
      m8: referralAccept(id: $id) { ${refused} }
      m9: referralWaitlist(id: $id) { ${refused} }
      m10: referralDecline(id: $id, reason: NO_CAPACITY) { ${refused} }
      m11: referralSchedule(id: $id, at: "${inHours(5)}") { ${refused} }
      m12: referralStart(id: $id) { ${refused} }
      m13: referralComplete(id: $id, outcome: EMPLOYED) { ${refused} }
      m14: referralCancel(id: $id, reason: ENTERED_TWICE) { ${refused} }
    }`;
    const before = await seenBy(CASEWORKER, id);
    const answers = await hub.ask(STRANGER, steps, {
      id,
      case: clientCase.id,
      consent: consent.id,
      service: service.id,
    });
    for (const answer of Object.values(answers)) expect(answer).toEqual({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await seenBy(CASEWORKER, id)).toEqual(before);
  });

  test('and nobody who is not signed in sees anything of a case', async () => {
    for (const query of ['{ referrals { nodes { id } } }', '{ clientCases { nodes { id } } }']) {
      const { errors } = await hub.answer(null, query);
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    expect(await hub.ask(null, '{ viewer { id } networks { slug } }')).toMatchObject({ viewer: null });
  });
});
