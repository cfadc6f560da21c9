import type { ApolloServerPlugin } from '@apollo/server';
import type { EntityManager } from '@mikro-orm/postgresql';
import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Context } from '../shared/context.js';
import { PublicError } from '../shared/errors.js';
import { preparedText } from '../shared/prepared.js';
import { isUnavailable } from '../shared/unavailable.js';
import { queryOf } from './operation.js';
import { answered, askedBy, type FormatError, unanswered } from './response.js';
import { OrdinaryWay } from './selection.js';
import type { Roots, Shapes } from './shape.js';

export interface ReadPath {
  schema: GraphQLSchema;
  shapes: Shapes;
  roots: Roots;
  /** Outside every request: only its connections are used. */
  em: EntityManager;
  /** What clients get for an error. */
  formatError: FormatError;
}

/**
 * Answers queries of which every field has a shape, by one statement whose JSON leaves as it comes. All others go through
 * the resolvers: what no shape tells, and what is wrong with what is asked, which they tell by name.
 */
export function readPath({ schema, shapes, roots, em, formatError }: ReadPath): ApolloServerPlugin<Context> {
  const beyond = new WeakSet<OperationDefinitionNode>();
  const metadata = em.getMetadata();
  return {
    async requestDidStart({ logger }) {
      return {
        async responseForOperation({ operation, document, request, contextValue: ctx }) {
          // Which one is meant, or that none is, the ordinary way tells.
          if (operation?.operation !== OperationTypeNode.QUERY || beyond.has(operation)) return null;
          const asked = askedBy(schema, operation, document, request.variables ?? {});
          if (!asked) return null;
          try {
            const { told, query, session } = await queryOf(operation, roots, {
              ...asked,
              schema,
              shapes,
              ctx,
              metadata,
            });
            const json = told ?? (await preparedText(em, query, session));
            return json ? answered(json) : null;
          } catch (error) {
            // Who would wait once more for what is away, or took too long, waits twice as long.
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
export const isToldOrdinarily = (error: unknown): boolean =>
  error instanceof OrdinaryWay || error instanceof PublicError || error instanceof GraphQLError;
