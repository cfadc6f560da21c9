import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { testHub } from '../support/hub.js';
import { agreeToAll } from '../support/more-services.js';
import { look, take } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('consent');

// In Berlin it is the fifth already, 00:30.
const NOW = new Date('2026-03-04T23:30:00.000Z');
const TODAY = '2026-03-05';
beforeAll(() => hub.setNow(NOW));
afterAll(() => hub.setNow(undefined));

const ANSWER = `consent { id service { id } category { code } givenOn validUntil revokedAt } userErrors { code path }`;
const RECORD = `mutation ($input: ConsentRecordInput!) { answer: consentRecord(input: $input) { ${ANSWER} } }`;
const REVOKE = `mutation ($id: ID!) { answer: consentRevoke(id: $id) { ${ANSWER} } }`;

const NOBODY = '00000000-0000-4000-8000-000000000000';
const OK = { givenOn: TODAY, validUntil: '2026-12-31' };

describe('recording', () => {
  test.each([
    ['a service, from today', { service: 'own' }, OK],
    ['a category, from today', { category: 'counselling' }, OK],
    ['the other left null', { category: 'counselling', service: null }, OK],
    ['today alone', { service: 'own' }, { givenOn: TODAY, validUntil: TODAY }],
    ['given long ago', { service: 'own' }, { givenOn: '2019-02-28', validUntil: TODAY }],
    ['a leap day', { service: 'own' }, { givenOn: '2024-02-29', validUntil: '2028-02-29' }],
  ])('%s', async (_case, scope, period) => {
    const { caseworker, clientCase, service } = await hub.given();
    const asked = { ...scope, ...('service' in scope && scope.service === 'own' && { service: service.id }) };
    const { data } = await hub.as(caseworker, RECORD, { input: { clientCase: clientCase.id, ...asked, ...period } });
    expect(data.answer).toEqual({
      consent: {
        id: data.answer.consent.id,
        service: 'service' in asked && asked.service ? { id: service.id } : null,
        category: 'category' in asked ? { code: 'counselling' } : null,
        ...period,
        revokedAt: null,
      },
      userErrors: [],
    });
  });

  test.each([
    ['neither service nor category', {}, 'INVALID_INPUT', ['input']],
    ['both', { service: 'own', category: 'counselling' }, 'INVALID_INPUT', ['input']],
    ['both null', { service: null, category: null }, 'INVALID_INPUT', ['input']],
    ['an unknown category', { category: 'magic' }, 'INVALID_INPUT', ['input', 'category']],
    ['an unknown service', { service: NOBODY }, 'NOT_FOUND', ['input', 'service']],
    ['a malformed service', { service: 'x' }, 'NOT_FOUND', ['input', 'service']],
    ['a case of nobody', { clientCase: NOBODY, service: 'own' }, 'NOT_FOUND', ['input', 'clientCase']],
    ['a malformed case', { clientCase: '', service: 'own' }, 'NOT_FOUND', ['input', 'clientCase']],
    ['given tomorrow', { service: 'own', givenOn: '2026-03-06' }, 'INVALID_INPUT', ['input', 'givenOn']],
    [
      'ended yesterday',
      { service: 'own', givenOn: '2026-01-01', validUntil: '2026-03-04' },
      'INVALID_INPUT',
      ['input', 'validUntil'],
    ],
    [
      'ended before it began',
      { service: 'own', givenOn: TODAY, validUntil: '2026-03-01' },
      'INVALID_INPUT',
      ['input', 'validUntil'],
    ],
    ['given in the year 1', { service: 'own', givenOn: '0001-01-01' }, 'INVALID_INPUT', ['input', 'givenOn']],
  ])('%s is refused, and nothing is written', async (_case, said, code, path) => {
    const { caseworker, clientCase, service } = await hub.given();
    const before = await everyRow(hub.owner());
    const input = { clientCase: clientCase.id, ...OK, ...said };
    if ('service' in input && input.service === 'own') input.service = service.id;
    const { data, errors } = await hub.as(caseworker, RECORD, { input });
    expect(errors).toBeUndefined();
    expect(data.answer).toEqual({ consent: null, userErrors: [{ code, path }] });
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test.each([
    ['a day that does not exist', { givenOn: '2026-02-30' }, 'input.givenOn'],
    ['a day of another calendar', { validUntil: '31.12.2026' }, 'input.validUntil'],
    ['a day of five digits', { validUntil: '12026-01-01' }, 'input.validUntil'],
    ['a day of the year 0', { givenOn: '0000-01-01' }, 'input.givenOn'],
    ['no day', { givenOn: null }, 'input.givenOn'],
    ['a NUL byte', { category: 'a\0b' }, 'input.category'],
    ['10,000 characters', { category: 'x'.repeat(10_000) }, 'input.category'],
  ])('%s is no input at all, and nothing is written', async (_case, said, argument) => {
    const { caseworker, clientCase } = await hub.given();
    const before = await everyRow(hub.owner());
    const { errors } = await hub.as(caseworker, RECORD, {
      input: { clientCase: clientCase.id, category: 'counselling', ...OK, ...said },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('twice, the same, is the same consent; revoked, it is another', async () => {
    const { caseworker, deputy, clientCase, service } = await hub.given();
    const input = { clientCase: clientCase.id, service: service.id, ...OK };
    const record = async (viewer = caseworker, more = {}) =>
      (await hub.as(viewer, RECORD, { input: { ...input, ...more } })).data.answer.consent.id;
    const first = await record();
    const before = await everyRow(hub.owner());
    expect(await record()).toBe(first);
    expect(await record(deputy)).toBe(first);
    expect(await everyRow(hub.owner())).toEqual(before);
    const others = [
      await record(caseworker, { validUntil: '2027-12-31' }),
      await record(caseworker, { givenOn: '2026-01-01' }),
      await record(caseworker, { service: null, category: 'counselling' }),
    ];
    expect(new Set([first, ...others]).size).toBe(4);
    await hub.as(caseworker, REVOKE, { id: first });
    expect(await record()).not.toBe(first);
  });

  test('for the case of another is refused', async () => {
    const { colleague, clientCase } = await hub.given();
    const { data } = await hub.as(colleague, RECORD, {
      input: { clientCase: clientCase.id, category: 'counselling', ...OK },
    });
    expect(data.answer.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'clientCase'] }]);
  });

  test('for a closed case is refused, but a revocation still takes effect', async () => {
    const { caseworker, partner, clientCase, consent, referral } = await hub.given();
    await hub.owner().execute(`update client_case set status = 'CLOSED' where id = ?`, [clientCase.id]);
    const { data } = await hub.as(caseworker, RECORD, {
      input: { clientCase: clientCase.id, category: 'counselling', ...OK },
    });
    expect(data.answer.userErrors).toEqual([{ code: 'INVALID_INPUT', path: ['input', 'clientCase'] }]);
    expect((await hub.as(caseworker, REVOKE, { id: consent.id })).data.answer.userErrors).toEqual([]);
    expect(await look(hub, partner, referral.id)).toMatchObject({ status: 'REVOKED', client: null });
  });
});

describe('of several that would do', () => {
  test('a referral rests on the one for its service; whoever revokes that one ends it', async () => {
    const world = await hub.given({ status: ReferralStatus.DRAFT, total: 5 });
    const { caseworker, colleague, coordinator, partner, referral, consent } = world;
    const [longer] = await agreeToAll(hub, world, '2027-12-31');
    expect((await look(hub, caseworker, referral.id)).consent).toBeNull();
    await take(hub, caseworker, 'SEND', referral.id);
    expect((await look(hub, caseworker, referral.id)).consent).toEqual({ id: consent.id });
    for (const viewer of [partner, coordinator])
      expect(await look(hub, viewer, referral.id)).toMatchObject({ consent: null, pseudonym: null });
    expect(await look(hub, colleague, referral.id)).toBeNull();
    await hub.as(caseworker, REVOKE, { id: longer.id });
    expect((await look(hub, partner, referral.id)).status).toBe('SENT');
    await hub.as(caseworker, REVOKE, { id: consent.id });
    expect((await look(hub, partner, referral.id)).status).toBe('REVOKED');
  });

  test('the newest, of those that hold as long', async () => {
    const world = await hub.given({ status: ReferralStatus.DRAFT, total: 5 });
    const { caseworker, clientCase, service, referral } = world;
    const record = async (givenOn: string) => {
      const input = { clientCase: clientCase.id, service: service.id, givenOn, validUntil: '2027-12-31' };
      return (await hub.as(caseworker, RECORD, { input })).data.answer.consent.id;
    };
    hub.setNow(new Date(NOW.getTime() - 60_000));
    await record('2026-03-04');
    hub.setNow(NOW);
    const newer = await record('2026-03-03');
    await take(hub, caseworker, 'SEND', referral.id);
    expect((await look(hub, caseworker, referral.id)).consent).toEqual({ id: newer });
  });

  test('caseworkers read by which name the partner knows the client', async () => {
    const { caseworker, deputy, partner, referral } = await hub.given({ status: ReferralStatus.DRAFT, total: 5 });
    expect((await look(hub, caseworker, referral.id)).pseudonym).toBeNull();
    await take(hub, caseworker, 'SEND', referral.id);
    const { client } = await look(hub, partner, referral.id);
    expect(client.pseudonym).toMatch(/^P-/);
    for (const viewer of [caseworker, deputy])
      expect((await look(hub, viewer, referral.id)).pseudonym).toBe(client.pseudonym);
  });
});

describe('revoking', () => {
  test('twice is the same as once', async () => {
    const { caseworker, consent, referral } = await hub.given();
    const first = (await hub.as(caseworker, REVOKE, { id: consent.id })).data.answer;
    expect(first.consent.revokedAt).toBe(NOW.toISOString());
    expect(await look(hub, caseworker, referral.id)).toMatchObject({ status: 'REVOKED' });
    const before = await everyRow(hub.owner());
    hub.setNow(new Date(NOW.getTime() + 3_600_000));
    expect((await hub.as(caseworker, REVOKE, { id: consent.id })).data.answer).toEqual(first);
    hub.setNow(NOW);
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('ends what rests on it, each with its place, and nothing else', async () => {
    const world = await hub.given({ status: ReferralStatus.DRAFT, referrals: 2, total: 5 });
    const { caseworker, partner, referrals, consents, service } = world;
    for (const { id } of referrals) {
      await take(hub, caseworker, 'SEND', id);
      await take(hub, partner, 'ACCEPT', id);
    }
    const untouched = await look(hub, partner, referrals[1]!.id);
    await hub.as(caseworker, REVOKE, { id: consents[0]!.id });
    const revoked = await look(hub, partner, referrals[0]!.id);
    expect(revoked).toMatchObject({
      status: 'REVOKED',
      version: 4,
      openSteps: [],
      client: null,
      note: null,
      respondBy: null,
    });
    expect(revoked.events.at(-1)).toMatchObject({ step: 'REVOKE', from: 'ACCEPTED', to: 'REVOKED', by: 'CASEWORKER' });
    expect(await look(hub, partner, referrals[1]!.id)).toEqual(untouched);
    const [capacity] = await hub
      .owner()
      .execute('select reserved from service_capacity where service_id = ?', [service.id]);
    expect(capacity).toEqual({ reserved: 1 });
  });

  test.each(['x', '', NOBODY])('what is not there (%j) is refused', async id => {
    const { caseworker } = await hub.given();
    const { data } = await hub.as(caseworker, REVOKE, { id });
    expect(data.answer).toEqual({ consent: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
  });

  test('a consent of another case is refused like one that is not there', async () => {
    const { colleague, foreigner, consent } = await hub.given();
    for (const viewer of [colleague, foreigner]) {
      const { data } = await hub.as(viewer, REVOKE, { id: consent.id });
      expect(data.answer).toEqual({ consent: null, userErrors: [{ code: 'NOT_FOUND', path: ['id'] }] });
    }
  });

  test('a draft that waits for the consent is left alone, and cannot be sent any more', async () => {
    const { caseworker, consent, referral } = await hub.given({ status: ReferralStatus.DRAFT });
    await hub.as(caseworker, REVOKE, { id: consent.id });
    expect(await look(hub, caseworker, referral.id)).toMatchObject({ status: 'DRAFT', version: 1 });
    await expect(take(hub, caseworker, 'SEND', referral.id)).rejects.toThrow('BASIS_MISSING');
  });
});
