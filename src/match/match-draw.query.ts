import { type Sql, sql } from '../shared/sql.js';
import type { Draw, Rank } from './match-order.rules.js';

const BLOCK_BYTES = 64;

/** SQL: `tieBreak` of the rules for the service in this column, as bytes: HMAC-SHA256 by its definition, RFC 2104. */
export function tieBreakOf(draw: Draw, service: Sql): Sql {
  const asked = JSON.stringify([draw.day, draw.question]).slice(0, -1);
  return sql`sha256(${padded(draw, 0x5c)} || sha256(${padded(draw, 0x36)} || convert_to(${asked}::text || ',"' || ${service}::text || '"]', 'UTF8')))`;
}

/** SQL: may a service, which stands at the latest in the bucket `last`, stand after the position? */
export const mayStandAfter = (draw: Draw, { bucket, tieBreak }: Rank, service: Sql): Sql => sql`(
  last < ${bucket}::float8 or last = ${bucket}::float8 and ${tieBreakOf(draw, service)} > decode(${tieBreak}::text, 'hex'))`;

/** The key of the secret, which has the length of a block, with each byte changed by the mask. */
function padded({ secret }: Draw, mask: number): Sql {
  const key = Buffer.alloc(BLOCK_BYTES);
  key.write(secret, 'latin1');
  return sql`decode(${Buffer.from(key.map(byte => byte ^ mask)).toString('hex')}::text, 'hex')`;
}
