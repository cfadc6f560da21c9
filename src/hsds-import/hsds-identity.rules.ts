import { createHash } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id that a row brings along, where it is one that the hub could take; else null. */
export const broughtId = (externalId: string): string | null =>
  UUID.test(externalId) ? externalId.toLowerCase() : null;

/**
 * An id of the hub that is the same for the same row of the same source at every time and on every machine: a UUID of
 * version 8 (RFC 9562) made of the hash of all that names it.
 */
export function derivedId(...names: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(names)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
