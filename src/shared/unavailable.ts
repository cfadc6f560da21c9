/** SQLSTATEs that say "not now": connection, resources, shutdown, time-outs, and conflicts that retries did not solve. */
const SQL_STATES = /^(?:08...|53...|57...|58...|25006|40001|40P01|55P03)$/;

const NODE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
]);

/** What pg and pg-pool say in words only. */
const PG_MESSAGES = [
  'timeout exceeded when trying to connect',
  'connection terminated',
  'client has encountered a connection error',
  'cannot use a pool after calling end',
  'client was closed and is not queryable',
  'connection ended unexpectedly',
  'query read timeout',
];

const DEEPEST = 6;

/** Did it fail because the database (or another server) is away, as opposed to a bug? Looks through wrapped errors. */
export function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return false;
  const { code, message, syscall, errors, ...causes } = parts(error);
  if (typeof code === 'string' && (NODE_CODES.has(code) || SQL_STATES.test(code))) return true;
  if (code === 'ENOENT' && syscall === 'connect') return true; // a Unix socket that is not there
  if (typeof message === 'string' && PG_MESSAGES.some(known => message.toLowerCase().startsWith(known))) return true;
  const inner = Array.isArray(errors) ? [...Object.values(causes), ...errors] : Object.values(causes);
  return inner.some(cause => isUnavailable(cause, depth + 1));
}

function parts(error: object) {
  const { code, message, syscall, errors, cause, originalError, previous } = error as Record<string, unknown>;
  return { code, message, syscall, errors, cause, originalError, previous };
}
