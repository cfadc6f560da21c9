import { CURSOR_PURPOSE, SIGNATURE_LENGTH } from '../shared/cursor.js';
import type { Secrets } from '../shared/secrets.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';

/**
 * SQL: the cursor of a row, the same that `encodeCursor` makes of its position. `position`: the JSON of its parts.
 * HMAC as RFC 2104 defines it, over PostgreSQL's own SHA-256.
 */
export function cursorOf(secrets: Secrets, list: string, position: readonly string[]): Sql {
  const { inner, outer } = secrets.pads(CURSOR_PURPOSE);
  const text = base64url(verbatim(`'[' || ${position.join(` || ',' || `)} || ']'`));
  return sql`(select c.text || '.' || left(encode(sha256(${outer}::bytea || sha256(${inner}::bytea
    || convert_to(${`${list}:`} || c.text, 'UTF8'))), 'hex'), ${verbatim(String(SIGNATURE_LENGTH))})
    from (select ${text} as text) c)`;
}

const base64url = (text: Sql): Sql => sql`translate(encode(convert_to(${text}, 'UTF8'), 'base64'), E'+/=\n', '-_')`;
