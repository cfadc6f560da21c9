import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jsonInPage } from '../shared/json-in-page.rules.js';
import { HttpFailure, plainFailure } from './failure.js';
import { matches } from './sdl.js';

/** What is told of the published directory in the form of the Human Services Data Specification. */
export interface PublicDirectory {
  /** A page of a list; null where there is no such list. A PublicError it throws is told with its HTTP status. */
  page(list: string, query: URLSearchParams): Promise<DirectoryAnswer | null>;
  /** A partner as JSON-LD; null where it is not published. */
  jsonLd(partner: string): Promise<DirectoryAnswer | null>;
  /** A page of what a partner offers as JSON-LD; null where there is none. A PublicError is told with its status. */
  offersJsonLd(partner: string, query: URLSearchParams): Promise<DirectoryAnswer | null>;
  /** What the API is, in the form of OpenAPI. */
  openApi(): object;
  /** One thing of a list; null where it is not published. */
  thing(list: string, id: string, query: URLSearchParams): Promise<DirectoryAnswer | null>;
}

export interface DirectoryAnswer {
  readonly body: object;
  readonly changedAt: Date | null;
}

/**
 * `/jsonld/partners/{id}`: a published partner with its places and services in the words of schema.org;
 * `/jsonld/partners/{id}/offers`: all of its services, page by page.
 */
export function serveJsonLd(app: FastifyInstance, directory: Pick<PublicDirectory, 'jsonLd' | 'offersJsonLd'>): void {
  app.get<{ Params: { id: string } }>('/jsonld/partners/:id', async (request, reply) =>
    answer(await directory.jsonLd(request.params.id), request, reply, JSON_LD),
  );
  app.get<{ Params: { id: string } }>('/jsonld/partners/:id/offers', async (request, reply) =>
    answer(await directory.offersJsonLd(request.params.id, queryOf(request)), request, reply, JSON_LD),
  );
}

const JSON_LD = 'application/ld+json; charset=utf-8';

const SECONDS_IN_CACHES = 60;
const PROFILE = 'https://docs.openreferral.org/en/3.1/';

/** `/hsds/…`: read-only, for anybody. */
export function serveHsds(app: FastifyInstance, directory: PublicDirectory): void {
  for (const url of ['/hsds', '/hsds/'])
    app.get(url, async (request, reply) =>
      answer({ body: { ...ABOUT, openapi_url: openApiUrl(request) }, changedAt: null }, request, reply),
    );
  app.get('/hsds/openapi.json', async (request, reply) =>
    answer({ body: directory.openApi(), changedAt: null }, request, reply),
  );
  app.get<{ Params: { list: string } }>('/hsds/:list', async (request, reply) =>
    answer(await directory.page(request.params.list, queryOf(request)), request, reply),
  );
  app.get<{ Params: { list: string; id: string } }>('/hsds/:list/:id', async (request, reply) =>
    answer(await directory.thing(request.params.list, request.params.id, queryOf(request)), request, reply),
  );
  app.route({
    method: ['POST'],
    url: '/hsds/*',
    onRequest: async () => {
      throw new HttpFailure(405, 'Here goes GET, HEAD.', { allow: 'GET, HEAD' });
    },
    handler: async () => null,
  });
}

const ABOUT = {
  version: '3.1',
  profile: PROFILE,
  description: 'The published directory of the networks of this hub, read only.',
  publisher: { name: 'Partnernetz' },
};

/** Where the description of this API lies, seen from whoever asks; null where nobody can tell from what was asked. */
function openApiUrl({ protocol, host }: FastifyRequest): string | null {
  const url = `${protocol}://${host}/hsds/openapi.json`;
  return /^[\w.:[\]-]+$/.test(host) && URL.canParse(url) ? url : null;
}

function answer(
  found: DirectoryAnswer | null,
  request: FastifyRequest,
  reply: FastifyReply,
  type = 'application/json; charset=utf-8',
) {
  if (!found) throw new HttpFailure(404, plainFailure(404).message);
  const text = `${type === JSON_LD ? jsonInPage(found.body) : JSON.stringify(found.body)}\n`;
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  reply.header('cache-control', `public, max-age=${SECONDS_IN_CACHES}`).header('etag', etag);
  if (found.changedAt) reply.header('last-modified', found.changedAt.toUTCString());
  if (matches(etag, request.headers['if-none-match'])) return reply.code(304).send();
  return reply.type(type).send(text);
}

const queryOf = ({ url }: FastifyRequest): URLSearchParams => new URLSearchParams(url.split('?').slice(1).join('?'));
