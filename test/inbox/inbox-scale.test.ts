import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Inbox } from '../../src/inbox/box.js';
import { caseworkerInboxOf } from '../../src/inbox/caseworker-inbox.query.js';
import { coordinatorInboxOf } from '../../src/inbox/coordinator-inbox.query.js';
import { countStatement, pageStatement } from '../../src/inbox/inbox.query.js';
import { partnerInboxOf } from '../../src/inbox/partner-inbox.query.js';
import type { Context } from '../../src/shared/context.js';
import { type Sql, verbatim } from '../../src/shared/sql.js';
import type { Viewer } from '../../src/viewer/viewer.rules.js';
import { testHub } from '../support/hub.js';
import { manyReferrals } from './many-referrals.js';
import { wholeInbox } from './support.js';

const hub = testHub('inbox_scale');

const COUNT = Number(process.env.INBOX_REFERRALS ?? 5_000);
const TRIES = 15;

let world!: Awaited<ReturnType<typeof hub.given>>;

beforeAll(async () => {
  hub.setNow(new Date('2026-11-20T09:00:00Z'));
  world = await hub.given();
  await manyReferrals(hub, world, COUNT);
}, 600_000);
afterAll(() => hub.setNow(undefined));

type Open = (ctx: Context) => Inbox | null | Promise<Inbox | null>;

const INBOXES: readonly (readonly [who: 'partner' | 'caseworker' | 'coordinator', Open])[] = [
  ['partner', ctx => partnerInboxOf(ctx, null)],
  ['caseworker', caseworkerInboxOf],
  ['coordinator', ctx => coordinatorInboxOf(ctx, null)],
];

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Node[];
}

interface Plan {
  'Planning Time': number;
  'Execution Time': number;
  Plan: Node;
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** Median and best: where others work on the same machine, the two lie far apart. */
function told(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)]!.toFixed(1)} ms (best ${sorted[0]!.toFixed(1)})`;
}

/** Plans of a statement as hub_app runs it for the viewer, each with its times. */
async function plansOf(viewer: Viewer, { text, values }: Sql, tries: number): Promise<Plan[]> {
  const em = hub.inDatabase(viewer);
  const plans: Plan[] = [];
  for (let i = 0; i < tries; i++) {
    const [row] = await em.execute<{ 'QUERY PLAN': [Plan] }[]>(`explain (analyze, format json) ${text}`, [...values]);
    plans.push(row!['QUERY PLAN'][0]);
  }
  return plans;
}

/** Tables that were read from their first to their last row. */
const readWhole = (plans: readonly Plan[]): string[] =>
  plans
    .flatMap(plan => nodesOf(plan.Plan))
    .flatMap(node => (node['Node Type'] === 'Seq Scan' ? [node['Relation Name'] ?? ''] : []));

const OF_CASES = /^(referral|client_case)/;

describe.each(INBOXES)('the inbox of the %s', (who, open) => {
  const inboxFor = async (viewer: Viewer): Promise<Inbox> => (await open(hub.hub().contextOf(viewer)))!;

  test(`counts everything at once among ${COUNT} referrals, by indexes`, async () => {
    const inbox = await inboxFor(world[who]);
    const names = [...Object.keys(inbox.boxes), ...Object.keys(inbox.tallies)];
    const plans = await plansOf(world[who], countStatement(inbox, names), TRIES);
    const planned = told(plans.map(plan => plan['Planning Time']));
    const counted = told(plans.map(plan => plan['Execution Time']));
    console.log(
      `${COUNT} referrals, inbox of the ${who}: ${names.length} numbers, planned in ${planned}, counted in ${counted}`,
    );
    expect(readWhole(plans).filter(table => OF_CASES.test(table))).toEqual([]);
  });

  test('finds the first page of each box by indexes', async () => {
    const inbox = await inboxFor(world[who]);
    for (const [name, box] of Object.entries(inbox.boxes)) {
      const page = pageStatement(inbox, box, { size: 20, after: null }, verbatim('r.id'));
      const plans = await plansOf(world[who], page, 1);
      expect([name, readWhole(plans).filter(table => OF_CASES.test(table))]).toEqual([name, []]);
    }
  });

  test('answers over HTTP', async () => {
    const query = wholeInbox(`${who}Inbox`, '', 'id status respondBy service { name } partner { name }');
    const times: number[] = [];
    for (let i = 0; i < TRIES; i++) {
      const start = performance.now();
      const { errors } = await hub.as(world[who], query);
      times.push(performance.now() - start);
      expect(errors).toBeUndefined();
    }
    console.log(`${COUNT} referrals, inbox of the ${who}: all numbers and lists over HTTP in ${told(times)}`);
  });
});
