import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Context } from '../shared/context.js';
import { PublicError } from '../shared/errors.js';
import { preparedText } from '../shared/prepared.js';
import { RawJson } from '../shared/raw-json.js';
import { isUnavailable } from '../shared/unavailable.js';
import type { Asked } from './compile.js';
import { queryOf } from './operation.js';
import { OrdinaryWay } from './selection.js';
import type { Roots, Shapes } from './shape.js';

/**
 * Answers queries of which every field has a shape, by one statement whose JSON leaves as it comes. All others go through
 * the resolvers: what no shape tells, and what is wrong with what is asked, which they tell by name.
 */
export function readPath(schema: GraphQLSchema, shapes: Shapes, roots: Roots): ApolloServerPlugin<Context> {
  const beyond = new WeakSet<OperationDefinitionNode>();
  return {
    async requestDidStart({ logger }) {
      return {
        async responseForOperation({ operation, document, request, contextValue: ctx }) {
          // Which one is meant, or that none is, the ordinary way tells.
          if (operation?.operation !== OperationTypeNode.QUERY || beyond.has(operation)) return null;
          try {
            const asked = askedBy(schema, operation, document, request.variables ?? {});
            if (!asked) return null;
            const metadata = ctx.em.getMetadata();
            const { told, query, session } = await queryOf(operation, roots, {
              ...asked,
              schema,
              shapes,
              ctx,
              metadata,
            });
            const json = told ?? (await preparedText(ctx.em, query, session));
            return json ? answered(json) : null;
          } catch (error) {
            if (error instanceof OrdinaryWay && error.always) beyond.add(operation);
            else if (!isExpected(error)) logger.error(error as Error); // a bug here; the answer is right nevertheless
            return null;
          }
        },
      };
    },
  };
}

/** What the ordinary way tells too, with its path. */
const isExpected = (error: unknown): boolean =>
  error instanceof OrdinaryWay || error instanceof PublicError || isUnavailable(error);

export function answered(json: string): GraphQLResponse {
  const data = new RawJson(json) as unknown as Record<string, unknown>;
  return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } } as GraphQLResponse;
}

/** Null where the variables are wrong. */
export function askedBy(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  { definitions }: DocumentNode,
  given: Readonly<Record<string, unknown>>,
): Pick<Asked, 'fragments' | 'variables'> | null {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  if (!coerced) return null;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const one of definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one;
  return { fragments, variables: coerced };
}
