import { beforeEach, describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { germanDay } from '../../src/shared/calendar.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { take, tryStep } from '../support/referral-steps.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('programmes');

const NOW = new Date('2026-06-10T10:00:00Z');
beforeEach(() => hub.setNow(NOW));

type World = Awaited<ReturnType<typeof hub.given>>;

const FIGURES =
  'figures { asOf participants participantsElsewhere participantsInAll started completed aborted employed sustained }';
const MONEY = `money { placeMonths benefitCents subsidyCents coachingMinutes benefitPerPlace { cents remainder } subsidyPerPlace { cents remainder } }`;
const PROGRAMME = `id slug title goals from until published version budgetCents
  networks { network { slug } role until } funders { name source amountCents } partners { name } instruments { code } consortium { name }
  ${FIGURES} ${MONEY}
  rounds { totalCount nodes { id number from until intakeFrom intakeUntil places participantsElsewhere elsewhereSource
    services { id } fieldsOfWork { code name } ${FIGURES} ${MONEY}
    months { totalCount nodes { month places benefitCents subsidyCents coachingMinutes service { id } benefitPerPlace { cents remainder } } } } }`;
const ERRORS = 'userErrors { code message path currentVersion }';

const DOORS = {
  found: ['$input: ProgrammeInput!', 'programmeFound(input: $input)'],
  edit: [
    '$id: ID!, $input: ProgrammeEditInput!, $expectedVersion: Int',
    'programmeEdit(id: $id, input: $input, expectedVersion: $expectedVersion)',
  ],
  addRound: [
    '$programme: ID!, $input: ProgrammeRoundInput!',
    'programmeRoundAdd(programme: $programme, input: $input)',
  ],
  editRound: ['$id: ID!, $input: ProgrammeRoundInput!', 'programmeRoundEdit(id: $id, input: $input)'],
  leave: [
    '$programme: ID!, $network: String!, $until: LocalDate, $expectedVersion: Int',
    'programmeNetworkLeave(programme: $programme, network: $network, until: $until, expectedVersion: $expectedVersion)',
  ],
  month: ['$round: ID!, $input: ProgrammeMonthInput!', 'programmeMonthReport(round: $round, input: $input)'],
} as const;

async function ask(viewer: Viewer, door: keyof typeof DOORS, variables: object) {
  const [declared, call] = DOORS[door];
  const { data, errors } = await hub.as(
    viewer,
    `mutation (${declared}) { answer: ${call} { programme { ${PROGRAMME} } ${ERRORS} } }`,
    variables,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.answer;
}

/** Asks a door that must let the coordinator through. */
async function made(world: World, door: keyof typeof DOORS, variables: object) {
  const { programme, userErrors } = await ask(world.coordinator, door, variables);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return programme;
}

const read = async (viewer: Viewer, slug: string) =>
  (await hub.as(viewer, `query ($slug: String!) { programme(slug: $slug) { ${PROGRAMME} } }`, { slug })).data.programme;

let programmes = 0;
const inputFor = ({ network }: World, own: object = {}) => ({
  network: network.slug,
  slug: `programm-${++programmes}`,
  title: 'Gemeinsam in Arbeit',
  from: '2026-01-01',
  ...own,
});
const ROUND = {
  from: '2026-01-01',
  until: '2026-12-31',
  intakeFrom: '2026-06-01',
  intakeUntil: '2026-06-30',
  places: 30,
};

describe('a programme', () => {
  test('has networks, funders, partners and instruments; a draft is for its keepers, what is published for all', async () => {
    const world = await hub.given();
    const input = inputFor(world, {
      goals: 'Mehr Übergänge',
      until: '2027-12-31',
      networks: [world.elsewhere.slug, world.network.slug],
      funders: [
        { name: 'Land', source: 'ESF', amountCents: 38_000_000 },
        { name: 'Kreis', amountCents: 1 },
      ],
      partners: [world.anker.id, world.brücke.id, world.anker.id],
      instruments: ['sgb2-16e', 'sgb2-16k'],
    });
    const programme = await made(world, 'found', { input });
    expect(programme).toMatchObject({
      slug: input.slug,
      budgetCents: 38_000_001,
      networks: [
        { network: { slug: world.network.slug }, role: 'LEAD', until: null },
        { network: { slug: world.elsewhere.slug }, role: 'PARTICIPANT', until: null },
      ],
      funders: [
        { name: 'Land', source: 'ESF', amountCents: 38_000_000 },
        { name: 'Kreis', source: null, amountCents: 1 },
      ],
      partners: [{ name: 'Anker' }, { name: 'Brücke' }],
      instruments: [{ code: 'sgb2-16e' }, { code: 'sgb2-16k' }],
      figures: { asOf: null, participants: null, participantsInAll: null },
      money: { placeMonths: 0, benefitCents: 0, benefitPerPlace: null },
      rounds: { totalCount: 0, nodes: [] },
    });
    for (const who of ['anonymous', 'caseworker', 'foreignCoordinator', 'admin'] as const)
      expect(await read(world[who], input.slug)).toBeNull();
    expect(await read(world.coordinator, programme.id)).not.toBeNull();
    const edit = {
      id: programme.id,
      expectedVersion: programme.version,
      input: { published: true, funders: [], goals: null },
    };
    expect((await ask(world.foreignCoordinator, 'edit', edit)).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['id'] },
    ]);
    const edited = await made(world, 'edit', edit);
    expect(edited).toMatchObject({ published: true, budgetCents: 0, goals: null });
    expect(edited.version).toBeGreaterThan(programme.version);
    expect((await ask(world.coordinator, 'edit', edit)).userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', currentVersion: edited.version },
    ]);
    expect((await read(world.anonymous, input.slug)).title).toBe('Gemeinsam in Arbeit');
    const found = async (filter: object) =>
      (
        await hub.as(
          world.anonymous,
          'query ($filter: ProgrammeFilter) { programmes(filter: $filter) { nodes { slug } totalCount } }',
          { filter },
        )
      ).data.programmes;
    expect(await found({ network: world.elsewhere.slug, instrument: 'sgb2-16k', on: '2027-12-31' })).toEqual({
      nodes: [{ slug: input.slug }],
      totalCount: 1,
    });
    expect(await found({ network: world.network.slug, on: '2028-01-01' })).toEqual({ nodes: [], totalCount: 0 });
    await expect(ask(world.caseworker, 'found', { input })).rejects.toThrow('FORBIDDEN');
  });

  test('is refused at the fault, and nothing is written', async () => {
    const world = await hub.given();
    const count = async () =>
      (
        await hub
          .owner()
          .execute<{ n: number }[]>(
            'select (select count(*) from programme)::int + (select count(*) from programme_funder)::int as n',
          )
      )[0]!.n;
    const taken = await made(world, 'found', { input: inputFor(world) });
    const before = await count();
    const tries: [object, string, string][] = [
      [{ network: world.elsewhere.slug }, 'NOT_FOUND', 'network'],
      [{ slug: 'Nein' }, 'INVALID_INPUT', 'slug'],
      [{ slug: taken.slug }, 'DUPLICATE', 'slug'],
      [{ title: ' ' }, 'INVALID_INPUT', 'title'],
      [{ from: null }, 'INVALID_INPUT', 'from'],
      [{ until: '2025-12-31' }, 'INVALID_INPUT', 'until'],
      [{ networks: ['nothing'] }, 'NOT_FOUND', 'networks.0'],
      [
        {
          funders: [
            { name: 'A', amountCents: 1 },
            { name: '', amountCents: 1 },
          ],
        },
        'INVALID_INPUT',
        'funders.1.name',
      ],
      [{ funders: [{ name: 'A', amountCents: -1 }] }, 'INVALID_INPUT', 'funders.0.amountCents'],
      [{ partners: [world.referral.id] }, 'NOT_FOUND', 'partners.0'],
      [{ instruments: ['nothing'] }, 'INVALID_INPUT', 'instruments.0'],
      [{ consortium: world.anker.id }, 'NOT_FOUND', 'consortium'],
    ];
    for (const [own, code, path] of tries)
      expect((await ask(world.coordinator, 'found', { input: inputFor(world, own) })).userErrors[0]).toMatchObject({
        code,
        path: ['input', ...path.split('.')],
      });
    expect(await count()).toBe(before);
  });
});

test('a network that others named leaves by itself, and is read until its last day', async () => {
  const world = await hub.given();
  const own = world.elsewhere.slug;
  const input = inputFor(world, { until: '2026-12-31', networks: [own] });
  const { id, slug } = await made(world, 'found', { input });
  const leave = (viewer: Viewer, more: object = {}) => ask(viewer, 'leave', { programme: id, network: own, ...more });
  const others = async () =>
    (await read(world.coordinator, slug)).networks
      .slice(1)
      .map((one: { network: { slug: string }; until: string | null }) => [one.network.slug, one.until]);
  const refused = (code: string, path: string) => ({ programme: null, userErrors: [{ code, path: [path] }] });

  // Of a draft nobody knows but its keepers.
  expect(await leave(world.foreignCoordinator)).toMatchObject(refused('NOT_FOUND', 'programme'));
  const { version } = await made(world, 'edit', { id, input: { published: true } });
  await expect(leave(world.caseworker)).rejects.toThrow('FORBIDDEN');
  expect(await leave(world.coordinator)).toMatchObject(refused('NOT_FOUND', 'network'));
  expect(await leave(world.coordinator, { network: world.network.slug })).toMatchObject(
    refused('INVALID_INPUT', 'network'),
  );
  expect(await leave(world.foreignCoordinator, { expectedVersion: version - 1 })).toMatchObject({
    userErrors: [{ code: 'VERSION_CONFLICT', currentVersion: version }],
  });
  expect(await others()).toEqual([[own, null]]);

  // Named by mistake, and taken back: once.
  expect(await leave(world.foreignCoordinator, { expectedVersion: version })).toMatchObject({
    programme: { version: version + 1, networks: [{ role: 'LEAD' }] },
    userErrors: [],
  });
  expect(await others()).toEqual([]);
  expect(await leave(world.foreignCoordinator)).toMatchObject(refused('NOT_FOUND', 'network'));

  await made(world, 'edit', { id, input: { networks: [own] } });
  hub.setNow(new Date('2026-07-11T10:00:00Z')); // 31 days later
  for (const [more, code, path] of [
    [{}, 'TOO_LATE', 'until'],
    [{ until: '2026-07-10' }, 'INVALID_INPUT', 'until'],
    [{ until: '2027-01-01' }, 'INVALID_INPUT', 'until'],
  ] as const)
    expect(await leave(world.foreignCoordinator, more)).toMatchObject(refused(code, path));
  const day = { until: '2026-08-31' };
  expect((await leave(world.foreignCoordinator, day)).userErrors).toEqual([]);
  expect(await leave(world.foreignCoordinator, { until: '2026-09-01' })).toMatchObject(
    refused('INVALID_INPUT', 'until'),
  );
  // The lead names it on, as it read it: that it left stays.
  await made(world, 'edit', { id, input: { networks: [own] } });
  expect(await others()).toEqual([[own, '2026-08-31']]);
  hub.setNow(new Date('2026-09-01T10:00:00Z'));
  expect(await leave(world.foreignCoordinator, { until: '2026-09-01' })).toMatchObject(refused('TOO_LATE', 'network'));
  const found = async (on: string | null) =>
    (
      await hub.as(world.anonymous, 'query ($filter: ProgrammeFilter) { programmes(filter: $filter) { totalCount } }', {
        filter: { network: own, on },
      })
    ).data.programmes.totalCount;
  expect([await found(null), await found('2026-08-31'), await found('2026-09-01')]).toEqual([1, 1, 0]);
});

test('a network has thirty days from the day on which it can know that it was named', async () => {
  const world = await hub.given();
  const own = world.elsewhere.slug;
  const { id, slug } = await made(world, 'found', { input: inputFor(world, { networks: [own] }) });
  const undo = () => ask(world.foreignCoordinator, 'leave', { programme: id, network: own });
  const others = async () => (await read(world.coordinator, slug)).networks.length - 1;
  hub.setNow(new Date('2026-07-11T10:00:00Z')); // a draft for 31 days
  await made(world, 'edit', { id, input: { published: true } });
  hub.setNow(new Date('2026-08-10T10:00:00Z')); // out for 30 days
  expect((await undo()).userErrors).toEqual([]);
  expect(await others()).toBe(0);
  await made(world, 'edit', { id, input: { networks: [own] } });
  hub.setNow(new Date('2026-09-10T10:00:00Z')); // named for 31 days, and hidden and shown again meanwhile
  await made(world, 'edit', { id, input: { published: false } });
  await made(world, 'edit', { id, input: { published: true } });
  expect((await undo()).userErrors).toMatchObject([{ code: 'TOO_LATE', path: ['until'] }]);
});

test('what a network said of its leaving no list undoes, nor makes it a participant again', async () => {
  const world = await hub.given();
  const own = world.elsewhere.slug;
  const { id, slug } = await made(world, 'found', { input: inputFor(world, { published: true, networks: [own] }) });
  const day = { programme: id, network: own, until: '2026-06-30' };
  expect((await ask(world.foreignCoordinator, 'leave', day)).userErrors).toEqual([]);
  const others = async () => {
    const { networks } = await read(world.anonymous, slug);
    return networks.slice(1).map((one: { until: string | null }) => one.until);
  };
  for (const networks of [[], [own], null]) {
    await made(world, 'edit', { id, input: { networks } });
    expect(await others()).toEqual(['2026-06-30']);
  }
  hub.setNow(new Date('2026-07-01T10:00:00Z'));
  const { version } = await made(world, 'edit', { id, input: { networks: [] } });
  const again = { id, input: { title: 'Anders', networks: [world.network.slug, own] } };
  expect(await ask(world.coordinator, 'edit', again)).toMatchObject({
    programme: null,
    userErrors: [
      {
        code: 'INVALID_INPUT',
        path: ['input', 'networks', '1'],
        message:
          'Dieses Netzwerk hat das Programm am 30.06.2026 verlassen. Was davon zu lesen ist, bleibt auch ungenannt.',
      },
    ],
  });
  expect(await read(world.coordinator, slug)).toMatchObject({ version, title: 'Gemeinsam in Arbeit' });
  expect(await others()).toEqual(['2026-06-30']);
});

test('waits for who founds one with the same slug, and is refused then', async () => {
  const world = await hub.given();
  const input = inputFor(world);
  const asked = await hub.owner().transactional(async tx => {
    await tx.execute(
      `insert into programme (slug, network_id, title, starts_on) values (?, ?, 'Anderes', '2026-01-01')`,
      [input.slug, world.elsewhere.id],
    );
    const answer = ask(world.coordinator, 'found', { input });
    await waitersOf(hub, 1);
    return [answer];
  });
  expect((await asked[0]!).userErrors).toMatchObject([{ code: 'DUPLICATE', path: ['input', 'slug'] }]);
});

describe('money', () => {
  test('is summed exactly, over services, months and rounds', async () => {
    const world = await hub.given();
    const programme = await made(world, 'found', { input: inputFor(world, { published: true }) });
    const { rounds } = await made(world, 'addRound', {
      programme: programme.id,
      input: { ...ROUND, services: [world.service.id], fieldsOfWork: ['82', '34', '714'] },
    });
    const round = rounds.nodes[0];
    expect(round).toMatchObject({
      number: 1,
      services: [{ id: world.service.id }],
      fieldsOfWork: [{ code: '34' }, { code: '714' }, { code: '82' }],
    });
    const month = (own: object) => ({
      round: round.id,
      input: { month: '2026-02-17', places: 3, benefitCents: 100_000, subsidyCents: 50_000, ...own },
    });
    await made(world, 'month', month({ benefitCents: 1 }));
    await made(world, 'month', month({}));
    await made(world, 'month', month({ month: '2026-03-01', coachingMinutes: 600 }));
    const after = await made(
      world,
      'month',
      month({
        month: '2026-04-30',
        service: world.service.id,
        places: 1,
        benefitCents: 9_000_000_000,
        subsidyCents: 7,
      }),
    );
    const sums = {
      placeMonths: 7,
      benefitCents: 9_000_200_000,
      subsidyCents: 100_007,
      coachingMinutes: 600,
      benefitPerPlace: { cents: 1_285_742_857, remainder: 1 },
      subsidyPerPlace: { cents: 14_286, remainder: 5 },
    };
    expect(after.money).toEqual(sums);
    expect(after.rounds.nodes[0].money).toEqual(sums);
    expect(
      after.rounds.nodes[0].months.nodes.map((one: { month: string; benefitPerPlace: object }) => [
        one.month,
        one.benefitPerPlace,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['2026-02-01', { cents: 33_333, remainder: 1 }],
        ['2026-03-01', { cents: 33_333, remainder: 1 }],
        ['2026-04-01', { cents: 9_000_000_000, remainder: 0 }],
      ]),
    );
    for (const [own, code, path] of [
      [{ month: '2025-12-01' }, 'INVALID_INPUT', 'month'],
      [{ month: '2026-07-01' }, 'INVALID_INPUT', 'month'],
      [{ places: -1 }, 'INVALID_INPUT', 'places'],
      [{ benefitCents: -1 }, 'INVALID_INPUT', 'benefitCents'],
      [{ service: world.anker.id }, 'NOT_FOUND', 'service'],
      // For all of the round, or by services: both would count twice.
      [{ service: world.service.id }, 'INVALID_INPUT', 'service'],
      [{ month: '2026-04-01' }, 'INVALID_INPUT', 'service'],
    ] as const)
      expect((await ask(world.coordinator, 'month', month(own))).userErrors[0]).toMatchObject({
        code,
        path: ['input', path],
      });
    expect((await ask(world.foreignCoordinator, 'month', month({}))).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['round'] },
    ]);
    // The running month is none to come, by Berlin's calendar.
    hub.setNow(new Date('2026-06-30T22:00:00Z'));
    await made(world, 'month', month({ month: '2026-07-31' }));
  });

  test('names no service of a partner that is not published', async () => {
    const world = await hub.given();
    const { id, slug } = await made(world, 'found', { input: inputFor(world, { published: true }) });
    const input = { ...ROUND, services: [world.service.id] };
    const { rounds } = await made(world, 'addRound', { programme: id, input });
    const paid = { month: '2026-02-01', places: 1, benefitCents: 1, subsidyCents: 1 };
    await made(world, 'month', { round: rounds.nodes[0].id, input: { ...paid, service: world.service.id } });
    const named = async () => {
      const [round] = (await read(world.anonymous, slug)).rounds.nodes;
      return [round.services, round.months.nodes.map((one: { service: object | null }) => one.service)];
    };
    const service = { id: world.service.id };
    expect(await named()).toEqual([[service], [service]]);
    await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [world.anker.id]);
    expect(await named()).toEqual([[], [null]]);
  });
});

test('the largest programme still answers, as does the list that it is in', async () => {
  const world = await hub.given();
  const { id, slug } = await made(world, 'found', { input: inputFor(world, { published: true }) });
  const most = { places: 100_000, benefitCents: 10_000_000_000, subsidyCents: 10_000_000_000, coachingMinutes: 1e8 };
  const { rounds } = await made(world, 'addRound', { programme: id, input: { ...ROUND, until: null } });
  const month = (own: object) => ({ round: rounds.nodes[0].id, input: { month: '2026-01-01', ...most, ...own } });
  for (const [field, value] of Object.entries(most))
    expect((await ask(world.coordinator, 'month', month({ [field]: value + 1 }))).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['input', field] },
    ]);
  expect((await made(world, 'month', month({}))).money).toMatchObject({ placeMonths: 100_000, coachingMinutes: 1e8 });
  // Five thousand reports on each of a hundred rounds, twenty of them in one row.
  const owner = hub.owner();
  await owner.execute('delete from programme_round_month where round_id = ?', [rounds.nodes[0].id]);
  await owner.execute(
    `insert into programme_round (programme_id, number, starts_on, intake_from, intake_until, places, entered_on)
     select ?, n, '2026-01-01', '2026-01-01', '2026-01-31', 1, '2026-01-01' from generate_series(2, 100) n`,
    [id],
  );
  await owner.execute(
    `insert into programme_round_month (round_id, month, places, benefit_cents, subsidy_cents, coaching_minutes)
     select r.id, '2026-01-01'::date + make_interval(months => m), 20 * 100000, 20 * 10000000000, 20 * 10000000000, 20 * 100000000
     from programme_round r cross join generate_series(0, 249) m where r.programme_id = ?`,
    [id],
  );
  const money = {
    placeMonths: 50_000_000_000,
    benefitCents: 5_000_000_000_000_000,
    subsidyCents: 5_000_000_000_000_000,
    coachingMinutes: 50_000_000_000_000,
    benefitPerPlace: { cents: 100_000, remainder: 0 },
    subsidyPerPlace: { cents: 100_000, remainder: 0 },
  };
  const { data, errors } = await hub.as(
    world.anonymous,
    `query ($network: String!) { programmes(filter: { network: $network }) { nodes { slug ${MONEY} rounds { nodes { ${MONEY} } } } } }`,
    { network: world.network.slug },
  );
  expect(errors).toBeUndefined();
  expect(data.programmes.nodes).toMatchObject([{ slug, money }]);
  expect(data.programmes.nodes[0].rounds.nodes[0].money).toMatchObject({ benefitCents: 50_000_000_000_000 });
});

describe('a round', () => {
  test('lets its services take referrals within its window only, and says why', async () => {
    const world = await hub.given({ status: ReferralStatus.DRAFT });
    const programme = await made(world, 'found', { input: inputFor(world) });
    const first = { ...ROUND, intakeFrom: '2026-05-01', intakeUntil: '2026-05-31', services: [world.service.id] };
    await made(world, 'addRound', { programme: programme.id, input: first });
    const MATCH = `query ($service: ID!, $input: ServiceMatchInput!) { serviceMatch(service: $service, input: $input) { blockers blockerTexts }
      serviceMatches(input: $input) { totalCount } serviceAlternatives(input: $input) { relaxed text }
      service(id: $service) { intakePausedUntil intake { isOpen opensOn reason } } }`;
    const input = { networks: [world.network.slug], category: world.categoryCode, municipality: world.home.key };
    const find = async () => (await hub.as(world.anonymous, MATCH, { service: world.service.id, input })).data;
    // A draft closes nobody's intake.
    const open = { intakePausedUntil: null, intake: { isOpen: true, opensOn: null, reason: null } };
    expect(await find()).toMatchObject({ serviceMatch: { blockers: [] }, service: open });
    await made(world, 'edit', { id: programme.id, input: { published: true } });
    const reason = 'Programm „Gemeinsam in Arbeit“: kein weiterer Durchlauf bekannt';
    expect(await find()).toEqual({
      service: { intakePausedUntil: null, intake: { isOpen: false, opensOn: null, reason } },
      serviceMatch: {
        blockers: ['INTAKE_PAUSED'],
        blockerTexts: ['nimmt zurzeit niemanden auf (Programm „Gemeinsam in Arbeit“: kein weiterer Durchlauf bekannt)'],
      },
      serviceMatches: { totalCount: 0 },
      serviceAlternatives: [],
    });
    const second = { ...ROUND, intakeFrom: '2026-07-01', intakeUntil: '2026-07-31', services: [world.service.id] };
    await made(world, 'addRound', { programme: programme.id, input: second });
    const soon = await find();
    expect(soon.serviceMatch.blockerTexts[0]).toContain('nächste Aufnahme ab 01.07.2026');
    expect(soon.serviceAlternatives).toMatchObject([
      { relaxed: ['LATER'], text: expect.stringContaining('01.07.2026') },
    ]);
    const july = 'Programm „Gemeinsam in Arbeit“: nächste Aufnahme ab 01.07.2026';
    expect(soon.service.intake).toEqual({ isOpen: false, opensOn: '2026-07-01', reason: july });
    expect((await tryStep(hub, world.caseworker, 'SEND', world.referral.id)).userErrors).toMatchObject([
      { code: 'INTAKE_PAUSED', path: ['id'] },
    ]);
    // The day on which neither its own pause nor a round keeps it from taking people.
    const pause = async (until: string | null) => {
      await hub.owner().execute('update service set intake_paused_until = ? where id = ?', [until, world.service.id]);
      const { service, serviceAlternatives } = await find();
      const [later] = serviceAlternatives;
      if (service.intake.opensOn?.startsWith('2026')) expect(later.text).toContain(germanDay(service.intake.opensOn));
      else expect(later).toBeUndefined();
      return service.intake;
    };
    const paused = 'Aufnahmestopp bis einschließlich';
    expect([await pause('2026-06-15'), await pause('2026-07-10'), await pause('2026-07-31')]).toEqual([
      { isOpen: false, opensOn: '2026-07-01', reason: `${paused} 15.06.2026; ${july}` },
      { isOpen: false, opensOn: '2026-07-11', reason: `${paused} 10.07.2026` },
      { isOpen: false, opensOn: null, reason: `${paused} 31.07.2026; ${reason}` },
    ]);
    // Who pauses "for ever" says so, and the finder knows no later day either.
    expect(await pause('9999-12-31')).toEqual({ isOpen: false, opensOn: null, reason: `${paused} 31.12.9999` });
    // Where the programme is over nothing closes it any more, unless another one does.
    const until = (day: string | null) => made(world, 'edit', { id: programme.id, input: { until: day } });
    await until('2026-12-31');
    const again = (day: string) => `Programm „Gemeinsam in Arbeit“: nächste Aufnahme ab ${day}`;
    expect(await pause('2026-07-31')).toEqual({
      isOpen: false,
      opensOn: '2027-01-01',
      reason: `${paused} 31.07.2026; ${again('01.01.2027')}`,
    });
    const other = await made(world, 'found', { input: inputFor(world, { published: true, until: '9999-12-31' }) });
    const third = {
      ...ROUND,
      from: '2026-12-01',
      until: '2027-12-31',
      intakeFrom: '2027-03-01',
      intakeUntil: '2027-03-31',
    };
    await made(world, 'addRound', { programme: other.id, input: { ...third, services: [world.service.id] } });
    expect(await pause('2026-07-31')).toMatchObject({ opensOn: '2027-03-01' });
    expect(await pause('2027-03-31')).toMatchObject({ opensOn: null });
    await made(world, 'edit', { id: other.id, input: { published: false } });
    await until(null);
    await pause(null);
    hub.setNow(new Date('2026-07-01T10:00:00Z'));
    expect(await find()).toMatchObject({ serviceMatches: { totalCount: 1 }, service: open });
    await take(hub, world.caseworker, 'SEND', world.referral.id);
    // Once the programme is over it closes nothing.
    hub.setNow(new Date('2027-02-01T10:00:00Z'));
    expect((await find()).serviceMatch.blockers).toEqual(['INTAKE_PAUSED']);
    await made(world, 'edit', { id: programme.id, input: { until: '2026-12-31' } });
    expect((await find()).serviceMatch.blockers).toEqual([]);
  });

  test('has services of the leading network, each in one window at a time', async () => {
    const world = await hub.given();
    const other = await hub.given();
    const programme = await made(world, 'found', { input: inputFor(world) });
    const add = (own: object) =>
      ask(world.coordinator, 'addRound', { programme: programme.id, input: { ...ROUND, ...own } });
    const services = [world.service.id];
    expect((await add({ services: [world.service.id, other.service.id] })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'services', '1'] },
    ]);
    expect((await add({ services })).userErrors).toEqual([]);
    expect((await add({ services, intakeFrom: '2026-06-30', intakeUntil: '2026-07-31' })).userErrors).toMatchObject([
      { code: 'DUPLICATE', path: ['input', 'services'] },
    ]);
    const { programme: two } = await add({ services, intakeFrom: '2026-07-01', intakeUntil: '2026-07-31' });
    expect(two.rounds.totalCount).toBe(2);
    const id = two.rounds.nodes[1].id;
    const edit = (input: object) => ask(world.coordinator, 'editRound', { id, input });
    expect((await edit({ intakeFrom: '2026-06-30' })).userErrors).toMatchObject([{ code: 'DUPLICATE' }]);
    for (const [input, path] of [
      [{ until: '2025-01-01' }, 'until'],
      [{ intakeUntil: '2026-06-01' }, 'intakeUntil'],
      [{ intakeUntil: '2027-01-01' }, 'intakeUntil'],
      [{ places: -1 }, 'places'],
      [{ participantsElsewhere: 12 }, 'elsewhereSource'],
      [{ fieldsOfWork: ['99999'] }, 'fieldsOfWork'],
    ] as const)
      expect((await edit(input)).userErrors[0]).toMatchObject({
        code: 'INVALID_INPUT',
        path: expect.arrayContaining(['input', path]),
      });
    const missing = await ask(world.coordinator, 'addRound', {
      programme: programme.id,
      input: { ...ROUND, places: null },
    });
    expect(missing.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'places'] }]);
  });

  test('lies within the period of its programme, whichever of the two is edited', async () => {
    const world = await hub.given();
    const { id, version } = await made(world, 'found', { input: inputFor(world, { until: '2026-12-31' }) });
    const add = (own: object) => ask(world.coordinator, 'addRound', { programme: id, input: { ...ROUND, ...own } });
    const outside = [
      [{ from: '2025-12-31' }, 'from', 'Das Programm beginnt erst am 01.01.2026.'],
      [{ from: '2027-01-01', until: '2027-06-30', intakeUntil: '2027-06-30' }, 'from', 'Das Programm endet am'],
      [{ until: '2027-01-01' }, 'until', 'Das Programm endet am 31.12.2026'],
      [{ until: null }, 'until', 'Das Programm endet am 31.12.2026'],
    ] as const;
    const refused = (path: string, message: string) => ({
      programme: null,
      userErrors: [
        {
          code: 'INVALID_INPUT',
          path: ['input', path],
          message: expect.stringContaining(message),
          currentVersion: null,
        },
      ],
    });
    for (const [own, path, message] of outside) expect(await add(own)).toEqual(refused(path, message));
    expect((await read(world.coordinator, id)).version).toBe(version);
    const whole = await add({});
    expect(whole.userErrors).toEqual([]);
    const round = whole.programme.rounds.nodes[0].id;
    for (const [input, path, message] of outside)
      expect(await ask(world.coordinator, 'editRound', { id: round, input })).toEqual(refused(path, message));
    const edit = (input: object) => ask(world.coordinator, 'edit', { id, input });
    expect(await edit({ from: '2026-01-02' })).toEqual(refused('from', 'Der 1. Durchlauf beginnt früher.'));
    expect(await edit({ until: '2026-12-30' })).toEqual(
      refused('until', 'Der 1. Durchlauf endet später oder gar nicht.'),
    );
    await made(world, 'edit', { id, input: { from: '2025-01-01', until: null } });
    await made(world, 'editRound', { id: round, input: { until: null } });
    expect(await edit({ until: '2030-12-31' })).toEqual(
      refused('until', 'Der 1. Durchlauf endet später oder gar nicht.'),
    );
    // What lies outside since before this was so is edited all the same, as far as its days stay.
    await hub.owner().execute(`update programme set ends_on = '2026-06-30' where id = ?`, [id]);
    await made(world, 'editRound', { id: round, input: { places: 5, until: null } });
    await made(world, 'edit', { id, input: { title: 'Anders', until: '2026-06-30' } });
  });

  test('keeps its days and services once it was counted, so that no two figures differ by a person', async () => {
    const world = await hub.given({ status: ReferralStatus.ACCEPTED, referrals: 6, total: null });
    const owner = hub.owner();
    await owner.execute(`update referral set accepted_at = '2026-04-10T10:00:00Z' where id = any(?::uuid[])`, [
      `{${world.referrals.map(one => one.id).join()}}`,
    ]);
    await owner.execute(`update referral set accepted_at = '2026-04-28T10:00:00Z' where id = ?`, [
      world.referrals[0]!.id,
    ]);
    const services = [world.service.id];
    const found = () => made(world, 'found', { input: inputFor(world, { published: true }) });
    const { id, slug } = await found();
    const window = { ...ROUND, intakeFrom: '2026-04-01', intakeUntil: '2026-04-28' };
    const added = await made(world, 'addRound', { programme: id, input: { ...window, services } });
    const round = added.rounds.nodes[0].id;
    const look = async (moment: string) => {
      hub.setNow(new Date(moment));
      await hub.runClock();
      return (await read(world.anonymous, slug)).rounds.nodes.map(
        (one: { figures: { asOf: string | null; participants: number | null } }) => [
          one.figures.asOf,
          one.figures.participants,
        ],
      );
    };
    // On the day of its entry nothing is counted, and slips are corrected: also by a round of another programme.
    expect(await look('2026-06-10T21:59:00Z')).toEqual([[null, null]]);
    await made(world, 'editRound', { id: round, input: { services: [], intakeFrom: '2026-03-01' } });
    const other = await found();
    const { rounds: others } = await made(world, 'addRound', { programme: other.id, input: { ...window, services } });
    const taken = await ask(world.coordinator, 'editRound', { id: round, input: { services } });
    expect(taken.userErrors).toMatchObject([{ code: 'DUPLICATE', path: ['input', 'services'] }]);
    await made(world, 'editRound', { id: others.nodes[0].id, input: { services: [] } });
    await made(world, 'editRound', { id: round, input: { ...window, services } });
    expect(await look('2026-06-10T22:01:00Z')).toEqual([['2026-05-31', 6]]);

    const edit = (input: object) => ask(world.coordinator, 'editRound', { id: round, input });
    const before = await read(world.coordinator, slug);
    for (const [input, path] of [
      [{ services: [] }, ['services']],
      [{ services: null }, ['services']],
      [{ services: [world.service.id, world.anker.id] }, ['services', '1']],
      [{ intakeFrom: '2026-03-31' }, ['intakeFrom']],
      [{ intakeFrom: '2026-04-02' }, ['intakeFrom']],
      [{ intakeUntil: '2026-04-27' }, ['intakeUntil']],
      [{ intakeUntil: '2026-04-29' }, ['intakeUntil']],
      [{ intakeUntil: '2026-05-30' }, ['intakeUntil']],
    ] as const)
      expect((await edit(input)).userErrors).toMatchObject([
        { code: 'INVALID_INPUT', path: ['input', ...path], message: expect.stringContaining('Bis zum 31.05.2026 ist') },
      ]);
    expect(await read(world.coordinator, slug)).toEqual(before);
    const again = await ask(world.coordinator, 'addRound', {
      programme: other.id,
      input: { ...window, intakeUntil: '2026-04-27', services },
    });
    expect(again.userErrors).toMatchObject([{ code: 'DUPLICATE', path: ['input', 'services'] }]);

    // What changes no window may be edited; a window that is extended moves by nobody alone.
    await made(world, 'editRound', { id: round, input: { ...window, services, places: 31 } });
    await made(world, 'editRound', { id: round, input: { intakeUntil: '2026-06-30' } });
    await owner.execute(`update referral set accepted_at = '2026-06-12T10:00:00Z' where id = ?`, [
      world.referrals[1]!.id,
    ]);
    expect(await look('2026-07-02T10:00:00Z')).toEqual([['2026-06-30', 6]]);
    await made(world, 'editRound', { id: round, input: { intakeUntil: '2026-07-31' } });
    await made(world, 'editRound', { id: round, input: { intakeUntil: '2026-06-30' } });
    // A day of its own tells nothing, neither of somebody nor of nobody, and so the programme tells no sum.
    const day = { ...ROUND, services, intakeFrom: '2026-07-01', intakeUntil: '2026-07-01' };
    await made(world, 'addRound', { programme: id, input: day });
    expect(await look('2026-08-02T10:00:00Z')).toEqual([
      ['2026-07-31', 6],
      ['2026-07-31', null],
    ]);
    expect((await read(world.anonymous, slug)).figures).toMatchObject({ participants: null, started: null });
  });

  test('counts of each client no more than her caseworker is told', async () => {
    const ANYTHING = { started: null, completed: null, aborted: null, employed: null, sustained: null };
    const GONE = { started: 6, completed: 6, aborted: 0, sustained: 0 };
    for (const [level, told] of [
      [FeedbackLevel.NONE, { participants: null, ...ANYTHING }],
      [FeedbackLevel.RECEIVED_ONLY, { participants: 6, started: 0, completed: 0, aborted: 0, employed: 0 }],
      [FeedbackLevel.STATUS, { participants: 6, ...GONE, employed: 0 }],
      [FeedbackLevel.STATUS_AND_OUTCOME, { participants: 6, ...GONE, employed: 6 }],
    ] as const) {
      hub.setNow(NOW);
      const world = await hub.given({ status: ReferralStatus.COMPLETED, referrals: 6, total: null, level });
      await hub.owner().execute(
        `update referral set accepted_at = '2026-06-05T10:00:00Z', started_on = '2026-06-08', outcome = 'EMPLOYED',
           ended_at = '2026-06-20T10:00:00Z' where service_id = ?`,
        [world.service.id],
      );
      const { id, slug } = await made(world, 'found', { input: inputFor(world, { published: true }) });
      await made(world, 'addRound', { programme: id, input: { ...ROUND, services: [world.service.id] } });
      hub.setNow(new Date('2026-07-02T10:00:00Z'));
      await hub.runClock();
      expect((await read(world.anonymous, slug)).figures, level).toMatchObject({ asOf: '2026-06-30', ...told });
    }
  });

  test('counts once a month who took part by referrals, and tells no small figure', async () => {
    const world = await hub.given({ status: ReferralStatus.COMPLETED, referrals: 24, total: null });
    const owner = hub.owner();
    const ids = world.referrals.map(one => one.id);
    const set = (which: readonly string[], columns: string) =>
      owner.execute(`update referral set ${columns} where id = any(?::uuid[])`, [`{${which.join()}}`]);
    await set(
      ids,
      `accepted_at = '2026-06-30T21:59:00Z', started_on = '2026-07-01', ended_at = '2026-09-30T10:00:00Z', outcome = 'NO_DETAIL'`,
    );
    await set(ids.slice(0, 12), `outcome = 'EMPLOYED'`);
    await set(ids.slice(18, 23), `status = 'ABORTED', outcome = null`);
    await set(ids.slice(23), `accepted_at = '2026-06-30T22:00:00Z'`); // July in Berlin
    for (const id of ids.slice(0, 7))
      await owner.execute(
        `insert into referral_follow_up (referral_id, network_id, months, due_on, recorded_at, still_employed, subsidised, subject_to_social_insurance)
         values (?, ?, 6, '2027-03-30', '2027-03-31T10:00:00Z', true, false, true)`,
        [id, world.network.id],
      );
    const { id, slug } = await made(world, 'found', { input: inputFor(world, { published: true }) });
    await made(world, 'addRound', {
      programme: id,
      input: { ...ROUND, services: [world.service.id], participantsElsewhere: 12, elsewhereSource: 'Jahresbericht' },
    });
    const figures = async (moment: string) => {
      hub.setNow(new Date(moment));
      await hub.runClock();
      const { figures: sum, rounds } = await read(world.anonymous, slug);
      expect(rounds.nodes[0].figures).toEqual(sum);
      return sum;
    };
    expect(await figures('2026-06-11T10:00:00Z')).toMatchObject({
      asOf: null,
      participants: null,
      participantsElsewhere: 12,
    });
    const july = {
      participants: 23,
      participantsElsewhere: 12,
      participantsInAll: 35,
      started: 0,
      completed: 0,
      aborted: 0,
      employed: 0,
      sustained: 0,
    };
    expect(await figures('2026-07-11T10:00:00Z')).toEqual({ asOf: '2026-06-30', ...july });
    expect(await figures('2026-10-01T10:00:00Z')).toEqual({
      asOf: '2026-09-30',
      ...july,
      started: 23,
      completed: 18,
      aborted: 5,
      employed: 12,
      sustained: 0,
    });
    // Seven of twelve are still in work: the other five may be told too. An eighth would leave four.
    expect(await figures('2027-05-02T10:00:00Z')).toMatchObject({ asOf: '2027-04-30', employed: 12, sustained: 7 });
    // A single one more changes nothing that is told.
    await set(ids.slice(0, 1), `status = 'ENTERED_IN_ERROR', outcome = null`);
    expect(await figures('2027-06-02T10:00:00Z')).toMatchObject({
      asOf: '2027-05-31',
      participants: 23,
      employed: 12,
      sustained: 7,
    });
    // Exact counts are nowhere to be read, in the database neither.
    await set(ids.slice(0, 20), `status = 'ENTERED_IN_ERROR', outcome = null`);
    const few = await figures('2027-07-02T10:00:00Z');
    expect(few).toMatchObject({ participants: null, completed: null, aborted: null, participantsInAll: null });
    const stored = await hub
      .nobody()
      .execute(
        'select f.participants from programme_round_figures f join programme_round r on r.id = f.round_id where r.programme_id = ?',
        [id],
      );
    expect(stored).toEqual([{ participants: null }]);
  });
});

test('a page of services tells of each whether it takes people, by one statement', async () => {
  const world = await hub.given();
  const { id } = await made(world, 'found', { input: inputFor(world, { published: true }) });
  const query = 'query ($network: String!) { services(network: $network) { nodes { id intake { isOpen reason } } } }';
  const asked = async () => {
    const told: Record<string, { isOpen: boolean; reason: string | null }> = {};
    const sent = await hub.statements(async () => {
      const { data } = await hub.as(world.anonymous, query, { network: world.network.slug });
      for (const one of data.services.nodes) told[one.id] = one.intake;
    });
    return { told, count: sent.filter(one => /^select |^with /.test(one)).length };
  };
  const before = await asked();
  const others = await hub.owner().execute<{ id: string }[]>(
    `insert into service (partner_id, network_id, name, status, intake_paused_until, delivery_modes, languages, feedback_level)
     select ?, network_id, name || n, case when n = 2 then 'PAUSED' else status end,
       case n when 3 then date '2026-06-10' when 5 then date '9999-12-31' end, delivery_modes, languages, feedback_level
     from service, generate_series(1, 5) n where id = ? order by n returning id`,
    [world.brücke.id, world.service.id],
  );
  const [inRound, atRest, paused, plain, never] = others.map(one => one.id) as [string, string, string, string, string];
  const input = { ...ROUND, intakeUntil: '2026-06-09', services: [inRound] };
  await made(world, 'addRound', { programme: id, input });
  const { told, count } = await asked();
  expect(count).toBe(before.count);
  const none = 'Programm „Gemeinsam in Arbeit“: kein weiterer Durchlauf bekannt';
  const expected = [
    [world.service.id, null],
    [inRound, none],
    [atRest, 'ruht zurzeit'],
    [paused, 'Aufnahmestopp bis einschließlich 10.06.2026'],
    [plain, null],
    [never, 'Aufnahmestopp bis einschließlich 31.12.9999'],
  ] as const;
  expect(told).toEqual(Object.fromEntries(expected.map(([one, reason]) => [one, { isOpen: reason === null, reason }])));
  // Of a partner that is archived its caseworkers read on, and send nothing.
  await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [world.anker.id]);
  const { data } = await hub.as(
    world.caseworker,
    'query ($id: ID!) { service(id: $id) { status intake { isOpen opensOn reason } } }',
    { id: world.service.id },
  );
  expect(data.service).toEqual({
    status: 'ACTIVE',
    intake: { isOpen: false, opensOn: null, reason: 'der Partner nimmt nicht am Netzwerk teil' },
  });
});

test('pages of programmes take as many statements, however many rounds they have', async () => {
  const world = await hub.given();
  const query = `query ($network: String!) { programmes(filter: { network: $network }) { nodes { ${PROGRAMME} } } }`;
  const statements = async () => {
    const sent = await hub.statements(async () => {
      expect((await hub.as(world.anonymous, query, { network: world.network.slug })).errors).toBeUndefined();
    });
    return sent.filter(one => /^select |^with /.test(one)).length;
  };
  const add = async (service: string | null, month: string) => {
    const { id } = await made(world, 'found', {
      input: inputFor(world, { published: true, partners: [world.anker.id], instruments: ['sgb2-16e'] }),
    });
    const input = {
      ...ROUND,
      intakeFrom: `${month}-01`,
      intakeUntil: `${month}-28`,
      services: service ? [service] : [],
      fieldsOfWork: ['82'],
    };
    const { rounds } = await made(world, 'addRound', { programme: id, input });
    await made(world, 'addRound', { programme: id, input: { ...input, services: [] } });
    await made(world, 'month', {
      round: rounds.nodes[0].id,
      input: { month: '2026-02-01', places: 1, benefitCents: 1, subsidyCents: 1 },
    });
  };
  await add(world.service.id, '2026-01');
  const one = await statements();
  await add(world.service.id, '2026-02');
  await add(world.service.id, '2026-03');
  expect(await statements()).toBe(one);
});
