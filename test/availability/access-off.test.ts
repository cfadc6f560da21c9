import { expect, test, vi } from 'vitest';
import { testHub } from '../support/hub.js';
import { NOTHING, OUTSIDERS, seenBy } from './reads.js';
import { ask, askInput, neighbour, rows, tryAnswer, tryAsk } from './support.js';

// The first wall is taken away: every filter lets everything through.
vi.mock('../../src/availability/availability.access.js', async () => {
  const { sql } = await import('../../src/shared/sql.js');
  const everything = () => sql`true`;
  return {
    askedBy: everything,
    addressedTo: everything,
    requestVisibleTo: everything,
    questionVisibleTo: everything,
    mayAskIn: () => true,
  };
});

const hub = testHub('availability_access_off');

test('the database alone keeps outsiders from reading', async () => {
  const world = await hub.given();
  const { id, requests } = await ask(hub, world);
  for (const who of OUTSIDERS)
    expect({ who, ...(await seenBy(hub, world[who], id, requests[0].id)) }).toMatchObject({ who, ...NOTHING });
});

test('the database alone shows each partner its own request only', async () => {
  const world = await hub.given();
  await neighbour(hub, world, 'Nachbarn');
  const { id, requests } = await ask(hub, world);
  const ids: string[] = requests.map((one: { id: string }) => one.id);
  const ofAnker = requests.find((one: { service: { id: string } }) => one.service.id === world.service.id).id;
  const seen = await seenBy(hub, world.partner, id, ofAnker);
  expect(seen).toMatchObject({ addressed: 1, question: true, request: true });
  expect(seen.ids(ids)).toEqual([ofAnker]);
});

test('the database alone keeps a stranger from answering, and a foreigner from asking', async () => {
  const world = await hub.given();
  const { requests } = await ask(hub, world);
  const before = await rows(hub);
  const { data } = await tryAnswer(hub, world.stranger, requests[0].id, { places: 1 });
  expect(data.availabilityAnswer.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const { errors } = await tryAsk(hub, world.foreigner, askInput(world));
  expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  expect(await rows(hub)).toEqual(before);
});

test('the filters are off indeed', async () => {
  const { requestVisibleTo } = await import('../../src/availability/availability.access.js');
  expect(requestVisibleTo((await hub.given()).foreigner).text).toBe('true');
});
