import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { copiesOf } from '../support/copies.js';
import { directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { documentOf, variablesOf } from '../support/referral-steps.js';
import { MERGE } from './support.js';

const hub = testHub('partner_merge_parallel');

let address = '';
beforeAll(async () => {
  const { app } = hub.hub();
  await app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/graphql`;
});

/** Over a real socket; 'done', or the code of the refusal. A top-level error is thrown. */
async function ask(subject: string, query: string, variables: object, key?: string): Promise<string> {
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${subject}`,
      ...(key && { 'idempotency-key': key }),
    },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the answer to any query
  const { data, errors } = (await response.json()) as { data: any; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer.userErrors[0]?.code ?? 'done';
}

const DRAFT = `mutation ($case: ID!, $service: ID!) {
  answer: referralDraft(input: { clientCase: $case, service: $service, basis: STATUTORY_TASK }) { userErrors { code } } }`;
const SERVICE = `mutation ($partner: ID!) { answer: serviceCreate(partner: $partner, input: {
  name: "Neu", categories: ["job-coaching"], languages: ["de"], deliveryModes: [ONLINE], feedbackLevel: STATUS, serviceArea: ["05"] }) { userErrors { code message } } }`;
const MESSAGE = `mutation ($id: ID!) { answer: referralMessageSend(id: $id, text: "Guten Tag.") { userErrors { code } } }`;

interface Row {
  [column: string]: unknown;
}
const rows = (text: string, ...values: unknown[]): Promise<Row[]> => hub.owner().execute<Row[]>(text, values);

test('20 parallel steps, messages, drafts and new services during a merge: nothing is lost, nothing stays behind', async () => {
  const { partner, caseworker, coordinator, referral, service, anker, brücke, clientCase } = await hub.given({
    total: 100,
  });
  await copiesOf(hub.owner(), referral.id, 39);
  const ids = (await rows('select id from referral where service_id = ? order by id', service.id)).map(row =>
    String(row.id),
  );
  const [editor, worker, head] = await Promise.all([partner, caseworker, coordinator].map(one => hub.enrol(one)));
  const merging = () => ask(head!, MERGE, { id: brücke.id, other: anker.id });
  const steps = ids
    .slice(0, 20)
    .map((id, i) => () => ask(editor!, documentOf('ACCEPT', 'id'), variablesOf('ACCEPT', id), `key-${i}`));
  const messages = ids.slice(20, 30).map(id => () => ask(editor!, MESSAGE, { id }));
  const drafts = Array.from(
    { length: 5 },
    () => () => ask(worker!, DRAFT, { case: clientCase.id, service: service.id }),
  );
  const services = Array.from({ length: 3 }, () => () => ask(editor!, SERVICE, { partner: anker.id }));
  const works = [
    ...steps.slice(0, 10),
    ...messages.slice(0, 5),
    ...drafts.slice(0, 2),
    merging,
    ...steps.slice(10),
    ...messages.slice(5),
    ...drafts.slice(2),
    ...services,
  ];
  const answers = await Promise.all(works.map(work => work()));
  expect(new Set(answers)).toEqual(new Set(['done']));

  const [left] = await rows(
    `select (select count(*)::int from referral where partner_id = ?) + (select count(*)::int from service where partner_id = ?)
       + (select count(*)::int from referral_message where partner_id = ?) + (select count(*)::int from referral_disclosure where partner_id = ?) as count`,
    ...Array(4).fill(anker.id),
  );
  expect(left).toEqual({ count: 0 });
  const [now] = await rows(
    `select (select count(*)::int from referral where partner_id = ?) as referrals,
       (select count(*)::int from referral where partner_id = ? and status = 'ACCEPTED') as accepted,
       (select count(*)::int from referral_message where partner_id = ?) as messages,
       (select count(*)::int from service where partner_id = ?) as services,
       (select reserved from service_capacity where service_id = ?) as reserved,
       (select count(*)::int from referral where service_id = ? and holds_place) as holders`,
    ...Array(4).fill(brücke.id),
    service.id,
    service.id,
  );
  expect(now).toEqual({ referrals: 45, accepted: 20, messages: 10, services: 4, reserved: 20, holders: 20 });
});

test('the same merge twice, and crosswise: one wins, the others are refused', async () => {
  const { coordinator, anker, brücke } = await hub.given();
  const head = await hub.enrol(coordinator);
  const answers = await Promise.all([
    ask(head, MERGE, { id: brücke.id, other: anker.id }),
    ask(head, MERGE, { id: anker.id, other: brücke.id }),
    ask(head, MERGE, { id: brücke.id, other: anker.id }),
  ]);
  expect(answers.sort()).toEqual(['INVALID_INPUT', 'INVALID_INPUT', 'done']);
  expect(
    await rows(
      'select count(*)::int as count from partner where merged_into_id is not null and id in (?, ?)',
      anker.id,
      brücke.id,
    ),
  ).toEqual([{ count: 1 }]);
});

test('a ring of merges at once ends in partners that stand, whatever comes first', async () => {
  const { coordinator, network } = await hub.given();
  const head = await hub.enrol(coordinator);
  const at = directory(hub.owner());
  const ring = [
    await at.partner(network, 'A'),
    await at.partner(network, 'B'),
    await at.partner(network, 'C'),
    await at.partner(network, 'D'),
  ];
  await Promise.all(ring.map((one, i) => ask(head, MERGE, { id: one.id, other: ring[(i + 1) % 4]!.id })));
  const [broken] = await rows(
    `select count(*)::int as count from partner p join partner s on s.id = p.merged_into_id where s.merged_into_id is not null`,
  );
  expect(broken).toEqual({ count: 0 });
  const [standing] = await rows(
    'select count(*)::int as count from partner where merged_into_id is null and id = any(?::uuid[])',
    `{${ring.map(one => one.id)}}`,
  );
  // Two, where those opposite each other came first.
  expect([1, 2]).toContain(standing!.count);
});
