import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionNode,
  visit,
} from 'graphql';
import { ErrorCode, PublicError } from '../shared/errors.js';

/** What one request may hold. GraphiQL's introspection: 184 tokens, 260 selections, depth 16. */
export const LIMITS = {
  /** Bytes of a request's body. */
  body: 100_000,
  /** Lexical tokens of a document. */
  tokens: 2_000,
  /** Levels of fields; introspection has its own. */
  depth: 14,
  introspectionDepth: 20,
  /** Braces in braces, those of inline fragments included. */
  nesting: 40,
  /** Lists and objects in each other, in the value of an argument. */
  valueNesting: 10,
  /** `__schema` and `__type` in a document. */
  introspections: 2,
  /** Selections once every fragment is unfolded. */
  selections: 1_000,
  /** Fields of an operation's root, fragments unfolded. */
  rootFields: 20,
  /** Aliases of a document. */
  aliases: 60,
  /** The same response name side by side: validation compares each with each. */
  repetitions: 5,
  directives: 40,
  /** Fragments and operations of a document. */
  definitions: 50,
  /** Spreads of named fragments in a document: validation compares those side by side, each with each. */
  spreads: 150,
  variables: 60,
} as const;

const REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 10_000;

/**
 * A guard in front of Apollo: refuses with QUERY_TOO_EXPENSIVE what is too big before graphql-js validates it, as its
 * rules compare fields pairwise and run through fragments again and again. Takes time linear in the document.
 * A document that does not parse passes: Apollo has the better words for it.
 */
export function documentGuard(): (query: string) => void {
  const passed = new Set<string>();
  return query => {
    if (passed.has(query)) return;
    const document = parsed(query);
    if (!document) return;
    checkDocument(document);
    if (query.length > LONGEST_REMEMBERED) return;
    if (passed.size >= REMEMBERED) passed.delete(passed.values().next().value ?? '');
    passed.add(query);
  };
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { maxTokens: LIMITS.tokens });
  } catch (error) {
    if (error instanceof Error && /more tha[nt] \d+ tokens/.test(error.message)) refuse(LIMITS.tokens, 'tokens');
    if (error instanceof RangeError) refuse(LIMITS.nesting, 'levels'); // the parser ran out of stack
    return null;
  }
}

/** Refuses a document that goes beyond LIMITS. */
export function checkDocument(document: DocumentNode): void {
  countNodes(document);
  const fragments = new Map<string, Fragment>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, { definition });
  }
  for (const definition of document.definitions) {
    if (!isExecutable(definition)) continue;
    if (definition.operation === OperationTypeNode.SUBSCRIPTION)
      throw new PublicError(ErrorCode.BAD_USER_INPUT, 'There are no subscriptions here.');
    checkSize(measure(definition.selectionSet.selections, fragments));
  }
}

/** What is counted as it is written, fragments folded. */
function countNodes(document: DocumentNode): void {
  bound(document.definitions.length, LIMITS.definitions, 'operations and fragments');
  let aliases = 0;
  let directives = 0;
  let spreads = 0;
  let introspections = 0;
  let variables = 0;
  let values = 0;
  const open = () => bound(++values, LIMITS.valueNesting, 'levels of a value');
  const close = () => {
    values--;
  };
  visit(document, {
    Field(node) {
      if (node.alias) bound(++aliases, LIMITS.aliases, 'aliases');
      if (isIntrospection(node.name.value)) bound(++introspections, LIMITS.introspections, 'introspections');
    },
    Directive: () => bound(++directives, LIMITS.directives, 'directives'),
    FragmentSpread: () => bound(++spreads, LIMITS.spreads, 'fragments'),
    VariableDefinition: () => bound(++variables, LIMITS.variables, 'variables'),
    ListValue: { enter: open, leave: close },
    ObjectValue: { enter: open, leave: close },
    SelectionSet: node => boundRepetitions(node.selections),
  });
}

function boundRepetitions(selections: readonly SelectionNode[]): void {
  const seen = new Map<string, number>();
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) continue;
    const name = (selection.alias ?? selection.name).value;
    const times = (seen.get(name) ?? 0) + 1;
    bound(times, LIMITS.repetitions, 'repetitions of a field');
    seen.set(name, times);
  }
}

/** How big a selection set is with its fragments unfolded. */
interface Size {
  depth: number;
  introspectionDepth: number;
  nesting: number;
  selections: number;
  /** Fields on its own level. */
  fields: number;
}

interface Fragment {
  definition: FragmentDefinitionNode;
  size?: Size;
  /** Being measured: a fragment that holds itself is left to validation. */
  open?: boolean;
}

type Fragments = ReadonlyMap<string, Fragment>;

/** Every fragment is measured once, so that doubling chains of fragments cost no more than they are long. */
function measure(selections: readonly SelectionNode[], fragments: Fragments): Size {
  const size: Size = { depth: 0, introspectionDepth: 0, nesting: 0, selections: 0, fields: 0 };
  for (const selection of selections) {
    const part = measureOne(selection, fragments);
    size.depth = Math.max(size.depth, part.depth);
    size.introspectionDepth = Math.max(size.introspectionDepth, part.introspectionDepth);
    size.nesting = Math.max(size.nesting, part.nesting);
    size.selections += part.selections;
    size.fields += part.fields;
  }
  return size;
}

function measureOne(selection: SelectionNode, fragments: Fragments): Size {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(fragments.get(selection.name.value), fragments);
  const inner = measure(selection.selectionSet?.selections ?? [], fragments);
  const size = { ...inner, nesting: inner.nesting + 1, selections: inner.selections + 1 };
  if (selection.kind === Kind.INLINE_FRAGMENT) return size;
  if (isIntrospection(selection.name.value)) {
    return { ...size, depth: 1, introspectionDepth: inner.depth + 1, fields: 1 };
  }
  return { ...size, depth: inner.depth + 1, fields: 1 };
}

function measureFragment(fragment: Fragment | undefined, fragments: Fragments): Size {
  if (!fragment || fragment.open) return { depth: 0, introspectionDepth: 0, nesting: 0, selections: 1, fields: 0 };
  if (!fragment.size) {
    fragment.open = true;
    const size = measure(fragment.definition.selectionSet.selections, fragments);
    fragment.size = { ...size, selections: size.selections + 1 };
    fragment.open = false;
  }
  return fragment.size;
}

function checkSize(size: Size): void {
  bound(size.depth, LIMITS.depth, 'levels');
  bound(size.introspectionDepth, LIMITS.introspectionDepth, 'levels of introspection');
  bound(size.nesting, LIMITS.nesting, 'levels');
  bound(size.selections, LIMITS.selections, 'selections');
  bound(size.fields, LIMITS.rootFields, 'root fields');
}

const isExecutable = (definition: DefinitionNode): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION;

const isIntrospection = (name: string): boolean => name === '__schema' || name === '__type';

function bound(count: number, most: number, what: string): void {
  if (count > most) refuse(most, what);
}

function refuse(most: number, what: string): never {
  const message = `The query asks for too much at once: at most ${most} ${what}.`;
  throw new PublicError(ErrorCode.QUERY_TOO_EXPENSIVE, message);
}
