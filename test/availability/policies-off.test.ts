import { beforeAll, expect, test } from 'vitest';
import { testHub } from '../support/hub.js';
import { NOTHING, OUTSIDERS, seenBy } from './reads.js';
import { ask, neighbour, rows, tryAnswer } from './support.js';

const hub = testHub('availability_policies_off');

// The second wall is taken away: hub_app sees every row, and only the access file stands.
beforeAll(async () => {
  for (const table of ['availability_question', 'availability_request'])
    await hub
      .owner()
      .execute(`alter table ${table} disable row level security; alter table ${table} no force row level security`);
  const world = await hub.given();
  const { id } = await ask(hub, world);
  expect(await hub.nobody().execute('select id from availability_question where id = ?', [id])).toHaveLength(1);
});

test('the access file alone keeps outsiders from reading', async () => {
  const world = await hub.given();
  const { id, requests } = await ask(hub, world);
  for (const who of OUTSIDERS)
    expect({ who, ...(await seenBy(hub, world[who], id, requests[0].id)) }).toMatchObject({ who, ...NOTHING });
});

test('the access file alone shows each partner its own request only', async () => {
  const world = await hub.given();
  await neighbour(hub, world, 'Nachbarn');
  const { id, requests } = await ask(hub, world);
  const ids: string[] = requests.map((one: { id: string }) => one.id);
  const ofAnker = requests.find((one: { service: { id: string } }) => one.service.id === world.service.id).id;
  const seen = await seenBy(hub, world.partner, id, ofAnker);
  expect(seen).toMatchObject({ asked: 0, addressed: 1, question: true, request: true });
  expect(seen.ids(ids)).toEqual([ofAnker]);
  expect((await seenBy(hub, world.stranger, id, ofAnker)).request).toBe(false);
});

test('the access file alone keeps a stranger from answering', async () => {
  const world = await hub.given();
  const { requests } = await ask(hub, world);
  const before = await rows(hub);
  const { data } = await tryAnswer(hub, world.stranger, requests[0].id, { places: 1 });
  expect(data.availabilityAnswer.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await rows(hub)).toEqual(before);
});

test('what a colleague asked is no question of one’s own', async () => {
  const world = await hub.given();
  await ask(hub, world);
  expect((await ask(hub, world, {}, world.colleague)).asked).toBe(1);
});
