import { beforeAll, describe, expect, test } from 'vitest';
import { testHub } from '../support/hub.js';
import { answer, ask, askInput, NOW, neighbour, tryAsk, type World } from './support.js';

const hub = testHub('availability_statements');

let world: World;

/** Twenty questions, each to eight services of two partners, some answered. */
beforeAll(async () => {
  hub.setNow(NOW);
  world = await hub.given();
  for (let i = 0; i < 7; i++) await neighbour(hub, world, `Angebot ${i}`);
  for (let withinDays = 1; withinDays <= 20; withinDays++) {
    const { requests } = await ask(hub, world, { withinDays });
    const own = requests.find((one: { service: { name: string } }) => one.service.name === 'Beratung').id;
    if (withinDays % 3) await answer(hub, world.partner, own, { places: withinDays % 2 });
  }
});

/** Without those that open and close the transaction and tell it the viewer. */
const reading = async (work: () => Promise<{ errors?: unknown }>): Promise<number> => {
  const sent = await hub.statements(async () => expect((await work()).errors).toBeUndefined());
  return sent.filter(one => /^select /.test(one) && !/set_config/.test(one)).length;
};

describe('a page', () => {
  const QUESTIONS = 'availabilityQuestions(first: $first)';
  const REQUESTS = 'availabilityRequests(first: $first)';
  const ofRequest = 'places service { name partner { name } capacity { free } }';

  test.each([
    ['questions alone', 'caseworker', `${QUESTIONS} { nodes { askedAt withinDays } }`, 1],
    ['questions with their counts', 'caseworker', `${QUESTIONS} { nodes { asked answered yes } totalCount }`, 3],
    [
      'questions with network and category',
      'caseworker',
      `${QUESTIONS} { nodes { network { slug } category { code } } }`,
      3,
    ],
    ['questions with all requests', 'caseworker', `${QUESTIONS} { nodes { asked requests { ${ofRequest} } } }`, 6],
    ['requests alone', 'partner', `${REQUESTS} { nodes { askedAt open } }`, 1],
    [
      'requests with their questions',
      'partner',
      `${REQUESTS} { nodes { ${ofRequest} question { category { code } asked } } }`,
      7,
    ],
  ] as const)('of %s takes the same statements however long it is', async (_name, who, fields, most) => {
    const counts: number[] = [];
    for (const first of [2, 20, 5])
      counts.push(await reading(() => hub.as(world[who], `query ($first: Int) { ${fields} }`, { first })));
    // The account and its memberships come first.
    const [signIn] = [await reading(() => hub.as(world[who], '{ viewer { id } }'))];
    expect(counts.map(count => count - signIn)).toEqual([most, most, most]);
  });
});

test('asking eight services takes as many statements as asking fifty', async () => {
  const few = await hub.statements(() => tryAsk(hub, world.caseworker, askInput(world, { withinDays: 60 })));
  for (let i = 0; i < 42; i++) await neighbour(hub, world, `Noch eines ${i}`);
  const many = await hub.statements(() => tryAsk(hub, world.caseworker, askInput(world, { withinDays: 61 })));
  expect(many).toHaveLength(few.length);
});
