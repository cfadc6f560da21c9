import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANONYMOUS, type Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';

const hub = testHub('need_overview');
afterAll(() => hub.setNow(undefined));

const ASK = `query ($need: ID!, $networks: [String!]) { networkByNeed(need: $need, networks: $networks) {
  network { slug } need { code } partnerCount serviceCount usableServices places { services total free }
  partners { totalCount nodes { name } } services { totalCount nodes { name } }
  measures { totalCount nodes { title } }
  lastContact { confirmedOn answeredOn } knowledge { topic { code } staff declared trained used } staffContacts { team function phone }
  gaps { category { code } events open } openCases { countedOn cases allCases }
} }`;

let world: Awaited<ReturnType<typeof hub.given>>;
const rows = (text: string, ...values: unknown[]) => hub.owner().execute(text, values);
const ask = async (viewer: Viewer, need = 'addiction', networks: string[] | null = [world.network.slug]) => {
  const { data, errors } = await hub.as(viewer, ASK, { need, networks });
  expect(errors).toBeUndefined();
  return data.networkByNeed;
};
const one = async (viewer: Viewer, need?: string) => (await ask(viewer, need))[0];

/** Twelve clients with an addiction, and one with debt; Anker's service is made for addiction, and tells little. */
beforeAll(async () => {
  hub.setNow(new Date('2026-03-10T09:00:00.000Z'));
  world = await hub.given({ referrals: 13, total: 20, category: 'addiction-counselling' });
  const { service, network, anker, brücke } = world;
  await rows(`insert into service_need (service_id, need_code) values (?, 'addiction')`, service.id);
  await rows(
    `update service set feedback_level = 'RECEIVED_ONLY', confirmed_at = '2026-02-01' where id = ?`,
    service.id,
  );
  await rows(`update partner set confirmed_at = '2026-01-01' where id in (?, ?)`, anker.id, brücke.id);
  await rows('update service_capacity set reserved = 0, occupied_elsewhere = 0 where service_id = ?', service.id);
  await rows(`update client_case_health set needs = '{debt}' where client_case_id = ?`, world.cases[0]!.id);
  await rows(
    `insert into service_answer (service_id, answered_on, working_days, answers, taken_back, taken_back_in) values
       (?, '2026-01-15', 1, 1, 0, null), (?, '2026-02-10', 1, 1, 1, '2026-02-01'), (?, '2026-03-05', 1, 1, 0, null)`,
    service.id,
    service.id,
    service.id,
  );
  const gap = (month: string, category: string, events: number, status = 'OPEN') =>
    rows(
      `insert into gap (network_id, municipality_key, category_code, reason, month, withheld_in, events, status)
       values (?, ?, ?, ?, ?, ?, ?, ?)`,
      network.id,
      world.home.key,
      category,
      status === 'OPEN' ? 'NO_CAPACITY' : 'NO_ANSWER',
      month,
      month,
      events,
      status,
    );
  await gap('2026-02-01', 'addiction-counselling', 3);
  await gap('2026-02-01', 'addiction-counselling', 2, 'CLOSED');
  await gap('2025-04-01', 'addiction-counselling', 1);
  await gap('2025-03-01', 'addiction-counselling', 50); // too long ago
  await gap('2026-02-01', 'job-coaching', 9); // nothing for the need is of this kind
});

test('tells everybody what is published, and nobody else what is not', async () => {
  const { network } = world;
  const open = await one(ANONYMOUS);
  expect(open).toEqual({
    network: { slug: network.slug },
    need: { code: 'addiction' },
    partnerCount: 1,
    serviceCount: 1,
    usableServices: null,
    places: { services: 1, total: 20, free: 6 }, // of 20, rounded
    partners: { totalCount: 1, nodes: [{ name: 'Anker' }] },
    services: { totalCount: 1, nodes: [{ name: 'Beratung' }] },
    measures: { totalCount: 0, nodes: [] },
    lastContact: null,
    knowledge: null,
    staffContacts: null,
    gaps: null,
    openCases: null,
  });
  expect(await one(world.foreigner)).toEqual({ ...open, usableServices: 0 });
  expect(await one(world.foreignCoordinator)).toEqual({ ...open, usableServices: 0 });
  expect(await one(ANONYMOUS, 'refugee')).toMatchObject({
    partnerCount: 0,
    serviceCount: 0,
    places: { services: 0, free: 0 },
  });
});

test('tells members when somebody last heard, of discreet services no day of an answer', async () => {
  const member = { lastContact: { confirmedOn: '2026-02-01', answeredOn: null }, gaps: null, openCases: null };
  expect(await one(world.caseworker)).toMatchObject(member);
  expect(await one(world.partner)).toMatchObject(member);
  const { service } = world;
  await rows(`update service set feedback_level = 'STATUS' where id = ?`, service.id);
  expect(await one(world.caseworker)).toMatchObject({
    lastContact: { answeredOn: '2026-03-05' },
    places: { free: 20 },
  });
  await rows(`update service set feedback_level = 'RECEIVED_ONLY' where id = ?`, service.id);
});

test('tells which networks one can use: the own, and what others share with it', async () => {
  const { network, elsewhere } = world;
  expect((await one(world.caseworker)).usableServices).toBe(1);
  const usable = async () => (await one(world.foreigner)).usableServices;
  const [agreement] = await rows(
    `insert into sharing_agreement (network_id, receiver_id, starts_on, status, proposer_id, proposed_at)
     values (?, ?, '2026-03-01', 'PROPOSED', ?, now()) returning id`,
    network.id,
    elsewhere.id,
    network.id,
  );
  expect(await usable()).toBe(0);
  await rows(`update sharing_agreement set status = 'AGREED', agreed_at = now() where id = ?`, agreement!.id);
  expect(await usable()).toBe(1);
  await rows(`update sharing_agreement set ends_on = '2026-03-09' where id = ?`, agreement!.id);
  expect(await usable()).toBe(0);
  await rows('delete from sharing_agreement where id = ?', agreement!.id);
});

test('counts no service that takes nobody today, paused or closed by a round of a programme', async () => {
  const { service, network, caseworker } = world;
  const open = { services: 1, total: 20, free: 6 };
  const none = { services: 0, total: 0, free: 0 };
  const counted = async () => {
    const { places, usableServices, serviceCount } = await one(caseworker);
    expect(serviceCount).toBe(1);
    return [places, usableServices];
  };
  const pause = (until: string | null) =>
    rows('update service set intake_paused_until = ? where id = ?', until, service.id);
  await pause('2026-03-10');
  expect(await counted()).toEqual([none, 0]);
  await pause('2026-03-09');
  expect(await counted()).toEqual([open, 1]);
  await pause(null);
  const [programme] = await rows(
    `insert into programme (network_id, slug, title, starts_on, ends_on, published)
     values (?, 'runde', 'Runde', '2026-01-01', '2026-12-31', true) returning id`,
    network.id,
  );
  const [round] = await rows(
    `insert into programme_round (programme_id, number, starts_on, ends_on, intake_from, intake_until, places, entered_on)
     values (?, 1, '2026-04-01', '2026-12-31', '2026-03-11', '2026-05-31', 5, '2026-03-01') returning id`,
    programme!.id,
  );
  await rows('insert into programme_round_service (round_id, service_id) values (?, ?)', round!.id, service.id);
  expect(await counted()).toEqual([none, 0]);
  await rows(`update programme_round set intake_from = '2026-03-10' where id = ?`, round!.id);
  expect(await counted()).toEqual([open, 1]);
  await rows('delete from programme_round_service where round_id = ?', round!.id);
});

test('tells the office what staff know, and members whom to ask', async () => {
  const { network, elsewhere } = world;
  const team = async (where: { id: string }, name: string, staff: number, topics: string) => {
    const [row] = await rows(
      'insert into team (network_id, name, staff) values (?, ?, ?) returning id',
      where.id,
      name,
      staff,
    );
    await rows(
      `insert into team_contact (team_id, responsibility, topics, phone, position) values (?, 'Ansprechstelle', ?, '0221 4710', 0)`,
      row!.id,
      topics,
    );
    await rows(
      `insert into knowledge_report (team_id, topic_code, reported_on, declared, used) values (?, 'addiction', '2026-01-01', 2, 1)`,
      row!.id,
    );
  };
  await team(network, 'Team A', 10, '{addiction}');
  await team(network, 'Team B', 5, '{debt}');
  await team(elsewhere, 'Team C', 7, '{addiction}');
  expect(await one(world.caseworker)).toMatchObject({
    knowledge: [{ topic: { code: 'addiction' }, staff: 15, declared: 4, trained: 0, used: 2 }],
    staffContacts: [{ team: 'Team A', function: 'Ansprechstelle', phone: '0221 4710' }],
  });
  expect((await one(world.caseworker, 'debt')).staffContacts).toMatchObject([{ team: 'Team B' }]);
  expect(await one(world.partner)).toMatchObject({ knowledge: null, staffContacts: [{ team: 'Team A' }] });
  expect(await one(world.coordinator)).toMatchObject({ knowledge: [{ declared: 4 }] });
  expect(await one(world.foreigner)).toMatchObject({ knowledge: null, staffContacts: null });
});

test('tells the coordination what is missing, and cases in whole fives, counted once a month', async () => {
  const { coordinator } = world;
  const gaps = [{ category: { code: 'addiction-counselling' }, events: 6, open: 2 }];
  expect(await one(coordinator)).toMatchObject({ gaps, openCases: null });
  await hub.runClock();
  const counted = { countedOn: '2026-03-10', cases: 10, allCases: 10 };
  expect(await one(coordinator)).toMatchObject({ gaps, openCases: counted });
  expect((await one(coordinator, 'debt')).openCases).toEqual({ ...counted, cases: null });
  expect((await one(coordinator, 'refugee')).openCases).toEqual({ ...counted, cases: null });
  // What comes and goes within the month shows with the next.
  await rows(
    `update client_case set status = 'CLOSED' where id in (?, ?, ?)`,
    ...world.cases.slice(1, 4).map(({ id }) => id),
  );
  hub.setNow(new Date('2026-03-31T09:00:00.000Z'));
  await hub.runClock();
  expect((await one(coordinator)).openCases).toEqual(counted);
  hub.setNow(new Date('2026-04-01T09:00:00.000Z'));
  await Promise.all([hub.runClock(), hub.runClock()]);
  expect((await one(coordinator)).openCases).toEqual({ countedOn: '2026-04-01', cases: 5, allCases: 10 });
  expect(
    await Promise.all(
      [world.caseworker, world.partner, world.auditor].map(async viewer => (await one(viewer)).openCases),
    ),
  ).toEqual([null, null, null]);
});

test('keeps the counts of a network behind policies too', async () => {
  const { coordinator, caseworker, foreignCoordinator } = world;
  const seen = async (viewer: Viewer) => {
    const [row] = await hub
      .inDatabase(viewer)
      .execute('select count(*)::int as count from need_caseload where network_id = ?', [world.network.id]);
    return row!.count > 0;
  };
  expect([await seen(coordinator), await seen(caseworker), await seen(foreignCoordinator)]).toEqual([
    true,
    false,
    false,
  ]);
  expect((await hub.nobody().execute('select from need_caseload')).length).toBe(0);
  // And the application alone keeps them, too.
  await rows('alter table need_caseload disable row level security');
  expect((await one(caseworker)).openCases).toBeNull();
  expect((await one(foreignCoordinator)).openCases).toBeNull();
  expect((await one(coordinator)).openCases).not.toBeNull();
  await rows('alter table need_caseload enable row level security');
});

test('names the measures that one may see and that are not over', async () => {
  const { network, coordinator, caseworker } = world;
  const plan = async (title: string, adopted: string | null, published: boolean, closed: string | null = null) => {
    const [row] = await rows(
      `insert into action_plan (network_id, title, "from", "until", adopted_on, published, closed_on)
       values (?, ?, '2026-01-01', '2026-12-31', ?, ?, ?) returning id`,
      network.id,
      title,
      adopted,
      published,
      closed,
    );
    for (const [need, status] of [
      ['addiction', 'UNDER_WAY'],
      ['addiction', 'DONE'],
      ['debt', 'UNDER_WAY'],
    ])
      await rows(
        `insert into plan_measure (plan_id, network_id, position, field, title, owner, needs, starts_on, due_on, status,
           unit, baseline, target, indicator)
         values (?, ?, 0, 'NETWORK', ?, 'Netz', ?, '2026-01-01', '2026-12-31', ?, 'COUNT', 0, 1, 'MANUAL')`,
        row!.id,
        network.id,
        `${title} ${status}`,
        `{${need}}`,
        status,
      );
  };
  await plan('Entwurf', null, false);
  await plan('Beschlossen', '2026-01-01', false);
  await plan('Öffentlich', '2026-01-01', true);
  await plan('Vorbei', '2026-01-01', true, '2026-02-01');
  const titles = async (viewer: Viewer) =>
    (await one(viewer)).measures.nodes.map(({ title }: { title: string }) => title).sort();
  expect(await titles(ANONYMOUS)).toEqual(['Öffentlich UNDER_WAY']);
  expect(await titles(caseworker)).toEqual(['Beschlossen UNDER_WAY', 'Öffentlich UNDER_WAY']);
  expect(await titles(coordinator)).toEqual(['Beschlossen UNDER_WAY', 'Entwurf UNDER_WAY', 'Öffentlich UNDER_WAY']);
});

test('looks at published partners only, and refuses what is not there', async () => {
  const nothing = { partnerCount: 0, serviceCount: 0, services: { totalCount: 0 }, partners: { totalCount: 0 } };
  await rows(`update partner set status = 'PENDING' where id = ?`, world.anker.id);
  expect(await one(world.coordinator)).toMatchObject({ ...nothing, places: { total: 0 }, gaps: [] });
  await rows(`update partner set status = 'ACTIVE' where id = ?`, world.anker.id);
  await rows(`update service set status = 'CLOSED' where id = ?`, world.service.id);
  expect(await one(world.coordinator)).toMatchObject({ ...nothing, lastContact: { confirmedOn: null } });
  await rows(`update service set status = 'ACTIVE' where id = ?`, world.service.id);
  for (const [variables, argument] of [
    [{ need: 'nonsense' }, 'need'],
    [{ need: 'addiction', networks: ['nirgends'] }, 'networks'],
  ] as const)
    expect((await hub.as(ANONYMOUS, ASK, variables)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument } },
    ]);
});

test('is the same number of statements for one network and for many', async () => {
  await hub.given();
  const reads = async (networks: string[] | null) => {
    const sent = await hub.statements(() => ask(world.coordinator, 'addiction', networks));
    return sent.filter(one => /^(with|select) /.test(one) && !/ from "?(account|membership)|set_config/.test(one))
      .length;
  };
  expect((await ask(world.coordinator, 'addiction', null)).length).toBeGreaterThanOrEqual(4);
  expect(await reads(null)).toBe(await reads([world.network.slug, world.elsewhere.slug]));
});
