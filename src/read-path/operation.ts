import type { SessionContext } from '@mikro-orm/postgresql';
import { type FieldNode, type GraphQLField, isNonNullType, type OperationDefinitionNode } from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import { sessionOf } from '../shared/policies.js';
import { allOf, Sql, sql } from '../shared/sql.js';
import { type Asked, Compiler } from './compile.js';
import { OrdinaryWay, objectTypeOf, type Selected } from './selection.js';
import type { OneRoot, OwnRoot, PageRoot, Root, Roots } from './shape.js';
import { Writer } from './writer.js';

/** One statement for a whole operation, and as whom it is asked where it is about cases. */
export interface OneQuery {
  /** Its answer is one row of one column, null where a list that was asked for is none. */
  query: Sql;
  session?: SessionContext;
  /** The answer, where features have made all of it. */
  told?: string;
}

/** Throws OrdinaryWay, or what is wrong with the arguments. */
export async function queryOf(operation: OperationDefinitionNode, roots: Roots, asked: Asked): Promise<OneQuery> {
  const { schema, fragments, variables, ctx } = asked;
  const type = schema.getQueryType()!;
  const selected: Selected = collectFields(schema, fragments, variables, type, operation.selectionSet);
  const compiler = new Compiler(asked);
  const answer = new Writer();
  const given: Sql[] = [];
  const read: Root[] = [];
  const told: string[] = [];
  for (const [name, nodes] of selected) {
    const field = nodes[0]!.name.value;
    if (field === '__typename') {
      answer.key(name).constant(`"${type.name}"`);
      continue;
    }
    const root = roots[field];
    if (!root) throw new OrdinaryWay(true);
    // Who is not known goes where she is told so.
    if (root.caseData && ctx.viewer.accountId === null) throw new OrdinaryWay(false);
    read.push(root);
    if (root.kind === 'own') {
      const json = await ownJson(root, type.getFields()[field]!, nodes, compiler, asked);
      told.push(`"${name}":${json}`);
      answer.key(name).add(sql`${json}::text`);
      continue;
    }
    const { json, provided } = await rootOf(root, type.getFields()[field]!, nodes, compiler, asked);
    answer.key(name).add(json);
    if (provided) given.push(provided);
  }
  if (read.length === 0) throw new OrdinaryWay(true);
  const json = withoutSeams(answer.end());
  return {
    query:
      given.length === 0 ? sql`select ${json} as json` : sql`select case when ${allOf(given)} then ${json} end as json`,
    ...(read.some(({ caseData }) => caseData) && { session: sessionOf(ctx.viewer, ctx.now) }),
    ...(told.length === selected.size && { told: `{${told.join(',')}}` }),
  };
}

async function ownJson(
  root: OwnRoot,
  field: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
  compiler: Compiler,
  { ctx }: Asked,
): Promise<string> {
  const args = compiler.argumentsOf(field, nodes[0]!);
  const type = objectTypeOf(field);
  const json = await root.answer({ ctx, args, type, selected: compiler.selected(type, nodes), compiler });
  if (json === null) throw new OrdinaryWay(false);
  return json;
}

async function rootOf(
  root: OneRoot | PageRoot,
  field: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
  compiler: Compiler,
  { ctx }: Asked,
): Promise<{ json: Sql; provided: Sql | null }> {
  const args = compiler.argumentsOf(field, nodes[0]!);
  const type = objectTypeOf(field);
  const selected = compiler.selected(type, nodes);
  if (root.kind === 'one') {
    const from = root.from(ctx, args);
    if (!from) throw new OrdinaryWay(false);
    const json = compiler[isNonNullType(field.type) ? 'only' : 'one'](type, selected, from);
    return { json, provided: null };
  }
  const page = await root.page(ctx, args);
  if (!page) throw new OrdinaryWay(false);
  return { json: compiler.page(type, selected, page), provided: root.given?.(args) ?? null };
}

/** Constants that follow each other become one: of a page of partners that saves PostgreSQL a sixth of its work. */
const withoutSeams = ({ text, values }: Sql): Sql => new Sql(text.replaceAll(`' || '`, ''), values);
