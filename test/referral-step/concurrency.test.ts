import type { AddressInfo } from 'node:net';
import { DeadlockException } from '@mikro-orm/postgresql';
import { beforeAll, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { Refusal, UserErrorCode } from '../../src/shared/errors.js';
import { write } from '../../src/shared/write.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { copiesOf } from '../support/copies.js';
import { testHub } from '../support/hub.js';
import { documentOf, look, type Step, take, variablesOf } from '../support/referral-steps.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('referral_concurrency');

let address = '';
beforeAll(async () => {
  const { app } = hub.hub();
  await app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/graphql`;
});

/** Over a real socket, signed in as somebody who is enrolled. */
async function ask(subject: string, query: string, variables: object) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${subject}` },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the answer to any query
  const { data, errors } = (await response.json()) as { data: any; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer as { userErrors: { code: string }[]; [payload: string]: unknown };
}

/** 'done', or the code of the refusal. */
const step = async (subject: string, name: Step, id: string, said: object = {}): Promise<string> =>
  (await ask(subject, documentOf(name, 'id status'), variablesOf(name, id, said))).userErrors[0]?.code ?? 'done';

const REVOKE = 'mutation ($id: ID!) { answer: consentRevoke(id: $id) { userErrors { code } } }';
const revoke = async (subject: string, id: string): Promise<string> =>
  (await ask(subject, REVOKE, { id })).userErrors[0]?.code ?? 'done';

const ids = async (text: string, ...values: unknown[]): Promise<Set<string>> =>
  new Set((await hub.owner().execute<{ id: string }[]>(text, values)).map(row => row.id));

/** The counters of a service agree with the referrals that they count. */
async function expectCountersOf(service: string): Promise<void> {
  const [row] = await hub.owner().execute(
    `select reserved, waitlisted,
       (select count(*)::int from referral r where r.service_id = c.service_id and r.holds_place) as holders,
       (select count(*)::int from referral r where r.service_id = c.service_id and r.status = 'WAITLISTED') as waiting
     from service_capacity c where service_id = ?`,
    [service],
  );
  expect({ reserved: row?.reserved, waitlisted: row?.waitlisted }).toEqual({
    reserved: row?.holders,
    waitlisted: row?.waiting,
  });
}

test('200 parallel accepts on 10 places over HTTP: exactly 10, and those that were told so', async () => {
  const { partner, referral, service } = await hub.given({ total: 12, occupiedElsewhere: 2 });
  await copiesOf(hub.owner(), referral.id, 199);
  const all = [...(await ids('select id from referral where service_id = ?', service.id))];
  expect(all).toHaveLength(200);
  const subject = await hub.enrol(partner);
  const answers = await Promise.all(all.map(async id => ({ id, answer: await step(subject, 'ACCEPT', id) })));
  const told = new Set(answers.filter(one => one.answer === 'done').map(one => one.id));
  expect(told.size).toBe(10);
  expect(new Set(answers.filter(one => !told.has(one.id)).map(one => one.answer))).toEqual(new Set(['NO_CAPACITY']));
  expect(
    await ids(`select id from referral where service_id = ? and status = 'ACCEPTED' and holds_place`, service.id),
  ).toEqual(told);
  expect(
    await ids(
      `select referral_id as id from referral_event e join referral r on r.id = e.referral_id
    where r.service_id = ? and e.step = 'ACCEPT'`,
      service.id,
    ),
  ).toEqual(told);
  const [accepted] = await hub
    .owner()
    .execute('select sum(accepted)::int as sum from service_acceptance where service_id = ?', [service.id]);
  const [answered] = await hub
    .owner()
    .execute('select sum(answers)::int as sum from service_answer where service_id = ?', [service.id]);
  expect([accepted, answered]).toEqual([{ sum: 10 }, { sum: 10 }]);
  await expectCountersOf(service.id);
});

test('50 parallel edits of one version: one winner, whose words stand', async () => {
  const { caseworker, clientCase } = await hub.given();
  const subject = await hub.enrol(caseworker);
  const EDIT = `mutation ($id: ID!, $year: Int) {
    answer: clientCaseUpdate(id: $id, input: { birthYear: $year, needs: ["debt"] }, expectedVersion: 1) { userErrors { code } } }`;
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      const { userErrors } = await ask(subject, EDIT, { id: clientCase.id, year: 1950 + i });
      return { year: 1950 + i, code: userErrors[0]?.code ?? 'done' };
    }),
  );
  const winners = answers.filter(one => one.code === 'done');
  expect(winners).toHaveLength(1);
  expect(new Set(answers.map(one => one.code))).toEqual(new Set(['done', 'VERSION_CONFLICT']));
  const [row] = await hub.owner().execute('select birth_year, version from client_case where id = ?', [clientCase.id]);
  expect(row).toEqual({ birth_year: winners[0]!.year, version: 2 });
});

test('50 parallel steps of one version: one winner, one event', async () => {
  const { partner, referral } = await hub.given();
  const subject = await hub.enrol(partner);
  const said = { expectedVersion: 1 };
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => step(subject, i % 2 ? 'ACKNOWLEDGE' : 'DECLINE', referral.id, said)),
  );
  expect(answers.filter(one => one === 'done')).toHaveLength(1);
  expect(new Set(answers)).toEqual(new Set(['done', 'VERSION_CONFLICT']));
  expect((await look(hub, partner, referral.id)).events).toHaveLength(1);
});

test('sending against revoking: nothing is ever left sent on a consent that is gone', async () => {
  const { caseworker, partner, referrals, consents, service } = await hub.given({
    status: ReferralStatus.DRAFT,
    referrals: 24,
  });
  const subject = await hub.enrol(caseworker);
  const pairs = await Promise.all(
    referrals.map(async ({ id }, i) => {
      const send = () => step(subject, 'SEND', id);
      const take = () => revoke(subject, consents[i]!.id);
      return i % 2 ? Promise.all([send(), take()]) : Promise.all([take(), send()]).then(([a, b]) => [b, a]);
    }),
  );
  expect(new Set(pairs.map(([, revoked]) => revoked))).toEqual(new Set(['done']));
  const rows = await hub.owner().execute<{ id: string; status: string; readable: boolean }[]>(
    `select r.id, r.status, d.disclosed_at is not null and (d.readable_until is null or d.readable_until > now()) as readable
     from referral r join referral_disclosure d on d.referral_id = r.id where r.service_id = ?`,
    [service.id],
  );
  const found = new Map(rows.map(row => [row.id, row]));
  for (const [i, [sent]] of pairs.entries()) {
    const { status, readable } = found.get(referrals[i]!.id)!;
    expect({ sent, status, readable }).toEqual(
      sent === 'done'
        ? { sent, status: 'REVOKED', readable: false }
        : { sent: 'BASIS_MISSING', status: 'DRAFT', readable: false },
    );
  }
  const { data } = await hub.as(partner, '{ referrals(first: 100) { nodes { status client { age } } } }');
  for (const node of data.referrals.nodes) expect(node).toEqual({ status: 'REVOKED', client: null });
});

test('two drafts of one case to one service, sent at once: one is sent', async () => {
  const { caseworker, clientCase, service } = await hub.given({ status: ReferralStatus.DRAFT });
  const subject = await hub.enrol(caseworker);
  const DRAFT = `mutation ($case: ID!, $service: ID!) {
    answer: referralDraft(input: { clientCase: $case, service: $service, basis: CONSENT }) { referral { id } userErrors { code } } }`;
  const drafts: string[] = [];
  for (let i = 0; i < 6; i++) {
    const { referral } = await ask(subject, DRAFT, { case: clientCase.id, service: service.id });
    drafts.push((referral as { id: string }).id);
  }
  const answers = await Promise.all(drafts.map(id => step(subject, 'SEND', id)));
  expect(answers.sort()).toEqual(['DUPLICATE', 'DUPLICATE', 'DUPLICATE', 'DUPLICATE', 'DUPLICATE', 'done']);
});

test('both sides at once: every place that is given is given back', async () => {
  const world = await hub.given({ referrals: 12, total: 6 });
  const { caseworker, partner, referrals, consents, service } = world;
  const [her, their] = [await hub.enrol(caseworker), await hub.enrol(partner)];
  await Promise.all(
    referrals.flatMap(({ id }, i) => [
      step(their, i % 3 ? 'ACCEPT' : 'WAITLIST', id),
      step(their, 'ACCEPT', id, { outOfOrderReason: 'So ist es ausgemacht.' }),
      i % 2 ? step(her, 'CANCEL', id) : revoke(her, consents[i]!.id),
      step(their, 'START', id),
      step(their, 'COMPLETE', id),
    ]),
  );
  await expectCountersOf(service.id);
  const open = await ids(
    `select id from referral where service_id = ? and status not in ('CANCELLED', 'REVOKED', 'COMPLETED')`,
    service.id,
  );
  expect([...open]).toEqual([]); // what was not cancelled or revoked had completed before
  const [capacity] = await hub
    .owner()
    .execute('select reserved, waitlisted from service_capacity where service_id = ?', [service.id]);
  expect(capacity).toEqual({ reserved: 0, waitlisted: 0 });
});

test('the last place cannot be taken twice, not even while it is being taken', async () => {
  const { partner, referral, service } = await hub.given({ total: 1 });
  const subject = await hub.enrol(partner);
  const rival = hub.owner();
  await rival.begin();
  await rival.execute('update service_capacity set reserved = 1 where service_id = ?', [service.id]);
  const ours = step(subject, 'ACCEPT', referral.id);
  await waitersOf(hub, 1);
  await rival.commit();
  expect(await ours).toBe('NO_CAPACITY');
});

test('a deadlock is tried again, and happens once', async () => {
  const { partner, referral, service } = await hub.given({ total: 1 });
  const subject = await hub.enrol(partner);
  const rival = hub.owner();
  await rival.begin();
  await rival.execute('select from service_capacity where service_id = ? for update', [service.id]);
  const sent = await hub.statements(async () => {
    const ours = step(subject, 'ACCEPT', referral.id);
    await waitersOf(hub, 1);
    // Each has what the other wants. Who has waited longer finds out first, and gives way.
    await rival.execute('select from referral where id = ? for update', [referral.id]);
    await rival.commit();
    expect(await ours).toBe('done');
  });
  expect(sent.filter(one => /for no key update of r/.test(one))).toHaveLength(2);
  expect((await look(hub, partner, referral.id)).events).toHaveLength(1);
  await expectCountersOf(service.id);
});

test.each([
  ['a deadlock that goes on', () => new DeadlockException(new Error('again')), 4],
  ['a refusal', () => new Refusal(UserErrorCode.NO_CAPACITY, 'Voll.'), 1],
  ['a bug', () => new TypeError('oops'), 1],
])('%s is thrown in the end, and leaves nothing behind', async (_case, fault, tries) => {
  const { caseworker, clientCase } = await hub.given();
  const viewer: Viewer = caseworker;
  let tried = 0;
  const attempt = write(hub.hub().contextOf(viewer), async tx => {
    tried += 1;
    await tx.execute('update client_case set birth_year = 1901 where id = ?', [clientCase.id]);
    throw fault();
  });
  await expect(attempt).rejects.toThrow(fault().message);
  expect(tried).toBe(tries);
  const [row] = await hub.owner().execute('select birth_year from client_case where id = ?', [clientCase.id]);
  expect(row).toEqual({ birth_year: 1990 });
});

test('whoever sent it, the place stays counted when the partner shrinks meanwhile', async () => {
  const { caseworker, partner, referrals, service } = await hub.given({ total: 3, referrals: 3 });
  for (const { id } of referrals) await take(hub, partner, 'ACCEPT', id);
  const REPORT = 'mutation ($id: ID!) { serviceCapacityReport(id: $id, input: { total: 1 }) { userErrors { code } } }';
  expect((await hub.as(partner, REPORT, { id: service.id })).data.serviceCapacityReport.userErrors).toEqual([]);
  await expectCountersOf(service.id);
  for (const { id } of referrals) await take(hub, caseworker, 'CANCEL', id);
  await expectCountersOf(service.id);
});
