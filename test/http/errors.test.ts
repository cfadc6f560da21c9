import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { badInput, PublicError, serviceUnavailable, unauthenticated } from '../../src/shared/errors.js';
import { type Answer, asked, codeOf, openSmallHub, type SmallHub } from './support.js';

const GRAPHQL = { accept: 'application/graphql-response+json' };
const CANARY = 'Kanarienvogel';

let hub: SmallHub;
beforeAll(async () => {
  hub = await openSmallHub();
});
afterAll(() => hub.app.close());
beforeEach(() => {
  hub.lines.length = 0;
  asked.length = 0;
});

const told = ({ body }: Answer) =>
  (body.errors ?? []).map(({ message, extensions: { code, argument } }) => [code, argument, message]);

describe('bad arguments', () => {
  const FIND = 'query($input: Place!, $first: Int) { find(input: $input, first: $first) }';
  const place = (more: object) => ({ input: { municipality: '05334002', ...more } });

  it.each<[string, string, Record<string, unknown> | undefined, string, string]>([
    ['a scalar', `{ find(input: { municipality: "${CANARY}" }) }`, undefined, 'input.municipality', 'MunicipalityKey'],
    ['a scalar of a library', `{ find(input: ${PLACE()}, on: "${CANARY}") }`, undefined, 'on', 'LocalDate'],
    ['an impossible date', `{ find(input: ${PLACE()}, on: "2026-02-30") }`, undefined, 'on', 'LocalDate'],
    ['an Int', `{ find(input: ${PLACE()}, first: "${CANARY}") }`, undefined, 'first', 'Int'],
    ['a huge Int', `{ find(input: ${PLACE()}, first: 99999999999) }`, undefined, 'first', 'Int'],
    ['a Float', `{ find(input: ${PLACE()}, first: 1.5) }`, undefined, 'first', 'Int'],
    ['an item', `{ find(input: ${PLACE('languages: ["de", "!"]')}) }`, undefined, 'input.languages.1', 'LanguageTag'],
    [
      'a nested field',
      `{ find(input: ${PLACE('near: { municipality: 5 }')}) }`,
      undefined,
      'input.near.municipality',
      '',
    ],
    ['a missing field', '{ find(input: {}) }', undefined, 'input.municipality', 'required'],
    ['null', '{ find(input: { municipality: null }) }', undefined, 'input.municipality', 'MunicipalityKey!'],
    ['an unknown field', `{ find(input: ${PLACE('color: 1')}) }`, undefined, 'input.color', 'Place has no such field'],
    ['a text for an object', `{ find(input: "${CANARY}") }`, undefined, 'input', 'Place!'],
    ['a default', `query($f: Int = "${CANARY}") { find(input: ${PLACE()}, first: $f) }`, undefined, 'first', 'Int'],
    ['a scalar', FIND, place({ municipality: CANARY }), 'input.municipality', 'MunicipalityKey'],
    ['an Int', FIND, { ...place({}), first: CANARY }, 'first', 'Int'],
    ['a huge Int', FIND, { ...place({}), first: 3_000_000_000 }, 'first', 'Int'],
    ['an item', FIND, place({ languages: ['de', CANARY] }), 'input.languages.1', 'LanguageTag'],
    ['a nested field', FIND, place({ near: { municipality: [] } }), 'input.near.municipality', 'MunicipalityKey'],
    ['a missing field', FIND, { input: {} }, 'input.municipality', 'required'],
    ['null', FIND, { input: null }, 'input', 'null'],
    ['nothing', FIND, {}, 'input', 'required'],
    ['a text for an object', FIND, { input: CANARY }, 'input', 'Place'],
    ['an unknown field', FIND, place({ [`${CANARY} at "input.age"; `]: 1 }), 'input', 'Place has no such field'],
    [
      'a part of an object',
      'query($key: MunicipalityKey!) { find(input: { municipality: $key }) }',
      { key: CANARY },
      'input.municipality',
      'MunicipalityKey',
    ],
    [
      'a value that looks like a path',
      'query($on: LocalDate) { find(input: { municipality: "05334002" }, on: $on) }',
      { on: `${CANARY} at "on.year"` },
      'on',
      'LocalDate',
    ],
  ])('%s: %s %j', async (_name, query, variables, argument, words) => {
    for (const headers of [{}, GRAPHQL]) {
      const answer = await hub.ask(query, variables, headers);
      expect([answer.status, codeOf(answer)]).toEqual([headers === GRAPHQL ? 400 : 200, 'BAD_USER_INPUT']);
      expect(answer.body.errors?.[0]?.extensions.argument).toBe(argument);
      expect(answer.body.errors?.[0]?.message).toContain(words);
      expect(answer.text).not.toContain(CANARY);
      expect('data' in answer.body).toBe(false);
    }
    expect(asked).toEqual([]);
  });

  it('reports each of several', async () => {
    const answer = await hub.ask(FIND, { input: { municipality: 1, age: 'x' }, first: true });
    expect(told(answer).map(([code, argument]) => [code, argument])).toEqual([
      ['BAD_USER_INPUT', 'input.municipality'],
      ['BAD_USER_INPUT', 'input.age'],
      ['BAD_USER_INPUT', 'first'],
    ]);
  });

  it('stays typed with more of them than are reported', async () => {
    const languages = Array.from({ length: 200 }, () => '!');
    const codes = told(await hub.ask(FIND, place({ languages }))).map(([code]) => code);
    expect(new Set(codes)).toEqual(new Set(['BAD_USER_INPUT']));
    expect(codes.length).toBeLessThan(60);
  });

  it('finds the argument of a variable that was left out', async () => {
    const answer = await hub.ask('query($t: String = "a") { echo(text: $t) }', { t: null });
    expect(told(answer)).toEqual([['BAD_USER_INPUT', 'text', expect.stringContaining('must not be null')]]);
  });

  function PLACE(more = ''): string {
    return `{ municipality: "05334002" ${more} }`;
  }
});

describe('documents', () => {
  it('says where one does not parse, without its texts', async () => {
    const answer = await hub.ask(`{ echo(text "${CANARY}") }`);
    expect(told(answer)).toEqual([['GRAPHQL_PARSE_FAILED', undefined, 'Syntax Error: Expected ":", found String.']]);
  });

  it('gives hints only where introspection is on', async () => {
    const open = await openSmallHub({ introspection: true });
    expect((await open.ask('{ ecco }')).text).toContain('Did you mean');
    expect((await open.ask('{ __schema { queryType { name } } }')).body.data).toBeTruthy();
    await open.app.close();

    expect(told(await hub.ask('{ ecco }'))).toEqual([
      ['GRAPHQL_VALIDATION_FAILED', undefined, 'Cannot query field "ecco" on type "Query".'],
    ]);
    const variables = { input: { municipality: '05334002', languagez: [] } };
    expect((await hub.ask('query($input: Place!) { find(input: $input) }', variables)).text).not.toContain('Did you');
    const [[code, , message] = []] = told(await hub.ask('{ __schema { queryType { name } } }'));
    expect([code, message]).toEqual(['GRAPHQL_VALIDATION_FAILED', expect.stringContaining('/schema.graphql')]);
  });

  it('wants the name of one of its operations', async () => {
    const query = 'query A { networks { name } } query B { networks { slug } }';
    for (const operationName of ['C', undefined]) {
      expect(told(await hub.post({ query, operationName }))).toEqual([
        ['BAD_USER_INPUT', 'operationName', 'Name one of the operations of the document.'],
      ]);
    }
  });
});

describe('what resolvers throw', () => {
  it.each<[string, number, string, string]>([
    ['signedIn', 401, 'UNAUTHENTICATED', 'Sign in first.'],
    ['others', 200, 'FORBIDDEN', 'This operation is not open to your roles.'],
    ['inProgress', 409, 'IDEMPOTENCY_IN_PROGRESS', 'Still at work.'],
    ['away', 503, 'SERVICE_UNAVAILABLE', 'Try again in a moment.'],
    ['shutDown', 503, 'SERVICE_UNAVAILABLE', 'Try again in a moment.'],
    ['broken', 500, 'INTERNAL_SERVER_ERROR', 'Something went wrong here; the request id helps to find out what.'],
    ['library', 200, 'FORBIDDEN', 'This operation is not open to your roles.'],
  ])('%s answers %i', async (field, status, code, message) => {
    for (const headers of [{}, GRAPHQL]) {
      const answer = await hub.ask(`{ ${field} }`, undefined, headers);
      expect([answer.status, codeOf(answer), answer.body.data]).toEqual([status, code, null]);
      expect(answer.body.errors?.[0]).toMatchObject({ message, path: [field] });
      expect(Object.keys(answer.body.errors?.[0]?.extensions ?? {}).sort()).toEqual(['code', 'requestId']);
      expect(answer.text).not.toMatch(/secret|10\.0\.0\.5|stack/);
    }
  });

  it('stays 200 with partial data', async () => {
    const answer = await hub.ask('{ networks { name } brokenNullable }');
    expect([answer.status, answer.body.data]).toEqual([
      200,
      { networks: [{ name: 'Netzwerk Aachen' }], brokenNullable: null },
    ]);
    expect(codeOf(answer)).toBe('INTERNAL_SERVER_ERROR');
  });

  it('tells of a cursor as of an argument', async () => {
    expect(told(await hub.ask('{ page(after: "x") }'))).toEqual([
      ['INVALID_CURSOR', 'after', 'No list handed out this cursor.'],
    ]);
  });

  it('asks for a sign-in with a challenge', async () => {
    expect((await hub.ask('{ signedIn }')).headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('the log', () => {
  it('has a bug once, with its request id, field and stack', async () => {
    const answer = await hub.ask('{ alias: broken }');
    const bugs = hub.lines.map(line => JSON.parse(line)).filter(({ level }) => level >= 50);
    expect(bugs).toHaveLength(1);
    expect(bugs[0]).toMatchObject({
      requestId: answer.headers.get('x-request-id'),
      fault: { name: 'Error', field: 'broken' },
    });
    expect(bugs[0].fault.at[0]).toContain('broken');
  });

  it('holds nothing that a caller sent', async () => {
    const headers = { authorization: `Bearer ${CANARY}`, 'x-request-id': CANARY, 'user-agent': CANARY };
    await hub.ask(`query ${CANARY}($t: String!) { ${CANARY}: broken echo(text: $t) }`, { t: CANARY }, headers);
    await hub.ask(`{ find(input: "${CANARY}") }`);
    await hub.post(`{"query": "${CANARY}`);
    await hub.send(`/${CANARY}?a=${CANARY}`);
    await hub.send(`/graphql?query={echo(text:"${CANARY}")}`);
    expect(hub.lines.join('')).toContain('"fault"');
    expect(hub.lines.join('')).not.toContain(CANARY);
  });

  it('leaves out the sentences of drivers', async () => {
    class DriverException extends Error {}
    const error = Object.assign(new DriverException(`insert into x values ('${CANARY}')`), {
      code: '23505',
      table: 'x',
    });
    const failing = await openSmallHub({ contextFor: () => Promise.reject(error) });
    const answer = await failing.ask('{ networks { name } }');
    expect([answer.status, codeOf(answer)]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
    const log = failing.lines.join('');
    expect(log).toContain('"code":"23505","table":"x"');
    expect(log).not.toContain(CANARY);
    await failing.app.close();
  });
});

describe('the context', () => {
  it.each<[string, unknown, number, string]>([
    ['a refused token', unauthenticated('The token has expired.'), 401, 'UNAUTHENTICATED'],
    ['a provider that is away', serviceUnavailable(), 503, 'SERVICE_UNAVAILABLE'],
    [
      'a pool without a free connection',
      new Error('timeout exceeded when trying to connect'),
      503,
      'SERVICE_UNAVAILABLE',
    ],
    ['several addresses that refuse', new AggregateError([withCode('ECONNREFUSED')]), 503, 'SERVICE_UNAVAILABLE'],
    ['a database that shuts down', new Error('x', { cause: withCode('57P01') }), 503, 'SERVICE_UNAVAILABLE'],
    ['a bug', new TypeError('x is undefined'), 500, 'INTERNAL_SERVER_ERROR'],
    ['no error at all', 'text', 500, 'INTERNAL_SERVER_ERROR'],
  ])('fails by %s', async (_name, thrown, status, code) => {
    const failing = await openSmallHub({ contextFor: () => Promise.reject(thrown) });
    const answer = await failing.ask('{ networks { name } }', undefined, { authorization: 'Bearer x' });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    if (thrown instanceof PublicError) expect(answer.body.errors?.[0]?.message).toBe(thrown.message);
    await failing.app.close();
  });

  it('is not made for what is refused before', async () => {
    let made = 0;
    const counting = await openSmallHub({
      contextFor: async by => {
        made++;
        return { by };
      },
    });
    await counting.post('[]');
    await counting.post('{"query": ""}');
    await counting.ask(`{ ${'networks { name } '.repeat(300)} }`);
    await counting.ask('{ networks { name } }', undefined, { accept: 'text/html' });
    expect(made).toBe(0);
    await counting.ask('{ networks { name } }');
    expect(made).toBe(1);
    await counting.app.close();
  });

  it.each([
    [{}, 200],
    [GRAPHQL, 400],
  ])('is not asked for what a plugin refuses, which is no bug: %j', async (headers, status) => {
    const plugin = {
      async requestDidStart() {
        return {
          async didResolveOperation() {
            throw badInput('Some-Header', 'Not so.');
          },
        };
      },
    };
    const refusing = await openSmallHub({ plugins: [plugin] });
    const answer = await refusing.ask('{ networks { name } }', undefined, headers);
    expect([answer.status, codeOf(answer)]).toEqual([status, 'BAD_USER_INPUT']);
    expect(told(answer)).toEqual([['BAD_USER_INPUT', 'Some-Header', 'Not so.']]);
    await refusing.app.close();
  });

  it('hears of a bug in a plugin in the log alone', async () => {
    const plugin = {
      async requestDidStart() {
        throw new Error('a plugin fell over');
      },
    };
    const failing = await openSmallHub({ plugins: [plugin] });
    const answer = await failing.ask('{ networks { name } }');
    expect([answer.status, codeOf(answer)]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
    expect(answer.text).not.toContain('fell over');
    expect(failing.lines.join('')).toContain('fell over');
    await failing.app.close();
  });
});

function withCode(code: string): Error {
  return Object.assign(new Error('of the driver'), { code });
}
