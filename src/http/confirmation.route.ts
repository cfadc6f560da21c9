import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { busyPage, goneConfirmationPage, SEEN, type Sheet, sheetPage, thanksPage } from './confirmation.page.js';
import { rateLimit } from './rate-limit.js';

/** What stands behind the page of a confirmation link. */
export interface ConfirmationDesk {
  /** What the link would confirm; null for one that does nothing, whyever. */
  show(token: string): Promise<Sheet | null>;
  /**
   * Confirms it, once. `seen`: the digest of the sheet that was read. CHANGED: something of it is otherwise by now, and
   * nothing was done. GONE: the link does nothing, whyever.
   */
  confirm(token: string, seen: string): Promise<'DONE' | 'CHANGED' | 'GONE'>;
}

/** Bytes: the form sends a digest. */
const BODY = 1_000;

/** Of one address: many people may sit behind it, and mail scanners open each link a few times. */
const RATE = { most: 120, within: 60_000 };

/**
 * `/bestaetigen/<token>`: for people without an account. A GET never confirms, since mail programs and scanners open
 * links; only the button's POST does. No script, no cookie; nobody is told of the address, and the log knows the route only.
 */
export function serveConfirmations(app: FastifyInstance, desk: ConfirmationDesk): void {
  const count = rateLimit(RATE);
  app.register(async scope => {
    scope.addHook('onRequest', async (request, reply) => {
      const seconds = count(request.ip);
      return seconds === null ? undefined : send(reply.header('retry-after', seconds), 429, busyPage);
    });
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: BODY },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    scope.get('/bestaetigen/:token', async (request, reply) => {
      const sheet = await desk.show(tokenOf(request));
      return sheet ? send(reply, 200, nonce => sheetPage(nonce, sheet)) : send(reply, 404, goneConfirmationPage);
    });
    scope.post('/bestaetigen/:token', { bodyLimit: BODY }, async (request, reply) => {
      const token = tokenOf(request);
      const became = await desk.confirm(token, seenBy(request));
      if (became === 'DONE') return send(reply, 200, thanksPage);
      const sheet = became === 'CHANGED' ? await desk.show(token) : null;
      return sheet ? send(reply, 409, nonce => sheetPage(nonce, sheet, true)) : send(reply, 404, goneConfirmationPage);
    });
  });
}

const tokenOf = ({ params }: FastifyRequest): string => (params as { token: string }).token;

/** A POST that says nothing of it has seen nothing. */
const seenBy = ({ body }: FastifyRequest): string => (body instanceof URLSearchParams && body.get(SEEN)) || '';

function send(reply: FastifyReply, status: number, page: (nonce: string) => string): FastifyReply {
  const nonce = randomBytes(16).toString('base64url');
  return reply
    .code(status)
    .header('content-security-policy', policy(nonce))
    .header('cross-origin-opener-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(page(nonce));
}

/** Nothing is loaded but its own style, and the form goes nowhere else. */
const policy = (nonce: string): string =>
  `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
