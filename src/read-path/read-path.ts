import { type ApolloServerPlugin, type GraphQLResponse, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getVariableValues,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { Context } from '../shared/context.js';
import { PublicError } from '../shared/errors.js';
import { preparedText } from '../shared/prepared.js';
import { RawJson } from '../shared/raw-json.js';
import { allOf, Sql, sql } from '../shared/sql.js';
import { isUnavailable } from '../shared/unavailable.js';
import { type Asked, Compiler } from './compile.js';
import { OrdinaryWay, objectTypeOf, type Selected } from './selection.js';
import type { Roots, Shapes } from './shape.js';
import { Writer } from './writer.js';

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
            const query =
              asked &&
              (await compiled(operation, roots, {
                ...asked,
                schema,
                shapes,
                ctx,
                metadata: ctx.em.getMetadata(),
              }));
            const json = query && (await preparedText(ctx.em, query));
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

function answered(json: string): GraphQLResponse {
  const data = new RawJson(json) as unknown as Record<string, unknown>;
  return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } } as GraphQLResponse;
}

/** Null where the variables are wrong. */
function askedBy(
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

/** SQL: the whole answer in one row of one column, null where a list that was asked for is none. Throws OrdinaryWay. */
async function compiled(operation: OperationDefinitionNode, roots: Roots, asked: Asked): Promise<Sql> {
  const { schema, fragments, variables, ctx } = asked;
  const type = schema.getQueryType()!;
  const selected: Selected = collectFields(schema, fragments, variables, type, operation.selectionSet);
  const compiler = new Compiler(asked);
  const answer = new Writer();
  const given: Sql[] = [];
  if (selected.size === 0 || [...selected.values()].every(nodes => nodes[0]!.name.value === '__typename'))
    throw new OrdinaryWay(true);
  for (const [name, nodes] of selected) {
    const node = nodes[0]!;
    if (node.name.value === '__typename') {
      answer.key(name).constant(`"${type.name}"`);
      continue;
    }
    const root = roots[node.name.value];
    if (!root) throw new OrdinaryWay(true);
    const field = type.getFields()[node.name.value]!;
    const args = compiler.argumentsOf(field, node);
    const below = objectTypeOf(field);
    const fields = compiler.selected(below, nodes);
    const provided = root.kind === 'page' ? root.given?.(args) : null;
    if (provided) given.push(provided);
    if (root.kind === 'page') {
      const page = await root.page(ctx, args);
      if (!page) throw new OrdinaryWay(false);
      answer.key(name).add(compiler.page(below, fields, page));
    } else {
      const from = root.from(ctx, args);
      if (!from) throw new OrdinaryWay(false);
      answer.key(name).add(compiler[isNonNullType(field.type) ? 'only' : 'one'](below, fields, from));
    }
  }
  const json = withoutSeams(answer.end());
  return given.length === 0
    ? sql`select ${json} as json`
    : sql`select case when ${allOf(given)} then ${json} end as json`;
}

/** Constants that follow each other become one: of a page of partners that saves PostgreSQL a sixth of its work. */
const withoutSeams = ({ text, values }: Sql): Sql => new Sql(text.replaceAll(`' || '`, ''), values);
