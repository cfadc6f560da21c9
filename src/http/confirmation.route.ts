import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { goneConfirmationPage, type Sheet, sheetPage, thanksPage } from './confirmation.page.js';

/** What stands behind the page of a confirmation link. */
export interface ConfirmationDesk {
  /** What the link would confirm; null for one that does nothing, whyever. */
  show(token: string): Promise<Sheet | null>;
  /** Confirms it, once; false where it did nothing. */
  confirm(token: string): Promise<boolean>;
}

/** Bytes: the form sends nothing. */
const BODY = 1_000;

/**
 * `/bestaetigen/<token>`: for people without an account. A GET never confirms, since mail programs and scanners open
 * links; only the button's POST does. No script, no cookie; nobody is told of the address, and the log knows the route only.
 */
export function serveConfirmations(app: FastifyInstance, desk: ConfirmationDesk): void {
  app.register(async scope => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: BODY },
      (_request, _body, done) => done(null, null),
    );
    scope.get('/bestaetigen/:token', async (request, reply) => {
      const sheet = await desk.show(tokenOf(request));
      return sheet ? send(reply, 200, nonce => sheetPage(nonce, sheet)) : send(reply, 404, goneConfirmationPage);
    });
    scope.post('/bestaetigen/:token', { bodyLimit: BODY }, async (request, reply) =>
      (await desk.confirm(tokenOf(request))) ? send(reply, 200, thanksPage) : send(reply, 404, goneConfirmationPage),
    );
  });
}

const tokenOf = ({ params }: FastifyRequest): string => (params as { token: string }).token;

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
