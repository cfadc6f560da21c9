import { type GraphQLResponse, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  type FormattedExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { RawJson } from '../shared/raw-json.js';
import { rootNamesOf } from '../shared/root-fields.js';
import type { Asked } from './compile.js';

/** What clients get for an error. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

export const answered = (json: string): GraphQLResponse =>
  responseOf({ data: new RawJson(json) as unknown as Record<string, unknown> });

/** An error is all that there is to tell. */
export function unanswered(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  error: unknown,
  formatError: FormatError,
): GraphQLResponse {
  const path = rootNamesOf(operation, document).slice(0, 1);
  return responseOf({ data: null, errors: [formatError({ message: '', path }, error)] });
}

const responseOf = (singleResult: FormattedExecutionResult): GraphQLResponse => ({
  http: { headers: new HeaderMap() } as GraphQLResponse['http'],
  body: { kind: 'single', singleResult },
});

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
