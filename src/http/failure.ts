import { ErrorCode, PublicError } from '../shared/errors.js';
import { type Code, STATUS, tell } from './errors.js';

/** A request that is refused before GraphQL has a say. */
export class HttpFailure extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** How a failed request is answered. */
export interface Failure {
  status: number;
  code: Code;
  message: string;
  headers: Readonly<Record<string, string>>;
}

const SENTENCES: Readonly<Record<number, string>> = {
  400: 'The request is malformed.',
  404: 'There is nothing at this address.',
  408: 'The request took too long to arrive.',
  413: 'The request is too large.',
  415: 'Send JSON in UTF-8, uncompressed: content-type application/json.',
  417: 'No expectation but 100-continue is met.',
  431: 'The headers are too large.',
};

/** What Fastify, its parsers or our own hooks threw, as it may be told. */
export function failureOf(error: unknown): Failure {
  if (error instanceof HttpFailure) {
    const { status, message, headers } = error;
    return { status, code: codeOf(status), message, headers };
  }
  if (error instanceof PublicError) {
    const { code, message } = error;
    return { status: STATUS[code], code, message, headers: headersOf(code) };
  }
  const status = statusOf(error);
  if (status >= 400 && status < 500) return plainFailure(status);
  if (status === 503) return ofCode(ErrorCode.SERVICE_UNAVAILABLE, 'Try again in a moment.');
  const { code, message } = tell(error);
  return ofCode(code, message);
}

/** A refusal that needs no more words than its status. */
export const plainFailure = (status: number): Failure => ({
  status,
  code: codeOf(status),
  message: SENTENCES[status] ?? SENTENCES[400] ?? '',
  headers: {},
});

/** An answer in GraphQL's shape. */
export const failureBody = ({ code, message }: Pick<Failure, 'code' | 'message'>, requestId: string): string =>
  `${JSON.stringify({ errors: [{ message, extensions: { code, requestId } }] })}\n`;

/** RFC 9110 wants a challenge with every 401. */
export const headersOf = (code: Code): Readonly<Record<string, string>> =>
  code === ErrorCode.UNAUTHENTICATED ? { 'www-authenticate': 'Bearer' } : {};

const ofCode = (code: Code, message: string): Failure => ({
  status: STATUS[code],
  code,
  message,
  headers: headersOf(code),
});

const codeOf = (status: number): Code =>
  status >= 500 ? ErrorCode.SERVICE_UNAVAILABLE : status === 403 ? ErrorCode.FORBIDDEN : ErrorCode.BAD_USER_INPUT;

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}
