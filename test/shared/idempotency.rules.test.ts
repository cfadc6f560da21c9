import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, keyOf } from '../../src/shared/idempotency.rules.js';

describe('a key', () => {
  it.each([
    ['a UUID', '8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['one character', '!', '!'],
    ['255 characters', '~'.repeat(255), '~'.repeat(255)],
    ['a quoted string', '"abc"', 'abc'],
    ['a quoted string with escapes', '"a\\"b\\\\c"', 'a"b\\c'],
    ['a quote and a backslash in between', 'a"b\\c', 'a"b\\c'],
    ['a comma', 'a,b', 'a,b'],
  ])('may be %s', (_what, header, key) => {
    expect(keyOf(header)).toBe(key);
  });

  it.each([
    ['nothing', ''],
    ['an empty quoted string', '""'],
    ['256 characters', 'a'.repeat(256)],
    ['256 quoted characters', `"${'a'.repeat(256)}"`],
    ['a blank', 'a b'],
    ['a quoted blank', '"a b"'],
    ['two keys', 'a, b'],
    ['two quoted keys', '"a", "b"'],
    ['two quoted keys side by side', '"a""b"'],
    ['a quoted key with a parameter', '"a";b=1'],
    ['an open quote', '"a'],
    ['a single quote mark', '"'],
    ['an escape of its own', '"a\\n"'],
    ['an open escape', '"a\\"'],
    ['an umlaut', 'schlüssel'],
    ['a tab', 'a\tb'],
    ['a line break', 'a\nb'],
    ['a line break at the end', 'a\n'],
    ['a NUL', 'a\0'],
    ['DEL', 'a\x7f'],
    ['an emoji', '🔑'],
  ])('may not be %s', (_what, header) => {
    expect(keyOf(header)).toBeNull();
  });

  it('is the same bare and quoted, whatever it is', () => {
    const visible = fc.integer({ min: 0x21, max: 0x7e }).map(code => String.fromCharCode(code));
    const keys = fc.array(visible, { minLength: 1, maxLength: 255 }).map(all => all.join(''));
    fc.assert(
      fc.property(keys, key => {
        if (!key.startsWith('"')) expect(keyOf(key)).toBe(key);
        expect(keyOf(`"${key.replace(/["\\]/g, '\\$&')}"`)).toBe(key);
      }),
    );
  });

  it('is told at once also of the longest header', () => {
    const started = performance.now();
    expect(keyOf(`"${'\\"'.repeat(8_000)}`)).toBeNull();
    expect(performance.now() - started).toBeLessThan(2_000); // going back and forth, it would be for ever
  });
});

describe('the fingerprint of a request', () => {
  const asked = { document: 'mutation { a }', operationName: null, variables: { a: 1, b: { c: [1, 2], d: null } } };
  const same = (other: Partial<typeof asked> | { operationName: string } | { variables: unknown }) =>
    fingerprintOf({ ...asked, ...other }) === fingerprintOf(asked);

  it('does not depend on the order of names', () => {
    expect(same({ variables: { b: { d: null, c: [1, 2] }, a: 1 } })).toBe(true);
  });

  it.each([
    ['a value', { variables: { ...asked.variables, a: 2 } }],
    ['a kind of value', { variables: { ...asked.variables, a: '1' } }],
    ['the order of a list', { variables: { ...asked.variables, b: { c: [2, 1], d: null } } }],
    ['null for nothing', { variables: { ...asked.variables, b: { c: [1, 2] } } }],
    ['one more', { variables: { ...asked.variables, e: null } }],
    ['none', { variables: {} }],
    ['the document', { document: 'mutation  { a }' }],
    ['the operation', { operationName: 'A' }],
  ])('depends on %s', (_what, other) => {
    expect(same(other)).toBe(false);
  });

  it('takes no variables for none', () => {
    const of = (variables: unknown) => fingerprintOf({ ...asked, variables });
    expect(new Set([of(undefined), of(null), of({})]).size).toBe(1);
  });

  it('keeps names and values apart, and names that are numbers too', () => {
    const of = (variables: unknown) => fingerprintOf({ ...asked, variables });
    expect(of({ 'a":1,"b': 2 })).not.toBe(of({ a: 1, b: 2 }));
    expect(of({ b: 1, 10: 1, 9: 2 })).toBe(of({ 9: 2, b: 1, 10: 1 }));
  });

  it('agrees with whether two requests are equal', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, shuffled(inner)]),
      );
    };
    const variables = fc.dictionary(fc.string(), fc.jsonValue()).map(all => JSON.parse(JSON.stringify(all)));
    fc.assert(
      fc.property(variables, variables, (one, other) => {
        const of = (given: unknown) => fingerprintOf({ ...asked, variables: given });
        expect(of(shuffled(one))).toBe(of(one));
        if (JSON.stringify(one) !== JSON.stringify(other) && of(one) === of(other)) expect(other).toEqual(one);
      }),
    );
  });
});
