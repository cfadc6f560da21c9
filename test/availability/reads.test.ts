import { isObjectType } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import { hubSchema } from '../../src/schema.js';
import { testHub } from '../support/hub.js';
import { NOTHING, OUTSIDERS, seenBy } from './reads.js';
import { ANSWER_BY, answer, ask, CLOSES, NOW, neighbour, QUESTION, REQUEST } from './support.js';

const hub = testHub('availability_reads');

beforeEach(() => hub.setNow(NOW));

const NODE = `query ($id: ID!) { node(id: $id) {
  ... on AvailabilityQuestion { ${QUESTION} }
  ... on AvailabilityRequest { id question { ${QUESTION} } service { name } places open }
} }`;

/** The caseworker asked Anker's service and one of Brücke; the first request is Anker's. */
async function asked() {
  const world = await hub.given();
  await neighbour(hub, world, 'Nachbarn', { languages: ['uk'] });
  const question = await ask(hub, world, { languages: ['uk', 'de'], ageGroup: 'FROM_18_TO_24' });
  const to = (name: string): string =>
    question.requests.find((one: { service: { name: string } }) => one.service.name === name).id;
  return { world, question, id: question.id as string, anker: to('Beratung'), brücke: to('Nachbarn') };
}

describe('what the partner reads', () => {
  // Whoever adds a field says here that it tells nothing of a person, nor of who asked.
  test.each([
    [
      'AvailabilityQuestion',
      [
        'accessibility',
        'ageGroup',
        'answerBy',
        'answered',
        'asked',
        'askedAt',
        'category',
        'id',
        'languages',
        'network',
        'requests',
        'withinDays',
        'yes',
      ],
    ],
    [
      'AvailabilityRequest',
      [
        'answerBy',
        'answeredAt',
        'askedAt',
        'expectedWaitDays',
        'freeFrom',
        'id',
        'open',
        'places',
        'question',
        'service',
      ],
    ],
  ])('of %s are these fields', async (type, fields) => {
    const found = (await hubSchema()).getType(type);
    expect(isObjectType(found) && Object.keys(found.getFields()).sort()).toEqual(fields);
  });

  test('is the profile and its own request: not who asked, not where, not whom else, not what they said', async () => {
    const { world, id, anker, brücke } = await asked();
    await answer(hub, world.stranger, brücke, { places: 4 });
    const { data } = await hub.as(
      world.partner,
      `{ availabilityRequests { totalCount nodes { ${REQUEST} question { ${QUESTION} } } } }`,
    );
    const own = {
      id: anker,
      service: { id: world.service.id, name: 'Beratung' },
      askedAt: NOW.toISOString(),
      answerBy: ANSWER_BY.toISOString(),
      answeredAt: null,
      places: null,
      freeFrom: null,
      expectedWaitDays: null,
      open: true,
    };
    const question = {
      id,
      network: { slug: world.network.slug },
      category: { code: 'job-coaching' },
      languages: ['de', 'uk'],
      ageGroup: 'FROM_18_TO_24',
      accessibility: [],
      withinDays: 21,
      askedAt: NOW.toISOString(),
      answerBy: ANSWER_BY.toISOString(),
      asked: 1,
      answered: 0,
      yes: 0,
      requests: [own],
    };
    expect(data.availabilityRequests).toEqual({ totalCount: 1, nodes: [{ ...own, question }] });
    expect((await hub.as(world.partner, NODE, { id })).data.node).toEqual(question);
    expect((await hub.as(world.partner, NODE, { id: brücke })).data.node).toBeNull();
    const everything = JSON.stringify(data);
    for (const secret of [world.caseworker.accountId!, world.caseworker.displayName, world.home.key, 'Heimstadt'])
      expect(everything).not.toContain(secret);
  });
});

describe('who sees what', () => {
  test('who asked: the question and all its requests', async () => {
    const { world, id, anker, brücke } = await asked();
    const seen = await seenBy(hub, world.caseworker, id, anker);
    expect(seen).toMatchObject({ asked: 1, addressed: 0, question: true, request: true });
    expect(seen.ids([anker, brücke])).toEqual([anker, brücke]);
  });

  test('the coordinator: the same, but in no list of her own', async () => {
    const { world, id, anker, brücke } = await asked();
    const seen = await seenBy(hub, world.coordinator, id, anker);
    expect(seen).toMatchObject({ asked: 0, addressed: 0, question: true, request: true });
    expect(seen.ids([anker, brücke])).toEqual([anker, brücke]);
  });

  test.each([
    ['partner', 'anker'],
    ['stranger', 'brücke'],
  ] as const)('the %s: the one to %s', async (who, own) => {
    const { world, id, ...requests } = await asked();
    const seen = await seenBy(hub, world[who], id, requests[own]);
    expect(seen).toMatchObject({ asked: 0, addressed: 1, question: true, request: true });
    expect(seen.ids([requests.anker, requests.brücke])).toEqual([requests[own]]);
  });

  test.each(OUTSIDERS)('the %s: nothing', async who => {
    const world = await hub.given();
    const { id, requests } = await ask(hub, world);
    expect(await seenBy(hub, world[who], id, requests[0].id)).toMatchObject(NOTHING);
  });

  test('nobody who has not signed in', async () => {
    const { world, id, anker } = await asked();
    for (const door of ['availabilityQuestions { totalCount }', 'availabilityRequests { totalCount }'])
      expect((await hub.as(world.anonymous, `{ ${door} }`)).errors).toMatchObject([
        { extensions: { code: 'UNAUTHENTICATED' } },
      ]);
    for (const one of [id, anker])
      expect(await hub.as(world.anonymous, NODE, { id: one })).toEqual({ data: { node: null } });
  });

  test('who is no caseworker any more sees her questions no longer', async () => {
    const { world, id, anker } = await asked();
    await hub.owner().execute('delete from membership where account_id = ?', [world.caseworker.accountId]);
    const without = { ...world.caseworker, memberships: [] };
    expect(await seenBy(hub, without, id, anker)).toMatchObject(NOTHING);
  });
});

describe('the lists', () => {
  const LATER = new Date('2026-06-11T10:00:00Z');
  const REQUESTS = `query ($first: Int, $after: String, $open: Boolean) {
    availabilityRequests(first: $first, after: $after, open: $open) {
      nodes { id open } pageInfo { endCursor hasNextPage } totalCount } }`;
  const QUESTIONS = `query ($first: Int, $after: String) { availabilityQuestions(first: $first, after: $after) {
      nodes { id withinDays } pageInfo { endCursor hasNextPage } totalCount } }`;

  test('go newest first, page by page', async () => {
    const world = await hub.given();
    const ids: string[] = [];
    const requests: string[] = [];
    for (const withinDays of [1, 2, 3, 4, 5]) {
      // Two of them at the same moment.
      hub.setNow(new Date(NOW.getTime() + Math.floor(withinDays / 2) * 60_000));
      const question = await ask(hub, world, { withinDays });
      ids.unshift(question.id);
      requests.unshift(question.requests[0].id);
    }
    for (const [list, query, viewer, all] of [
      ['availabilityQuestions', QUESTIONS, world.caseworker, ids],
      ['availabilityRequests', REQUESTS, world.partner, requests],
    ] as const) {
      const read: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { data } = await hub.as(viewer, query, { first: 2, after });
        const page = data[list];
        expect(page.totalCount).toBe(5);
        read.push(...page.nodes.map((one: { id: string }) => one.id));
        ({ endCursor: after, hasNextPage: more } = page.pageInfo);
      }
      // Minutes 2, 2, 1, 1, 0: of the same one in either order.
      const byMinute = (list: readonly string[]) => [list.slice(0, 2).sort(), list.slice(2, 4).sort(), list.slice(4)];
      expect(byMinute(read)).toEqual(byMinute(all));
    }
  });

  test('a cursor of one is none of the other', async () => {
    const world = await hub.given();
    await ask(hub, world);
    const { data } = await hub.as(world.caseworker, QUESTIONS, { first: 1 });
    const after = data.availabilityQuestions.pageInfo.endCursor;
    const { errors } = await hub.as(world.partner, REQUESTS, { after });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });

  test('tell what waits for an answer, as the field does', async () => {
    const world = await hub.given();
    const first = (await ask(hub, world)).requests[0].id;
    hub.setNow(LATER);
    const second = (await ask(hub, world, { withinDays: 7 })).requests[0].id;
    const third = (await ask(hub, world, { withinDays: 8 })).requests[0].id;
    await answer(hub, world.partner, third, { places: 1 });

    const open = async (wish: boolean | null) => {
      const { data } = await hub.as(world.partner, REQUESTS, { open: wish });
      const { nodes, totalCount } = data.availabilityRequests;
      expect(nodes).toHaveLength(totalCount);
      for (const one of nodes) if (wish !== null) expect(one.open).toBe(wish);
      return nodes.map((one: { id: string }) => one.id).sort();
    };
    expect(await open(true)).toEqual([first, second].sort());
    expect(await open(false)).toEqual([third]);
    hub.setNow(CLOSES);
    expect(await open(true)).toEqual([first, second].sort());
    hub.setNow(new Date(CLOSES.getTime() + 1));
    expect(await open(true)).toEqual([second]);
    expect(await open(false)).toEqual([first, third].sort());
    expect(await open(null)).toEqual([first, second, third].sort());
  });

  test('of somebody with neither questions nor partners are empty', async () => {
    const { auditor } = await hub.given();
    const { data } = await hub.as(
      auditor,
      '{ availabilityQuestions { totalCount } availabilityRequests { totalCount } }',
    );
    expect(data).toEqual({ availabilityQuestions: { totalCount: 0 }, availabilityRequests: { totalCount: 0 } });
  });
});
