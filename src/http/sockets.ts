import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Failure, failureBody, plainFailure } from './failure.js';

/** Milliseconds. A socket that is slow to ask is gone within 10 s, one that is slow to read within 30. */
export const TIMEOUTS = {
  /** Until the headers are there, from the opening of the connection or the first byte of a further request. */
  headers: 5_000,
  /** Until the body is there too. */
  request: 7_000,
  /** The same for an upload, which is as slow as somebody's line. */
  upload: 30 * 60_000,
  /** How often Node looks for those. */
  check: 1_000,
  /** Between two requests. */
  keepAlive: 6_000,
  /** Without a byte in either direction: for readers that stop reading. */
  silence: 30_000,
  /** For an answer to be ready; a request waits up to 5 s for a database connection. */
  handler: 25_000,
  /** For the requests under way when the server closes. */
  closing: 8_000,
  /** For the database to say that it is there: one that does not answer at all must not hold the probe. */
  readiness: 3_000,
} as const;

export type Timeouts = Readonly<Record<keyof typeof TIMEOUTS, number>>;

/** What never reaches Fastify: answered on the bare socket. */
export function answerOnSocket(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(rawAnswer(plainFailure(statusOf(error.code)), randomUUID()));
  socket.destroy();
}

function statusOf(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return 400;
}

/** Cuts a request off whose body is not there in time: Node itself allows all of them as long as an upload. */
export function awaitBody(request: IncomingMessage, milliseconds: number): () => void {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined)
    return () => {};
  // A request that Fastify injects has no socket, and its body at once.
  if (!(request.socket instanceof Socket)) return () => {};
  const timer = setTimeout(() => {
    if (!request.complete)
      answerOnSocket(Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), request.socket);
  }, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
}

/** Node answers `CONNECT` and an unknown `Expect` by itself and without a body. */
export function answerOddRequests(server: Server): void {
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    const failure: Failure = { ...plainFailure(405), message: 'This method is not served.' };
    socket.end(rawAnswer(failure, randomUUID()));
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const requestId = randomUUID();
    const body = failureBody(plainFailure(417), requestId);
    response.writeHead(417, {
      'content-length': Buffer.byteLength(body),
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': requestId,
      connection: 'close',
    });
    response.end(body);
  });
}

function rawAnswer(failure: Failure, requestId: string): string {
  const body = failureBody(failure, requestId);
  return [
    `HTTP/1.1 ${failure.status} ${STATUS_CODES[failure.status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

/** Requests under way get their answer; sockets that still hold on after so long are cut. */
export function cutOffLate(server: Server, milliseconds: number): () => void {
  const timer = setTimeout(() => server.closeAllConnections(), milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
}
