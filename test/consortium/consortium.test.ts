import { expect, test } from 'vitest';
import { liesWithin, overlap } from '../../src/consortium/consortium.rules.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { merge } from '../duplicate/support.js';
import { anonymous, caseworkerIn, coordinatorOf, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { waitersOf } from '../support/waiters.js';

const hub = testHub('consortium');

const CONSORTIUM = `id name purpose foundedOn dissolvedOn version network { slug } umbrella { name }
  members { totalCount nodes { id role from until partner { name } consortium { name } } }`;
const ERRORS = 'userErrors { code path }';

async function world() {
  const make = directory(hub.owner());
  const network = await make.network('Hier');
  const elsewhere = await make.network('Dort');
  const one = await make.partner(network, 'Anker');
  const other = await make.partner(elsewhere, 'Brücke');
  return { network, elsewhere, one, other, coordinator: coordinatorOf(network), foreigner: coordinatorOf(elsewhere) };
}

const found = async (viewer: Viewer, input: object) =>
  (
    await hub.as(
      viewer,
      `mutation ($input: ConsortiumInput!) { answer: consortiumFound(input: $input) { consortium { ${CONSORTIUM} } ${ERRORS} } }`,
      { input },
    )
  ).data.answer;
const edit = async (viewer: Viewer, id: string, input: object, version?: number) =>
  (
    await hub.as(
      viewer,
      `mutation ($id: ID!, $input: ConsortiumEditInput!, $version: Int) {
        answer: consortiumEdit(id: $id, input: $input, expectedVersion: $version) { consortium { ${CONSORTIUM} } ${ERRORS} } }`,
      { id, input, version },
    )
  ).data.answer;
const add = async (viewer: Viewer, id: string, input: object, version?: number) =>
  (
    await hub.as(
      viewer,
      `mutation ($id: ID!, $input: ConsortiumMemberInput!, $version: Int) {
        answer: consortiumMemberAdd(id: $id, input: $input, expectedVersion: $version) { consortium { ${CONSORTIUM} } ${ERRORS} } }`,
      { id, input, version },
    )
  ).data.answer;
const end = async (viewer: Viewer, id: string, until: string) =>
  (
    await hub.as(
      viewer,
      `mutation ($id: ID!, $until: LocalDate!) {
        answer: consortiumMemberEnd(id: $id, until: $until) { consortium { ${CONSORTIUM} } ${ERRORS} } }`,
      { id, until },
    )
  ).data.answer;
const refused = (code: string, ...path: string[]) => ({ consortium: null, userErrors: [{ code, path }] });
const membersOn = async (id: string, args: string) =>
  (
    await hub.as(
      anonymous,
      `query ($id: ID!) { consortium(id: $id) { members${args} { totalCount nodes { role partner { name } } } } }`,
      { id },
    )
  ).data.consortium.members;
const stored = () =>
  hub
    .owner()
    .execute('select to_jsonb(c) as row from consortium c union all select to_jsonb(m) from consortium_member m');

test('a consortium is founded, has members for their time, and is dissolved', async () => {
  const { network, one, other, coordinator } = await world();
  const input = {
    network: network.slug,
    name: ' Miteinander ',
    purpose: '',
    umbrella: other.id,
    foundedOn: '2013-01-01',
  };
  const { consortium, userErrors } = await found(coordinator, input);
  expect(userErrors).toEqual([]);
  expect(consortium).toMatchObject({
    name: 'Miteinander',
    purpose: null,
    foundedOn: '2013-01-01',
    dissolvedOn: null,
    version: 1,
    network: { slug: network.slug },
    umbrella: { name: 'Brücke' },
    members: { totalCount: 0 },
  });
  const { id } = consortium;
  await add(coordinator, id, { partner: one.id, role: 'LEAD', from: '2013-01-01', until: '2014-12-31' });
  await add(coordinator, id, { partner: other.id, role: 'MEMBER', from: '2013-06-01' });
  const added = await add(coordinator, id, { partner: one.id, role: 'LEAD', from: '2015-01-01' }, 3);
  expect(added).toMatchObject({ userErrors: [], consortium: { version: 4, members: { totalCount: 2 } } });

  expect(await membersOn(id, '(on: "2013-03-01")')).toMatchObject({
    nodes: [{ role: 'LEAD', partner: { name: 'Anker' } }],
  });
  expect((await membersOn(id, '(on: "2014-12-31")')).nodes.map((node: { role: string }) => node.role)).toEqual([
    'LEAD',
    'MEMBER',
  ]);
  expect(await membersOn(id, '(on: "2012-12-31")')).toEqual({ totalCount: 0, nodes: [] });
  expect((await membersOn(id, '(all: true)')).totalCount).toBe(3);

  const [, second] = added.consortium.members.nodes;
  expect((await end(coordinator, second.id, '2016-12-31')).consortium.version).toBe(5);
  // What is open ends with it; what ended before stays.
  const dissolved = await edit(coordinator, id, { dissolvedOn: '2020-12-31', name: 'MIAR' }, 5);
  expect(dissolved.consortium).toMatchObject({ name: 'MIAR', dissolvedOn: '2020-12-31', members: { totalCount: 0 } });
  expect(
    await hub
      .owner()
      .execute('select member_until::text as until from consortium_member where consortium_id = ? order by 1', [id]),
  ).toEqual([{ until: '2014-12-31' }, { until: '2016-12-31' }, { until: '2020-12-31' }]);
});

test('refusals change nothing', async () => {
  const { network, one, other, coordinator, foreigner } = await world();
  const base = { network: network.slug, name: 'Verbund', foundedOn: '2018-01-01' };
  const { id } = (await found(coordinator, base)).consortium;
  const member = { partner: one.id, role: 'MEMBER', from: '2018-06-01', until: '2019-06-01' };
  const { consortium } = await add(coordinator, id, member);
  expect(consortium.version).toBe(2);
  const [row] = await hub
    .owner()
    .execute<{ id: string }[]>('select id from consortium_member where consortium_id = ?', [id]);
  const membership = row!.id;
  const hidden = await directory(hub.owner()).partner(network, 'Unbekannt');
  await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [hidden.id]);
  const nobody = '00000000-0000-4000-8000-000000000000';
  const before = await stored();

  expect(await found(foreigner, base)).toEqual(refused('NOT_FOUND', 'input', 'network'));
  expect(await found(coordinator, { ...base, network: 'nirgends' })).toEqual(refused('NOT_FOUND', 'input', 'network'));
  expect(await found(coordinator, { ...base, name: '  ' })).toEqual(refused('INVALID_INPUT', 'input', 'name'));
  expect(await found(coordinator, { ...base, umbrella: hidden.id })).toEqual(refused('NOT_FOUND', 'input', 'umbrella'));
  expect(await edit(foreigner, id, { name: 'Meins' })).toEqual(refused('NOT_FOUND', 'id'));
  expect(await edit(coordinator, 'quatsch', { name: 'X' })).toEqual(refused('NOT_FOUND', 'id'));
  expect(await edit(coordinator, id, { name: null })).toEqual(refused('INVALID_INPUT', 'input', 'name'));
  expect(await edit(coordinator, id, { name: 'X' }, 1)).toEqual(refused('VERSION_CONFLICT', 'expectedVersion'));
  expect(await edit(coordinator, id, { dissolvedOn: '2017-12-31' })).toEqual(
    refused('INVALID_INPUT', 'input', 'dissolvedOn'),
  );
  expect(await edit(coordinator, id, { dissolvedOn: '2019-05-31' })).toEqual(
    refused('INVALID_INPUT', 'input', 'dissolvedOn'),
  );
  const adding = async (change: object, viewer = coordinator) => add(viewer, id, { ...member, ...change });
  expect(await adding({}, foreigner)).toEqual(refused('NOT_FOUND', 'id'));
  expect(await adding({ partner: nobody })).toEqual(refused('NOT_FOUND', 'input', 'partner'));
  expect(await adding({ partner: hidden.id })).toEqual(refused('NOT_FOUND', 'input', 'partner'));
  expect(await adding({ from: '2019-06-01', until: null })).toEqual(refused('DUPLICATE', 'input', 'partner'));
  expect(await adding({ from: '2018-01-01', until: '2018-06-01' })).toEqual(refused('DUPLICATE', 'input', 'partner'));
  expect(await adding({ from: '2017-12-31' })).toEqual(refused('INVALID_INPUT', 'input', 'from'));
  expect(await adding({ until: '2018-05-31' })).toEqual(refused('INVALID_INPUT', 'input', 'until'));
  expect(await end(foreigner, membership, '2018-12-31')).toEqual(refused('NOT_FOUND', 'id'));
  expect(await end(coordinator, nobody, '2018-12-31')).toEqual(refused('NOT_FOUND', 'id'));
  expect(await end(coordinator, membership, '2018-05-31')).toEqual(refused('INVALID_INPUT', 'until'));
  expect(await stored()).toEqual(before);

  // The same partner in another role, and the same role right after, are no overlap.
  expect((await adding({ role: 'FUNDER' })).userErrors).toEqual([]);
  expect((await adding({ from: '2019-06-02', until: null })).userErrors).toEqual([]);
  expect(await end(coordinator, membership, '2019-06-02')).toEqual(refused('DUPLICATE', 'until'));
  // Two at once: the second waits and finds the first.
  const twice = { partner: other.id, role: 'LEAD', from: '2020-01-01' };
  const answers = await Promise.all([1, 2, 3].map(() => add(coordinator, id, twice)));
  expect(answers.flatMap(one => one.userErrors.map((error: { code: string }) => error.code))).toEqual([
    'DUPLICATE',
    'DUPLICATE',
  ]);

  const { errors } = await hub.as(
    caseworkerIn(network),
    'mutation ($input: ConsortiumInput!) { consortiumFound(input: $input) { consortium { id } } }',
    { input: base },
  );
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('everybody reads them, by network, partner and day, with a bounded number of statements', async () => {
  const { network, one, other, coordinator } = await world();
  const mine = { network: network.slug, foundedOn: '2018-01-01' };
  for (const name of ['Ahorn', 'Birke', 'Eiche']) {
    const { id } = (await found(coordinator, { ...mine, name, umbrella: name === 'Eiche' ? null : other.id }))
      .consortium;
    for (const partner of name === 'Birke' ? [one] : [one, other])
      await add(coordinator, id, { partner: partner.id, role: 'MEMBER', from: '2019-01-01', until: '2020-12-31' });
  }
  const list = async (filter: object) =>
    (
      await hub.as(
        anonymous,
        'query ($filter: ConsortiumFilter) { consortia(filter: $filter) { totalCount nodes { name } } }',
        {
          filter: { network: network.slug, ...filter },
        },
      )
    ).data.consortia;
  expect(await list({})).toEqual({ totalCount: 3, nodes: [{ name: 'Ahorn' }, { name: 'Birke' }, { name: 'Eiche' }] });
  expect((await list({ partner: other.id })).nodes).toEqual([{ name: 'Ahorn' }, { name: 'Eiche' }]);
  expect((await list({ partner: other.id, on: '2021-01-01' })).totalCount).toBe(0);
  expect((await list({ partner: other.id, on: '2020-12-31' })).totalCount).toBe(2);
  expect((await list({ on: '2017-12-31' })).totalCount).toBe(0);
  expect((await list({ partner: 'quatsch' })).totalCount).toBe(0);

  const DEEP = `{ consortia(filter: { network: "${network.slug}" }) { nodes {
    network { name } umbrella { name } members(all: true) { totalCount nodes { role partner { name consortia(all: true) {
      totalCount nodes { role from until consortium { name } } } } } } } } }`;
  let answer!: Awaited<ReturnType<typeof hub.as>>;
  const statements = await hub.statements(async () => {
    answer = await hub.as(anonymous, DEEP);
  });
  const [ahorn] = answer.data.consortia.nodes;
  const countsOf = Object.fromEntries(
    ahorn.members.nodes.map((node: { partner: { name: string; consortia: { totalCount: number } } }) => [
      node.partner.name,
      node.partner.consortia.totalCount,
    ]),
  );
  expect(countsOf).toEqual({ Anker: 3, Brücke: 2 });
  expect(statements.length).toBeLessThanOrEqual(10);

  // Who is published no more is a member without a name.
  await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [other.id]);
  const again = (await hub.as(anonymous, DEEP)).data.consortia.nodes;
  expect(again[0]).toMatchObject({ umbrella: null, members: { totalCount: 2 } });
  expect(again[0].members.nodes.map((node: { partner: unknown }) => node.partner === null)).toContain(true);

  const page = (
    await hub.as(
      anonymous,
      `{ consortia(filter: { network: "${network.slug}" }, first: 2) { nodes { id name } pageInfo { endCursor } } }`,
    )
  ).data.consortia;
  const next = await hub.as(
    anonymous,
    `{ consortia(filter: { network: "${network.slug}" }, after: "${page.pageInfo.endCursor}") { nodes { name } } }`,
  );
  expect(next.data.consortia.nodes).toEqual([{ name: 'Eiche' }]);
  expect((await hub.as(anonymous, `{ node(id: "${page.nodes[0].id}") { __typename } }`)).data.node.__typename).toBe(
    'Consortium',
  );
  const wrong = await hub.as(
    anonymous,
    `{ consortium(id: "${page.nodes[0].id}") { members(on: "2019-01-01", all: true) { totalCount } } }`,
  );
  expect(wrong.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('the database keeps what must never be', async () => {
  const { network } = await world();
  const insert = hub
    .owner()
    .execute(
      `insert into consortium (network_id, name, founded_on, dissolved_on) values (?, 'X', '2018-01-02', '2018-01-01')`,
      [network.id],
    );
  await expect(insert).rejects.toThrow('consortium_period');
});

test('periods include both ends', () => {
  const year = { from: '2018-01-01', until: '2018-12-31' };
  expect(overlap(year, { from: '2018-12-31', until: null })).toBe(true);
  expect(overlap(year, { from: '2019-01-01', until: null })).toBe(false);
  expect(overlap({ from: '2017-01-01', until: null }, year)).toBe(true);
  expect(overlap({ from: '2017-01-01', until: '2017-12-31' }, year)).toBe(false);
  expect(liesWithin(year, { from: '2018-01-01', until: null })).toBe(true);
  expect(liesWithin({ from: '2018-01-01', until: null }, year)).toBe(false);
  expect(liesWithin(year, year)).toBe(true);
  expect(liesWithin({ from: '2017-12-31', until: '2018-01-01' }, year)).toBe(false);
});

test('a partner that others named leaves by itself, at once or on a day, and never stays longer than was said', async () => {
  const { coordinator, foreigner, other, network } = await world();
  const { consortium } = await found(coordinator, { network: network.slug, name: 'Bund', foundedOn: '2020-01-01' });
  const named = await add(coordinator, consortium.id, { partner: other.id, role: 'LEAD', from: '2020-01-01' });
  const [member] = named.consortium.members.nodes;
  const make = directory(hub.owner());
  const there = await make.network('Drittort');
  const third = await make.partner(there, 'Dritter');
  for (const stranger of [coordinatorOf(there), editorOf(third)])
    expect(await end(stranger, member.id, '2024-12-31')).toEqual(refused('NOT_FOUND', 'id'));
  expect((await end(foreigner, member.id, '2024-12-31')).userErrors).toEqual([]);
  expect(await end(editorOf(other), member.id, '2025-06-30')).toEqual(refused('INVALID_INPUT', 'until'));
  const left = await end(editorOf(other), member.id, '2020-01-01');
  expect(left).toMatchObject({ consortium: { version: named.consortium.version + 2 }, userErrors: [] });
  expect((await end(coordinator, member.id, '2025-06-30')).userErrors).toEqual([]);
});

test('what is over, and days before today, the partner cannot rewrite, but what was entered just now', async () => {
  const { coordinator, foreigner, other, network } = await world();
  const { consortium } = await found(coordinator, { network: network.slug, name: 'Kreis', foundedOn: '2013-01-01' });
  hub.setNow(new Date('2026-03-10T09:00:00Z'));
  const adding = async (role: string, until: string | null) =>
    (await add(coordinator, consortium.id, { partner: other.id, role, from: '2013-01-01', until })).userErrors;
  expect([await adding('MEMBER', '2018-12-31'), await adding('LEAD', null), await adding('FUNDER', null)]).toEqual(
    Array(3).fill([]),
  );
  const rows = await hub
    .owner()
    .execute<{ id: string; role: string }[]>('select id, role from consortium_member where consortium_id = ?', [
      consortium.id,
    ]);
  const idOf = (role: string) => rows.find(row => row.role === role)!.id;
  const editor = editorOf(other);
  // On the thirtieth day, and not a day later.
  hub.setNow(new Date('2026-04-09T09:00:00Z'));
  expect((await end(editor, idOf('FUNDER'), '2013-01-01')).userErrors).toEqual([]);
  hub.setNow(new Date('2026-04-10T09:00:00Z'));
  const before = await stored();
  for (const viewer of [editor, foreigner]) {
    expect(await end(viewer, idOf('MEMBER'), '2013-01-01')).toEqual(refused('TOO_LATE', 'id'));
    expect(await end(viewer, idOf('LEAD'), '2026-04-09')).toEqual(refused('INVALID_INPUT', 'until'));
  }
  await hub.owner().execute('update consortium_member set entered_on = null where id = ?', [idOf('FUNDER')]);
  expect(await end(editor, idOf('FUNDER'), '2013-01-01')).toEqual(refused('TOO_LATE', 'id'));
  await hub.owner().execute(`update consortium_member set entered_on = '2026-03-10' where id = ?`, [idOf('FUNDER')]);
  expect(await stored()).toEqual(before);
  expect((await end(editor, idOf('LEAD'), '2026-04-10')).userErrors).toEqual([]);
  expect((await end(coordinator, idOf('MEMBER'), '2017-12-31')).userErrors).toEqual([]);
});

test('memberships of two partners that become one are joined where they overlap, and can be ended', async () => {
  const { coordinator, one, network } = await world();
  const twin = await directory(hub.owner()).partner(network, 'Anker e. V.');
  const { consortium } = await found(coordinator, { network: network.slug, name: 'Ring', foundedOn: '2010-01-01' });
  const periods: [string, string, string, string | null][] = [
    [one.id, 'MEMBER', '2013-01-01', null],
    [twin.id, 'MEMBER', '2014-01-01', null],
    [one.id, 'LEAD', '2010-01-01', '2012-06-30'],
    [twin.id, 'LEAD', '2012-01-01', '2012-12-31'],
    [one.id, 'LEAD', '2012-12-31', '2013-12-31'],
    [twin.id, 'LEAD', '2014-01-01', '2014-12-31'],
    [twin.id, 'FUNDER', '2015-01-01', null],
  ];
  for (const [partner, role, from, until] of periods)
    expect((await add(coordinator, consortium.id, { partner, role, from, until })).userErrors).toEqual([]);
  expect((await merge(hub, coordinator, one.id, twin.id)).userErrors).toEqual([]);
  const { data } = await hub.as(
    anonymous,
    `{ consortium(id: "${consortium.id}") { version members(all: true) { nodes { id role from until partner { id } } } } }`,
  );
  const { version, members } = data.consortium;
  expect(version).toBe(periods.length + 2);
  const shown = members.nodes.map((node: Record<string, string>) => `${node.role} ${node.from} ${node.until}`);
  // Periods that only touch stay two: they were two.
  expect(shown).toEqual([
    'LEAD 2010-01-01 2013-12-31',
    'MEMBER 2013-01-01 null',
    'LEAD 2014-01-01 2014-12-31',
    'FUNDER 2015-01-01 null',
  ]);
  expect(new Set(members.nodes.map((node: { partner: { id: string } }) => node.partner.id))).toEqual(new Set([one.id]));
  expect((await end(coordinator, members.nodes[1].id, '2020-12-31')).userErrors).toEqual([]);

  // What overlaps since before this was so gets shorter all the same.
  await hub
    .owner()
    .execute(
      `insert into consortium_member (consortium_id, partner_id, role, member_from) values (?, ?, 'FUNDER', '2014-01-01')`,
      [consortium.id, one.id],
    );
  expect((await end(coordinator, members.nodes[3].id, '2020-12-31')).userErrors).toEqual([]);
  expect(await end(coordinator, members.nodes[3].id, '2021-12-31')).toEqual(refused('DUPLICATE', 'until'));
});

test('who names a partner while it becomes another one waits, and names the one that remains', async () => {
  const { coordinator, one, network } = await world();
  const twin = await directory(hub.owner()).partner(network, 'Anker e. V.');
  const { consortium } = await found(coordinator, { network: network.slug, name: 'Netz', foundedOn: '2010-01-01' });
  const member = { partner: twin.id, role: 'MEMBER', from: '2013-01-01' };
  // A merge that has moved everything and not yet said so, as another session sees it.
  let adding!: ReturnType<typeof add>;
  let founding!: ReturnType<typeof found>;
  await hub.owner().transactional(async tx => {
    await tx.execute('select from partner where id in (?, ?) order by id for no key update', [one.id, twin.id]);
    adding = add(coordinator, consortium.id, member);
    founding = found(coordinator, { network: network.slug, name: 'Dach', umbrella: twin.id, foundedOn: '2010-01-01' });
    await waitersOf(hub, 2);
    await tx.execute(`update partner set merged_into_id = ?, status = 'ARCHIVED' where id = ?`, [one.id, twin.id]);
  });
  const [added, made] = await Promise.all([adding, founding]);
  expect([...added.userErrors, ...made.userErrors]).toEqual([]);
  const rows = await hub.owner().execute(
    `select partner_id as id from consortium_member where consortium_id = ?
       union all select umbrella_id from consortium where id = ?`,
    [consortium.id, made.consortium.id],
  );
  expect(rows).toEqual([{ id: one.id }, { id: one.id }]);
});

test('is not found by a partner that is not to be seen', async () => {
  const { coordinator, one, network } = await world();
  const { consortium } = await found(coordinator, { network: network.slug, name: 'Verein', foundedOn: '2020-01-01' });
  await add(coordinator, consortium.id, { partner: one.id, role: 'LEAD', from: '2020-01-01' });
  const count = async (viewer: Viewer) =>
    (await hub.as(viewer, `{ consortia(filter: { partner: "${one.id}" }) { totalCount } }`)).data.consortia.totalCount;
  expect([await count(anonymous), await count(coordinator)]).toEqual([1, 1]);
  await hub.owner().execute(`update partner set status = 'ARCHIVED' where id = ?`, [one.id]);
  expect([await count(anonymous), await count(coordinator)]).toEqual([0, 1]);
});
