import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** `/schema.graphql`: the published schema as text, for code generators; five minutes in caches, then asked by ETag. */
export function serveSdl(app: FastifyInstance, print: () => string): void {
  let printed: { sdl: string; etag: string } | undefined;
  app.get('/schema.graphql', (request, reply) => {
    printed ??= tagged(print());
    const { sdl, etag } = printed;
    reply.header('cache-control', 'public, max-age=300').header('etag', etag);
    if (matches(etag, request.headers['if-none-match'])) return reply.code(304).send();
    return reply.type('text/plain; charset=utf-8').send(sdl);
  });
}

const tagged = (sdl: string) => ({
  sdl,
  etag: `"${createHash('sha256').update(sdl).digest('base64url').slice(0, 27)}"`,
});

/** Does a client's If-None-Match name this tag? */
export const matches = (etag: string, given = ''): boolean =>
  given.split(',').some(tag => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
