import { invalidCursor } from './errors.js';
import type { Secrets } from './secrets.js';

export const CURSOR_PURPOSE = 'cursor';
export const SIGNATURE_LENGTH = 22; // hex digits, 88 bits: nobody guesses one

/** Where a page ends: the values of the last row in the order of its list. */
export type Position = readonly (string | number)[];

/** A cursor that only this list of this database understands. */
export function encodeCursor(secrets: Secrets, list: string, position: Position): string {
  const text = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${text}.${signature(secrets, list, text)}`;
}

/** The position in a cursor; INVALID_CURSOR for one that another list handed out, or nobody. */
export function decodeCursor(secrets: Secrets, list: string, cursor: string): Position {
  const [text, sign, ...rest] = cursor.split('.');
  if (!text || sign?.length !== SIGNATURE_LENGTH || rest.length > 0) throw invalidCursor();
  if (!secrets.verify(CURSOR_PURPOSE, `${list}:${text}`, sign)) throw invalidCursor();
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as Position;
}

const signature = (secrets: Secrets, list: string, text: string): string =>
  secrets.sign(CURSOR_PURPOSE, `${list}:${text}`).slice(0, SIGNATURE_LENGTH);
