import type { FieldNode, GraphQLObjectType } from 'graphql';
import type { Compiler } from '../read-path/compile.js';
import { OrdinaryWay, objectTypeOf, type Selected } from '../read-path/selection.js';
import type { OwnField, OwnRoot } from '../read-path/shape.js';
import { type Sql, sql } from '../shared/sql.js';
import type { ServiceMatchesArgs } from './match.inputs.js';
import { type ToldPage, toldMatches } from './match.query.js';
import type { Match, WeightedFact } from './match-score.rules.js';
import { reasonText } from './match-texts.rules.js';

/** What is told of a match without a service, a location or terms. */
const PLAIN = ['score', 'distanceKm', 'blockers'] as const;

/** That nothing was found is noted on the ordinary way. */
export const serviceMatches: OwnRoot = {
  kind: 'own',
  async answer(field) {
    const service = serviceIn(field);
    const page = await toldMatches(field.ctx, field.args as unknown as ServiceMatchesArgs, service);
    return page.rows.length > 0 ? connection(field, page) : null;
  },
};

/** SQL: the one selection of services; OrdinaryWay for several, and for what nobody tells here. */
function serviceIn({ type, selected, compiler }: OwnField): Sql {
  const found: Sql[] = [];
  const look = (of: GraphQLObjectType, { selected: fields }: { selected: Selected }): void => {
    for (const [, nodes] of fields) {
      const name = nodes[0]!.name.value;
      const below = () => belowOf(compiler, of, nodes);
      if (name === 'nodes' || name === 'edges' || name === 'node') look(below().type, below());
      else if (name === 'service')
        found.push(compiler.one(below().type, below().selected, sql`service t where t.id = s.id`));
      else if (!TOLD.has(name)) throw new OrdinaryWay(true);
    }
  };
  look(type, { selected });
  if (found.length > 1) throw new OrdinaryWay(true);
  return found[0] ?? sql`''`;
}

const TOLD: ReadonlySet<string> = new Set(['__typename', 'cursor', 'pageInfo', 'totalCount', 'reasons', ...PLAIN]);

function belowOf(compiler: Compiler, of: GraphQLObjectType, nodes: readonly FieldNode[]) {
  const type = objectTypeOf(of.getFields()[nodes[0]!.name.value]!);
  return { type, selected: compiler.selected(type, nodes) };
}

async function connection({ type, selected, compiler }: OwnField, page: ToldPage): Promise<string> {
  const total = asks(selected, 'totalCount') ? String(await page.count()) : '';
  const last = page.rows.length - 1;
  return object(type, selected, (name, nodes) => {
    if (name === 'totalCount') return total;
    const { type: of, selected: fields } = belowOf(compiler, type, nodes);
    if (name === 'nodes') return list(page.rows, row => matchText(compiler, of, fields, row));
    if (name === 'edges')
      return list(page.rows, (row, at) =>
        object(of, fields, (field, below) => {
          if (field === 'cursor') return JSON.stringify(page.cursor(at));
          const node = belowOf(compiler, of, below);
          return matchText(compiler, node.type, node.selected, row);
        }),
      );
    return object(of, fields, field => {
      if (field === 'startCursor' || field === 'endCursor')
        return JSON.stringify(page.cursor(field === 'startCursor' ? 0 : last));
      return String(field === 'hasNextPage' ? page.hasNextPage : page.hasPreviousPage);
    });
  });
}

const matchText = (
  compiler: Compiler,
  type: GraphQLObjectType,
  selected: Selected,
  { match, service }: { match: Match; service: string },
): string =>
  object(type, selected, (name, nodes) => {
    if (name === 'service') return service;
    if (name !== 'reasons') return JSON.stringify(match[name as (typeof PLAIN)[number]]);
    const below = belowOf(compiler, type, nodes);
    return list(match.reasons, reason => reasonJson(compiler, below.type, below.selected, reason));
  });

const reasonJson = (compiler: Compiler, type: GraphQLObjectType, selected: Selected, reason: WeightedFact): string =>
  object(type, selected, (name, nodes) => {
    if (name !== 'text') return JSON.stringify(reason[name as 'factor' | 'weight' | 'value']);
    const { language } = compiler.argumentsOf(type.getFields().text!, nodes[0]!);
    return JSON.stringify(reasonText(reason, language as string | null));
  });

const list = <T>(items: readonly T[], tell: (item: T, at: number) => string): string =>
  `[${items.map(tell).join(',')}]`;

function object(
  type: GraphQLObjectType,
  selected: Selected,
  tell: (field: string, nodes: readonly FieldNode[]) => string,
): string {
  const fields = [...selected].map(([name, nodes]) => {
    const field = nodes[0]!.name.value;
    return `"${name}":${field === '__typename' ? `"${type.name}"` : tell(field, nodes)}`;
  });
  return `{${fields.join(',')}}`;
}

const asks = (selected: Selected, field: string): boolean =>
  [...selected.values()].some(nodes => nodes[0]!.name.value === field);
