import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** `/schema.graphql`: the published schema as text, for code generators; five minutes in caches, then asked by ETag. */
export function serveSdl(app: FastifyInstance, sdl: string): void {
  const etag = `"${createHash('sha256').update(sdl).digest('base64url').slice(0, 27)}"`;
  app.get('/schema.graphql', (request, reply) => {
    reply.header('cache-control', 'public, max-age=300').header('etag', etag);
    if (matches(etag, request.headers['if-none-match'])) return reply.code(304).send();
    return reply.type('text/plain; charset=utf-8').send(sdl);
  });
}

/** Does a client's If-None-Match name this tag? */
export const matches = (etag: string, given = ''): boolean =>
  given.split(',').some(tag => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
