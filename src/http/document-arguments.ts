import {
  type ASTNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  type Source,
  type ValueNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';

/** Where in a document the values stand: dotted paths such as `first` or `input.needs.0`. */
export interface ArgumentPaths {
  /** By offset of the value (or of the field of an input object). */
  at: ReadonlyMap<number, string>;
  /** By name of the variable: its first use. */
  variables: ReadonlyMap<string, string>;
}

const known = new WeakMap<Source, ArgumentPaths>();

/** Only asked once something is wrong: parses the document again, once however many errors it has. */
export function argumentPaths(source: Source): ArgumentPaths {
  const found = known.get(source) ?? collect(parse(source));
  known.set(source, found);
  return found;
}

/** The argument that a node of a document belongs to; undefined for a node that is no part of one. */
export function argumentOfNode(node: ASTNode): string | undefined {
  if (!node.loc) return undefined;
  return argumentPaths(node.loc.source).at.get(node.loc.start);
}

function collect(document: DocumentNode): ArgumentPaths {
  const at = new Map<number, string>();
  const variables = new Map<string, string>();
  const defaults: VariableDefinitionNode[] = [];
  const walk = (node: ValueNode, path: string): void => {
    if (node.loc) at.set(node.loc.start, path);
    if (node.kind === Kind.VARIABLE && !variables.has(node.name.value)) variables.set(node.name.value, path);
    if (node.kind === Kind.LIST) for (const [index, item] of node.values.entries()) walk(item, `${path}.${index}`);
    if (node.kind !== Kind.OBJECT) return;
    for (const field of node.fields) {
      if (field.loc) at.set(field.loc.start, `${path}.${field.name.value}`);
      walk(field.value, `${path}.${field.name.value}`);
    }
  };
  visit(document, {
    VariableDefinition(node) {
      if (node.defaultValue) defaults.push(node);
      return false;
    },
    Argument(node) {
      walk(node.value, node.name.value);
      return false;
    },
  });
  for (const { defaultValue, variable } of defaults) {
    if (defaultValue) walk(defaultValue, variables.get(variable.name.value) ?? variable.name.value);
  }
  return { at, variables };
}

const located = new WeakSet<object>();

/**
 * graphql-js adds the place to what a scalar throws for a literal, except when it throws a GraphQLError of its own:
 * then it does not know which of the arguments is wrong. Adds it.
 */
export function locateLiterals(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isScalarType(type) || isSpecifiedScalarType(type) || located.has(type)) continue;
    located.add(type);
    const parseLiteral = type.parseLiteral.bind(type);
    type.parseLiteral = (node, variables) => {
      try {
        return parseLiteral(node, variables);
      } catch (error) {
        if (!(error instanceof GraphQLError) || error.nodes) throw error;
        throw new GraphQLError(error.message, { nodes: node, originalError: error, extensions: error.extensions });
      }
    };
  }
}
