import { randomUUID } from 'node:crypto';
import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { describe } from '../shared/fault-log.js';
import { startApollo } from './apollo.js';
import { checkArguments } from './arguments.js';
import { type ConfirmationDesk, serveConfirmations } from './confirmation.route.js';
import { locateLiterals } from './document-arguments.js';
import { serveExplorer } from './explorer.js';
import { failureBody, failureOf, HttpFailure, plainFailure } from './failure.js';
import { type AskedBy, serveGraphql } from './graphql.route.js';
import { SECURITY_HEADERS } from './headers.js';
import { type Readiness, serveHealth } from './health.js';
import { type PublicDirectory, serveHsds, serveJsonLd } from './hsds.route.js';
import { serveImports, type Uploads } from './imports.route.js';
import { readJsonBodies } from './json-body.js';
import { LIMITS } from './limits.js';
import { answerType } from './media-type.js';
import { serveSdl } from './sdl.js';
import { answerOddRequests, answerOnSocket, awaitBody, cutOffLate, TIMEOUTS, type Timeouts } from './sockets.js';
import { limitTime } from './time-limit.js';

export type { AskedBy };

export interface HttpServerOptions<TContext extends BaseContext> {
  schema: GraphQLSchema;
  /** Signs in and opens what the resolvers need; a PublicError it throws is told with its HTTP status. */
  contextFor: (request: AskedBy) => Promise<TContext>;
  plugins?: readonly ApolloServerPlugin<TContext>[];
  /** GraphiQL at `/`. */
  explorer: boolean;
  introspection: boolean;
  /** Behind `/bestaetigen/…`; no such pages when left out. */
  confirmations?: ConfirmationDesk;
  /** The text of `/schema.graphql`; asked for once, by its first reader. */
  sdl: () => string;
  /** What `/hsds/` tells; nothing is served there when left out. */
  directory?: PublicDirectory;
  /** What `POST /imports` takes; nothing is taken there when left out. */
  uploads?: Uploads;
  /** Is the database reached and migrated? False or an error make `/readyz` a 503. */
  readiness: Readiness;
  logger: FastifyBaseLogger;
  /** For tests: `TIMEOUTS` where it says nothing. */
  timeouts?: Partial<Timeouts>;
}

/** The hub's HTTP server, not listening yet. Checks the arguments of the schema in place; `close()` stops it cleanly. */
export async function createHttpServer<TContext extends BaseContext>(
  options: HttpServerOptions<TContext>,
): Promise<FastifyInstance> {
  const {
    schema,
    contextFor,
    plugins = [],
    explorer,
    introspection,
    sdl,
    directory,
    uploads,
    readiness,
    logger,
  } = options;
  const timeouts: Timeouts = { ...TIMEOUTS, ...options.timeouts };
  locateLiterals(schema);
  checkArguments(schema);
  const apollo = await startApollo({ schema, plugins, introspection, logger });
  const app: FastifyInstance = Fastify({
    loggerInstance: logger.child({}, { level: LOUD.has(logger.level) ? logger.level : 'warn' }),
    // Its own lines about requests hold addresses, and those of a GET hold the query.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => randomUUID(), // never the caller's: it would end up in the log
    bodyLimit: LIMITS.body,
    requestTimeout: uploads ? timeouts.upload : timeouts.request, // of the others see `awaitBody`
    keepAliveTimeout: timeouts.keepAlive,
    connectionTimeout: timeouts.silence,
    http: {
      requireHostHeader: false, // or Node answers without a body: see below
      headersTimeout: timeouts.headers,
      connectionsCheckingInterval: timeouts.check,
    },
    return503OnClosing: false, // what arrives on an open connection while closing is still answered
    clientErrorHandler: answerOnSocket,
    frameworkErrors: (_error, request, reply) => answerFailure(plainFailure(400), request, reply),
  });
  answerOddRequests(app.server);
  limitTime(app, timeouts.handler);
  readJsonBodies(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': request.id });
    if (request.headers.host === undefined) throw new HttpFailure(400, 'The Host header is missing.');
    if (!(request.routeOptions.config as { slowBody?: boolean }).slowBody)
      reply.raw.once('close', awaitBody(request.raw, timeouts.request));
    if (request.is404) throw methodOrAddress(app, request);
    for (const name of ['Authorization', 'Idempotency-Key'])
      if (countOf(request, name.toLowerCase()) > 1) throw new HttpFailure(400, `Send one ${name} header.`);
  });
  let closing = false;
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close'); // or the client keeps the server waiting
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method, id: requestId } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    const route = request.routeOptions.url;
    logger.debug({ method, route, status: reply.statusCode, milliseconds, requestId }, 'answered');
    done();
  });
  app.setErrorHandler((error, request, reply) => {
    const failure = failureOf(error);
    if (failure.status >= 500) request.log.error(describe(error), 'request failed');
    return answerFailure(failure, request, reply);
  });
  app.setNotFoundHandler((request, reply) => answerFailure(plainFailure(404), request, reply));

  serveGraphql(app, apollo, contextFor, timeouts.handler);
  serveSdl(app, sdl);
  if (directory) serveHsds(app, directory);
  if (directory) serveJsonLd(app, directory);
  if (uploads) serveImports(app, uploads);
  serveHealth(app, async () => !closing && (await readiness()), timeouts.readiness);
  if (options.confirmations) serveConfirmations(app, options.confirmations);
  if (explorer) serveExplorer(app);

  let cancelCutOff = () => {};
  app.addHook('preClose', async () => {
    closing = true;
    cancelCutOff = cutOffLate(app.server, timeouts.closing);
  });
  app.addHook('onClose', async () => {
    cancelCutOff();
    await apollo.stop();
  });
  return app;
}

function answerFailure(failure: ReturnType<typeof failureOf>, request: FastifyRequest, reply: FastifyReply) {
  return reply
    .code(failure.status)
    .headers({ ...SECURITY_HEADERS, 'cache-control': 'no-store', 'x-request-id': request.id, ...failure.headers })
    .type(answerType(request.headers.accept) ?? 'application/json; charset=utf-8')
    .send(failureBody(failure, request.id));
}

/** Levels above a warning: what the hub is told to keep quiet stays quiet. */
const LOUD: ReadonlySet<string> = new Set(['error', 'fatal', 'silent']);

const METHODS = ['GET', 'HEAD', 'POST'] as const;

/** Nothing at this address, or nothing for this method. */
function methodOrAddress(app: FastifyInstance, request: FastifyRequest): HttpFailure {
  const url = request.url.split('?', 1)[0] ?? '';
  const allowed = METHODS.filter(method => app.hasRoute({ method, url }));
  if (allowed.length === 0) return new HttpFailure(404, plainFailure(404).message);
  return new HttpFailure(405, `Here goes ${allowed.join(', ')}.`, { allow: allowed.join(', ') });
}

/** Of two, Node keeps the first or joins them, without a word. */
function countOf(request: FastifyRequest, name: string): number {
  if (request.headers[name] === undefined) return 0;
  const { rawHeaders } = request.raw;
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) if (rawHeaders[index]?.toLowerCase() === name) count++;
  return count;
}
