import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import {
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { ErrorCode, PublicError } from '../shared/errors.js';

/** Objects that one operation may ask for, as estimated before it runs. */
export const MOST_OBJECTS = 50_000;

/** How long lists are taken for that have no `first` and do not say: what the domain bounds is short. */
const PLAIN_LIST = 5;

const LARGEST_PAGE = 100;

/**
 * Objects of a selection: `own`, and for each field below that is a page or a list as many times its own. Sizes that a
 * variable gives are put in when the operation is asked.
 */
interface Cost {
  own: number;
  parts: { size: number | Size; of: Cost }[];
}

/** The value of a variable, or what holds without one. */
interface Size {
  variable: string;
  otherwise: number;
}

/**
 * Refuses an operation before it runs if its pages within pages multiply to more than MOST_OBJECTS. A field whose
 * answer is dear beyond its size says so: type-graphql `{ complexity: 1000 }`, in objects; a list that a rule bounds
 * says how long it gets: `@Extensions({ items: 6 })`.
 */
export function costLimit<TContext extends BaseContext>(schema: GraphQLSchema): ApolloServerPlugin<TContext> {
  // Apollo keeps parsed documents: the same query has the same operation again.
  const known = new WeakMap<OperationDefinitionNode, Cost>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, document, request }) {
          if (!operation) return; // which one is meant stays Apollo's question
          const cost = known.get(operation) ?? costOf(schema, operation, fragmentsOf(document.definitions));
          known.set(operation, cost);
          const objects = total(cost, request.variables ?? {});
          if (objects <= MOST_OBJECTS) return;
          throw new PublicError(
            ErrorCode.QUERY_TOO_EXPENSIVE,
            `The query asks for too much at once: up to ${objects} objects, and ${MOST_OBJECTS} is the most.`,
          );
        },
      };
    },
  };
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(definitions: readonly { kind: string }[]): Fragments {
  const fragments = definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  return new Map(fragments.map(fragment => [fragment.name.value, fragment]));
}

function costOf(schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Fragments): Cost {
  const root = schema.getRootType(operation.operation);
  const cost: Cost = { own: 0, parts: [] };
  const add = (selections: SelectionSetNode, parent: GraphQLCompositeType, inPage: boolean, sum: Cost): void => {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        const type = fragment && schema.getType(fragment.typeCondition.name.value);
        if (fragment && isCompositeType(type)) add(fragment.selectionSet, type, inPage, sum);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
        if (isCompositeType(type)) add(selection.selectionSet, type, inPage, sum);
      } else {
        const field = fieldOf(parent, selection.name.value);
        if (!field) continue;
        sum.own += weightOf(field);
        const type = getNamedType(field.type);
        if (!selection.selectionSet || !isCompositeType(type)) continue;
        const size = sizeOf(field, selection.arguments ?? [], inPage);
        const of: Cost = { own: 1, parts: [] };
        add(selection.selectionSet, type, isPage(field), of);
        sum.parts.push({ size, of });
      }
    }
  };
  if (root) add(operation.selectionSet, root, false, cost);
  return cost;
}

/** A connection has as many rows as its `first`; the lists in it are those rows and do not count again. */
function sizeOf(
  field: GraphQLField<unknown, unknown>,
  given: NonNullable<Extract<SelectionSetNode['selections'][number], { kind: Kind.FIELD }>['arguments']>,
  inPage: boolean,
): number | Size {
  if (!isPage(field)) return isListType(getNullableType(field.type)) && !inPage ? itemsOf(field) : 1;
  const fallback = field.args.find(({ name }) => name === 'first')?.defaultValue;
  const otherwise = typeof fallback === 'number' ? fallback : LARGEST_PAGE;
  const value = given.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.VARIABLE) return { variable: value.name.value, otherwise };
  return value?.kind === Kind.INT ? page(Number(value.value)) : otherwise;
}

const isPage = (field: GraphQLField<unknown, unknown>): boolean => field.args.some(({ name }) => name === 'first');

/** What is outside is refused by the resolver. */
const page = (first: number): number => Math.min(Math.max(first, 1), LARGEST_PAGE);

function itemsOf({ extensions }: GraphQLField<unknown, unknown>): number {
  return typeof extensions.items === 'number' ? extensions.items : PLAIN_LIST;
}

function weightOf({ extensions }: GraphQLField<unknown, unknown>): number {
  return typeof extensions.complexity === 'number' ? extensions.complexity : 0;
}

const fieldOf = (type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;

function total({ own, parts }: Cost, variables: Readonly<Record<string, unknown>>): number {
  return parts.reduce((sum, { size, of }) => sum + sizeNow(size, variables) * total(of, variables), own);
}

function sizeNow(size: number | Size, variables: Readonly<Record<string, unknown>>): number {
  if (typeof size === 'number') return size;
  const value = variables[size.variable];
  return typeof value === 'number' ? page(value) : size.otherwise;
}
