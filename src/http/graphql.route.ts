import type { ApolloServer, BaseContext } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { contextOrStatus } from './apollo.js';
import { HttpFailure } from './failure.js';
import { documentGuard } from './limits.js';
import { answerType } from './media-type.js';
import { requestScope } from './request-scope.js';
import type { AskedBy } from './server.js';

/** `/graphql`. What is no request for GraphQL is refused before anybody is signed in or a connection is taken. */
export function serveGraphql<TContext extends BaseContext>(
  app: FastifyInstance,
  apollo: ApolloServer<TContext>,
  contextFor: (request: AskedBy) => Promise<TContext>,
): void {
  const guard = documentGuard();
  const handle = fastifyApolloHandler(apollo, {
    context: request => contextOrStatus(() => contextFor(askedBy(request))),
  });
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    onRequest: async request => checkRequest(request),
    preHandler: async request => {
      const query = queryOf(request);
      if (query !== undefined) guard(query);
    },
    handler(request, reply) {
      return requestScope.run({ requestId: request.id, log: request.log }, () => handle.call(app, request, reply));
    },
  });
}

const askedBy = (request: FastifyRequest): AskedBy => ({
  ...(request.headers.authorization !== undefined && { authorization: request.headers.authorization }),
  requestId: request.id,
  method: request.method,
});

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

/** The document, if the request has one; bodies that are no object are refused here. */
function queryOf(request: FastifyRequest): string | undefined {
  if (request.method === 'GET') return new URL(request.url, 'http://localhost').searchParams.get('query') ?? undefined;
  const { body } = request;
  if (Array.isArray(body)) throw new HttpFailure(400, 'One operation a request: no batches.');
  if (typeof body !== 'object' || body === null) {
    throw new HttpFailure(400, 'Send a JSON object with `query`, and `variables` and `operationName` where needed.');
  }
  return 'query' in body && typeof body.query === 'string' ? body.query : undefined;
}
