import type { ReferralStatus } from '../referral/referral.rules.js';
import type { Page } from '../shared/connection.js';
import { invalidCursor } from '../shared/errors.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';

/** In what order a box is read. Its last key tells all rows apart; cursors hold the keys of the last row. */
export interface Order {
  readonly keys: readonly (readonly [key: Sql, type: 'boolean' | 'date' | 'timestamptz' | 'uuid'])[];
  readonly descending: boolean;
}

/** One box: which of the inbox's referrals lie in it. `r` is the referral, `seen` what the inbox's side sees of it. */
export interface Box {
  /** Where such a referral stands, as seen. */
  readonly at: readonly ReferralStatus[];
  /** What else must hold. */
  readonly where?: Sql;
  readonly order: Order;
}

/** What one viewer finds in one inbox. */
export interface Inbox<Name extends string = string> {
  /** Goes into the cursors: each box is a list of its own. */
  readonly name: string;
  /** SQL: the table of referrals `r`, with `seen` beside it. */
  readonly from: Sql;
  /** SQL: is it one of the inbox's at all? */
  readonly within: Sql;
  /** Are so few of the open ones in any box that each box is looked up by an index of its own? */
  readonly rare: boolean;
  readonly boxes: Readonly<Record<Name, Box>>;
  /** SQL: what else is counted, each a query of one number. */
  readonly tallies: Readonly<Record<string, Sql>>;
}

const ID = [sql`r.id`, 'uuid'] as const;
const NEVER = sql`'infinity'::timestamptz`;

/** What cannot wait comes first, then by a moment; what has none comes last. */
export const urgentFirst = (moment: Sql, tie: Order['keys'][number] = ID): Order => ({
  keys: [[sql`not r.urgent`, 'boolean'], [sql`coalesce(${moment}, ${NEVER})`, 'timestamptz'], tie],
  descending: false,
});

export const earliestFirst = (key: Sql, type: Order['keys'][number][1]): Order => ({
  keys: [[key, type], ID],
  descending: false,
});

export const latestFirst = (moment: Sql): Order => ({
  keys: [[sql`coalesce(${moment}, ${NEVER})`, 'timestamptz'], ID],
  descending: true,
});

export const DEADLINE = urgentFirst(sql`seen.respond_by`);

/** SQL: does it lie in the box, being one of the inbox? */
export const isIn = ({ at, where }: Box): Sql =>
  where ? sql`seen.status = any(${at}::text[]) and ${where}` : sql`seen.status = any(${at}::text[])`;

/** SQL: what a page of the order begins after, if it does. */
export function comesAfter({ keys, descending }: Order, { after }: Page): Sql[] {
  if (!after) return [];
  if (after.length !== keys.length) throw invalidCursor(); // of a box that was in another order once
  const values = keys.map(([, type], i) => sql`${after[i]}::${verbatim(type)}`);
  return [sql`(${listed(keys.map(([key]) => key))}) ${verbatim(descending ? '<' : '>')} (${listed(values)})`];
}

/** SQL: the order, and one row more than the page, which tells whether there is a next. */
export const inOrder = ({ keys, descending }: Order, { size }: Page): Sql =>
  sql`order by ${listed(keys.map(([key]) => (descending ? sql`${key} desc` : key)))} limit ${verbatim(String(size + 1))}`;

/** SQL: where a row stands in the order, as its cursor tells it. */
export const positionIn = ({ keys }: Order): Sql =>
  sql`json_build_array(${listed(keys.map(([key]) => sql`(${key})::text`))})`;

/** SQL: one after the other, with commas. */
export const listed = (parts: readonly Sql[]): Sql => parts.reduce((all, part) => sql`${all}, ${part}`);
