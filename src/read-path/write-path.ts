import type { ApolloServerPlugin } from '@apollo/server';
import { type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { Context } from '../shared/context.js';
import { preparedWrite } from '../shared/prepared.js';
import { type Sql, sql } from '../shared/sql.js';
import { isUnavailable } from '../shared/unavailable.js';
import { type Asked, Compiler } from './compile.js';
import { isToldOrdinarily, type ReadPath } from './read-path.js';
import { answered, askedBy, unanswered } from './response.js';
import { OrdinaryWay, objectTypeOf } from './selection.js';
import type { Arguments } from './shape.js';
import { Writer } from './writer.js';

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

export interface WritePath extends Omit<ReadPath, 'roots'> {
  writes: WriteRoots;
}

/**
 * Answers mutations that are one statement, and of whose payload every field has a shape, in one round trip: what is
 * written and what is told of it are one transaction. All others, those with an Idempotency-Key among them, and those
 * whose statement finds nothing that it may change, go through the resolvers.
 */
export function writePath({ schema, shapes, writes, em, formatError }: WritePath): ApolloServerPlugin<Context> {
  const beyond = new WeakSet<OperationDefinitionNode>();
  const metadata = em.getMetadata();
  return {
    async requestDidStart({ logger }) {
      return {
        async responseForOperation({ operation, document, request, contextValue: ctx }) {
          if (operation?.operation !== OperationTypeNode.MUTATION || ctx.idempotency || beyond.has(operation))
            return null;
          try {
            const asked = askedBy(schema, operation, document, request.variables ?? {});
            if (!asked) return null;
            const { write, answer } = compiled(operation, writes, { ...asked, schema, shapes, ctx, metadata });
            const json = await preparedWrite(em, write, answer);
            return json === null ? null : answered(json);
          } catch (error) {
            // Nobody knows whether it was written: nothing is begun anew.
            if (isUnavailable(error)) return unanswered(operation, document, error, formatError);
            if (error instanceof OrdinaryWay && error.always) beyond.add(operation);
            else if (!isToldOrdinarily(error)) logger.error(error as Error); // rolled back; the resolver does it right
            return null;
          }
        },
      };
    },
  };
}

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
  const payload = new Writer();
  for (const [key, [node, ...more]] of compiler.selected(payloadType, nodes)) {
    const part = node!.name.value;
    if (part === '__typename') payload.key(key).constant(`"${payloadType.name}"`);
    else if (part === 'userErrors') payload.key(key).constant('[]');
    else if (part === root.thing) {
      const below = objectTypeOf(payloadType.getFields()[part]!);
      const from = root.from(ctx, args);
      payload.key(key).add(compiler.one(below, compiler.selected(below, [node!, ...more]), from));
    } else throw new OrdinaryWay(true);
  }
  return { write, answer: sql`select ${new Writer().key(name).add(payload.end()).end()} as json` };
}
