import type { ApolloServerPlugin } from '@apollo/server';
import type { EntityManager } from '@mikro-orm/postgresql';
import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode, type OperationTypeNode } from 'graphql';
import type { Context } from '../shared/context.js';
import { PublicError } from '../shared/errors.js';
import { isUnavailable } from '../shared/unavailable.js';
import type { Asked } from './compile.js';
import { answered, askedBy, type FormatError, unanswered } from './response.js';
import { OrdinaryWay } from './selection.js';
import type { Shapes } from './shape.js';

export interface AtOnce {
  schema: GraphQLSchema;
  shapes: Shapes;
  /** Outside every request: only its connections are used. */
  em: EntityManager;
  /** What clients get for an error. */
  formatError: FormatError;
}

/**
 * Answers operations of one type past the resolvers: `answer` gives the JSON of the data, null or OrdinaryWay for what
 * goes through them, and so does what is wrong with what is asked, which they tell by name.
 */
export function atOnce(
  { schema, shapes, em, formatError }: AtOnce,
  type: OperationTypeNode,
  answer: (operation: OperationDefinitionNode, asked: Asked) => Promise<string | null>,
): ApolloServerPlugin<Context> {
  const beyond = new WeakSet<OperationDefinitionNode>();
  const metadata = em.getMetadata();
  return {
    async requestDidStart({ logger }) {
      return {
        async responseForOperation({ operation, document, request, contextValue: ctx }) {
          // Which one is meant, or that none is, the ordinary way tells; and it keeps what is told under a key.
          if (operation?.operation !== type || ctx.idempotency || beyond.has(operation)) return null;
          const given = askedBy(schema, operation, document, request.variables ?? {});
          if (!given) return null;
          try {
            const json = await answer(operation, { ...given, schema, shapes, ctx, metadata });
            return json === null ? null : answered(json);
          } catch (error) {
            // Whoever waits once more for what is away waits twice as long; and nobody knows whether it was written.
            if (isUnavailable(error)) return unanswered(operation, document, error, formatError);
            if (error instanceof OrdinaryWay && error.always) beyond.add(operation);
            else if (!isToldOrdinarily(error)) logger.error(error as Error); // a bug here: the resolvers still know
            return null;
          }
        },
      };
    },
  };
}

/** What the resolvers, or graphql-js of a variable that is null, tell too, with its path. */
const isToldOrdinarily = (error: unknown): boolean =>
  error instanceof OrdinaryWay || error instanceof PublicError || error instanceof GraphQLError;
