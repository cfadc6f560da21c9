import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../src/shared/cursor.js';
import { Secrets } from '../../src/shared/secrets.js';

const secrets = new Secrets(new Uint8Array(64).fill(7));
const position = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.integer()), { minLength: 1, maxLength: 4 });
const refused = expect.objectContaining({ extensions: { code: 'INVALID_CURSOR', argument: 'after' } });

function faultOf(cursor: string, list = 'partners', by = secrets): unknown {
  try {
    return { read: decodeCursor(by, list, cursor) };
  } catch (error) {
    return error;
  }
}

test('what goes in comes out', () => {
  fc.assert(
    fc.property(position, at => {
      expect(decodeCursor(secrets, 'partners', encodeCursor(secrets, 'partners', at))).toEqual(at);
    }),
  );
});

test('another list and another database are refused', () => {
  const cursor = encodeCursor(secrets, 'partners', ['Anker', 'x']);
  expect(faultOf(cursor, 'services')).toEqual(refused);
  expect(faultOf(cursor, 'partner')).toEqual(refused);
  expect(faultOf(cursor, 'partners', new Secrets(new Uint8Array(64).fill(8)))).toEqual(refused);
});

test('whatever is changed in a cursor, and wherever, it is refused', () => {
  fc.assert(
    fc.property(position, fc.nat(), fc.string({ maxLength: 3 }), fc.nat(3), (at, place, added, taken) => {
      const cursor = encodeCursor(secrets, 'partners', at);
      const i = place % (cursor.length + 1);
      const forged = cursor.slice(0, i) + added + cursor.slice(i + taken);
      fc.pre(forged !== cursor);
      expect(faultOf(forged)).toEqual(refused);
    }),
    { numRuns: 1_000 },
  );
});

test('any text at all is refused, and nothing but INVALID_CURSOR is thrown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      expect(faultOf(text)).toEqual(refused);
    }),
    { numRuns: 1_000 },
  );
});
