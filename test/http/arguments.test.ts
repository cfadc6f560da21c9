import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asked, codeOf, openSmallHub, type SmallHub } from './support.js';

const TEXTS =
  'query($long: String, $short: String, $ids: [ID!], $numbers: [Int!]) { texts(long: $long, short: $short, ids: $ids, numbers: $numbers) }';
const FIND = 'query($input: Place!) { find(input: $input) }';
const place = (more: Record<string, unknown>): { input: Record<string, unknown> } => ({
  input: { municipality: '05334002', ...more },
});

describe('arguments', () => {
  let hub: SmallHub;
  beforeAll(async () => {
    hub = await openSmallHub();
  });
  afterAll(() => hub.app.close());
  beforeEach(() => {
    asked.length = 0;
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ['a NUL byte', TEXTS, { short: 'a\0b' }, 'short'],
    ['half a pair of surrogates', TEXTS, { short: 'a\ud83d' }, 'short'],
    ['the other half', TEXTS, { short: '\ude00' }, 'short'],
    ['a long text', TEXTS, { short: 'x'.repeat(201) }, 'short'],
    ['a very long text', TEXTS, { long: 'x'.repeat(10_000) }, 'long'],
    ['an id that is none', TEXTS, { ids: ['a', 'b\0'] }, 'ids.1'],
    ['a long id', TEXTS, { ids: ['x'.repeat(201)] }, 'ids.0'],
    ['more entries than the field takes', TEXTS, { ids: ['a', 'b', 'c', 'd'] }, 'ids'],
    ['more entries than any list takes', TEXTS, { numbers: Array.from({ length: 101 }, () => 1) }, 'numbers'],
    ['a text in an object', FIND, place({ note: 'a\0' }), 'input.note'],
    ['a long text in an object', FIND, place({ note: 'x'.repeat(4001) }), 'input.note'],
    [
      'a text in an object in an object',
      FIND,
      place({ near: { municipality: '05334002', note: '\0' } }),
      'input.near.note',
    ],
    [
      'a long list in an object',
      FIND,
      place({ languages: Array.from({ length: 101 }, () => 'de') }),
      'input.languages',
    ],
  ])('refuses %s', async (_name, query, variables, argument) => {
    const answer = await hub.ask(query, variables);
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.body.errors?.[0]?.extensions.argument).toBe(argument);
    expect(asked).toEqual([]);
  });

  it('refuses them as literals too', async () => {
    expect(codeOf(await hub.ask(`{ echo(text: "a\\u0000b") }`))).toBe('BAD_USER_INPUT');
    expect(codeOf(await hub.ask(`mutation { write(text: "${'x'.repeat(201)}") }`))).toBe('BAD_USER_INPUT');
    expect(asked).toEqual([]);
  });

  it.each<[string, string, Record<string, unknown> & { input?: Record<string, unknown> }]>([
    ['texts up to the limit', TEXTS, { short: 'x'.repeat(200), long: 'x'.repeat(4000) }],
    ['characters, not their halves', TEXTS, { short: '😀'.repeat(200) }],
    ['every other character', TEXTS, { short: '\u0001\t\n\r\u200b\u202e\ufeff\uffff𝕏ß' }],
    ['lists up to the limit', TEXTS, { ids: ['a', 'b', 'c'], numbers: Array.from({ length: 100 }, () => 1) }],
    ['a longer text where the field takes one', FIND, place({ note: 'x'.repeat(4000) })],
    ['null and nothing', TEXTS, { short: null }],
  ])('lets %s through unaltered', async (_name, query, variables) => {
    const answer = await hub.ask(query, variables);
    expect(answer.body.errors).toBeUndefined();
    const seen = JSON.stringify(asked);
    for (const value of Object.values(variables.input ? { note: variables.input.note } : variables)) {
      expect(seen).toContain(JSON.stringify(value));
    }
  });

  it('leaves cursors to their reader', async () => {
    for (const after of ['a\0b', 'x'.repeat(5000), '\ud800']) {
      expect(codeOf(await hub.ask('query($after: String!) { page(after: $after) }', { after }))).toBe('INVALID_CURSOR');
    }
  });
});
