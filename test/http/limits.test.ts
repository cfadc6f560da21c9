import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_QUERY } from '../../src/http/explorer.page.js';
import { LIMITS } from '../../src/http/limits.js';
import { asked, codeOf, openSmallHub, type SmallHub } from './support.js';

const many = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => part(i)).join(' ');
const nested = (levels: number, open: string, inner: string): string =>
  `${open.repeat(levels)}${inner}${'}'.repeat(levels)}`;

/** Every document is small enough for the body limit; what it would cost is the matter. */
const BOMBS: Record<string, string> = {
  tokens: `{ networks { ${many(40_000, () => 'a')} } }`,
  depth: `{ networks { ${nested(600, 'self { ', 'name')} } }`,
  'depth through fragments': `{ networks { ...F0 } } ${many(20, i => `fragment F${i} on Network { self { ...F${i + 1} } }`)}
    fragment F20 on Network { name }`,
  'nested inline fragments': `{ networks { ${nested(600, '... { ', 'name')} } }`,
  'nested lists': `{ find(input: ${'['.repeat(1_900)}`,
  'closed nested lists': `{ texts(numbers: ${'['.repeat(600)}1${']'.repeat(600)}) }`,
  'nested objects': `{ find(input: ${nested(300, '{ near: ', '1')}) }`,
  'root aliases': `{ ${many(300, i => `a${i}: networks { name }`)} }`,
  'root aliases in fragments': `{ ${many(7, i => `...F${i}`)} }
    ${many(7, i => `fragment F${i} on Query { ${many(3, j => `a${i}${j}: networks { name }`)} }`)}`,
  'inner aliases': `{ networks { ${many(600, i => `a${i}: name`)} } }`,
  'the same field': `{ networks { ${many(1_900, () => 'name')} } }`,
  'the same tree': `{ ${many(280, () => 'networks { name }')} }`,
  directives: `{ networks ${many(300, () => '@include(if: true)')} { name } }`,
  'unknown directives': `{ networks ${many(900, i => `@d${i}`)} { name } }`,
  'doubling fragments': `{ networks { ...F0 } } ${many(40, i => `fragment F${i} on Network { ...F${i + 1} ...F${i + 1} }`)}
    fragment F40 on Network { name }`,
  'doubling trees': `{ networks { ...F0 } } ${many(12, i => `fragment F${i} on Network { a: self { ...F${i + 1} } b: self { ...F${i + 1} } }`)}
    fragment F12 on Network { name }`,
  'rings of fragments': `{ networks { ...F0 } } ${many(48, i => `fragment F${i} on Network { ${many(3, j => `...F${(i + j + 1) % 48}`)} }`)}`,
  'many fragments': many(300, i => `fragment F${i} on Network { name }`),
  'many operations': many(300, i => `query Q${i} { networks { name } }`),
  'many variables': `query(${many(300, i => `$v${i}: Int`)}) { networks { name } }`,
  introspections: `{ ${many(10, i => `a${i}: __schema { types { fields { args { name } } } }`)} }`,
  'deep introspection': `{ __schema { types { ${nested(12, 'fields { type { ', 'name') + '}'.repeat(12)} } } }`,
  'a long chain of types': `{ __type(name: "Query") { ${nested(40, 'ofType { ', 'name')} } }`,
};

/** Big, but within the limits: validated and executed, or refused for another reason. */
const LARGE: Record<string, string> = {
  'pairs of fragments': `{ networks { ${many(48, i => `...F${i}`)} } }
    ${many(48, i => `fragment F${i} on Network { name slug self { name } partners { totalCount nodes { name } } }`)}`,
  'trees of repetitions': `{ networks { ${(function tree(depth: number): string {
    return depth === 0 ? 'name' : many(2, () => `self { ${tree(depth - 1)} }`);
  })(7)} } }`,
  'a long list': `{ texts(numbers: [${many(1_900, () => '1')}]) }`,
  'a long text': `{ echo(text: "${'x'.repeat(90_000)}") }`,
  'a long comment': `{ networks { name } } #${'x'.repeat(90_000)}`,
  'unknown fields': `{ networks { ${many(900, i => `no${i}`)} } }`,
  'unknown arguments': `{ texts(${many(600, i => `x${i}: 1`)}) }`,
  'a cycle': '{ networks { ...A } } fragment A on Network { ...B ...B } fragment B on Network { ...A ...A }',
  braces: '{'.repeat(1_990),
};

const CPU = 50; // milliseconds

describe('limits', () => {
  let hub: SmallHub;

  beforeAll(async () => {
    hub = await openSmallHub({ introspection: true });
    for (let i = 0; i < 30; i++) await hub.ask(`{ networks { name self { slug } } } #${i}`); // warm
  });
  afterAll(() => hub.app.close());

  /** Milliseconds a request, over ten: the clock of the processor ticks in milliseconds. The client's part is in it. */
  async function cpuOf(document: string): Promise<number> {
    const before = process.cpuUsage();
    for (let run = 0; run < 10; run++) await hub.ask(`${document} #${run}`); // another text each time: never known
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 10_000;
  }

  it.each(Object.entries(BOMBS))('refuses %s', async (name, document) => {
    asked.length = 0;
    const answer = await hub.ask(document);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'QUERY_TOO_EXPENSIVE']);
    expect(answer.body.errors?.[0]?.message).toMatch(/^The query asks for too much at once/);
    expect(asked).toEqual([]);
    const cpu = await cpuOf(document);
    console.log(`bomb "${name}": refused in ${cpu.toFixed(1)} ms CPU`);
    expect(cpu).toBeLessThan(CPU);
  });

  it.each(Object.entries(LARGE))('is done quickly with %s', async (name, document) => {
    expect((await hub.ask(document)).status).toBe(200);
    const cpu = await cpuOf(document);
    console.log(`large "${name}": ${cpu.toFixed(1)} ms CPU`);
    expect(cpu).toBeLessThan(CPU);
  });

  it.each([
    ['the introspection of tools', getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true })],
    ['the first query of the explorer', FIRST_QUERY],
    ['a deep query', `{ networks { ${nested(LIMITS.depth - 2, 'self { ', 'name')} } }`],
    ['as many roots as allowed', `{ ${many(LIMITS.rootFields, i => `a${i}: networks { name }`)} }`],
  ])('lets %s through', async (_name, query) => {
    const answer = await hub.ask(query);
    expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
  });

  it('multiplies pages in pages, by variables too', async () => {
    const query = `query($first: Int) { networks { partners(first: $first) { nodes { a: services(first: $first) { nodes { name
      capacity { free } } } b: services(first: 100) { nodes { capacity { free } } } } } } }`;
    for (const [first, refused] of [
      [10, false],
      [100, true],
      [undefined, false],
      [1e9, true],
    ] as const) {
      const answer = await hub.ask(query, { first });
      expect([first, answer.body.errors?.[0]?.extensions.code === 'QUERY_TOO_EXPENSIVE']).toEqual([first, refused]);
      expect(answer.status).toBe(refused ? 400 : 200);
    }
  });

  it('takes a dear field for what it says', async () => {
    expect((await hub.ask('{ a: dear b: dear }')).body.data).toEqual({ a: 'dear', b: 'dear' });
    expect(codeOf(await hub.ask('{ a: dear b: dear c: dear }'))).toBe('QUERY_TOO_EXPENSIVE');
  });

  it('does not depend on what came before', async () => {
    const bomb = `{ networks { ${nested(20, 'self { ', 'name')} } }`;
    for (let i = 0; i < 3; i++) expect(codeOf(await hub.ask(bomb))).toBe('QUERY_TOO_EXPENSIVE');
    const get = await hub.send(`/graphql?query=${encodeURIComponent(bomb)}`);
    expect([get.status, codeOf(get)]).toEqual([400, 'QUERY_TOO_EXPENSIVE']);
  });
});
