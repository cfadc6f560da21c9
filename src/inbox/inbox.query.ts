import type { EntityManager } from '@mikro-orm/postgresql';
import { Referral } from '../referral/referral.entity.js';
import { ReferralConnection } from '../referral/referral.inputs.js';
import { withParties } from '../referral/referral.query.js';
import { type Page, type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import type { Position } from '../shared/cursor.js';
import { allOf, anyOf, columnsOf, rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { type Box, comesAfter, type Inbox, inOrder, isIn, listed, positionIn } from './box.js';

/** How many there are of each asked kind: boxes and tallies of one inbox, by one statement that counts nothing else. */
export async function countInbox(
  em: EntityManager,
  inbox: Inbox,
  names: readonly string[],
): Promise<Record<string, number>> {
  const [counts] = await rowsOf<Record<string, number>>(em, countStatement(inbox, names));
  return counts ?? {};
}

export function countStatement(inbox: Inbox, names: readonly string[]): Sql {
  const boxes = names.flatMap(name => inbox.boxes[name] ?? []);
  const counts = names.map(name => {
    const box = inbox.boxes[name];
    const count = box ? sql`count(*) filter (where ${isIn(box)})` : sql`(${inbox.tallies[name]})`;
    return sql`${count}::int as ${verbatim(`"${name}"`)}`;
  });
  if (boxes.length === 0) return sql`select ${listed(counts)}`;
  return sql`select ${listed(counts)} from ${inbox.from} where ${allOf([inbox.within, ...inAnyOf(inbox, boxes)])}`;
}

/** SQL: no other rows are read. */
function inAnyOf({ rare }: Inbox, boxes: readonly Box[]): Sql[] {
  const statuses = [...new Set(boxes.flatMap(box => box.at))];
  return [sql`seen.status = any(${statuses}::text[])`, ...(rare ? [anyOf(boxes.map(isIn))] : [])];
}

/** One page of a box, the most urgent first. */
export async function boxPage(ctx: Context, inbox: Inbox, name: string, args: PageArgs): Promise<ReferralConnection> {
  const { em, secrets, loaders } = ctx;
  const list = `inbox-${inbox.name}-${name}`;
  const page = pageOf(args, secrets, list);
  const found = await rowsOf<{ id: string; position_in_box: Position }>(
    em,
    pageStatement(inbox, boxOf(inbox, name), page, columnsOf(em, Referral, 'r')),
  );
  const positions = new Map(found.map(row => [row.id, row.position_in_box]));
  const rows = found.map(({ position_in_box: _, ...row }) => em.map(Referral, row as never));
  return ReferralConnection.of(
    secrets,
    {
      rows: await withParties(ctx, rows),
      page,
      position: ({ id }) => positions.get(id) ?? [],
      count: () => loaders.inboxCounts(inbox).load(name),
    },
    list,
  );
}

export const pageStatement = ({ from, within }: Inbox, box: Box, page: Page, columns: Sql): Sql =>
  sql`select ${columns}, ${positionIn(box.order)} as position_in_box from ${from}
      where ${allOf([within, isIn(box), ...comesAfter(box.order, page)])} ${inOrder(box.order, page)}`;

function boxOf({ boxes }: Inbox, name: string): Box {
  const box = boxes[name];
  if (!box) throw new Error(`No box is called ${name}.`);
  return box;
}
