import { createHash } from 'node:crypto';

/** How long a key is known after its first request. */
export const KEPT_MS = 24 * 60 * 60 * 1_000;

/** How long a request waits for an earlier one with the same key. */
export const WAIT_MS = 5_000;

/** Keys made before are known no more. */
export const expiry = (now: Date): Date => new Date(now.getTime() - KEPT_MS);

const KEY = /^[!-~]{1,255}$/;
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

/**
 * The key in an Idempotency-Key header, or null for what is none: bare, as most clients send it, or the quoted string of
 * draft-ietf-httpapi-idempotency-key-header. Both say the same key.
 */
export function keyOf(header: string): string | null {
  const key = header.startsWith('"') ? QUOTED.exec(header)?.[1]?.replace(/\\(.)/g, '$1') : header;
  return key !== undefined && KEY.test(key) ? key : null;
}

/** What makes two requests the same. */
export interface Asked {
  /** The text of the document. */
  document: string;
  operationName: string | null;
  variables: unknown;
}

/** Of a request; the same for the same request, in whatever order its variables come. */
export function fingerprintOf({ document, operationName, variables }: Asked): string {
  return createHash('sha256')
    .update(canonicalJson([document, operationName, variables ?? {}]))
    .digest('hex');
}

/** JSON with the names of each object in order: equal texts, equal values. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) => (isRecord(inner) ? sorted(inner) : inner));

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
