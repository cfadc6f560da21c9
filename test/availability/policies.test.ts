import type { QueryResult } from '@mikro-orm/postgresql';
import { expect, test } from 'vitest';
import { asSystem } from '../../src/shared/as-system.js';
import { askedOf } from '../support/availability.js';
import { testHub } from '../support/hub.js';
import type { World } from './support.js';

const hub = testHub('availability_policies');

async function asked() {
  const world = await hub.given();
  const { question, request } = await askedOf(hub.owner(), world, hub.now());
  return { world, question: question.id, request: request.id };
}

type Asked = Awaited<ReturnType<typeof asked>>;

/** Rows of the one question that an entity manager of hub_app gets. */
async function rowsFor(em: ReturnType<typeof hub.nobody>, { question, request }: Asked) {
  const questions = await em.execute('select * from availability_question where id = ?', [question]);
  const requests = await em.execute('select * from availability_request where id = ?', [request]);
  return [questions.length, requests.length];
}

test.each([
  ['caseworker', 1],
  ['partner', 1],
  ['coordinator', 1],
  ['deputy', 0],
  ['colleague', 0],
  ['foreigner', 0],
  ['stranger', 0],
  ['foreignCoordinator', 0],
  ['auditor', 0],
  ['admin', 0],
  ['unknown', 0],
  ['anonymous', 0],
] as const)('in SQL the %s gets %i of each', async (who, count) => {
  const it = await asked();
  expect(await rowsFor(hub.inDatabase(it.world[who]), it)).toEqual([count, count]);
});

test('without a context there are none, and the hub itself gets all', async () => {
  const it = await asked();
  expect(await rowsFor(hub.nobody(), it)).toEqual([0, 0]);
  await hub.nobody().transactional(async tx => {
    expect(await asSystem(tx, () => rowsFor(tx, it))).toEqual([1, 1]);
    expect(await rowsFor(tx, it)).toEqual([0, 0]);
  });
});

test('who asked, and is no caseworker any more, asked nothing; whoever lost the network sees nothing of it', async () => {
  const it = await asked();
  const { caseworker, partner, elsewhere, foreigner, anker } = it.world;
  expect(await rowsFor(hub.inDatabase({ ...caseworker, memberships: [] }), it)).toEqual([0, 0]);
  expect(await rowsFor(hub.inDatabase({ ...caseworker, memberships: foreigner.memberships }), it)).toEqual([0, 0]);
  // The restrictive wall: an editor of the partner, but in another network.
  const astray = partner.memberships.map(one => ({ ...one, networkId: elsewhere.id, partnerId: anker.id }));
  expect(await rowsFor(hub.inDatabase({ ...partner, memberships: astray }), it)).toEqual([0, 0]);
});

test('the partner sees the question, but no request to another', async () => {
  const it = await asked();
  const em = hub.owner();
  const [service] = await em.execute<{ id: string }[]>(
    `insert into service (partner_id, network_id, name, languages, delivery_modes, feedback_level)
     select id, network_id, 'Nachbarn', '{de}', '{PHONE}', 'STATUS' from partner where id = ? returning id`,
    [it.world.brücke.id],
  );
  const [other] = await em.execute<{ id: string }[]>(
    `insert into availability_request (question_id, network_id, asked_by_id, service_id, partner_id, position, asked_at, answer_by)
     select question_id, network_id, asked_by_id, ?, ?, 1, asked_at, answer_by from availability_request where id = ?
     returning id`,
    [service!.id, it.world.brücke.id, it.request],
  );
  expect(await rowsFor(hub.inDatabase(it.world.partner), { ...it, request: other!.id })).toEqual([1, 0]);
  expect(await rowsFor(hub.inDatabase(it.world.stranger), { ...it, request: other!.id })).toEqual([1, 1]);
  expect(await rowsFor(hub.inDatabase(it.world.stranger), it)).toEqual([1, 0]);
});

test.each(['colleague', 'foreigner', 'stranger', 'auditor'] as const)('the %s changes nothing in SQL', async who => {
  const it = await asked();
  const em = hub.inDatabase(it.world[who]);
  const { affectedRows } = await em.execute<QueryResult>(
    'update availability_request set places = 9, answered_at = now() where id = ?',
    [it.request],
    'run',
  );
  expect(affectedRows).toBe(0);
});

test('nobody asks in the name of another, or in another network', async () => {
  const { world } = await asked();
  const insert = (viewer: World['caseworker'], network: string, account: string | null) =>
    hub.inDatabase(viewer).execute(
      `insert into availability_question (network_id, asked_by_id, category_code, languages, accessibility, within_days, asked_at, answer_by)
       values (?, ?, 'job-coaching', '{}', '{}', 21, now(), now())`,
      [network, account],
    );
  const refused = { code: '42501' };
  const { caseworker, colleague, foreigner, network, elsewhere } = world;
  await expect(insert(colleague, network.id, caseworker.accountId)).rejects.toMatchObject(refused);
  await expect(insert(caseworker, elsewhere.id, caseworker.accountId)).rejects.toMatchObject(refused);
  await expect(insert(foreigner, network.id, foreigner.accountId)).rejects.toMatchObject(refused);
  await insert(caseworker, network.id, caseworker.accountId);
});

test('a question is never changed, and nothing is taken away', async () => {
  const it = await asked();
  const em = hub.inDatabase(it.world.caseworker);
  const refused = { code: '42501' };
  await expect(
    em.execute('update availability_question set within_days = 1 where id = ?', [it.question]),
  ).rejects.toMatchObject(refused);
  for (const table of ['availability_request', 'availability_question'])
    await expect(em.execute(`delete from ${table}`)).rejects.toMatchObject(refused);
});
