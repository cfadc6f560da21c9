import { beforeAll, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { ANONYMOUS, Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { both, caseworkerIn, coordinatorOf, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('self_audit');
const admin: Viewer = {
  accountId: null,
  subject: 'Admin',
  displayName: 'Admin',
  memberships: [{ role: Role.ADMIN, networkId: null, partnerId: null }],
};
const ERRORS = 'userErrors { code path }';
const QUESTION = { text: 'Was wissen wir?', lowest: 1, highest: 5, lowestMeans: 'nichts', highestMeans: 'alles' };

let network: Network;
let elsewhere: Network;
let coordinator: Viewer;
let stranger: Viewer;
let teams: string[];

beforeAll(async () => {
  hub.setNow(new Date('2026-03-10T09:00:00Z'));
  const build = directory(hub.owner());
  network = await build.network('Aachen');
  coordinator = coordinatorOf(network);
  elsewhere = await build.network('Unna');
  stranger = coordinatorOf(elsewhere);
  teams = [];
  for (const name of ['Nord', 'Süd']) {
    const [row] = await hub
      .owner()
      .execute<{ id: string }[]>('insert into team (network_id, name, staff) values (?, ?, 5) returning id', [
        network.id,
        name,
      ]);
    teams.push(row!.id);
  }
});

const add = async (viewer: Viewer, input: object) => {
  const { data, errors } = await hub.as(
    viewer,
    `mutation ($input: SelfAuditQuestionnaireInput!) { selfAuditQuestionnaireAdd(input: $input) {
      questionnaire { id code edition title questions { code highest } } ${ERRORS} } }`,
    { input: { code: 'eigener-blick', title: 'Der eigene Blick', ...input } },
  );
  return errors ? { errors } : data.selfAuditQuestionnaireAdd;
};
const fill = async (viewer: Viewer, team: string, input: object) => {
  const { data, errors } = await hub.as(
    viewer,
    `mutation ($team: ID!, $input: SelfAuditInput!) { selfAuditFill(team: $team, input: $input) {
      selfAudit { id filledOn team { name } questionnaire { edition } answers { question value note } } ${ERRORS} } }`,
    { team, input },
  );
  return errors ? { errors } : data.selfAuditFill;
};
const stored = async () => hub.owner().execute('select a.* from self_audit_answer a order by 1, 2');

test('a questionnaire has editions that never change; a question keeps its scale', async () => {
  const questions = [
    { ...QUESTION, code: 'knowledge' },
    { ...QUESTION, code: 'networks', text: 'Welche Netze nutzen wir?' },
  ];
  expect(await add(coordinator, { questions })).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  for (const [wrong, path] of [
    [[], 'input.questions'],
    [[{ ...questions[0], code: 'Großes Wort' }], 'input.questions.0.code'],
    [[{ ...questions[0], highest: 1 }], 'input.questions.0.highest'],
    [[questions[0], questions[0]], 'input.questions.1.code'],
    [[{ ...questions[0], text: ' ' }], 'input.questions.0.text'],
  ] as const)
    expect(await add(admin, { questions: wrong })).toMatchObject({
      userErrors: [{ code: 'INVALID_INPUT', path: path.split('.') }],
    });
  expect((await add(admin, { questions })).questionnaire).toMatchObject({
    edition: 1,
    questions: [{ code: 'knowledge' }, {}],
  });
  expect(await add(admin, { questions: [{ ...questions[1], highest: 6 }] })).toMatchObject({
    userErrors: [{ code: 'INVALID_INPUT', path: ['input', 'questions', '0', 'highest'] }],
  });
  const second = await add(admin, {
    questions: [
      { ...questions[1], text: 'Welche Netze kennen wir?' },
      { ...QUESTION, code: 'goals' },
    ],
  });
  expect(second.questionnaire.edition).toBe(2);
  const { data } = await hub.as(
    caseworkerIn(network),
    '{ selfAuditQuestionnaires { totalCount nodes { code edition } } }',
  );
  expect(data.selfAuditQuestionnaires).toEqual({
    totalCount: 2,
    nodes: [
      { code: 'eigener-blick', edition: 2 },
      { code: 'eigener-blick', edition: 1 },
    ],
  });
});

test('a team fills it in, over the years', async () => {
  const [first, second] = (
    await hub.owner().execute<{ id: string }[]>('select id from self_audit_questionnaire order by edition')
  ).map(one => one.id);
  const answers = [
    { question: 'knowledge', value: 2 },
    { question: 'networks', value: null, note: 'Noch nicht erhoben.' },
  ];
  const input = { questionnaire: first, filledOn: '2024-05-06', answers };
  for (const [wrong, path, code] of [
    [{ ...input, filledOn: '2026-03-11' }, 'input.filledOn', 'INVALID_INPUT'],
    [{ ...input, questionnaire: network.id }, 'input.questionnaire', 'NOT_FOUND'],
    [{ ...input, answers: [answers[1]] }, 'input.answers', 'INVALID_INPUT'],
    [{ ...input, answers: [answers[0], { question: 'goals', value: 3 }] }, 'input.answers.1.question', 'INVALID_INPUT'],
    [{ ...input, answers: [answers[0], answers[0]] }, 'input.answers.1.question', 'INVALID_INPUT'],
    [{ ...input, answers: [{ question: 'knowledge', value: 6 }] }, 'input.answers.0.value', 'INVALID_INPUT'],
    [{ ...input, answers: [{ question: 'knowledge', value: 0 }] }, 'input.answers.0.value', 'INVALID_INPUT'],
  ] as const)
    expect(await fill(coordinator, teams[0]!, wrong)).toMatchObject({ userErrors: [{ code, path: path.split('.') }] });
  expect(await fill(stranger, teams[0]!, input)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND', path: ['team'] }] });
  expect(await stored()).toEqual([]);
  expect((await fill(coordinator, teams[0]!, input)).selfAudit).toMatchObject({
    team: { name: 'Nord' },
    questionnaire: { edition: 1 },
    answers: [
      { question: 'knowledge', value: 2, note: null },
      { question: 'networks', value: null, note: 'Noch nicht erhoben.' },
    ],
  });
  // Once more for the same day: in place of that.
  await fill(coordinator, teams[0]!, { ...input, answers: [{ question: 'knowledge', value: 3 }] });
  expect(await stored()).toMatchObject([{ question: 'knowledge', value: 3 }]);
  await fill(coordinator, teams[1]!, {
    ...input,
    filledOn: '2024-02-01',
    answers: [
      { question: 'knowledge', value: 5 },
      { question: 'networks', value: 1 },
    ],
  });
  // Later in the year: only that counts.
  await fill(coordinator, teams[1]!, {
    ...input,
    filledOn: '2024-12-31',
    answers: [{ question: 'knowledge', value: 4 }],
  });
  await fill(coordinator, teams[1]!, {
    questionnaire: second,
    filledOn: '2026-01-01',
    answers: [
      { question: 'networks', value: 4 },
      { question: 'goals', value: 2 },
    ],
  });

  // What others fill in is theirs.
  const [foreign] = await hub
    .owner()
    .execute<{ id: string }[]>(`insert into team (network_id, name, staff) values (?, 'Fern', 5) returning id`, [
      elsewhere.id,
    ]);
  expect((await fill(stranger, foreign!.id, input)).userErrors).toEqual([]);

  const query = `query ($team: ID) { selfAuditTrend(network: "${network.slug}", questionnaire: "eigener-blick", team: $team) {
    question { code text } years { year teams mean lowest highest } change } }`;
  const { data } = await hub.as(caseworkerIn(network), query);
  expect(data.selfAuditTrend).toEqual([
    {
      question: { code: 'networks', text: 'Welche Netze kennen wir?' },
      years: [
        { year: 2024, teams: 1, mean: 1, lowest: 1, highest: 1 },
        { year: 2026, teams: 1, mean: 4, lowest: 4, highest: 4 },
      ],
      change: 3,
    },
    {
      question: { code: 'goals', text: 'Was wissen wir?' },
      years: [{ year: 2026, teams: 1, mean: 2, lowest: 2, highest: 2 }],
      change: null,
    },
    {
      question: { code: 'knowledge', text: 'Was wissen wir?' },
      years: [{ year: 2024, teams: 2, mean: 3.5, lowest: 3, highest: 4 }],
      change: null,
    },
  ]);
  const own = (await hub.as(coordinator, query, { team: teams[0] })).data.selfAuditTrend;
  expect(own.map((one: { years: object[] }) => one.years.length)).toEqual([0, 0, 1]);
});

test('what was filled in is for the office of the network, not for editors of its partners', async () => {
  const list = `query ($filter: String, $team: ID) { selfAudits(network: "${network.slug}", questionnaire: $filter, team: $team, first: 10) {
    totalCount nodes { filledOn team { name } questionnaire { title questions { code } } answers { value } } } }`;
  const seen = async (variables: object = {}) => {
    const { data } = await hub.as(caseworkerIn(network), list, variables);
    return data.selfAudits.nodes.map((one: { filledOn: string }) => one.filledOn);
  };
  expect(await seen()).toEqual(['2026-01-01', '2024-12-31', '2024-05-06', '2024-02-01']);
  expect(await seen({ team: teams[0], filter: 'eigener-blick' })).toEqual(['2024-05-06']);
  expect(await seen({ filter: 'none' })).toEqual([]);
  const editor = editorOf(await directory(hub.owner()).partner(network, 'Anker'));
  for (const query of [
    list,
    `{ selfAuditTrend(network: "${network.slug}", questionnaire: "eigener-blick") { change } }`,
  ]) {
    expect((await hub.as(stranger, query)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'network' } },
    ]);
    expect((await hub.as(editor, query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await hub.as(both(editor, stranger), query)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'network' } },
    ]);
    expect((await hub.as(ANONYMOUS, query)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  }
  const sent = await hub.statements(() => hub.as(coordinator, list));
  expect(
    sent.filter(one => /^select |^with /.test(one) && !/ from "?(account|membership)|set_config/.test(one)),
  ).toHaveLength(6);
});

test('one that was filled in is read again by its id, in the office of its network alone', async () => {
  const [{ id }] = await hub.owner().execute<[{ id: string }]>('select id from self_audit limit 1');
  const node = `{ node(id: "${id}") { id ... on SelfAudit { filledOn } } }`;
  expect((await hub.as(caseworkerIn(network), node)).data.node).toEqual({ id, filledOn: expect.any(String) });
  for (const viewer of [stranger, admin, ANONYMOUS]) expect((await hub.as(viewer, node)).data.node).toBeNull();
});
