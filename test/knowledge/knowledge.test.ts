import { beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { anonymous, both, coordinatorOf, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('knowledge');
const NOW = new Date('2026-03-10T09:00:00Z');
const ERRORS = 'userErrors { code path }';

let world: Awaited<ReturnType<typeof hub.given>>;
let network: string;
let coordinator: Viewer;
let stranger: Viewer;

// biome-ignore lint/suspicious/noExplicitAny: the answer of any mutation
async function mutate(viewer: Viewer, text: string, variables: object = {}): Promise<any> {
  const { data, errors } = await hub.as(viewer, `mutation ${text}`, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0];
}

// biome-ignore lint/suspicious/noExplicitAny: the answer of any query
async function read(viewer: Viewer, text: string, variables: object = {}): Promise<any> {
  const { data, errors } = await hub.as(viewer, text, variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0];
}

const count = async (table: string): Promise<number> =>
  (await hub.owner().execute<{ count: number }[]>(`select count(*)::int as count from ${table}`))[0]!.count;

const TEAM = `team { id version name staff dissolvedOn location { id } contacts { function phone email topics { code } } } ${ERRORS}`;
const found = (viewer: Viewer, input: object, slug = network) =>
  mutate(viewer, `($slug: String!, $input: TeamInput!) { teamFound(network: $slug, input: $input) { ${TEAM} } }`, {
    slug,
    input,
  });
const edit = (viewer: Viewer, id: string, input: object, expectedVersion?: number) =>
  mutate(
    viewer,
    `($id: ID!, $input: TeamInput!, $expectedVersion: Int) { teamEdit(id: $id, input: $input, expectedVersion: $expectedVersion) { ${TEAM} } }`,
    { id, input, expectedVersion },
  );

beforeAll(async () => {
  hub.setNow(NOW);
  world = await hub.given({ referrals: 6, total: 10 });
  network = world.network.slug;
  coordinator = world.coordinator;
  stranger = coordinatorOf(world.elsewhere);
});

const teams: Record<string, string> = {};

describe('a team', () => {
  test('is founded and edited by the coordination, named once, with functions to ask', async () => {
    const contact = { function: 'Ansprechstelle Sucht', topics: ['addiction'], phone: '+49 221 4710 100' };
    for (const [input, path] of [
      [{ staff: 4 }, 'input.name'],
      [{ name: 'Team Nord' }, 'input.staff'],
      [{ name: 'Team Nord', staff: -1 }, 'input.staff'],
      [{ name: 'Team Nord', staff: 4, staffFrom: '2026-01-01' }, 'input.staffFrom'],
      [{ name: 'Team Nord', staff: 4, location: '5b0f7a56-9d0c-4a2e-8f5b-000000000000' }, 'input.location'],
      [{ name: 'Team Nord', staff: 4, contacts: [{ ...contact, topics: ['nonsense'] }] }, 'input.contacts.0.topics.0'],
      [{ name: 'Team Nord', staff: 4, contacts: [{ function: 'Niemand' }] }, 'input.contacts.0.phone'],
      [{ name: 'Team Nord', staff: 4, contacts: [{ ...contact, phone: 'keine' }] }, 'input.contacts.0.phone'],
    ] as const)
      expect(await found(coordinator, input)).toMatchObject({
        userErrors: [{ code: 'INVALID_INPUT', path: path.split('.') }],
      });
    expect(await found(stranger, { name: 'Team Nord', staff: 4 })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['network'] }],
    });
    await expect(found(world.caseworker, { name: 'Team Nord', staff: 4 })).rejects.toThrow('FORBIDDEN');
    expect(await count('team')).toBe(0);

    const { team } = await found(coordinator, {
      name: 'Team Nord',
      staff: 4,
      location: world.location.id,
      contacts: [contact, { function: 'Leitung', email: 'leitung@jobcenter.example' }],
    });
    expect(team).toMatchObject({
      staff: 4,
      location: { id: world.location.id },
      contacts: [
        { function: 'Ansprechstelle Sucht', topics: [{ code: 'addiction' }], email: null },
        { function: 'Leitung', topics: [], phone: null },
      ],
    });
    teams.nord = team.id;
    expect(await found(coordinator, { name: 'Team Nord', staff: 9 })).toMatchObject({
      userErrors: [{ code: 'DUPLICATE', path: ['input', 'name'] }],
    });
    teams.süd = (await found(coordinator, { name: 'Team Süd', staff: 10 })).team.id;
    teams.alt = (await found(coordinator, { name: 'Team Alt', staff: 50 })).team.id;
    expect(await edit(coordinator, teams.süd!, { name: 'Team Nord' })).toMatchObject({
      userErrors: [{ code: 'DUPLICATE' }],
    });
    expect(await edit(coordinator, teams.nord!, { staff: 5 }, 7)).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });
    expect(await edit(stranger, teams.nord!, { staff: 5 })).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    // A slip, corrected from long ago on.
    const corrected = { staff: 5, staffFrom: '2020-01-01', location: null };
    expect((await edit(coordinator, teams.nord!, corrected, 1)).team).toMatchObject({
      staff: 5,
      version: 2,
      location: null,
      contacts: [{}, {}],
    });
    expect((await edit(coordinator, teams.nord!, { contacts: [contact] })).team.contacts).toHaveLength(1);
  });

  test.each([
    ['founded', () => found(coordinator, { name: 'Team West', staff: 1 })],
    ['renamed', () => edit(coordinator, teams.süd!, { name: 'Team West' })],
  ])('that is %s while another takes the name is told so', async (_how, work) => {
    let asked!: Promise<{ userErrors: object[] }>;
    await hub.owner().transactional(async tx => {
      await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`teams ${world.network.id}`]);
      await tx.execute(`insert into team (network_id, name, staff) values (?, 'Team West', 1)`, [world.network.id]);
      asked = work();
      asked.catch(() => {});
      await waitersOf(hub, 1);
    });
    expect((await asked).userErrors).toMatchObject([{ code: 'DUPLICATE', path: ['input', 'name'] }]);
    await hub.owner().execute(`delete from team where name = 'Team West'`);
  });

  test('that is dissolved is there no more, and its name is free again', async () => {
    const dissolve = (on: string) =>
      mutate(coordinator, `($on: LocalDate!) { teamDissolve(id: "${teams.alt}", on: $on) { ${TEAM} } }`, { on });
    expect(await dissolve('2026-03-11')).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT', path: ['on'] }] });
    expect((await dissolve('2026-02-01')).team.dissolvedOn).toBe('2026-02-01');
    expect(await dissolve('2026-02-01')).toMatchObject({ userErrors: [{ code: 'STEP_NOT_OPEN' }] });
    expect(await edit(coordinator, teams.alt!, { staff: 1 })).toMatchObject({
      userErrors: [{ code: 'STEP_NOT_OPEN' }],
    });
    expect((await found(coordinator, { name: 'Team Alt', staff: 0 })).userErrors).toEqual([]);
  });

  test('is read by members of the network, and nobody else', async () => {
    const list = `query ($dissolved: Boolean) { teams(network: "${network}", dissolved: $dissolved) { totalCount nodes { name } } }`;
    for (const member of [world.caseworker, editorOf(world.brücke), coordinator]) {
      expect((await read(member, list)).nodes.map((one: { name: string }) => one.name)).toEqual([
        'Team Alt',
        'Team Nord',
        'Team Süd',
      ]);
      expect((await read(member, list, { dissolved: true })).totalCount).toBe(4);
    }
    const [foreign] = (await hub.as(stranger, list)).errors!;
    expect(foreign).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', argument: 'network' } });
    expect(foreign!.message).toMatch(/^None of your networks has this slug/);
    const nowhere = (await hub.as(stranger, list.replace(`"${network}"`, '"nirgends"'))).errors;
    expect(nowhere).toMatchObject([{ message: foreign!.message }]);
    expect((await hub.as(anonymous, list)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const one = `{ team(id: "${teams.nord}") { name } node(id: "${teams.nord}") { id } }`;
    expect((await hub.as(stranger, one)).data).toEqual({ team: null, node: null });
    expect((await hub.as(world.caseworker, one)).data).toEqual({
      team: { name: 'Team Nord' },
      node: { id: teams.nord },
    });
  });
});

describe('training', () => {
  const SESSION = `session { id version heldOn heldUntil seats attendance { team { name } attended firstTime } } ${ERRORS}`;
  let course: string;
  const plan = (viewer: Viewer, input: object, which = course) =>
    mutate(
      viewer,
      `($course: ID!, $input: TrainingSessionInput!) { trainingSessionPlan(course: $course, input: $input) { ${SESSION} } }`,
      {
        course: which,
        input,
      },
    );
  const attend = (viewer: Viewer, id: string, input: object[], expectedVersion?: number) =>
    mutate(
      viewer,
      `($id: ID!, $input: [TrainingAttendanceInput!]!, $expectedVersion: Int) {
        trainingAttendanceRecord(id: $id, input: $input, expectedVersion: $expectedVersion) { ${SESSION} } }`,
      { id, input, expectedVersion },
    );

  test('is a course of the network, about topics, given by a partner or by itself', async () => {
    const create = (viewer: Viewer, input: object) =>
      mutate(
        viewer,
        `($input: TrainingCourseInput!) { trainingCourseCreate(network: "${network}", input: $input) {
          course { id version title hours topics { code needs { code } } provider { name } } ${ERRORS} } }`,
        { input },
      );
    const input = { title: 'Sucht und Arbeit', topics: ['addiction'], hours: 8, provider: world.anker.id };
    for (const [wrong, path, code] of [
      [{ ...input, topics: [] }, 'input.topics', 'INVALID_INPUT'],
      [{ ...input, topics: ['addiction', 'nonsense'] }, 'input.topics.1', 'INVALID_INPUT'],
      [{ ...input, hours: 0 }, 'input.hours', 'INVALID_INPUT'],
      [{ ...input, title: null }, 'input.title', 'INVALID_INPUT'],
      [{ ...input, provider: network }, 'input.provider', 'NOT_FOUND'],
    ] as const)
      expect(await create(coordinator, wrong)).toMatchObject({ userErrors: [{ code, path: path.split('.') }] });
    expect(await create(stranger, input)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', path: ['network'] }] });
    expect(await count('training_course')).toBe(0);
    const made = await create(coordinator, input);
    expect(made.course).toMatchObject({
      topics: [{ code: 'addiction', needs: [{ code: 'addiction' }] }],
      provider: { name: 'Anker' },
    });
    course = made.course.id;
    const edited = await mutate(
      coordinator,
      `{ trainingCourseEdit(id: "${course}", input: { provider: null, hours: 7.5 }, expectedVersion: 1) {
        course { title hours provider { name } version } ${ERRORS} } }`,
    );
    expect(edited.course).toEqual({ title: 'Sucht und Arbeit', hours: 7.5, provider: null, version: 2 });
  });

  test('counts who attended, never more than work in a team or can sit, once it is over', async () => {
    expect(await plan(coordinator, { heldOn: '2026-02-02', heldUntil: '2026-02-01' })).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', path: ['input', 'heldUntil'] }],
    });
    expect(await plan(stranger, { heldOn: '2026-02-02' })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['course'] }],
    });
    const { session: coming } = await plan(coordinator, { heldOn: '2026-03-09', heldUntil: '2026-03-11' });
    expect(await attend(coordinator, coming.id, [])).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', path: ['id'] }],
    });
    const { session } = await plan(coordinator, { heldOn: '2026-02-02', seats: 12 });
    expect(session).toMatchObject({ heldUntil: '2026-02-02', attendance: [] });

    const nord = { team: teams.nord, attended: 5, firstTime: 4 };
    const süd = { team: teams.süd, attended: 7, firstTime: 6 };
    const elsewhere = await found(stranger, { name: 'Team Fern', staff: 3 }, world.elsewhere.slug);
    for (const [input, path] of [
      [[{ ...nord, attended: 6 }], 'input.0.attended'],
      [[nord, { ...süd, firstTime: 8 }], 'input.1.firstTime'],
      [[{ ...nord, firstTime: -1 }], 'input.0.firstTime'],
      [[nord, nord], 'input.1.team'],
      [[{ ...nord, team: elsewhere.team.id }], 'input.0.team'],
      [[{ ...nord, team: teams.alt, attended: 1, firstTime: 1 }], 'input.0.team'],
      [[nord, { ...süd, attended: 8 }], 'input'],
    ] as const)
      expect(await attend(coordinator, session.id, [...input])).toMatchObject({
        userErrors: [{ code: 'INVALID_INPUT', path: path.split('.') }],
      });
    expect(await count('training_attendance')).toBe(0);
    expect(await attend(coordinator, session.id, [nord], 8)).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });
    expect(await attend(stranger, session.id, [nord])).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
    expect(
      (await attend(coordinator, session.id, [nord, { ...süd, attended: 1, firstTime: 1 }], 1)).userErrors,
    ).toEqual([]);
    const after = await attend(coordinator, session.id, [süd], 2);
    expect(after.session.version).toBe(3);
    expect([...after.session.attendance].sort((a, b) => a.attended - b.attended)).toEqual([
      { team: { name: 'Team Nord' }, attended: 5, firstTime: 4 },
      { team: { name: 'Team Süd' }, attended: 7, firstTime: 6 },
    ]);
    const fewer = `{ trainingSessionEdit(id: "${session.id}", input: { seats: 11 }) { ${SESSION} } }`;
    expect(await mutate(coordinator, fewer)).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', path: ['input', 'seats'] }],
    });
  });

  test('is read by the office, by topic, and not by editors of partners', async () => {
    const list = `query ($topic: ID) { trainingCourses(network: "${network}", topic: $topic) {
      totalCount nodes { title sessions { totalCount nodes { heldOn } } } } }`;
    expect(await read(world.caseworker, list, { topic: 'addiction' })).toEqual({
      totalCount: 1,
      nodes: [
        {
          title: 'Sucht und Arbeit',
          sessions: { totalCount: 2, nodes: [{ heldOn: '2026-03-09' }, { heldOn: '2026-02-02' }] },
        },
      ],
    });
    expect((await read(world.caseworker, list, { topic: 'debt' })).totalCount).toBe(0);
    expect((await hub.as(world.caseworker, list, { topic: 'nonsense' })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect((await hub.as(stranger, list)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    const editor = editorOf(world.brücke);
    expect((await hub.as(editor, list)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await hub.as(both(editor, stranger), list)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'network' } },
    ]);
    const [{ id: session }] = await hub.owner().execute<[{ id: string }]>('select id from training_session limit 1');
    for (const id of [course, session]) {
      const node = `{ node(id: "${id}") { id } }`;
      for (const viewer of [stranger, editor]) expect((await hub.as(viewer, node)).data.node).toBeNull();
      expect((await hub.as(world.caseworker, node)).data.node).toEqual({ id });
    }
  });
});

describe('knowledge', () => {
  const report = (viewer: Viewer, team: string, input: object) =>
    mutate(
      viewer,
      `($team: ID!, $input: KnowledgeReportInput!) { knowledgeReport(team: $team, input: $input) { team { id } ${ERRORS} } }`,
      {
        team,
        input: { topic: 'addiction', ...input },
      },
    );
  const ask = (viewer: Viewer, on: string | null = null, topics: string[] = ['addiction', 'debt']) =>
    read(
      viewer,
      `query ($on: LocalDate, $topics: [ID!]) { knowledge(network: "${network}", topics: $topics, on: $on) {
        topics { topic { code } teams reported staff declared trained trainedShare used referrals }
        teams { totalCount nodes { team { name staff } topics { topic { code } declared trained used reportedOn } } } } }`,
      { on, topics },
    );

  test('is declared, trained and used, by topic and by team, as of any day', async () => {
    for (const [input, path] of [
      [{ declared: 6, used: 0 }, 'input.declared'],
      [{ declared: 0, used: -1 }, 'input.used'],
      [{ declared: 1, used: 1, reportedOn: '2026-03-11' }, 'input.reportedOn'],
      [{ declared: 1, used: 1, topic: 'nonsense' }, 'input.topic'],
    ] as const)
      expect(await report(coordinator, teams.nord!, input)).toMatchObject({
        userErrors: [{ code: 'INVALID_INPUT', path: path.split('.') }],
      });
    expect(await report(stranger, teams.nord!, { declared: 1, used: 1 })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['team'] }],
    });
    expect(await count('knowledge_report')).toBe(0);
    await report(coordinator, teams.nord!, { declared: 1, used: 0, reportedOn: '2025-08-01' });
    await report(coordinator, teams.nord!, { declared: 5, used: 5, reportedOn: '2026-03-01' });
    await report(coordinator, teams.nord!, { declared: 3, used: 2, reportedOn: '2026-03-01' });
    await report(coordinator, teams.süd!, { declared: 2, used: 1, reportedOn: '2025-09-10' });

    const now = await ask(world.caseworker);
    expect(now.topics).toEqual([
      // Süd last reported six months ago, by the day: what it used then is of other months.
      {
        topic: { code: 'addiction' },
        teams: 3,
        reported: 2,
        staff: 15,
        declared: 5,
        trained: 10,
        trainedShare: 10 / 15,
        used: 2,
        referrals: null,
      },
      {
        topic: { code: 'debt' },
        teams: 3,
        reported: 0,
        staff: 15,
        declared: null,
        trained: 0,
        trainedShare: 0,
        used: null,
        referrals: null,
      },
    ]);
    expect(now.teams.totalCount).toBe(3);
    expect(now.teams.nodes[1]).toEqual({
      team: { name: 'Team Nord', staff: 5 },
      topics: [
        { topic: { code: 'addiction' }, declared: 3, trained: 4, used: 2, reportedOn: '2026-03-01' },
        { topic: { code: 'debt' }, declared: null, trained: 0, used: null, reportedOn: null },
      ],
    });
    const sums = async (on: string) => {
      const [{ teams: there, declared, trained, used }] = (await ask(world.caseworker, on)).topics;
      return { there, declared, trained, used };
    };
    expect(await sums('2026-02-02')).toEqual({ there: 3, declared: 3, trained: 10, used: 1 });
    expect(await sums('2026-02-01')).toEqual({ there: 3, declared: 3, trained: 0, used: 1 });
    // The dissolved team was there then, and the other of its name, too: since when, nobody said.
    expect(await sums('2026-01-31')).toEqual({ there: 4, declared: 3, trained: 0, used: 1 });
    expect(await sums('2025-08-31')).toEqual({ there: 4, declared: 1, trained: 0, used: 0 });
    expect(await sums('2025-07-31')).toEqual({ there: 4, declared: null, trained: 0, used: null });
    // What was learnt about addiction counts for 36 months.
    expect(await sums('2029-02-01')).toMatchObject({ trained: 10 });
    expect(await sums('2029-02-02')).toMatchObject({ trained: 0 });
    // Who refreshes in time stays trained, and counts once.
    const [{ id: refresher }] = await hub.owner().execute<[{ id: string }]>(
      `insert into training_session (network_id, course_id, held_on, held_until, seats)
       select network_id, course_id, '2028-06-01', '2028-06-01', 20 from training_session where held_until = '2026-02-02' returning id`,
    );
    await hub
      .owner()
      .execute(
        'insert into training_attendance (session_id, team_id, network_id, attended, first_time) select ?, id, network_id, 3, 0 from team where id = ?',
        [refresher, teams.nord],
      );
    expect([await sums('2029-02-01'), await sums('2029-02-02')]).toMatchObject([{ trained: 10 }, { trained: 3 }]);
    await hub.owner().execute('delete from training_attendance where session_id = ?', [refresher]);
    await hub.owner().execute('delete from training_session where id = ?', [refresher]);
    // Fewer work there than were trained.
    await edit(coordinator, teams.nord!, { staff: 3 });
    expect(await sums('2026-03-10')).toEqual({ there: 3, declared: 5, trained: 9, used: 2 });
    // The day before as many worked there as ever (and Süd's report is not six months old yet).
    expect(await sums('2026-03-09')).toEqual({ there: 3, declared: 5, trained: 10, used: 3 });
    await edit(coordinator, teams.nord!, { staff: 5 });
    expect(await count('team_staff')).toBe(1);
  });

  test('is that of as many as worked in the team then, also where it is told now', async () => {
    const { team } = await found(coordinator, { name: 'Team Wechsel', staff: 4 });
    const days = ['2025-05-31', '2025-06-01', '2025-12-31', '2026-01-01', '2026-03-10'];
    const told = async () => {
      const fields = days.map((day, i) => `d${i}: staffOn(day: "${day}")`).join(' ');
      return Object.values(await read(world.caseworker, `{ team(id: "${team.id}") { ${fields} staff } }`));
    };
    const say = (input: object) => edit(coordinator, team.id, input);
    for (const [input, path] of [
      [{ staff: 8, staffFrom: '2026-03-11' }, 'staffFrom'],
      [{ staffFrom: '2026-01-01' }, 'staffFrom'],
    ] as const)
      expect(await say(input)).toMatchObject({ userErrors: [{ code: 'INVALID_INPUT', path: ['input', path] }] });
    expect(await told()).toEqual([4, 4, 4, 4, 4, 4]);
    await say({ staff: 9, staffFrom: '2025-06-01' });
    await say({ staff: 2, staffFrom: '2026-01-01' });
    expect(await told()).toEqual([4, 9, 9, 2, 2, 2]);
    await say({ staff: 3 });
    await say({ name: 'Team im Wechsel', staff: 3 });
    expect(await told()).toEqual([4, 9, 9, 2, 3, 3]);

    const [session] = await hub.owner().execute<[{ id: string }]>(
      `insert into training_session (network_id, course_id, held_on, held_until)
       select network_id, course_id, '2025-12-31', '2026-01-02' from training_session limit 1 returning id`,
    );
    const attend = (attended: number) =>
      mutate(
        coordinator,
        `($input: [TrainingAttendanceInput!]!) { trainingAttendanceRecord(id: "${session.id}", input: $input) { ${ERRORS} } }`,
        { input: [{ team: team.id, attended, firstTime: attended }] },
      );
    expect(await attend(10)).toMatchObject({ userErrors: [{ path: ['input', '0', 'attended'] }] });
    expect(await attend(9)).toEqual({ userErrors: [] });
    const said = (declared: number, reportedOn: string) =>
      report(coordinator, team.id, { declared, used: 0, reportedOn });
    expect(await said(9, '2026-01-01')).toMatchObject({ userErrors: [{ path: ['input', 'declared'] }] });
    expect(await said(9, '2025-12-31')).toMatchObject({ userErrors: [] });
    const known = async (on: string) => {
      const [topic] = (await ask(world.caseworker, on, ['addiction'])).teams.nodes.find(
        (one: { team: { name: string } }) => one.team.name === 'Team im Wechsel',
      ).topics;
      return [topic.declared, topic.trained];
    };
    // All who came were trained on the last day of the session, when fewer worked there.
    expect([await known('2025-12-31'), await known('2026-01-02'), await known('2026-03-10')]).toEqual([
      [9, 0],
      [2, 2],
      [3, 3],
    ]);
    // What is said of an earlier day replaces what was said of later ones.
    await say({ staff: 7, staffFrom: '2025-06-01' });
    expect(await told()).toEqual([4, 7, 7, 7, 7, 7]);
    expect(await known('2026-03-10')).toEqual([7, 7]);
    const owner = hub.owner();
    await owner.execute('delete from training_attendance where session_id = ?', [session.id]);
    await owner.execute('delete from training_session where id = ?', [session.id]);
    await owner.execute('delete from knowledge_report where team_id = ?', [team.id]);
    await owner.execute('delete from team_staff where team_id = ?', [team.id]);
    await owner.execute('delete from team where id = ?', [team.id]);
  });

  test('measured by referrals is for the coordination, of half-years that are over, and without small cells', async () => {
    await hub
      .owner()
      .execute(`insert into service_need (service_id, need_code) values (?, 'addiction')`, [world.service.id]);
    const measured = async (viewer: Viewer, on: string | null = null) => (await ask(viewer, on)).topics[0].referrals;
    expect(await measured(coordinator)).toBeNull(); // all were sent in this half-year
    await hub
      .owner()
      .execute(`update referral set sent_at = '2025-12-31T22:30:00Z' where network_id = ?`, [world.network.id]);
    expect(await measured(coordinator)).toBe(6);
    expect(await measured(coordinator, '2027-12-31')).toBe(6); // no day to come
    expect(await measured(coordinator, '2025-12-31')).toBeNull();
    expect(await measured(world.caseworker)).toBeNull();
    await hub
      .owner()
      .execute(
        `update referral set status = 'ENTERED_IN_ERROR' where id in (select id from referral where network_id = ? limit 2)`,
        [world.network.id],
      );
    expect(await measured(coordinator)).toBeNull();
  });

  test('is for the office of the network', async () => {
    const query = `{ knowledge(network: "${network}") { on } }`;
    const editor = editorOf(world.brücke);
    for (const viewer of [stranger, both(editor, stranger)])
      expect((await hub.as(viewer, query)).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', argument: 'network' } },
      ]);
    expect((await hub.as(editor, query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await hub.as(anonymous, query)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(
      (await hub.as(coordinator, `{ knowledge(network: "${network}", topics: ["x"]) { on } }`)).errors,
    ).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'topics' } }]);
  });

  test('tells whom to ask: functions of teams by what they know, and contacts of services, without names', async () => {
    await hub
      .owner()
      .execute(`update service set contacts = ? where id = ?`, [
        JSON.stringify([{ name: 'Frau Amsel', responsibility: 'Fragen der Jobcenter', phone: '+49 221 4710 200' }]),
        world.service.id,
      ]);
    const query = `query ($need: ID, $topic: ID) { whoKnows(network: "${network}", need: $need, topic: $topic) { topics { code }
      teams { team { name } knows share contacts { function phone } }
      services { service { name } partner { name } contacts { function phone email } } } }`;
    const answer = await read(world.caseworker, query, { need: 'addiction' });
    expect(answer).toEqual({
      topics: [{ code: 'addiction' }],
      teams: [
        {
          team: { name: 'Team Nord' },
          knows: 4,
          share: 0.8,
          contacts: [{ function: 'Ansprechstelle Sucht', phone: '+49 221 4710 100' }],
        },
        { team: { name: 'Team Süd' }, knows: 6, share: 0.6, contacts: [] },
      ],
      services: [
        {
          service: { name: 'Beratung' },
          partner: { name: 'Anker' },
          contacts: [{ function: 'Fragen der Jobcenter', phone: '+49 221 4710 200', email: null }],
        },
      ],
    });
    // Editors of partners are told whom to ask, and not how much a team knows.
    const editor = both(editorOf(world.brücke), stranger);
    const quiet = (one: object) => ({ ...one, knows: null, share: null });
    expect(await read(editor, query, { topic: 'addiction' })).toEqual({ ...answer, teams: answer.teams.map(quiet) });
    expect(await read(world.caseworker, query, { topic: 'debt' })).toMatchObject({ teams: [], services: [] });
    await edit(coordinator, teams.süd!, {
      contacts: [{ function: 'Schuldenlotse', topics: ['debt'], email: 'lotse@jobcenter.example' }],
    });
    expect((await read(world.caseworker, query, { topic: 'debt' })).teams).toMatchObject([
      { knows: 0, contacts: [{ function: 'Schuldenlotse' }] },
    ]);
    await hub
      .owner()
      .execute(`update service set contacts = ?, phone = '+49 221 4710 300' where id = ?`, [
        JSON.stringify([{ responsibility: 'Abrechnung und Verträge', email: 'abrechnung@anker.example' }]),
        world.service.id,
      ]);
    expect((await read(world.caseworker, query, { need: 'addiction' })).services[0].contacts).toEqual([
      { function: 'Anfragen', phone: '+49 221 4710 300', email: null },
      { function: 'Abrechnung und Verträge', phone: null, email: 'abrechnung@anker.example' },
    ]);
    // Nor by the order.
    await report(coordinator, teams.nord!, { topic: 'debt', declared: 5, used: 0 });
    const order = async (viewer: Viewer) =>
      (await read(viewer, query, { topic: 'debt' })).teams.map((one: { team: { name: string } }) => one.team.name);
    expect(await order(coordinator)).toEqual(['Team Nord', 'Team Süd']);
    expect(await order(editor)).toEqual(['Team Süd', 'Team Nord']);
    for (const variables of [
      {},
      { need: 'addiction', topic: 'addiction' },
      { need: 'nonsense' },
      { topic: 'nonsense' },
    ])
      expect((await hub.as(world.caseworker, query, variables)).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    expect((await hub.as(stranger, query, { need: 'addiction' })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  test('takes the same statements however many teams there are', async () => {
    const query = `{ knowledge(network: "${network}") { topics { trained referrals }
        teams(first: 50) { totalCount nodes { team { name staffOn(day: "2026-01-01") contacts { function topics { name } } } topics { trained topic { name } } } } } }`;
    const asks = [
      query,
      `{ whoKnows(network: "${network}", need: "addiction") { teams { team { name } contacts { function } } } }`,
    ];
    const reads = async () => {
      const counts: number[] = [];
      for (const text of asks) {
        const sent = await hub.statements(() => read(coordinator, text));
        counts.push(
          sent.filter(one => /^select |^with /.test(one) && !/ from "?(account|membership)|set_config/.test(one))
            .length,
        );
      }
      return counts;
    };
    const few = await reads();
    for (let i = 0; i < 12; i++) {
      const { team } = await found(coordinator, {
        name: `Team ${i}`,
        staff: i + 1,
        contacts: [{ function: 'Leitung', phone: '0234 1234' }],
      });
      await report(coordinator, team.id, { declared: 1, used: 0 });
    }
    expect(await reads()).toEqual(few);
    expect(few).toEqual([9, 8]);
  });
});
