import { describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { testHub } from '../support/hub.js';
import { take } from '../support/referral-steps.js';

const hub = testHub('referral_page');

type World = Awaited<ReturnType<typeof hub.given>>;

const PAGE = `nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount`;

/** The three lists of case data, each with a world's answer to it. */
const LISTS = {
  referrals: {
    query: `query ($first: Int, $after: String) { list: referrals(first: $first, after: $after) { ${PAGE} } }`,
    variables: () => ({}),
    order: 'select r.id from referral r where r.service_id = ? order by r.created_at desc, r.id desc',
  },
  clientCases: {
    query: `query ($first: Int, $after: String) { list: clientCases(first: $first, after: $after) { ${PAGE} } }`,
    variables: () => ({}),
    order: `select c.id from client_case c join referral r on r.client_case_id = c.id
      where r.service_id = ? order by c.created_at desc, c.id desc`,
  },
  'clientCase.referrals': {
    query: `query ($case: ID!, $first: Int, $after: String) {
      clientCase(id: $case) { list: referrals(first: $first, after: $after) { ${PAGE} } } }`,
    variables: ({ clientCase }: World) => ({ case: clientCase.id }),
    order: 'select r.id from referral r where r.service_id = ? order by r.created_at desc, r.id desc',
  },
} as const;

type List = keyof typeof LISTS;
const lists = Object.keys(LISTS) as List[];

async function page(world: World, list: List, args: object) {
  const { query, variables } = LISTS[list];
  const { data, errors } = await hub.as(world.caseworker, query, { ...variables(world), ...args });
  return { page: errors ? null : (data.list ?? data.clientCase.list), errors };
}

/** A world in which every list holds so many. */
async function worldOf(list: List, size: number): Promise<World> {
  const world = await hub.given({ referrals: size });
  const em = hub.owner();
  if (list === 'clientCase.referrals')
    await em.execute('update referral set client_case_id = ? where service_id = ?', [
      world.clientCase.id,
      world.service.id,
    ]);
  // All in the same three milliseconds, so that only the id tells them apart.
  for (const table of ['referral', 'client_case'])
    await em.execute(
      `update ${table} set created_at = timestamptz '2026-01-01' + floor(random() * 3) * interval '1 ms'`,
    );
  return world;
}

describe.each(lists)('%s', list => {
  test('pages show every row once, newest first', async () => {
    const world = await worldOf(list, 7);
    const newestFirst = await hub.owner().execute<{ id: string }[]>(LISTS[list].order, [world.service.id]);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { page: one } = await page(world, list, { first: 3, after });
      expect(one.totalCount).toBe(7);
      expect(one.edges.map((edge: { node: object }) => edge.node)).toEqual(one.nodes);
      expect(one.pageInfo.startCursor).toBe(one.edges[0].cursor);
      expect(one.pageInfo.endCursor).toBe(one.edges.at(-1).cursor);
      expect(one.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...one.nodes.map((node: { id: string }) => node.id));
      after = one.pageInfo.hasNextPage ? one.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(newestFirst.map(row => row.id));
  });

  test('a page of exactly what there is says that there is no more', async () => {
    const world = await worldOf(list, 3);
    const { page: one } = await page(world, list, { first: 3 });
    expect(one.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    const { page: none } = await page(world, list, { first: 3, after: one.pageInfo.endCursor });
    expect(none).toEqual({
      nodes: [],
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      totalCount: 3,
    });
  });

  test('twenty when nothing is said, and when null is', async () => {
    const world = await worldOf(list, 21);
    for (const args of [{}, { first: null }, { first: null, after: null }])
      expect((await page(world, list, args)).page.nodes).toHaveLength(20);
    expect((await page(world, list, { first: 100 })).page.nodes).toHaveLength(21);
  });

  test('a page size beyond the bounds, or a cursor of another list, is refused', async () => {
    const world = await worldOf(list, 2);
    for (const first of [101, 0, -1, 2 ** 31 - 1])
      expect((await page(world, list, { first })).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', argument: 'first' } },
      ]);
    const own = (await page(world, list, {})).page.pageInfo.startCursor as string;
    const cursors = [
      '',
      'x',
      'zzz.zzz',
      own.slice(0, -1),
      `${own}0`,
      own.replace(/^./, 'X'),
      Buffer.from('["2026-01-01","x"]').toString('base64url'),
    ];
    for (const other of lists.filter(one => (one === 'clientCases') !== (list === 'clientCases'))) {
      const foreign = await page(other === 'clientCase.referrals' ? await worldOf(other, 1) : world, other, {});
      if (foreign.page) cursors.push(foreign.page.pageInfo.startCursor);
    }
    expect(cursors.length).toBeGreaterThan(7);
    for (const after of cursors)
      expect([after, (await page(world, list, { after })).errors]).toMatchObject([
        after,
        [{ extensions: { code: 'INVALID_CURSOR', argument: 'after' } }],
      ]);
  });
});

describe('filters', () => {
  const FILTER = 'query ($filter: ReferralFilter) { referrals(filter: $filter) { nodes { id } totalCount } }';

  test('all must hold, of a list any one, and what is no id finds nothing', async () => {
    const world = await hub.given({ referrals: 3, total: 9 });
    const { caseworker, partner, referrals, service, anker, brücke, cases } = world;
    const [first, second] = referrals.map(one => one.id) as [string, string, string];
    await take(hub, partner, 'ACKNOWLEDGE', first);
    await take(hub, partner, 'ACCEPT', second);
    const found = async (filter: object | null) => {
      const { nodes, totalCount } = (await hub.as(caseworker, FILTER, { filter })).data.referrals;
      expect(nodes).toHaveLength(totalCount);
      return totalCount;
    };
    for (const [filter, count] of [
      [null, 3],
      [{}, 3],
      [{ statuses: null, service: null, partner: null, clientCase: null, overdue: null }, 3],
      [{ statuses: ['RECEIVED'] }, 1],
      [{ statuses: ['RECEIVED', 'ACCEPTED', 'DECLINED'] }, 2],
      [{ statuses: [] }, 3], // asks for nothing
      [{ service: service.id, partner: anker.id, statuses: ['SENT'] }, 1],
      [{ service: 'x' }, 0],
      [{ partner: brücke.id }, 0],
      [{ clientCase: cases[1]!.id }, 1],
      [{ clientCase: "1' or true" }, 0],
      [{ clientCase: cases[1]!.id, statuses: ['SENT'] }, 0],
      [{ overdue: true }, 0],
      [{ overdue: false }, 3],
    ] as const)
      expect([filter, await found(filter)]).toEqual([filter, count]);
  });

  test('by case is for caseworkers on it alone', async () => {
    const { partner, coordinator, deputy, clientCase } = await hub.given();
    const filter = { clientCase: clientCase.id };
    for (const [viewer, count] of [
      [partner, 0],
      [coordinator, 0],
      [deputy, 1],
    ] as const)
      expect((await hub.as(viewer, FILTER, { filter })).data.referrals.totalCount).toBe(count);
  });

  test('an unknown status is no input at all', async () => {
    const { caseworker } = await hub.given();
    const { errors } = await hub.as(caseworker, FILTER, { filter: { statuses: ['LOST'] } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'filter.statuses.0' } }]);
  });
});

describe('a page costs the same number of statements, however long', () => {
  const EVERYTHING = `{ referrals {
    nodes {
      status version openSteps note respondBy
      clientCase { reference municipality { name } needs { code } consents { validUntil } }
      service { name capacity { free } categories { code } } partner { name }
      client { pseudonym municipality { name } needs { code } }
      events { step to at }
    }
    totalCount
  } }`;
  const CASES = `{ clientCases { nodes { reference needs { code } accessibility consents { id service { name } }
    referrals(first: 5) { nodes { status openSteps events { to } service { name } } totalCount } } totalCount } }`;

  test.each([
    ['caseworker', EVERYTHING, 15],
    ['partner', EVERYTHING, 13],
    ['coordinator', EVERYTHING, 11],
    ['caseworker', CASES, 13],
  ] as const)('for the %s', async (who, query, most) => {
    const counts = [];
    for (const referrals of [2, 20]) {
      const world = await hub.given({ status: ReferralStatus.DRAFT, referrals });
      for (const { id } of world.referrals.slice(0, 2)) await take(hub, world.caseworker, 'SEND', id);
      await hub
        .owner()
        .execute(
          `update referral set status = 'SENT', seen_status = 'SENT', sent_at = created_at where service_id = ?`,
          [world.service.id],
        );
      await hub
        .owner()
        .execute(
          `update referral_disclosure set disclosed_at = now(), pseudonym = 'P', municipality_key = ? where partner_id = ?`,
          [world.home.key, world.anker.id],
        );
      await hub.enrol(world[who]);
      const sent = await hub.statements(async () => {
        const { errors } = await hub.as(world[who], query);
        expect(errors).toBeUndefined();
      });
      expect(sent.filter(one => /^(start transaction|begin)/i.test(one))).toHaveLength(1);
      counts.push(sent.filter(one => /^(select|with) (?!set_config)/.test(one)).length);
    }
    expect(counts[1]).toBe(counts[0]);
    expect(counts[1]).toBeLessThanOrEqual(most);
  });
});
