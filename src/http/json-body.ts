import type { FastifyInstance } from 'fastify';
import { HttpFailure, plainFailure } from './failure.js';

/**
 * The only body that is read: JSON in UTF-8. Fastify's own parser takes any charset for UTF-8 and replaces what is
 * none, so that a text would be stored altered.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
    if (!isUtf8(type) || encoding.toLowerCase() !== 'identity') return done(refusal(415));
    const text = decoded(decoder, body as Buffer);
    return text === null ? done(refusal(400)) : parse(request, text, done);
  });
}

function refusal(status: number): HttpFailure {
  return new HttpFailure(status, plainFailure(status).message);
}

/** Without a charset it is UTF-8 (RFC 8259). */
function isUtf8(contentType: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1]?.toLowerCase();
  return charset === undefined || charset === 'utf-8' || charset === 'utf8';
}

function decoded(decoder: InstanceType<typeof TextDecoder>, body: Buffer): string | null {
  try {
    return decoder.decode(body);
  } catch {
    return null;
  }
}
