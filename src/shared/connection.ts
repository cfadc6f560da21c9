import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { decodeCursor, encodeCursor, type Position } from './cursor.js';
import { badInput } from './errors.js';
import type { Secrets } from './secrets.js';

export const DEFAULT_SIZE = 20;
export const LARGEST_SIZE = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_SIZE, description: 'How many, 1 to 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: '`endCursor` of the page before.' })
  after?: string | null;
}

/** Rows of a list that stands in each row of a long list, where the latest few are what is read. */
export const SHORT_SIZE = 5;

@ArgsType()
export class ShortPageArgs extends PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: SHORT_SIZE, description: 'How many, 1 to 100.' })
  override first?: number | null;
}

/** One page to read: `size` rows after `after`; read one more to know whether there is more. */
export interface Page {
  size: number;
  after: Position | null;
}

/**
 * The page that the arguments ask for, or BAD_USER_INPUT, or INVALID_CURSOR. `list` names the order, `usual` is the size
 * that the schema says for none.
 */
export function pageOf({ first, after }: PageArgs, secrets: Secrets, list: string, usual = DEFAULT_SIZE): Page {
  const size = first ?? usual;
  if (size < 1 || size > LARGEST_SIZE) throw badInput('first', `Ask for 1 to ${LARGEST_SIZE}.`);
  return { size, after: after == null ? null : decodeCursor(secrets, list, after) };
}

@ObjectType({ description: 'Where a page begins and ends.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Is there more after this page?' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Is there more before this page?' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge; hand it to `after`.' })
  endCursor!: string | null;
}

/** What a list needs to become a connection. */
export interface Slice<T> {
  /** Up to `size` + 1 rows in order; the one too many tells that there is more. */
  rows: readonly T[];
  page: Page;
  position: (row: T) => Position;
  count: () => Promise<number>;
}

/**
 * `const PartnerConnection = connectionOf(Partner, 'partners')` makes the types PartnerConnection and PartnerEdge. The
 * second name goes into the cursors: a cursor of another list is refused.
 */
export function connectionOf<T extends object>(Node: ClassType<T>, list: string) {
  @ObjectType(`${Node.name}Edge`, { description: 'One row of a page.' })
  class Edge {
    @Field(() => Node, { description: 'The row itself.' })
    node!: T;

    @Field(() => String, { description: 'Hand it to `after` to go on from here.' })
    cursor!: string;
  }

  @ObjectType(`${Node.name}Connection`, { description: 'One page of a list.' })
  class Connection {
    @Field(() => [Node], { description: 'The rows.' })
    nodes!: T[];

    @Field(() => [Edge], { description: 'The rows, each with its cursor.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Where the page begins and ends.' })
    pageInfo!: PageInfo;

    count!: () => Promise<number>;

    @Field(() => Int, { nullable: true, description: 'Rows on all pages; counted only when asked for.' })
    totalCount(): Promise<number> {
      return this.count();
    }

    static readonly list = list;

    /** `order`: the name of the list for the cursors, where it is another than usual. */
    static of(secrets: Secrets, { rows, page, position, count }: Slice<T>, order = list): Connection {
      const nodes = rows.slice(0, page.size);
      const edges = nodes.map(node => ({ node, cursor: encodeCursor(secrets, order, position(node)) }));
      const pageInfo = {
        hasNextPage: rows.length > page.size,
        hasPreviousPage: page.after !== null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      };
      return Object.assign(new Connection(), { nodes, edges, pageInfo, count });
    }
  }
  return Connection;
}
