import type { ApolloServer, BaseContext } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { contextOrStatus } from './apollo.js';
import { HttpFailure } from './failure.js';
import { documentGuard } from './limits.js';
import { answerType } from './media-type.js';
import { requestScope } from './request-scope.js';
import { inTime } from './time-limit.js';

/** What the context is made from: nothing else of a request reaches the resolvers. */
export interface AskedBy {
  authorization?: string;
  /** The header, whatever it says. */
  idempotencyKey: string | undefined;
  requestId: string;
  method: string;
}

/**
 * `/graphql`. What is no request for GraphQL is refused before anybody is signed in or a connection is taken.
 *
 * @param timeout milliseconds that an answer may take
 */
export function serveGraphql<TContext extends BaseContext>(
  app: FastifyInstance,
  apollo: ApolloServer<TContext>,
  contextFor: (request: AskedBy) => Promise<TContext>,
  timeout: number,
): void {
  const guard = documentGuard();
  const handle = fastifyApolloHandler(apollo, {
    context: request => contextOrStatus(() => contextFor(askedBy(request))),
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    config: { ownTimeout: true },
    onRequest: async request => checkRequest(request),
    preHandler: async request => guard(queryOf(request)),
    handler(request, reply) {
      const answer = requestScope.run({ requestId: request.id, log: request.log }, () =>
        handle.call(app, request, reply),
      );
      return inTime(answer, timeout);
    },
  });
}

export function askedBy({ headers, id: requestId, method }: FastifyRequest): AskedBy {
  const { authorization, 'idempotency-key': key } = headers;
  return {
    ...(authorization !== undefined && { authorization }),
    idempotencyKey: key === undefined ? undefined : String(key), // two were refused before
    requestId,
    method,
  };
}

function checkRequest(request: FastifyRequest): void {
  const { accept, authorization, 'sec-fetch-site': site } = request.headers;
  // Apollo would find out too, but only after it has run the operation.
  if (answerType(accept) === null) {
    throw new HttpFailure(406, 'Accept application/json or application/graphql-response+json.');
  }
  if (!URL.canParse(request.url, `${request.protocol}://${request.hostname}/`)) {
    throw new HttpFailure(400, 'The Host header is malformed.');
  }
  if (request.method !== 'GET') return;
  // Addresses end up in logs, histories and caches: what a signed-in person asks about does not belong there.
  if (authorization !== undefined) throw new HttpFailure(400, 'Signed in, send a POST: GET is for anonymous reads.');
  // No foreign page makes a visitor's browser send queries to a hub that only this browser reaches.
  if (site === 'cross-site') throw new HttpFailure(403, 'No queries from pages of other sites.');
}

/** The document; a request without one is refused here, and so are batches. */
function queryOf(request: FastifyRequest): string {
  const query = request.method === 'GET' ? fromAddress(request.url) : fromBody(request.body);
  if (typeof query === 'string' && query !== '') return query;
  throw new HttpFailure(400, 'Send an object with `query`, and with `variables` and `operationName` where needed.');
}

const fromAddress = (url: string): string | null => new URL(url, 'http://localhost').searchParams.get('query');

function fromBody(body: unknown): unknown {
  if (Array.isArray(body)) throw new HttpFailure(400, 'One operation a request: no batches.');
  if (typeof body !== 'object' || body === null) return undefined;
  const { query, extensions } = body as { query?: unknown; extensions?: unknown };
  if (query === undefined && typeof extensions === 'object' && extensions && 'persistedQuery' in extensions) {
    throw new HttpFailure(400, 'PersistedQueryNotSupported'); // Apollo's clients then send the document
  }
  return query;
}
