import type { EntityName } from '@mikro-orm/postgresql';
import type { GraphQLObjectType } from 'graphql';
import type { Page } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import type { ListRows } from '../shared/ordered-list.js';
import type { Sql } from '../shared/sql.js';
import type { Compiler } from './compile.js';
import type { Selected } from './selection.js';

/**
 * How a type of the schema is read by SQL, declared in `x.shape.ts` beside the entity. What it does not name goes through
 * resolvers and loaders, with the whole operation that asks for it.
 */
export interface Shape {
  /** Whose columns a row has. */
  entity?: EntityName<object>;
  /** Fields that are properties of the entity and have no resolver: everybody who sees the row reads them. */
  columns?: readonly string[];
  fields?: Readonly<Record<string, Reader>>;
}

/** Coerced, as a resolver gets them. */
export type Arguments = Readonly<Record<string, unknown>>;

export type Reader = ValueReader | PartReader | OneReader | ManyReader | PageReader;

/** `row`: the SQL name of the row that the field belongs to, here and below. */
export interface ValueReader {
  kind: 'value';
  /** SQL: its JSON as text, never null. */
  read(row: Sql, ctx: Context, args: Arguments): Sql;
}

/** An object made of columns of the same row: its shape has no entity of its own. */
export interface PartReader {
  kind: 'part';
  /** SQL: where this holds the object is null. */
  nullIf?(row: Sql): Sql;
}

/** The row of another type, or null. */
export interface OneReader {
  kind: 'one';
  /** SQL: what follows `from`, with `t` for the row. */
  from(row: Sql, ctx: Context): Sql;
}

/** A list that a rule of the domain bounds. */
export interface ManyReader {
  kind: 'many';
  /** SQL: what follows `from`, with `t` for the rows, and the order of `t`. */
  from(row: Sql, ctx: Context): Sql;
  order: string;
}

/** A connection below a row. */
export interface PageReader {
  kind: 'page';
  /** Null where these arguments are for the ordinary way. */
  page(row: Sql, ctx: Context, args: Arguments): ListedPage | null;
}

/** One page of a list; its columns are those of `t`. */
export interface ListedPage {
  list: ListRows;
  /** The name that its cursors are signed for. */
  name: string;
  conditions: readonly Sql[];
  page: Page;
}

/** By the name of the type in the schema. */
export type Shapes = Readonly<Record<string, Shape>>;

/** By the name of the field of the query type. */
export type Roots = Readonly<Record<string, Root>>;

/** A field of the query type. */
export type Root = OneRoot | PageRoot | OwnRoot;

/** One whose JSON its feature makes: of what it has worked out, and of what the compiler reads for it. */
export interface OwnRoot extends AnyRoot {
  kind: 'own';
  /** Null where the ordinary way is to answer. */
  answer(field: OwnField): Promise<string | null>;
}

export interface OwnField {
  ctx: Context;
  args: Arguments;
  type: GraphQLObjectType;
  selected: Selected;
  compiler: Compiler;
}

interface AnyRoot {
  /** Is it about cases? Then it is read as the viewer, whom the policies know, and by nobody who is not signed in. */
  caseData?: true;
}

export interface OneRoot extends AnyRoot {
  kind: 'one';
  /**
   * SQL: what follows `from`, with `t` for the row; null where these arguments are for the ordinary way. Where the field
   * is never null and there is no such row, the ordinary way tells why.
   */
  from(ctx: Context, args: Arguments): Sql | null;
}

export interface PageRoot extends AnyRoot {
  kind: 'page';
  page(ctx: Context, args: Arguments): Promise<ListedPage | null>;
  /** SQL: where it does not hold there is no such list, and the ordinary way tells so. */
  given?(args: Arguments): Sql | null;
}
