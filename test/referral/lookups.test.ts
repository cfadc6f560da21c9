import { beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { manyReferrals } from '../inbox/many-referrals.js';
import { testHub } from '../support/hub.js';
import { CASE_TABLES } from '../support/rows.js';

const hub = testHub('referral_lookups');

const COUNT = 5_000;
const TRIES = 15;

/** What `manyReferrals` leaves out. */
const MORE = [
  `insert into referral_event (referral_id, network_id, number, step, from_status, to_status, seen_from, seen_to, at, "by")
   select id, network_id, number, 'SEND', 'DRAFT', 'SENT', 'DRAFT', 'SENT', created_at, 'CASEWORKER'
   from referral, generate_series(3, 5) number`,
  `insert into referral_notice (referral_id, network_id, party, kind, due_at, at)
   select id, network_id, party, 'REMINDER', created_at, created_at
   from referral, unnest(array['CASEWORKER', 'PARTNER', 'COORDINATOR']) party`,
  `insert into referral_question (referral_id, network_id, partner_id, text, asked_at, revision)
   select id, network_id, partner_id, 'Seit wann?', created_at, 1 from referral`,
  `insert into referral_follow_up (referral_id, network_id, months, due_on, version)
   select id, network_id, 3, '2026-01-01', 1 from referral`,
  'vacuum analyze',
];

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Plans?: Node[];
}

interface Plan {
  'Execution Time': number;
  Plan: Node;
}

let world!: Awaited<ReturnType<typeof hub.given>>;

beforeAll(async () => {
  world = await hub.given();
  await manyReferrals(hub, world, COUNT);
  for (const statement of MORE) await hub.owner().execute(statement);
});

/** Tables with a foreign key to `referral`. */
async function hanging(): Promise<string[]> {
  const rows = await hub.owner().execute<{ name: string }[]>(
    `select distinct conrelid::regclass::text as name from pg_constraint
     where contype = 'f' and confrelid = 'referral'::regclass and conrelid <> confrelid order by 1`,
  );
  return rows.map(row => row.name);
}

const read = (table: string): string => `select * from ${table} where referral_id = '${world.referral.id}'`;

const add = (table: string): string =>
  `insert into ${table} (referral_id, network_id) values ('${world.referral.id}', '${world.network.id}')`;

/** The plan of a statement as hub_app runs it for the viewer; with `analyze` it runs, and is taken back. */
async function planOf(viewer: Viewer, statement: string, analyze = false): Promise<Plan> {
  const em = hub.inDatabase(viewer);
  await em.begin();
  const explain = `explain (format json, analyze ${analyze}) ${statement}`;
  const [row] = await em.execute<{ 'QUERY PLAN': [Plan] }[]>(explain);
  await em.rollback();
  return row!['QUERY PLAN'][0];
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** How a plan finds referrals and cases. */
const waysIn = ({ Plan }: Plan): string[] =>
  nodesOf(Plan)
    .filter(node => ['referral', 'client_case'].includes(node['Relation Name'] ?? ''))
    .map(node => `${node['Relation Name']}: ${node['Node Type']} ${node['Index Cond'] ?? ''}`);

const BY_KEY = /^\w+: Index (Only )?Scan \(id = \w+\.(referral_id|client_case_id)\)$/;

const median = (numbers: readonly number[]): string =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!.toFixed(2);

async function timed(viewer: Viewer, statement: string): Promise<string> {
  const times: number[] = [];
  for (let i = 0; i < TRIES; i++) times.push((await planOf(viewer, statement, true))['Execution Time']);
  return median(times);
}

test('what hangs on a referral are these tables', async () => {
  expect(await hanging()).toEqual([
    'funding_decision',
    ...CASE_TABLES.filter(table => table.startsWith('referral_')).sort(),
  ]);
});

describe.each(['partner', 'caseworker', 'coordinator'] as const)('for the %s, what hangs on a referral', who => {
  test.each([
    ['read', read],
    ['added', add],
  ])(`is %s without going through the other ${COUNT}`, async (_, statement) => {
    for (const table of await hanging()) {
      const ways = waysIn(await planOf(world[who], statement(table)));
      expect([table, ways]).not.toEqual([table, []]);
      expect([table, ways.filter(way => !BY_KEY.test(way))]).toEqual([table, []]);
    }
  });

  test('is allowed to be read and added, and how long that takes with events is told', async () => {
    const values = `('${world.referral.id}', '${world.network.id}', 99, now(), 'PARTNER')`;
    const added = `insert into referral_event (referral_id, network_id, number, at, "by") values ${values}`;
    const [reads, adds] = [await timed(world[who], read('referral_event')), await timed(world[who], added)];
    console.log(`${COUNT} referrals, ${who}: events of one read in ${reads} ms, one added in ${adds} ms`);
  });
});
