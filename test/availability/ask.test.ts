import { beforeEach, describe, expect, test } from 'vitest';
import { FeatureState } from '../../src/location/location.rules.js';
import { ServiceStatus } from '../../src/service/service.rules.js';
import type { ServiceWish } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';
import { ANSWER_BY, ask, askInput, askOnce, NOW, neighbour, rows, tryAsk, type World } from './support.js';

const hub = testHub('availability_ask');

beforeEach(() => hub.setNow(NOW));

const namesOf = (question: { requests: { service: { name: string } }[] }): string[] =>
  question.requests.map(one => one.service.name);

/** Refused with this code on this path, and nothing written. */
async function refused(world: World, own: object, code: string, path: string[]) {
  const before = await rows(hub);
  const { data, errors } = await tryAsk(hub, world.caseworker, askInput(world, own));
  expect(errors).toBeUndefined();
  expect(data.availabilityAsk).toMatchObject({ availabilityQuestion: null, userErrors: [{ code, path }] });
  expect(await rows(hub)).toEqual(before);
  return data.availabilityAsk.userErrors[0].message as string;
}

test('what is asked, and of whom', async () => {
  const world = await hub.given();
  await neighbour(hub, world, 'Nachbarn', { languages: ['uk'] });
  const question = await ask(hub, world, {
    languages: ['uk', 'de', 'uk'],
    ageGroup: 'FROM_25_TO_54',
    withinDays: 14,
  });
  expect(question).toEqual({
    id: expect.any(String),
    network: { slug: world.network.slug },
    category: { code: 'job-coaching' },
    languages: ['de', 'uk'],
    ageGroup: 'FROM_25_TO_54',
    accessibility: [],
    withinDays: 14,
    askedAt: NOW.toISOString(),
    answerBy: ANSWER_BY.toISOString(),
    asked: 2,
    answered: 0,
    yes: 0,
    requests: expect.any(Array),
  });
  expect(namesOf(question).sort()).toEqual(['Beratung', 'Nachbarn']);
  for (const request of question.requests)
    expect(request).toMatchObject({
      askedAt: NOW.toISOString(),
      answerBy: ANSWER_BY.toISOString(),
      answeredAt: null,
      places: null,
      freeFrom: null,
      expectedWaitDays: null,
      open: true,
    });
});

test.each([{}, { withinDays: null }])('within 21 days, where nobody says otherwise: %j', async own => {
  expect((await ask(hub, await hub.given(), own)).withinDays).toBe(21);
});

describe('who fits', () => {
  const full = { total: 2, reserved: 1, occupiedElsewhere: 1, reportedAt: NOW };

  test.each<[string, ServiceWish & { lift?: FeatureState }, object, boolean]>([
    ['nothing in particular', {}, {}, true],
    ['a child of the category', { categories: ['job-coaching'] }, { category: 'placement' }, true],
    ['the parent of the category', { categories: ['placement'] }, { category: 'job-coaching' }, false],
    ['another area', { areas: ['05978'] }, {}, false],
    ['no area', { areas: [] }, {}, false],
    ['a paused service', { status: ServiceStatus.PAUSED }, {}, false],
    ['a closed service', { status: ServiceStatus.CLOSED }, {}, false],
    ['intake paused until today', { intakePausedUntil: '2026-06-10' }, {}, false],
    ['intake paused until yesterday', { intakePausedUntil: '2026-06-09' }, {}, true],
    ['full: that is the question', { capacity: full }, {}, true],
    ['places not counted', { capacity: { reportedAt: NOW } }, {}, true],
    ['another language', { languages: ['de'] }, { languages: ['uk'] }, false],
    ['one of the languages', { languages: ['de', 'uk-UA'] }, { languages: ['ar', 'uk'] }, true],
    ['an interpreter', { interpretation: true }, { languages: ['uk'] }, true],
    ['a lift', { lift: FeatureState.YES }, { accessibility: ['LIFT'] }, true],
    ['no lift', { lift: FeatureState.NO }, { accessibility: ['LIFT'] }, false],
    ['a lift nobody looked for', {}, { accessibility: ['LIFT'] }, false],
    ['too young', { minimumAge: 25 }, { ageGroup: 'FROM_18_TO_24' }, false],
    ['some of them too young', { minimumAge: 20 }, { ageGroup: 'FROM_18_TO_24' }, true],
    ['too old', { maximumAge: 54 }, { ageGroup: 'FROM_55' }, false],
    ['some of them too old', { maximumAge: 55 }, { ageGroup: 'FROM_55' }, true],
    ['ages, but none asked', { minimumAge: 16, maximumAge: 17 }, {}, true],
  ])('%s', async (_case, wish, own, fits) => {
    const world = await hub.given({ service: { status: ServiceStatus.CLOSED } });
    await neighbour(hub, world, 'Nachbarn', wish);
    if (fits) expect(namesOf(await ask(hub, world, own))).toEqual(['Nachbarn']);
    else expect(await refused(world, own, 'INVALID_INPUT', ['input'])).toMatch(/Kein Angebot .* passt/);
  });

  test('another network is not asked, though its service fits', async () => {
    const world = await hub.given();
    const { service, caseworker } = await hub.given();
    await hub
      .owner()
      .execute('insert into service_area (service_id, area_key) values (?, ?)', [service.id, world.home.key]);
    // Not even by somebody who is a caseworker there as well.
    const both = { ...caseworker, memberships: [...caseworker.memberships, ...world.caseworker.memberships] };
    expect((await ask(hub, world, {}, both)).requests).toMatchObject([{ service: { id: world.service.id } }]);
  });

  test('the best fifty, as the finder orders them', async () => {
    const world = await hub.given();
    for (let i = 0; i < 53; i++)
      await neighbour(hub, world, `Angebot ${i}`, {
        capacity: { total: 1, occupiedElsewhere: i % 2, reportedAt: NOW },
      });
    const question = await ask(hub, world);
    expect(question).toMatchObject({ asked: 50 });
    const { category, municipality, network } = askInput(world);
    const { data } = await hub.as(
      world.caseworker,
      'query ($input: ServiceMatchInput!) { serviceMatches(input: $input, first: 100) { totalCount nodes { service { name } } } }',
      { input: { category, municipality, networks: [network] } },
    );
    expect(data.serviceMatches.totalCount).toBe(54);
    const best = data.serviceMatches.nodes.map((one: { service: { name: string } }) => one.service.name).slice(0, 50);
    expect(namesOf(question)).toEqual(best);
    // And so they stay, whatever is written meanwhile.
    await hub
      .owner()
      .execute('update availability_request set revision = 2 where question_id = ? and position < 9', [question.id]);
    const again = await hub.as(
      world.caseworker,
      '{ availabilityQuestions { nodes { requests { service { name } } } } }',
    );
    expect(namesOf(again.data.availabilityQuestions.nodes[0])).toEqual(best);
  });
});

describe('what cannot be asked', () => {
  test.each([0, -1, 91, 2_147_483_647])('within %i days', async withinDays => {
    await refused(await hub.given(), { withinDays }, 'INVALID_INPUT', ['input', 'withinDays']);
  });

  test.each([1, 90])('within %i days can', async withinDays => {
    expect((await ask(hub, await hub.given(), { withinDays })).withinDays).toBe(withinDays);
  });

  test('a category that there is not', async () => {
    await refused(await hub.given(), { category: 'nonsense' }, 'INVALID_INPUT', ['input', 'category']);
  });

  test('a municipality outside the network, or none', async () => {
    const world = await hub.given();
    for (const municipality of [world.abroad.key, '99999999'])
      await refused(world, { municipality }, 'INVALID_INPUT', ['input', 'municipality']);
  });

  test('a network in which one is no caseworker, or none; nothing else is told', async () => {
    const world = await hub.given();
    for (const network of [world.elsewhere.slug, 'nirgends', ''])
      await refused(world, { network, category: 'nonsense', withinDays: 0 }, 'NOT_FOUND', ['input', 'network']);
  });

  test.each(['de-x-muster', 'de-Anna', 'uk-petrova'])('words of one’s own in a language: %s', async tag => {
    await refused(await hub.given(), { languages: ['de', tag] }, 'INVALID_INPUT', ['input', 'languages']);
  });

  test.each<[string, object]>([
    ['input.languages', { languages: ['de', 'en', 'fr', 'es', 'it', 'pt', 'pl', 'uk', 'ru', 'ar', 'tr'] }],
    ['input', { needs: ['addiction'] }],
    ['input', { age: 34 }],
    ['input', { birthYear: 1990 }],
    ['input', { clientCase: '6a1f0e52-9d0c-4b9b-8f53-0c7a2f3f9d11' }],
    ['input', { note: 'Frau Muster' }],
    ['input.ageGroup', { ageGroup: '34' }],
    ['input.accessibility.0', { accessibility: ['Rollstuhl'] }],
    ['input.withinDays', { withinDays: '21' }],
  ])('%s has no room for %j', async (argument, own) => {
    const world = await hub.given();
    const before = await rows(hub);
    const { errors } = await tryAsk(hub, world.caseworker, askInput(world, own));
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
    expect(await rows(hub)).toEqual(before);
  });

  test.each([
    ['partner', 'FORBIDDEN'],
    ['coordinator', 'FORBIDDEN'],
    ['auditor', 'FORBIDDEN'],
    ['admin', 'FORBIDDEN'],
    ['unknown', 'FORBIDDEN'],
    ['anonymous', 'UNAUTHENTICATED'],
  ] as const)('by the %s: %s', async (who, code) => {
    const world = await hub.given();
    const before = await rows(hub);
    const { errors } = await tryAsk(hub, world[who], askInput(world));
    expect(errors).toMatchObject([{ extensions: { code } }]);
    expect(await rows(hub)).toEqual(before);
  });
});

describe('the same again', () => {
  const PROFILE = { languages: ['de', 'uk'], ageGroup: 'FROM_18_TO_24', withinDays: 21 };
  const worldOf = () => hub.given({ service: { languages: ['de', 'uk'] } });

  test('is refused while it waits for answers, whatever the order of its lists', async () => {
    const world = await worldOf();
    await ask(hub, world, PROFILE);
    for (const own of [PROFILE, { ...PROFILE, languages: ['uk', 'de', 'de'] }, { ...PROFILE, withinDays: null }])
      expect(await refused(world, own, 'DUPLICATE', ['input'])).toContain('15.06.2026');
    hub.setNow(ANSWER_BY);
    await refused(world, PROFILE, 'DUPLICATE', ['input']);
    hub.setNow(new Date(ANSWER_BY.getTime() + 1));
    await ask(hub, world, PROFILE);
  });

  test.each<object>([
    { languages: ['de'] },
    { languages: [] },
    { ageGroup: 'FROM_25_TO_54' },
    { ageGroup: null },
    { withinDays: 20 },
    { category: 'placement' },
  ])('is another question with %j', async own => {
    const world = await worldOf();
    await ask(hub, world, PROFILE);
    await ask(hub, world, { ...PROFILE, ...own });
    await refused(world, { ...PROFILE, ...own }, 'DUPLICATE', ['input']);
  });

  test('is a question of her own to a colleague', async () => {
    const world = await worldOf();
    await ask(hub, world);
    await ask(hub, world, {}, world.colleague);
  });

  test('from another municipality it is another if it reaches others', async () => {
    const world = await worldOf();
    const em = hub.owner();
    const second = `${world.home.key.slice(0, 5)}009`;
    await em.execute(
      `insert into municipality (key, name, district_key, district_name, latitude, longitude)
       select ?, 'Zweitstadt', district_key, district_name, latitude, longitude from municipality where key = ?`,
      [second, world.home.key],
    );
    await em.execute('insert into network_municipality (network_id, municipality_key) values (?, ?)', [
      world.network.id,
      second,
    ]);
    await ask(hub, world);
    await refused(world, { municipality: second }, 'DUPLICATE', ['input']);
    await neighbour(hub, world, 'Nur dort', { areas: [second] });
    expect((await ask(hub, world, { municipality: second })).asked).toBe(2);
  });

  test('at once: one is asked', async () => {
    const world = await worldOf();
    const em = hub.owner();
    await em.begin();
    // Nobody can write meanwhile, so each has looked for the other before there is one, unless they wait for each other.
    await em.execute('lock table availability_question in share row exclusive mode');
    const asking = Array.from({ length: 4 }, () => tryAsk(hub, world.caseworker, askInput(world, PROFILE)));
    await waitersOf(hub, 4);
    await em.commit();
    const codes = (await Promise.all(asking)).flatMap(({ data }) =>
      data.availabilityAsk.userErrors.map((one: { code: string }) => one.code),
    );
    expect(codes).toEqual(['DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
    expect(
      await em.execute('select id from availability_question where network_id = ?', [world.network.id]),
    ).toHaveLength(1);
  });
});

describe('what is stored', () => {
  test('are these columns: no case, no municipality, no need, no text', async () => {
    const columns = await hub.owner().execute<{ table: string; columns: string[] }[]>(
      `select table_name as table, array_agg(column_name::text order by ordinal_position) as columns
       from information_schema.columns where table_name like 'availability%' group by 1 order by 1`,
    );
    expect(columns).toEqual([
      {
        table: 'availability_question',
        columns: [
          'id',
          'network_id',
          'asked_by_id',
          'category_code',
          'languages',
          'age_group',
          'accessibility',
          'within_days',
          'asked_at',
          'answer_by',
        ],
      },
      {
        table: 'availability_request',
        columns: [
          'id',
          'question_id',
          'network_id',
          'asked_by_id',
          'service_id',
          'partner_id',
          'position',
          'asked_at',
          'answer_by',
          'answered_at',
          'places',
          'free_from',
          'expected_wait_days',
          'revision',
        ],
      },
    ]);
  });

  test('a referral that follows has no tie to it', async () => {
    const keys = await hub.owner().execute<{ from: string }[]>(
      `select conrelid::regclass::text as from from pg_constraint
       where contype = 'f' and confrelid in ('availability_question'::regclass, 'availability_request'::regclass)`,
    );
    expect(keys.map(one => one.from)).toEqual(['availability_request', 'availability_request']);
  });
});

describe('under one Idempotency-Key', () => {
  const status = (world: World, to: ServiceStatus) =>
    hub.owner().execute('update service set status = ? where id = ?', [to, world.service.id]);

  test('it is asked once, and told the same although nobody would be asked any more', async () => {
    const world = await hub.given();
    const first = await askOnce(hub, world.caseworker, 'a', askInput(world));
    expect(first.answer.data.availabilityAsk.userErrors).toEqual([]);
    await status(world, ServiceStatus.CLOSED);
    const before = await rows(hub);
    const second = await askOnce(hub, world.caseworker, 'a', askInput(world));
    expect([second.text, second.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
    expect(await rows(hub)).toEqual(before);
  });

  test('it stays refused although somebody could be asked now', async () => {
    const world = await hub.given();
    await status(world, ServiceStatus.CLOSED);
    const first = await askOnce(hub, world.caseworker, 'a', askInput(world));
    expect(first.answer.data.availabilityAsk.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input'] }]);
    await status(world, ServiceStatus.ACTIVE);
    const before = await rows(hub);
    const second = await askOnce(hub, world.caseworker, 'a', askInput(world));
    expect([second.text, second.headers['idempotency-replayed']]).toEqual([first.text, 'true']);
    expect(await rows(hub)).toEqual(before);
    const other = await askOnce(hub, world.caseworker, 'a', askInput(world, { withinDays: 7 }));
    expect(other.answer.data.availabilityAsk.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
  });
});
