import type { ApolloServerPlugin } from '@apollo/server';
import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { Context } from '../shared/context.js';
import { preparedWrite } from '../shared/prepared.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { type AtOnce, atOnce } from './at-once.js';
import { type Asked, Compiler } from './compile.js';
import { OrdinaryWay, objectTypeOf } from './selection.js';
import type { Arguments } from './shape.js';
import { Writer, written } from './writer.js';

/** A mutation that mostly is one statement. */
export interface WriteRoot {
  /**
   * SQL: changes one row, or none where there is more to do, or something to refuse; null where that is known before.
   * It looks by itself at who may do it, and at all that the resolver would refuse.
   */
  statement(ctx: Context, args: Arguments): Sql | null;
  /** The field of the payload that tells what was written. */
  thing: string;
  /** SQL: what follows `from`, with `t` for its row. */
  from(ctx: Context, args: Arguments): Sql;
}

/** By the name of the field of the mutation type. */
export type WriteRoots = Readonly<Record<string, WriteRoot>>;

export interface WritePath extends AtOnce {
  writes: WriteRoots;
}

/**
 * Answers mutations that are one statement, and of whose payload every field has a shape, in one round trip: what is
 * written and what is told of it are one transaction. All others, those with an Idempotency-Key among them, and those
 * whose statement finds nothing that it may change, go through the resolvers.
 */
export const writePath = ({ writes, ...path }: WritePath): ApolloServerPlugin<Context> =>
  atOnce(path, OperationTypeNode.MUTATION, async (operation, asked) => {
    const { write, answer } = compiled(operation, writes, asked);
    return preparedWrite(path.em, write, answer);
  });

interface Both {
  write: Sql;
  /** One row of one column: the whole answer. */
  answer: Sql;
}

function compiled(operation: OperationDefinitionNode, writes: WriteRoots, asked: Asked): Both {
  const { schema, fragments, variables, ctx } = asked;
  const type = schema.getMutationType()!;
  const [only, ...others] = collectFields(schema, fragments, variables, type, operation.selectionSet);
  const [name, nodes] = only ?? ['', []];
  const root = nodes[0] && writes[nodes[0].name.value];
  if (!root || others.length > 0) throw new OrdinaryWay(true);
  const field = type.getFields()[nodes[0]!.name.value]!;
  const compiler = new Compiler(asked);
  const args = compiler.argumentsOf(field, nodes[0]!);
  const write = root.statement(ctx, args);
  if (!write) throw new OrdinaryWay(false);
  const payloadType = objectTypeOf(field);
  const payload = written(payloadType, compiler.selected(payloadType, nodes), (part, below) => {
    if (part === 'userErrors') return verbatim(`'[]'`);
    if (part !== root.thing) throw new OrdinaryWay(true);
    const thing = objectTypeOf(payloadType.getFields()[part]!);
    return compiler.one(thing, compiler.selected(thing, below), root.from(ctx, args));
  });
  return { write, answer: sql`select ${new Writer().key(name).add(payload).end()} as json` };
}
