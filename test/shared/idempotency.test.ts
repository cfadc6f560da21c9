import { randomUUID } from 'node:crypto';
import { DeadlockException } from '@mikro-orm/postgresql';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { Refusal, UserErrorCode } from '../../src/shared/errors.js';
import { type Idempotency, keepAnswer } from '../../src/shared/idempotency.js';
import { WAIT_MS } from '../../src/shared/idempotency.rules.js';
import { expireIdempotencyKeys } from '../../src/shared/idempotency-expiry.js';
import { closeSnapshot } from '../../src/shared/snapshot.js';
import { write } from '../../src/shared/write.js';
import { Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { documentOf, look, type Step, take, tryStep, variablesOf } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('idempotency');

/** One that waits shorter for another request with the same key. */
const keyWaitMs = 400;
const hasty = testHub('idempotency_hasty', { keyWaitMs });

afterEach(() => hub.setNow(undefined));

const DAY = 24 * 60 * 60 * 1_000;
const later = (moment: Date, milliseconds: number): Date => new Date(moment.getTime() + milliseconds);

const asked = (viewer: Viewer, key: string, query: string, variables: object, more: object = {}) =>
  hub.ask(viewer, { query, variables, ...more }, { 'idempotency-key': key });

/** A step of a referral with a key, with everything that a referral tells in the answer. */
const keyed = (viewer: Viewer, key: string, step: Step, id: string, said?: object) =>
  asked(viewer, key, documentOf(step), variablesOf(step, id, said));

type Asked = Awaited<ReturnType<typeof asked>>;
const isReplayed = ({ headers }: Asked) => headers['idempotency-replayed'] === 'true';
const codesOf = ({ answer }: Asked): string[] => answer.data.answer.userErrors.map((one: { code: string }) => one.code);
const errorOf = ({ status, answer }: Asked) => {
  const [error, ...more] = answer.errors ?? [];
  if (!error || more.length > 0) throw new Error(`not one error: ${JSON.stringify(answer)}`);
  return { status, code: error.extensions.code, argument: error.extensions.argument };
};

const keysOf = ({ accountId }: Viewer) =>
  hub
    .owner()
    .execute<{ key: string; result: unknown; refusal: { code: string } | null; answer: unknown }[]>(
      'select key, result, refusal, answer from idempotency_key where account_id = ? order by created_at, key',
      [accountId],
    );

const DRAFT = `mutation ($case: ID!, $service: ID!, $note: String) {
  answer: referralDraft(input: { clientCase: $case, service: $service, basis: CONSENT, note: $note }) {
    referral { id status note version } userErrors { code message path } } }`;

describe('a request that comes twice', () => {
  test('happens once, and is answered the same', async () => {
    const { partner, referral } = await hub.given();
    const first = await keyed(partner, 'a', 'ACCEPT', referral.id);
    expect([first.status, codesOf(first), isReplayed(first)]).toEqual([200, [], false]);
    const rows = await everyRow(hub.owner());
    const second = await keyed(partner, 'a', 'ACCEPT', referral.id);
    expect([second.status, isReplayed(second), second.text]).toEqual([200, true, first.text]);
    expect(await everyRow(hub.owner())).toEqual(rows);
    expect(await keysOf(partner)).toMatchObject([{ key: 'a', result: referral.id, refusal: null }]);
  });

  test('50 times at once too', async () => {
    const { caseworker, clientCase, service } = await hub.given();
    const variables = { case: clientCase.id, service: service.id, note: 'einmal' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => asked(caseworker, 'a', DRAFT, variables)));
    expect(new Set(answers.map(one => one.text)).size).toBe(1);
    expect(answers.filter(one => !isReplayed(one))).toHaveLength(1);
    const drafts = await hub
      .owner()
      .execute('select id from referral where client_case_id = ? and status = ?', [clientCase.id, 'DRAFT']);
    expect(drafts).toEqual([{ id: answers[0]!.answer.data.answer.referral.id }]);
    expect(await keysOf(caseworker)).toHaveLength(1);
  });

  test('50 times at once, is refused 50 times alike', async () => {
    const { partner, referral } = await hub.given({ total: 0 });
    const rows = await everyRow(hub.owner());
    const answers = await Promise.all(Array.from({ length: 50 }, () => keyed(partner, 'a', 'ACCEPT', referral.id)));
    expect(new Set(answers.map(one => one.text)).size).toBe(1);
    expect(codesOf(answers[0]!)).toEqual(['NO_CAPACITY']);
    expect(await everyRow(hub.owner())).toEqual(rows);
  });

  test('is answered the same although the referral has moved on', async () => {
    const { partner, caseworker, referral } = await hub.given();
    const first = await keyed(partner, 'a', 'ACCEPT', referral.id);
    for (const step of ['SCHEDULE', 'START'] as const) await take(hub, partner, step, referral.id);
    const rows = await everyRow(hub.owner());
    expect((await keyed(partner, 'a', 'ACCEPT', referral.id)).text).toBe(first.text);
    expect(first.answer.data.answer.referral).toMatchObject({ status: 'ACCEPTED', events: [{ step: 'ACCEPT' }] });
    expect(await everyRow(hub.owner())).toEqual(rows);
    expect((await look(hub, caseworker, referral.id)).status).toBe('IN_PROGRESS');
  });

  test('is answered without what is null by now: it might be hidden, and not only over', async () => {
    const { partner, referral } = await hub.given();
    const first = await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id);
    await take(hub, partner, 'ACCEPT', referral.id);
    const { referral: before } = first.answer.data.answer;
    expect(before.respondBy).not.toBeNull();
    const second = await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id);
    expect(second.answer.data.answer.referral).toEqual({ ...before, respondBy: null });
  });

  test('is answered the same whatever the client selects: lists without ids, aliases, fragments', async () => {
    const { caseworker, clientCase, service, consent } = await hub.given({ status: ReferralStatus.DRAFT });
    const UPDATE = `mutation ($id: ID!) { answer: clientCaseUpdate(id: $id, input: { birthYear: 1991 }) {
      clientCase { ...Seen id: birthYear } userErrors { code } } }
      fragment Seen on ClientCase {
        consents { revokedAt }
        list: referrals { totalCount edges { cursor node { state: status ... on Referral { openSteps } } } nodes { events { step to } } } }`;
    const first = await asked(caseworker, 'a', UPDATE, { id: clientCase.id });
    expect(first.answer.data.answer.clientCase).toMatchObject({
      id: 1991,
      consents: [{ revokedAt: null }],
      list: { totalCount: 1, edges: [{ node: { state: 'DRAFT' } }] },
    });
    await hub.as(caseworker, DRAFT, { case: clientCase.id, service: service.id });
    const [draft] = (await hub.as(caseworker, '{ referrals { nodes { id } } }')).data.referrals.nodes.slice(-1);
    await take(hub, caseworker, 'SEND', draft.id);
    await hub.as(caseworker, 'mutation ($id: ID!) { consentRevoke(id: $id) { userErrors { code } } }', {
      id: consent.id,
    });
    expect((await asked(caseworker, 'a', UPDATE, { id: clientCase.id })).text).toBe(first.text);
    const { text } = await asked(caseworker, 'b', UPDATE, { id: clientCase.id });
    expect(text).toMatch(/"revokedAt":"2.*"totalCount":2.*REVOKED/);
  });

  test('keeps every text as it is', async () => {
    const { caseworker, clientCase, service } = await hub.given();
    const note = `'; drop table x; -- ? ?? \\? \\ \\u0000 "{$1}" \u2028 é ü 🔑 ${'\u0301'} :a`;
    const variables = { case: clientCase.id, service: service.id, note };
    const first = await asked(caseworker, 'k\'"?\\;--$1', DRAFT, variables);
    expect(first.answer.data.answer.referral.note).toBe(note);
    const second = await asked(caseworker, 'k\'"?\\;--$1', DRAFT, variables);
    expect([second.text, isReplayed(second)]).toEqual([first.text, true]);
  });

  test('may have read another version meanwhile', async () => {
    const { partner, referral } = await hub.given();
    const said = { expectedVersion: 1 };
    const first = await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id, said);
    expect(first.answer.data.answer.referral.version).toBe(2);
    expect((await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id, said)).text).toBe(first.text);
    expect(codesOf(await keyed(partner, 'b', 'ACKNOWLEDGE', referral.id, said))).toEqual(['VERSION_CONFLICT']);
  });

  test('is the same with its variables in another order, and with its key in quotes', async () => {
    const { partner, referral } = await hub.given();
    const query = documentOf('DECLINE');
    const first = await asked(partner, 'abc', query, {
      id: referral.id,
      reason: 'OTHER',
      text: 'Das passt uns nicht.',
    });
    const other = { text: 'Das passt uns nicht.', reason: 'OTHER', id: referral.id };
    const second = await asked(partner, '"abc"', query, other, { operationName: null });
    expect([second.text, isReplayed(second)]).toEqual([first.text, true]);
  });
});

describe('a refusal', () => {
  test('stays one, although it would be possible now; with another key it is', async () => {
    const { partner, referral, service } = await hub.given({ total: 0 });
    const rows = await everyRow(hub.owner());
    const first = await keyed(partner, 'a', 'ACCEPT', referral.id);
    expect(codesOf(first)).toEqual(['NO_CAPACITY']);
    // What was counted before the refusal is taken back.
    expect(await everyRow(hub.owner())).toEqual(rows);
    expect(await keysOf(partner)).toMatchObject([{ key: 'a', result: null, refusal: { code: 'NO_CAPACITY' } }]);
    await hub.owner().execute('update service_capacity set total = 1 where service_id = ?', [service.id]);
    const second = await keyed(partner, 'a', 'ACCEPT', referral.id);
    expect([second.text, isReplayed(second)]).toEqual([first.text, true]);
    expect((await look(hub, partner, referral.id)).status).toBe('SENT');
    expect(codesOf(await keyed(partner, 'b', 'ACCEPT', referral.id))).toEqual([]);
  });

  test('keeps its words, path and open steps', async () => {
    const { partner, referral } = await hub.given();
    const query = `mutation ($id: ID!) { answer: referralStart(id: $id) {
      referral { id } userErrors { code message path openSteps currentVersion } } }`;
    const first = await asked(partner, 'a', query, { id: referral.id });
    const [told] = first.answer.data.answer.userErrors;
    expect(told).toMatchObject({ code: 'STEP_NOT_OPEN', path: ['id'], currentVersion: null });
    expect(told.openSteps.length).toBeGreaterThan(0);
    await take(hub, partner, 'ACCEPT', referral.id);
    expect((await asked(partner, 'a', query, { id: referral.id })).text).toBe(first.text);
  });
});

describe('another request with a key that is known', () => {
  test.each<[string, (id: string, other: string) => [query: string, variables: object, more?: object]]>([
    ['other variables', (_, other) => [documentOf('ACKNOWLEDGE', 'id'), { id: other }]],
    ['one variable more', id => [documentOf('ACKNOWLEDGE', 'id'), { id, expectedVersion: 2 }]],
    ['another step', id => [documentOf('DECLINE', 'id'), variablesOf('DECLINE', id)]],
    ['another selection', id => [documentOf('ACKNOWLEDGE', 'id status'), { id }]],
    ['another operation', id => [`${documentOf('ACKNOWLEDGE', 'id').replace('mutation', 'mutation A')}`, { id }]],
  ])('is refused, and nothing is done: %s', async (_what, request) => {
    const { partner, referrals } = await hub.given({ referrals: 2 });
    const [one, two] = [referrals[0]!.id, referrals[1]!.id];
    const first = await asked(partner, 'a', documentOf('ACKNOWLEDGE', 'id'), { id: one });
    const rows = await everyRow(hub.owner());
    const keys = await keysOf(partner);
    const [query, variables, more] = request(one, two);
    const second = await asked(partner, 'a', query, variables, more);
    expect([codesOf(second), isReplayed(second)]).toEqual([['IDEMPOTENCY_MISMATCH'], false]);
    expect(second.answer.data.answer.referral).toBeNull();
    expect(await everyRow(hub.owner())).toEqual(rows);
    expect(await keysOf(partner)).toEqual(keys);
    expect((await asked(partner, 'a', documentOf('ACKNOWLEDGE', 'id'), { id: one })).text).toBe(first.text);
  });

  test('is another one by its name alone, where the document has two', async () => {
    const { partner, referral } = await hub.given();
    const step = (name: string, field: string) =>
      `mutation ${name}($id: ID!) { answer: ${field}(id: $id) { referral { status } userErrors { code } } }`;
    const query = `${step('A', 'referralAcknowledge')} ${step('B', 'referralAccept')}`;
    const ask = (operationName: string) => asked(partner, 'a', query, { id: referral.id }, { operationName });
    expect(codesOf(await ask('A'))).toEqual([]);
    expect(codesOf(await ask('B'))).toEqual(['IDEMPOTENCY_MISMATCH']);
    expect((await look(hub, partner, referral.id)).status).toBe('RECEIVED');
  });

  test('is not, where somebody else has the same key', async () => {
    const { partner, caseworker, referral } = await hub.given();
    expect(codesOf(await keyed(partner, 'a', 'ACCEPT', referral.id))).toEqual([]);
    const hers = await keyed(caseworker, 'a', 'CANCEL', referral.id);
    expect([codesOf(hers), isReplayed(hers)]).toEqual([[], false]);
    expect((await look(hub, partner, referral.id)).status).toBe('CANCELLED');
    expect(isReplayed(await keyed(caseworker, 'a', 'CANCEL', referral.id))).toBe(true);
  });
});

describe('a key', () => {
  test('is known for 24 hours', async () => {
    const { partner, referral } = await hub.given();
    const start = hub.now();
    const said = { at: '2099-01-04T09:00:00.000Z' };
    hub.setNow(start);
    await take(hub, partner, 'ACCEPT', referral.id);
    const first = await keyed(partner, 'a', 'SCHEDULE', referral.id, said);
    hub.setNow(later(start, DAY));
    const second = await keyed(partner, 'a', 'SCHEDULE', referral.id, said);
    expect([isReplayed(second), second.text]).toEqual([true, first.text]);
    hub.setNow(later(start, DAY + 1_000));
    const third = await keyed(partner, 'a', 'SCHEDULE', referral.id, said);
    expect([isReplayed(third), codesOf(third)]).toEqual([false, []]);
    expect(third.answer.data.answer.referral.version).toBe(first.answer.data.answer.referral.version + 1);
    hub.setNow(later(start, 2 * DAY));
    const fourth = await keyed(partner, 'a', 'SCHEDULE', referral.id, said);
    expect([isReplayed(fourth), fourth.text]).toEqual([true, third.text]);
    hub.setNow(later(start, 4 * DAY));
    expect(codesOf(await keyed(partner, 'a', 'DECLINE', referral.id))).toEqual(['STEP_NOT_OPEN']);
  });

  test('is deleted after 24 hours, however many there are', async () => {
    const { partner, caseworker, referral } = await hub.given();
    const start = hub.now();
    const { orm } = hub.hub();
    const expire = (milliseconds: number) => expireIdempotencyKeys({ orm, now: later(start, milliseconds) }, 2);
    await expire(9 * DAY); // those of other tests
    hub.setNow(start);
    for (const key of ['a', 'b', 'c', 'd', 'e']) await keyed(partner, key, 'START', referral.id);
    hub.setNow(later(start, 1));
    await keyed(caseworker, 'a', 'CANCEL', referral.id);
    expect(await expire(DAY)).toBe(0);
    expect(await expire(DAY + 1)).toBe(5);
    expect(await keysOf(partner)).toEqual([]);
    expect(await keysOf(caseworker)).toHaveLength(1);
    hub.setNow(later(start, DAY + 2));
    await hub.runClock();
    expect(await keysOf(caseworker)).toEqual([]);
  });

  test('that is renewed just now is not deleted', async () => {
    const { partner, referral } = await hub.given();
    const start = hub.now();
    hub.setNow(start);
    await keyed(partner, 'a', 'START', referral.id);
    const rival = hub.owner();
    await rival.begin();
    await rival.execute('select from idempotency_key where account_id = ? for update', [partner.accountId]);
    await expireIdempotencyKeys({ orm: hub.hub().orm, now: later(start, 2 * DAY) });
    await rival.commit();
    expect(await keysOf(partner)).toHaveLength(1);
  });

  test('is nobody else’s to see, in SQL either', async () => {
    const { partner, stranger, referral } = await hub.given();
    await keyed(partner, 'a', 'ACCEPT', referral.id);
    const seen = (em: ReturnType<typeof hub.nobody>) =>
      em.execute<{ key: string }[]>('select key from idempotency_key where account_id = ?', [partner.accountId]);
    expect(await seen(hub.inDatabase(partner))).toEqual([{ key: 'a' }]);
    expect(await seen(hub.inDatabase(stranger))).toEqual([]);
    expect(await seen(hub.nobody())).toEqual([]);
    const theft = `insert into idempotency_key (account_id, key, fingerprint, created_at) values (?, 'b', '', now())`;
    await expect(hub.inDatabase(stranger).execute(theft, [partner.accountId])).rejects.toThrow(/row-level security/);
    const deletion = hub
      .inDatabase(stranger)
      .execute('delete from idempotency_key where account_id = ?', [partner.accountId]);
    await deletion;
    expect(await keysOf(partner)).toHaveLength(1);
  });

  test.each([
    ['empty', ''],
    ['too long', 'a'.repeat(256)],
    ['of two words', 'a b'],
    ['two', 'a, b'],
    ['with an umlaut', 'schl\u00fcssel'],
    ['in open quotes', '"a'],
  ])('that is none is refused: %s', async (_what, key) => {
    const { partner, referral } = await hub.given();
    const rows = await everyRow(hub.owner());
    const answer = await keyed(partner, key, 'ACCEPT', referral.id);
    expect(errorOf(answer)).toEqual({ status: 200, code: 'BAD_USER_INPUT', argument: 'Idempotency-Key' });
    expect(await everyRow(hub.owner())).toEqual(rows);
  });

  const FIELD = (name: string) => `${name}: referralAcknowledge(id: $id) { userErrors { code } }`;
  test.each([
    ['two', `mutation ($id: ID!) { ${FIELD('a')} ${FIELD('b')} }`],
    ['two by a fragment', `mutation ($id: ID!) { ${FIELD('a')} ...F } fragment F on Mutation { ${FIELD('b')} }`],
    ['two, of which one is skipped', `mutation ($id: ID!) { ${FIELD('a')} ... @skip(if: true) { ${FIELD('b')} } }`],
    ['none but its type', 'mutation { __typename }'],
  ])('needs exactly one root field, not %s', async (_what, query) => {
    const { partner, referral } = await hub.given();
    const rows = await everyRow(hub.owner());
    const variables = query.includes('$id') ? { id: referral.id } : {};
    const answer = await asked(partner, 'a', query, variables);
    expect(errorOf(answer)).toEqual({ status: 200, code: 'BAD_USER_INPUT', argument: 'Idempotency-Key' });
    expect(await everyRow(hub.owner())).toEqual(rows);
    expect(await keysOf(partner)).toEqual([]);
  });

  test('takes a field that is written twice, and the type, for one field', async () => {
    const { partner, referral } = await hub.given();
    const query = `mutation ($id: ID!) { __typename ...F ${FIELD('answer')} }
      fragment F on Mutation { answer: referralAcknowledge(id: $id) { referral { status } } }`;
    const first = await asked(partner, 'a', query, { id: referral.id });
    expect(first.answer.data).toEqual({
      __typename: 'Mutation',
      answer: { referral: { status: 'RECEIVED' }, userErrors: [] },
    });
    expect((await asked(partner, 'a', query, { id: referral.id })).text).toBe(first.text);
  });

  test('is nothing to a query, whatever it is', async () => {
    const { partner, referral } = await hub.given();
    const query = `query ($id: ID!) { a: referral(id: $id) { status } b: referral(id: $id) { id } }`;
    for (const key of ['a', 'a', 'ä b']) {
      const { answer, headers } = await asked(partner, key, query, { id: referral.id });
      expect(answer.data.a.status).toBe('SENT');
      expect(headers).not.toHaveProperty('idempotency-replayed');
    }
    expect(await keysOf(partner)).toEqual([]);
  });

  test('opens no door: who may not call a mutation may not with a key', async () => {
    const { auditor, unknown, anonymous, referral } = await hub.given();
    for (const [viewer, code] of [
      [auditor, 'FORBIDDEN'],
      [unknown, 'FORBIDDEN'],
      [anonymous, 'UNAUTHENTICATED'],
    ] as const)
      expect(errorOf(await keyed(viewer, 'a', 'ACCEPT', referral.id)).code).toBe(code);
    expect(await keysOf(auditor)).toEqual([]);
  });
});

describe('while the first request is at work', () => {
  const accept = (viewer: Viewer, id: string) =>
    hasty.ask(
      viewer,
      { query: documentOf('ACCEPT'), variables: variablesOf('ACCEPT', id) },
      { 'idempotency-key': 'a' },
    );

  /** A referral that somebody else holds, and what lets it go. */
  async function held() {
    const world = await hasty.given();
    const rival = hasty.owner();
    await rival.begin();
    await rival.execute('select from referral where id = ? for update', [world.referral.id]);
    return { ...world, rival };
  }

  test('a second one waits, and is told so in the end; the first one is not hurried', async () => {
    const { partner, referral, rival } = await held();
    const first = accept(partner, referral.id);
    await waitersOf(hasty, 1);
    const started = performance.now();
    const second = await accept(partner, referral.id);
    const waited = performance.now() - started;
    expect(errorOf(second)).toMatchObject({ status: 409, code: 'IDEMPOTENCY_IN_PROGRESS' });
    expect(waited).toBeGreaterThanOrEqual(keyWaitMs - 5);
    expect(waited).toBeLessThan(keyWaitMs + 60_000);
    expect(isReplayed(second)).toBe(false);
    await new Promise(resolve => setTimeout(resolve, keyWaitMs));
    await rival.commit();
    expect(codesOf(await first)).toEqual([]);
    const third = await accept(partner, referral.id);
    expect([third.text, isReplayed(third)]).toEqual([(await first).text, true]);
  });

  test('a second one gets its answer, where it is ready in time', async () => {
    const { partner, referral } = await hub.given();
    const rival = hub.owner();
    await rival.begin();
    await rival.execute('select from referral where id = ? for update', [referral.id]);
    const both = [keyed(partner, 'a', 'ACCEPT', referral.id), keyed(partner, 'a', 'ACCEPT', referral.id)];
    await waitersOf(hub, 2);
    await rival.commit();
    const [one, two] = await Promise.all(both);
    expect(two!.text).toBe(one!.text);
    expect([one!, two!].map(isReplayed).sort()).toEqual([false, true]);
  });

  test('a second one does the work itself, where the first one fails', async () => {
    const { partner, referral } = await hub.given();
    const rival = hub.owner();
    await rival.begin();
    await rival.execute('select from referral where id = ? for update', [referral.id]);
    const both = [keyed(partner, 'a', 'ACCEPT', referral.id), keyed(partner, 'a', 'ACCEPT', referral.id)];
    await waitersOf(hub, 2);
    await hub.owner().execute(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
       and usename = 'hub_app' and wait_event_type = 'Lock' and query not like 'insert into idempotency_key%'`,
    );
    await rival.commit();
    const statuses = (await Promise.all(both)).map(one => [one.status, isReplayed(one)]);
    expect(statuses.sort()).toEqual([
      [200, false],
      [503, false],
    ]);
    expect((await look(hub, partner, referral.id)).status).toBe('ACCEPTED');
  });

  test('it is 5 seconds that one waits, unless a test says otherwise', async () => {
    const { partner, referral } = await hub.given();
    const sent = await hub.statements(() => keyed(partner, 'a', 'ACCEPT', referral.id));
    expect(sent.join('\n')).toContain('set local lock_timeout = 5000');
    expect(WAIT_MS).toBe(5_000);
  });
});

describe('a repetition tells no more than the viewer may see by then', () => {
  test('of a client whose consent is revoked', async () => {
    const { partner, caseworker, referral, consent } = await hub.given();
    const first = await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id);
    const { referral: before } = first.answer.data.answer;
    expect(before).toMatchObject({ note: 'Bitte bald.', client: { pseudonym: 'P-0', needs: [{ code: 'addiction' }] } });
    await hub.as(caseworker, 'mutation ($id: ID!) { consentRevoke(id: $id) { userErrors { code } } }', {
      id: consent.id,
    });
    const second = await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id);
    expect(isReplayed(second)).toBe(true);
    expect(second.answer.data.answer.referral).toEqual({
      ...before,
      note: null,
      client: null,
      respondBy: null,
      waitingFor: null,
      openSteps: [],
    });
    expect(second.text).not.toMatch(/Bitte bald|P-0|addiction/);
  });

  test('of a case that has gone to somebody else', async () => {
    const { caseworker, colleague, clientCase } = await hub.given();
    const query = `mutation ($id: ID!) { answer: clientCaseUpdate(id: $id, input: { birthYear: 1991 }) {
      clientCase { birthYear } userErrors { code } } }`;
    expect((await asked(caseworker, 'a', query, { id: clientCase.id })).answer.data.answer.clientCase).not.toBeNull();
    await hub
      .owner()
      .execute('update client_case set assigned_to_id = ?, deputy_id = null where id = ?', [
        colleague.accountId,
        clientCase.id,
      ]);
    const { answer } = await asked(caseworker, 'a', query, { id: clientCase.id });
    expect(answer).toEqual({ data: { answer: { clientCase: null, userErrors: [] } } });
  });

  test('of places, once they are rounded for her', async () => {
    const { network, anker, brücke, service } = await hub.given({ total: 20, level: FeedbackLevel.RECEIVED_ONLY });
    const editor = (partnerId: string) => ({ role: Role.PARTNER_EDITOR, networkId: network.id, partnerId });
    const viewer: Viewer = {
      accountId: randomUUID(),
      subject: 'of two',
      displayName: 'of two',
      memberships: [editor(anker.id), editor(brücke.id)],
    };
    const query = `mutation ($id: ID!) { answer: serviceCapacityReport(id: $id, input: { total: 18 }) {
      service { capacity { free } } userErrors { code } } }`;
    const free = ({ answer }: Asked) => answer.data.answer.service.capacity.free;
    const first = free(await asked(viewer, 'a', query, { id: service.id }));
    await hub
      .owner()
      .execute('delete from membership where account_id = ? and partner_id = ?', [viewer.accountId, anker.id]);
    const left = { ...viewer, memberships: [editor(brücke.id)] };
    const second = await asked(left, 'a', query, { id: service.id });
    const shown = (
      await hub.as(left, 'query ($id: ID!) { service(id: $id) { capacity { free } } }', { id: service.id })
    ).data.service.capacity.free;
    expect([isReplayed(second), free(second)]).toEqual([true, shown]);
    expect(shown).not.toBe(first);
  });

  test('at all, where she may not call the mutation any more', async () => {
    const { partner, referral } = await hub.given();
    await keyed(partner, 'a', 'ACCEPT', referral.id);
    await hub.owner().execute('delete from membership where account_id = ?', [partner.accountId]);
    const answer = await keyed({ ...partner, memberships: [] }, 'a', 'ACCEPT', referral.id);
    expect(errorOf(answer).code).toBe('FORBIDDEN');
  });
});

describe('what goes wrong', () => {
  test('between the commit and the answer is made good by the repetition, with the truth', async () => {
    const { partner, referral } = await hub.given();
    const first = await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id);
    await hub.owner().execute('update idempotency_key set answer = null where account_id = ?', [partner.accountId]);
    const second = await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id);
    expect([second.text, isReplayed(second)]).toEqual([first.text, true]);
    await hub.owner().execute('update idempotency_key set answer = null where account_id = ?', [partner.accountId]);
    await take(hub, partner, 'ACCEPT', referral.id);
    const third = await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id);
    expect(third.answer.data.answer.referral.status).toBe('ACCEPTED');
    await take(hub, partner, 'START', referral.id);
    // From now on it is the first answer that anybody had.
    expect((await keyed(partner, 'a', 'ACKNOWLEDGE', referral.id)).text).toBe(third.text);
  });

  test('while the answer is read, too', async () => {
    const { partner, referral } = await hub.given();
    const query = documentOf('ACCEPT', 'status service { id } client { languages needs { code } }');
    const accept = () => asked(partner, 'a', query, { id: referral.id });
    await hub.owner().execute('revoke select on need from hub_app');
    const first = await accept();
    await hub.owner().execute('grant select on need to hub_app');
    expect(errorOf(first).code).toBe('INTERNAL_SERVER_ERROR');
    expect(first.answer.data.answer.referral).toMatchObject({ status: 'ACCEPTED', client: null });
    expect(Object.keys(first.answer.data.answer.referral.service)).toEqual(['id']);
    const second = await accept();
    expect([isReplayed(second), codesOf(second)]).toEqual([true, []]);
    expect(second.answer.data.answer.referral).toMatchObject({
      status: 'ACCEPTED',
      client: { needs: [{ code: 'addiction' }] },
    });
    expect(second.answer.errors).toBeUndefined();
  });

  test('while the answer is kept costs nothing but the kept answer', async () => {
    const { partner, referral } = await hub.given();
    const fault = `create function no_answer() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
      create trigger no_answer before update of answer on idempotency_key for each row when (new.answer is not null) execute function no_answer()`;
    await hub.owner().execute(fault);
    const first = await keyed(partner, 'a', 'ACCEPT', referral.id);
    await hub.owner().execute('drop trigger no_answer on idempotency_key; drop function no_answer()');
    expect([first.status, codesOf(first)]).toEqual([200, []]);
    expect(await keysOf(partner)).toMatchObject([{ result: referral.id, answer: null }]);
    expect((await keyed(partner, 'a', 'ACCEPT', referral.id)).text).toBe(first.text);
  });

  test.each([
    ['a bug', 'P0001', 500, 'INTERNAL_SERVER_ERROR'],
    ['a full disk', '53100', 503, 'SERVICE_UNAVAILABLE'],
    ['a deadlock that goes on', '40P01', 503, 'SERVICE_UNAVAILABLE'],
    ['a lock that is not to be had', '55P03', 503, 'SERVICE_UNAVAILABLE'],
  ])('in the work leaves no key: %s', async (_what, state, status, code) => {
    const { partner, referral } = await hub.given();
    const rows = await everyRow(hub.owner());
    const fault = `create function fault() returns trigger language plpgsql as $$ begin raise exception using errcode = '${state}'; end $$;
      create trigger fault before insert on referral_event for each row execute function fault()`;
    await hub.owner().execute(fault);
    const first = await keyed(partner, 'a', 'ACCEPT', referral.id);
    await hub.owner().execute('drop trigger fault on referral_event; drop function fault()');
    expect(errorOf(first)).toMatchObject({ status, code });
    expect(await everyRow(hub.owner())).toEqual(rows);
    expect(await keysOf(partner)).toEqual([]);
    const second = await keyed(partner, 'a', 'ACCEPT', referral.id);
    expect([isReplayed(second), codesOf(second)]).toEqual([false, []]);
  });
});

describe('a write with a key', () => {
  async function begun() {
    const world = await hub.given();
    const ctx = hub.hub().contextOf(world.caseworker);
    const idempotency: Idempotency = { key: 'a', fingerprint: 'f', waitMs: WAIT_MS };
    ctx.idempotency = idempotency;
    const edit = 'update client_case set birth_year = 1901 where id = ?';
    const born = async () =>
      (await hub.owner().execute('select birth_year from client_case where id = ?', [world.clientCase.id]))[0]
        ?.birth_year;
    return { ...world, ctx, edit, born };
  }

  test.each([
    [1, 'done', 1901],
    [3, 'done', 1901],
    [4, 'thrown', 1990],
  ])('is tried again after a deadlock, up to three times: %i', async (deadlocks, end, year) => {
    const { ctx, edit, born, clientCase, caseworker } = await begun();
    let tries = 0;
    const result = await write(ctx, async tx => {
      await tx.execute(edit, [clientCase.id]);
      if (++tries <= deadlocks) throw new DeadlockException(new Error('again'));
      return 'done';
    }).catch(() => 'thrown');
    expect([result, tries, await born()]).toEqual([end, Math.min(deadlocks + 1, 4), year]);
    expect(await keysOf(caseworker)).toHaveLength(end === 'done' ? 1 : 0);
  });

  test('keeps nothing of what a refused one has done, but the refusal', async () => {
    const { ctx, edit, born, clientCase, caseworker } = await begun();
    const attempt = write(ctx, async tx => {
      await tx.execute(edit, [clientCase.id]);
      throw new Refusal(UserErrorCode.TOO_LATE, 'Zu spät.', ['id'], { currentVersion: 7 });
    });
    await expect(attempt).rejects.toEqual(
      new Refusal(UserErrorCode.TOO_LATE, 'Zu spät.', ['id'], { currentVersion: 7 }),
    );
    expect(await born()).toBe(1990);
    expect(await keysOf(caseworker)).toMatchObject([
      { result: null, refusal: { code: 'TOO_LATE', message: 'Zu spät.', path: ['id'], detail: { currentVersion: 7 } } },
    ]);
  });

  test.each([['a text'], [0], [null], [false], [''], [{ id: 'x', ids: ['y', null] }], [[]]])(
    'returns the same the second time: %j',
    async result => {
      const { ctx, caseworker } = await begun();
      expect(await write(ctx, async () => result)).toEqual(result);
      const again = hub.hub().contextOf(caseworker);
      again.idempotency = { key: 'a', fingerprint: 'f', waitMs: WAIT_MS };
      const work = vi.fn(async () => result);
      expect(await write(again, work)).toEqual(result);
      expect(work).not.toHaveBeenCalled();
    },
  );

  test('keeps the first answer that is ready, and tells it to whoever is later', async () => {
    const { ctx, caseworker } = await begun();
    await write(ctx, async () => 'one');
    const again = hub.hub().contextOf(caseworker);
    again.idempotency = { key: 'a', fingerprint: 'f', waitMs: WAIT_MS };
    await write(again, async () => 'two');
    await closeSnapshot(ctx);
    await closeSnapshot(again);
    expect(await keepAnswer(again, again.idempotency, { read: 1 })).toBeNull();
    expect((await keepAnswer(ctx, ctx.idempotency!, { read: 2 }))?.data).toEqual({ read: 1 });
    expect(await keysOf(caseworker)).toMatchObject([{ answer: { data: { read: 1 } } }]);
  });

  test('keeps no answer under a key that has become that of another request', async () => {
    const { ctx, caseworker } = await begun();
    await write(ctx, async () => 'one');
    await closeSnapshot(ctx);
    hub.setNow(later(ctx.now, 2 * DAY));
    const other = hub.hub().contextOf(caseworker);
    other.idempotency = { key: 'a', fingerprint: 'f', waitMs: WAIT_MS };
    await write(other, async () => 'two');
    await closeSnapshot(other);
    expect(await keepAnswer(ctx, ctx.idempotency!, { read: 1 })).toBeNull();
    expect(await keysOf(caseworker)).toMatchObject([{ result: 'two', answer: null }]);
  });

  test('is the only one of its mutation', async () => {
    const { ctx } = await begun();
    await write(ctx, async () => 'one');
    await expect(write(ctx, async () => 'two')).rejects.toThrow('A mutation writes once');
    const { ctx: other } = await begun();
    const both = await Promise.allSettled([write(other, async () => 'one'), write(other, async () => 'two')]);
    expect(both.map(one => one.status)).toEqual(['fulfilled', 'rejected']);
  });

  test('is any number without a key', async () => {
    const { caseworker } = await hub.given();
    const ctx = hub.hub().contextOf(caseworker);
    expect([await write(ctx, async () => 'one'), await write(ctx, async () => 'two')]).toEqual(['one', 'two']);
  });
});

describe('the statements of a mutation', () => {
  /** Those of an account and its memberships left out: a test's own. */
  const sentBy = async (work: () => Promise<unknown>): Promise<string[]> =>
    (await hub.statements(work)).map(one => one.replace(/ \[took .*/, '').replace(/\s+/g, ' '));
  const OF_KEYS = /idempotency_key|lock_timeout|savepoint/;
  const begins = (sent: string[]) => sent.filter(sql => /^(begin|start transaction)/.test(sql)).length;

  test('are without a key what they are; the first with one has ten more, a repetition only reads', async () => {
    const { partner, referrals } = await hub.given({ referrals: 2 });
    const [one, two] = [referrals[0]!.id, referrals[1]!.id];
    const plain = await sentBy(() => tryStep(hub, partner, 'ACKNOWLEDGE', one));
    const first = await sentBy(() => keyed(partner, 'a', 'ACKNOWLEDGE', two));
    const second = await sentBy(() => keyed(partner, 'a', 'ACKNOWLEDGE', two));

    expect(plain.filter(sql => OF_KEYS.test(sql))).toEqual([]);
    expect(begins(plain)).toBe(2); // writes, then reads
    const words = (sql: string) => sql.split(' ').slice(0, 4).join(' ');
    expect(first.filter(sql => OF_KEYS.test(sql)).map(words)).toEqual([
      'set local lock_timeout =',
      'insert into idempotency_key (account_id,',
      'set local lock_timeout to',
      'savepoint "trx1"',
      'release savepoint "trx1"',
      'update idempotency_key set result',
      'update idempotency_key set answer',
    ]);
    expect([begins(first), first.length - plain.length]).toEqual([3, 10]);

    expect(second.filter(sql => OF_KEYS.test(sql)).map(words)).toEqual([
      'set local lock_timeout =',
      'insert into idempotency_key (account_id,',
      'select fingerprint, created_at, result,',
    ]);
    expect(begins(second)).toBe(2);
    expect(second.filter(sql => /^(insert|update|delete)/.test(sql) && !OF_KEYS.test(sql))).toEqual([]);
  });
});
