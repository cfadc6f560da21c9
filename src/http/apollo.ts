import { ApolloServer, type ApolloServerPlugin, type BaseContext, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { describe } from '../shared/fault-log.js';
import { stringifyAnswer } from '../shared/raw-json.js';
import { costLimit } from './cost.js';
import { formatError, STATUS, tell } from './errors.js';
import { headersOf } from './failure.js';
import { LIMITS } from './limits.js';
import { answerType, GRAPHQL_TYPE } from './media-type.js';
import { requestScope } from './request-scope.js';

export interface ApolloOptions<TContext extends BaseContext> {
  schema: GraphQLSchema;
  plugins: readonly ApolloServerPlugin<TContext>[];
  introspection: boolean;
  logger: FastifyBaseLogger;
}

/** Apollo Server as the hub wants it, started: it does GraphQL, and leaves pages, reports and caches to others. */
export async function startApollo<TContext extends BaseContext>(options: ApolloOptions<TContext>) {
  const { schema, plugins, introspection, logger } = options;
  const apollo = new ApolloServer<TContext>({
    schema,
    introspection,
    formatError,
    stringifyResult: stringifyAnswer,
    logger: quiet(logger),
    // Outside production a typo gets a "did you mean"; where introspection is off that would be a way around it.
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    maxRecursiveSelections: LIMITS.selections,
    validationOptions: { maxErrors: 10 },
    stopOnTerminationSignals: false,
    // A POST has JSON for its content type, which makes browsers ask first. A GET is anonymous here (see routes.ts)
    // and only reads: any client that says what it accepts may send one.
    csrfPrevention: { requestHeaders: ['x-apollo-operation-name', 'apollo-require-preflight', 'accept'] },
    plugins: [
      ApolloServerPluginCacheControlDisabled(), // costs 3.5 ms on a page of 20 partners
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      costLimit(schema),
      ...plugins,
      answerHeads(),
      bugsOfPlugins(logger),
    ],
  });
  await apollo.start();
  return apollo;
}

/** Apollo's own lines end in what was thrown, which may hold a value: they are cut before it. */
function quiet(logger: FastifyBaseLogger) {
  const current = () => requestScope.getStore()?.log ?? logger;
  const line = (message: unknown) =>
    message instanceof Error ? describe(message) : { apollo: String(message).split(':', 1)[0] };
  return {
    debug: (message?: unknown) => logger.debug(line(message)),
    info: (message?: unknown) => logger.info(line(message)),
    warn: (message?: unknown) => current().warn(line(message)),
    error: (message?: unknown) => current().error(line(message)),
  };
}

/** What a plugin throws reaches clients as an internal error that has lost its cause. */
const bugsOfPlugins = <TContext extends BaseContext>(logger: FastifyBaseLogger): ApolloServerPlugin<TContext> => ({
  async unexpectedErrorProcessingRequest({ error }) {
    (requestScope.getStore()?.log ?? logger).error(describe(error), 'a bug');
  },
});

/** Status and content type of answers, along GraphQL over HTTP. */
function answerHeads<TContext extends BaseContext>(): ApolloServerPlugin<TContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ request, response }) {
          if (response.body.kind !== 'single') return;
          const type = answerType(request.http?.headers.get('accept'));
          if (type) response.http.headers.set('content-type', type);
          const { data, errors = [] } = response.body.singleResult;
          if (data != null || errors.length === 0) return; // partial data is an answer: 200
          const codes = new Set(errors.map(error => error.extensions?.code));
          response.http.status = statusOf(codes, data === null, type, response.http.status);
          for (const [name, value] of Object.entries(
            codes.has('UNAUTHENTICATED') ? headersOf('UNAUTHENTICATED') : {},
          )) {
            response.http.headers.set(name, value);
          }
        },
      };
    },
  };
}

/** Told by their status whatever the client accepts: proxies, monitors and sign-in layers look at nothing else. */
const LOUD = [
  'SERVICE_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
  'UNAUTHENTICATED',
  'QUERY_TOO_EXPENSIVE',
  'IDEMPOTENCY_IN_PROGRESS',
] as const;

function statusOf(
  codes: ReadonlySet<unknown>,
  executed: boolean,
  type: string | null,
  status: number | undefined,
): number {
  const loud = LOUD.find(code => codes.has(code));
  if (loud) return STATUS[loud];
  if (executed) return status ?? 200;
  // Without a status of its own, what a plugin refuses is a 500 to Apollo; a real one is loud.
  if (status !== undefined && status !== 400 && status !== 500) return status;
  return type === GRAPHQL_TYPE ? 400 : 200; // what GraphQL over HTTP wants of a well-formed request in plain JSON
}

/** Makes the context, so that what it throws comes with its HTTP status. */
export async function contextOrStatus<TContext>(make: () => Promise<TContext>): Promise<TContext> {
  try {
    return await make();
  } catch (error) {
    const { code, message } = tell(error);
    const http = { status: STATUS[code], headers: new HeaderMap(Object.entries(headersOf(code))) };
    throw new GraphQLError(message, { originalError: asError(error), extensions: { code, http } });
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error('not an error was thrown'));
