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

/** Id of a service's being at a location, where its source has none for it: found again by an index on the same text. */
export function pairId(service: string, location: string): string {
  const hex = createHash('md5').update(`${service}/${location}`).digest('hex');
  const marked = `${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17)}`;
  return [marked.slice(0, 8), marked.slice(8, 12), marked.slice(12, 16), marked.slice(16, 20), marked.slice(20)].join(
    '-',
  );
}

/** SQL: the same of a row of `service_location`. */
export const PAIR_ID = `overlay(overlay(md5("service_id"::text || '/' || "location_id"::text) placing '8' from 13 for 1) placing '8' from 17 for 1)`;
