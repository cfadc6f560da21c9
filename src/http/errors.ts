import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ErrorCode, PublicError } from '../shared/errors.js';
import { describe } from '../shared/fault-log.js';
import { isUnavailable } from '../shared/unavailable.js';
import { badAtExecution, badLiteral, badVariable } from './coercion.js';
import { argumentOfNode } from './document-arguments.js';
import { requestScope } from './request-scope.js';

/** The closed list of top-level codes: ErrorCode, and the two that clients know for a faulty document. */
export type Code = `${ErrorCode}` | 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED';

/** What is told of an error; everything else about it stays here. */
export interface Told {
  code: Code;
  message: string;
  argument?: string | undefined;
}

/** HTTP status of an answer that consists of errors alone. */
export const STATUS: Readonly<Record<Code, number>> = {
  BAD_USER_INPUT: 400,
  INVALID_CURSOR: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  QUERY_TOO_EXPENSIVE: 400,
  IDEMPOTENCY_IN_PROGRESS: 409,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 500,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
};

/** Said for a code whose own sentence is not known to be harmless. */
const IN_GENERAL: Readonly<Partial<Record<Code, string>>> = {
  BAD_USER_INPUT: 'An argument is not right.',
  INVALID_CURSOR: 'No list handed out this cursor.',
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'This operation is not open to your roles.',
  QUERY_TOO_EXPENSIVE: 'The query asks for too much at once.',
  IDEMPOTENCY_IN_PROGRESS: 'An earlier request with this key is still at work.',
  SERVICE_UNAVAILABLE: 'Try again in a moment.',
  INTERNAL_SERVER_ERROR: 'Something went wrong here; the request id helps to find out what.',
};

/**
 * What the client gets for an error, whatever threw it: a code of the closed list, a message that repeats no value,
 * the request id, and for an argument its dotted path. Bugs are masked and go to the log.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { code, message, argument } = tell(error);
  const scope = requestScope.getStore();
  if (code === ErrorCode.INTERNAL_SERVER_ERROR) scope?.log.error(describe(error), 'a bug');
  if (code === ErrorCode.SERVICE_UNAVAILABLE) scope?.log.warn(describe(error), 'unavailable');
  return {
    message,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { code, ...(argument && { argument }), ...(scope && { requestId: scope.requestId }) },
  };
}

/** What may be told of anything that was thrown. */
export function tell(error: unknown): Told {
  const told = publicOf(error);
  if (told) return { ...told, argument: told.argument || argumentOf(error) };
  if (isUnavailable(error)) return inGeneral(ErrorCode.SERVICE_UNAVAILABLE);
  if (!(error instanceof GraphQLError)) return inGeneral(ErrorCode.INTERNAL_SERVER_ERROR);
  const atExecution = badAtExecution(error);
  if (atExecution) return { code: ErrorCode.BAD_USER_INPUT, ...atExecution };
  return ofServer(error);
}

/** Our own errors know what to say; they may be wrapped by graphql-js and Apollo. */
function publicOf(error: unknown, depth = 0): Told | null {
  if (error instanceof PublicError) {
    const { argument } = error.extensions;
    return { code: error.code, message: error.message, argument: typeof argument === 'string' ? argument : undefined };
  }
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  return inner && depth < 5 ? publicOf(inner, depth + 1) : null;
}

/** The argument at fault where the error does not name it, as a scalar cannot. */
function argumentOf(error: unknown): string | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const node = error.nodes?.[0];
  if (node?.kind === 'VariableDefinition') return badVariable(error).argument;
  return node && argumentOfNode(node);
}

/** What Apollo, graphql-js and type-graphql say of a request before or beside the resolvers. */
function ofServer(error: GraphQLError): Told {
  // Thrown while a field was resolved: what an unknown error of a resolver says is not for clients.
  if (unwrapResolverError(error) !== error) return ofResolver(error);
  switch (error.extensions.code) {
    case 'GRAPHQL_PARSE_FAILED':
      return ofParser(error);
    case 'GRAPHQL_VALIDATION_FAILED':
      return ofValidation(error);
    case 'BAD_USER_INPUT':
      return { code: ErrorCode.BAD_USER_INPUT, ...badVariable(error) };
    case 'OPERATION_RESOLUTION_FAILURE':
      return {
        code: ErrorCode.BAD_USER_INPUT,
        message: 'Name one of the operations of the document.',
        argument: 'operationName',
      };
    case 'BAD_REQUEST':
    case 'PERSISTED_QUERY_NOT_SUPPORTED':
      return { code: ErrorCode.BAD_USER_INPUT, message: error.message.trim() }; // fixed sentences of Apollo
    default:
      if (error.message.startsWith('Too many errors processing variables')) return inGeneral(ErrorCode.BAD_USER_INPUT);
      return ofResolver(error);
  }
}

/** Codes that libraries give their own errors; type-graphql says UNAUTHORIZED for what is FORBIDDEN here. */
const CODES_OF_LIBRARIES = new Map<unknown, Code>([
  ...Object.values(ErrorCode).map((code): [string, Code] => [code, code]),
  ['UNAUTHORIZED', ErrorCode.FORBIDDEN],
]);

const ofResolver = (error: GraphQLError): Told =>
  inGeneral(CODES_OF_LIBRARIES.get(error.extensions.code) ?? ErrorCode.INTERNAL_SERVER_ERROR);

function ofParser(error: GraphQLError): Told {
  if (/more th[an]+ \d+ tokens/.test(error.message)) return inGeneral(ErrorCode.QUERY_TOO_EXPENSIVE);
  // "found String "…"" repeats a value of the caller.
  return { code: 'GRAPHQL_PARSE_FAILED', message: error.message.replace(/\b((?:Block)?String) ".*"/s, '$1') };
}

function ofValidation(error: GraphQLError): Told {
  const literal = badLiteral(error);
  if (literal) return { code: ErrorCode.BAD_USER_INPUT, ...literal };
  const reason = error.extensions.validationErrorCode;
  if (reason === 'MAX_RECURSIVE_SELECTIONS_EXCEEDED' || error.message === 'Maximum introspection depth exceeded') {
    return inGeneral(ErrorCode.QUERY_TOO_EXPENSIVE);
  }
  const message =
    reason === 'INTROSPECTION_DISABLED' ? 'Introspection is off here: read /schema.graphql instead.' : error.message;
  const missing = / argument "(\w+)" of type "[\w![\]]+" is required, but it was not provided\.$/.exec(message)?.[1];
  return { code: 'GRAPHQL_VALIDATION_FAILED', message, argument: missing };
}

const inGeneral = (code: Code): Told => ({ code, message: IN_GENERAL[code] ?? code });
