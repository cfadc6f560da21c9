import { beforeEach, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { edit } from '../support/self-service.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('instruments');

const NOW = new Date('2026-06-10T10:00:00Z');
beforeEach(() => hub.setNow(NOW));

const VERSION =
  'id validFrom validTo source version rules { kind form years months withinMonths needs instruments steps { fromMonth untilMonth percent } text }';
const ERRORS = 'userErrors { code message path currentVersion }';

const add = (viewer: Viewer, instrument: string, input: object) =>
  hub.as(
    viewer,
    `mutation ($instrument: ID!, $input: InstrumentVersionInput!) {
      answer: instrumentVersionAdd(instrument: $instrument, input: $input) { instrumentVersion { ${VERSION} } ${ERRORS} } }`,
    { instrument, input },
  );
const end = (viewer: Viewer, id: string, on: string | null, expectedVersion: number | null = null) =>
  hub.as(
    viewer,
    `mutation ($id: ID!, $on: LocalDate, $expectedVersion: Int) {
      answer: instrumentVersionEnd(id: $id, on: $on, expectedVersion: $expectedVersion) { instrumentVersion { ${VERSION} } ${ERRORS} } }`,
    { id, on, expectedVersion },
  );
const remove = (viewer: Viewer, id: string, expectedVersion: number | null = null) =>
  hub.as(
    viewer,
    `mutation ($id: ID!, $expectedVersion: Int) {
      answer: instrumentVersionRemove(id: $id, expectedVersion: $expectedVersion) { instrument { versions { validFrom validTo } } ${ERRORS} } }`,
    { id, expectedVersion },
  );
const read = (viewer: Viewer, code: string, on: string | null = null) =>
  hub.as(
    viewer,
    `query ($code: ID!, $on: LocalDate) { instrument(code: $code) {
      code law section name english: name(language: "en") sensitive version(on: $on) { ${VERSION} } versions { validFrom validTo } } }`,
    { code, on },
  );

describe('instruments', () => {
  test('come with the hub, with the rules of each day, for everybody', async () => {
    const { anonymous } = await hub.given();
    const { data } = await hub.as(anonymous, '{ instruments { code version { source } } }');
    expect(data.instruments.map((one: { code: string }) => one.code)).toEqual([
      'sgb2-16d',
      'sgb2-16e',
      'sgb2-16i',
      'sgb2-16k',
      'sgb3-45',
      'sgb9-192',
      'sgb9-61',
    ]);
    const { instrument } = (await read(anonymous, 'sgb2-16i')).data;
    expect(instrument).toMatchObject({
      law: 'SGB II',
      section: '§ 16i',
      name: 'Teilhabe am Arbeitsmarkt',
      sensitive: false,
    });
    expect(instrument.version.rules.map((rule: { text: string }) => rule.text)).toEqual([
      'Vorher entscheidet das Amt (Bewilligung)',
      'Mindestens 25 Jahre alt',
      'Mindestens 72 Monate Leistungsbezug innerhalb von 84 Monaten',
      'Höchstens 60 Monate',
      'Zuschuss: 1.–24. 100 %, 25.–36. 90 %, 37.–48. 80 %, 49.–60. 70 %',
      'Kombinierbar mit: Ganzheitliche Betreuung',
      'Nicht zugleich mit: Eingliederung von Langzeitarbeitslosen',
    ]);
    expect((await read(anonymous, 'sgb2-16i', '2018-12-31')).data.instrument.version).toBeNull();
    const then = (await read(anonymous, 'sgb2-16e', '2013-05-01')).data.instrument;
    expect(then.version).toMatchObject({ validFrom: '2012-04-01', validTo: '2018-12-31' });
    expect(then.versions).toHaveLength(2);
    expect((await read(anonymous, 'nothing')).data.instrument).toBeNull();
    const again = await hub.as(
      anonymous,
      'query ($id: ID!) { node(id: $id) { ... on InstrumentVersion { source instrument { code } } } }',
      {
        id: then.version.id,
      },
    );
    expect(again.data.node.instrument.code).toBe('sgb2-16e');
  });

  test('take one statement each for all of them and their rules', async () => {
    const { anonymous } = await hub.given();
    const sent = await hub.statements(() => hub.as(anonymous, '{ instruments { name versions { rules { text } } } }'));
    expect(sent.filter(one => /^select /.test(one))).toHaveLength(3);
  });

  test('get new rules by rows, of the administration alone, and never two at a time', async () => {
    const { admin, coordinator, caseworker, anonymous } = await hub.given();
    const input = {
      validFrom: '2027-01-01',
      source: 'ein neues Gesetz',
      rules: [{ kind: 'DURATION_IN_WINDOW', months: 36, withinMonths: 60 }],
    };
    for (const who of [coordinator, caseworker])
      expect((await add(who, 'sgb2-16d', input)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await add(anonymous, 'sgb2-16d', input)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const refused = (await add(admin, 'sgb2-16d', input)).data.answer;
    expect(refused).toMatchObject({
      instrumentVersion: null,
      userErrors: [{ code: 'DUPLICATE', path: ['input', 'validFrom'] }],
    });
    const { version } = (await read(admin, 'sgb2-16d')).data.instrument;
    expect((await end(admin, version.id, '2026-12-31', 9)).data.answer.userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT' },
    ]);
    expect((await end(admin, version.id, '2012-03-31')).data.answer.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['on'] },
    ]);
    expect((await end(admin, version.id, '2026-12-31', 1)).data.answer.userErrors).toEqual([]);
    expect((await add(admin, 'sgb2-16d', input)).data.answer).toMatchObject({
      userErrors: [],
      instrumentVersion: { version: 1 },
    });
    const texts = async (on: string) =>
      (await read(anonymous, 'sgb2-16d', on)).data.instrument.version.rules.map((rule: { text: string }) => rule.text);
    expect(await texts('2026-12-31')).toContain('Höchstens 24 Monate innerhalb von 60 Monaten');
    expect(await texts('2027-01-01')).toEqual(['Höchstens 36 Monate innerhalb von 60 Monaten']);
  });

  test('end where no decision loses them, move their end either way, and are taken back before they hold', async () => {
    const { admin, caseworker, clientCase, coordinator } = await hub.given();
    const { id } = (await read(admin, 'sgb2-16k')).data.instrument.version;
    const endOf = async (on: string | null) => {
      const { instrumentVersion, userErrors } = (await end(admin, id, on)).data.answer;
      return userErrors[0] ? [userErrors[0].code, ...userErrors[0].path] : instrumentVersion.validTo;
    };
    // Nothing was decided on it yet: an end in the past takes nothing from anybody.
    for (const on of ['2026-06-09', '2026-05-01', '2028-12-31', null, '2026-06-30']) expect(await endOf(on)).toBe(on);
    const RECORD = `mutation ($input: FundingDecisionInput!) { fundingDecisionRecord(input: $input) { userErrors { code } } }`;
    const decided = { instrument: 'sgb2-16k', form: 'ASSIGNMENT', decidedOn: '2026-06-08', validFrom: '2026-06-08' };
    const input = { clientCase: clientCase.id, ...decided };
    expect((await hub.as(caseworker, RECORD, { input })).data.fundingDecisionRecord.userErrors).toEqual([]);
    expect(await endOf('2026-06-07')).toEqual(['INVALID_INPUT', 'on']);
    for (const on of ['2026-06-08', '2026-06-10', '2026-07-31']) expect(await endOf(on)).toBe(on);
    const next = await add(admin, 'sgb2-16k', { validFrom: '2026-09-01', source: 'ein Versehen', rules: [] });
    const added = next.data.answer.instrumentVersion.id;
    for (const on of ['2026-09-01', null]) expect(await endOf(on)).toEqual(['DUPLICATE', 'on']);
    expect(await endOf('2026-08-31')).toBe('2026-08-31');
    expect((await remove(coordinator, added)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await remove(admin, id)).data.answer.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
    expect((await remove(admin, added, 9)).data.answer.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    expect((await remove(admin, added)).data.answer).toEqual({
      instrument: { versions: [{ validFrom: '2023-07-01', validTo: '2026-08-31' }] },
      userErrors: [],
    });
    expect((await remove(admin, added)).data.answer.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
    expect(await endOf(null)).toBeNull();
  });

  test('are refused at the fault, and nothing is written', async () => {
    const { admin } = await hub.given();
    const count = async () =>
      (await hub.owner().execute<{ n: number }[]>('select count(*)::int as n from instrument_version'))[0]!.n;
    const before = await count();
    const base = { validFrom: '2040-01-01', validTo: '2041-01-01', source: 'Quelle', rules: [] as object[] };
    const tries: [string, object, string, string][] = [
      ['no-such', base, 'NOT_FOUND', 'instrument'],
      ['sgb9-61', { ...base, validTo: '2039-01-01' }, 'INVALID_INPUT', 'input.validTo'],
      ['sgb9-61', { ...base, source: ' ' }, 'INVALID_INPUT', 'input.source'],
      ['sgb9-61', { ...base, rules: [{ kind: 'MINIMUM_AGE' }] }, 'INVALID_INPUT', 'input.rules.0.years'],
      [
        'sgb9-61',
        { ...base, rules: [{ kind: 'NEEDS', needs: ['nothing'] }] },
        'INVALID_INPUT',
        'input.rules.0.needs.0',
      ],
      [
        'sgb9-61',
        { ...base, rules: [{ kind: 'EXCLUDES', instruments: ['x'] }] },
        'INVALID_INPUT',
        'input.rules.0.instruments.0',
      ],
    ];
    for (const [instrument, input, code, path] of tries) {
      const { data } = await add(admin, instrument, input);
      expect(data.answer.userErrors[0]).toMatchObject({ code, path: path.split('.') });
    }
    expect(await count()).toBe(before);
  });

  test('are added by the administration', async () => {
    const { admin } = await hub.given();
    const door = (input: object) =>
      hub.as(
        admin,
        `mutation ($input: InstrumentInput!) { answer: instrumentAdd(input: $input) { instrument { code name } ${ERRORS} } }`,
        { input },
      );
    const input = {
      code: 'land-oegb',
      law: 'Landesprogramm',
      nameDe: 'Öffentlich geförderte Beschäftigung',
      nameEn: 'Public employment',
      sensitive: false,
    };
    const asked = await hub.owner().transactional(async tx => {
      await tx.execute(
        `insert into instrument (code, law, name_de, name_en, sensitive) values ('gleichzeitig', 'A', 'A', 'A', true)`,
      );
      const answer = door({ ...input, code: 'gleichzeitig' });
      await waitersOf(hub, 1);
      return [answer];
    });
    expect((await asked[0]!).data.answer.userErrors).toMatchObject([{ code: 'DUPLICATE', path: ['input', 'code'] }]);
    expect((await door(input)).data.answer).toEqual({
      instrument: { code: 'land-oegb', name: 'Öffentlich geförderte Beschäftigung' },
      userErrors: [],
    });
    expect((await door(input)).data.answer.userErrors).toMatchObject([{ code: 'DUPLICATE', path: ['input', 'code'] }]);
    const atOnce = await Promise.all([1, 2, 3, 4].map(() => door({ ...input, code: 'at-once' })));
    const codes = atOnce.map(one => one.data.answer.userErrors[0]?.code ?? 'ADDED');
    expect(codes.sort()).toEqual(['ADDED', 'DUPLICATE', 'DUPLICATE', 'DUPLICATE']);
    expect((await door({ ...input, code: 'Land' })).data.answer.userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['input', 'code'] },
    ]);
  });
});

test('a service tells by which instruments it is paid; its keeper says so, and an unknown one is refused', async () => {
  const { partner, stranger, service, network, anonymous } = await hub.given();
  const instruments = [
    { instrument: 'sgb3-45', required: true, approvedProvider: true, approvalNumber: 'Z 1', validTo: '2027-12-31' },
  ];
  const change = (viewer: Viewer, input: object) => edit(hub, viewer, 'serviceUpdate', { id: service.id, input });
  expect((await change(stranger, { instruments })).userErrors[0]).toMatchObject({ code: 'NOT_FOUND' });
  const { thing, userErrors } = await change(partner, { instruments });
  expect(userErrors).toEqual([]);
  const told = [
    {
      instrument: { code: 'sgb3-45' },
      required: true,
      approvedProvider: true,
      approvedMeasure: null,
      approvalNumber: 'Z 1',
      validFrom: null,
      validTo: '2027-12-31',
    },
  ];
  expect(thing.instruments).toEqual(told);
  const unknown = await change(partner, { instruments: [{ instrument: 'nothing' }] });
  expect(unknown.userErrors[0]).toMatchObject({
    code: 'INVALID_INPUT',
    path: ['input', 'instruments', '0', 'instrument'],
  });
  const { data } = await hub.as(anonymous, 'query ($id: ID!) { service(id: $id) { instruments { approvalNumber } } }', {
    id: service.id,
  });
  expect(data.service.instruments).toEqual([{ approvalNumber: 'Z 1' }]);
  const found = async (...codes: string[]) => {
    const filter = { instruments: codes };
    const FIND = `query ($network: String!, $filter: ServiceFilter) { services(network: $network, filter: $filter) { nodes { id } totalCount } }`;
    return hub.as(anonymous, FIND, { network: network.slug, filter });
  };
  expect((await found('sgb2-16d', 'sgb3-45')).data.services).toEqual({ nodes: [{ id: service.id }], totalCount: 1 });
  expect((await found('sgb2-16d')).data.services.totalCount).toBe(0);
  expect((await found('nothing')).errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    argument: 'filter.instruments',
  });
});

describe('the finder', () => {
  const MATCH = `query ($service: ID!, $input: ServiceMatchInput!) {
    serviceMatch(service: $service, input: $input) { blockers blockerTexts
      instruments { instrument { code } asked accepted required source checks { state text } } }
    serviceMatches(input: $input) { totalCount }
  }`;

  async function finder(instruments: object[]) {
    const world = await hub.given();
    await hub
      .owner()
      .execute('update service set instruments = ?::jsonb where id = ?', [
        JSON.stringify(instruments),
        world.service.id,
      ]);
    const base = { networks: [world.network.slug], category: world.categoryCode, municipality: world.home.key };
    const ask = (own: object) =>
      hub.as(world.anonymous, MATCH, { service: world.service.id, input: { ...base, ...own } });
    return { world, ask };
  }

  test('explains each instrument by the rules of today, and blocks by what is known', async () => {
    const { ask } = await finder([
      { instrument: 'sgb2-16d', required: true },
      { instrument: 'sgb3-45', required: false, approvedProvider: true, validTo: '2026-06-09' },
    ]);
    const plain = (await ask({})).data;
    expect(plain.serviceMatch).toEqual({
      blockers: [],
      blockerTexts: [],
      instruments: [
        {
          instrument: { code: 'sgb2-16d' },
          asked: false,
          accepted: true,
          required: true,
          source: expect.stringContaining('§ 16d Abs. 6'),
          checks: [
            { state: 'OPEN', text: 'Zu klären: Vorher entscheidet das Amt (Zuweisung)' },
            { state: 'OPEN', text: 'Zu klären: Höchstens 24 Monate innerhalb von 60 Monaten' },
          ],
        },
      ],
    });
    expect(plain.serviceMatches.totalCount).toBe(1);
    const wish = (monthsUsed: number, durationMonths: number) =>
      ask({ instruments: [{ instrument: 'sgb2-16d', monthsUsed, durationMonths }] });
    const fits = (await wish(18, 6)).data;
    expect([fits.serviceMatch.blockers, fits.serviceMatches.totalCount]).toEqual([[], 1]);
    expect(fits.serviceMatch.instruments[0].checks[1]).toMatchObject({ state: 'MET' });
    const over = (await wish(19, 6)).data;
    expect([over.serviceMatch.blockers, over.serviceMatches.totalCount]).toEqual([['INSTRUMENT'], 0]);
    expect(over.serviceMatch.blockerTexts).toEqual(['die Förderung passt nicht']);
    // Not accepted any more, and without what the service requires.
    const voucher = (await ask({ instruments: [{ instrument: 'sgb3-45' }] })).data.serviceMatch;
    expect(voucher.blockers).toEqual(['INSTRUMENT']);
    expect(voucher.instruments.map((one: { accepted: boolean; asked: boolean }) => [one.accepted, one.asked])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  test('holds ages, benefit, unemployment and what goes together against them', async () => {
    const { ask } = await finder([
      { instrument: 'sgb2-16i', required: false },
      { instrument: 'sgb2-16e', required: false },
      { instrument: 'sgb2-16k', required: false },
    ]);
    const wish = (...codes: string[]) => ({ instruments: codes.map(instrument => ({ instrument })) });
    const blockers = async (own: object) => (await ask(own)).data.serviceMatch.blockers;
    expect(await blockers({ ...wish('sgb2-16i'), age: 24 })).toEqual(['INSTRUMENT']);
    expect(await blockers({ age: 24 })).toEqual([]);
    expect(await blockers({ ...wish('sgb2-16i'), age: 25, benefitMonths: 71 })).toEqual(['INSTRUMENT']);
    expect(await blockers({ ...wish('sgb2-16i', 'sgb2-16k'), age: 25, benefitMonths: 72 })).toEqual([]);
    expect(await blockers({ ...wish('sgb2-16e'), unemployedMonths: 23 })).toEqual(['INSTRUMENT']);
    expect(await blockers({ ...wish('sgb2-16e'), unemployedMonths: 24 })).toEqual([]);
    expect(await blockers(wish('sgb2-16e', 'sgb2-16i'))).toEqual(['INSTRUMENT']);
    hub.setNow(new Date('2018-06-10T10:00:00Z'));
    expect(await blockers({ ...wish('sgb2-16e'), unemployedMonths: 12 })).toEqual([]);
  });

  test('refuses codes and numbers that there are not', async () => {
    const { ask } = await finder([]);
    for (const [own, argument] of [
      [{ instruments: [{ instrument: 'nothing' }] }, 'input.instruments'],
      [{ instruments: [{ instrument: 'sgb3-45', monthsUsed: -1 }] }, 'input.instruments.0.monthsUsed'],
      [{ benefitMonths: 1201 }, 'input.benefitMonths'],
    ] as const) {
      const [error] = (await ask(own)).errors!;
      expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    }
  });
});
