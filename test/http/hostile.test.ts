import { METHODS } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asked, codeOf, openSmallHub, type SmallHub } from './support.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const GOOD = JSON.stringify({ query: '{ echo(text: "ä") }' });
const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map(part => Buffer.from(part as string)));

interface Case {
  body?: string | Buffer;
  headers?: Record<string, string>;
  status: number;
}

/** What comes over HTTP with POST: each a typed refusal, whatever else is wrong with it. */
const POSTS: Record<string, Case> = {
  'no body': { status: 400 },
  'an empty body': { body: '', status: 400 },
  'blank text': { body: '   ', status: 400 },
  'broken JSON': { body: '{"query": "{ viewer', status: 400 },
  'two JSON values': { body: '{}{}', status: 400 },
  'JSON with a comment': { body: '{} // hello', status: 400 },
  null: { body: 'null', status: 400 },
  'a number': { body: '42', status: 400 },
  'a text': { body: '"{ viewer { id } }"', status: 400 },
  true: { body: 'true', status: 400 },
  'an empty object': { body: '{}', status: 400 },
  'an empty array': { body: '[]', status: 400 },
  'a batch': { body: `[${GOOD},${GOOD}]`, status: 400 },
  'a query that is a number': { body: '{"query": 42}', status: 400 },
  'a query that is a document': { body: '{"query": {"kind": "Document"}}', status: 400 },
  'an empty query': { body: '{"query": ""}', status: 400 },
  'variables as a text': { body: '{"query": "{ viewer { displayName } }", "variables": "{}"}', status: 400 },
  'variables as an array': { body: '{"query": "{ viewer { displayName } }", "variables": []}', status: 400 },
  'an operation name that is an object': {
    body: '{"query": "{ viewer { displayName } }", "operationName": {}}',
    status: 400,
  },
  'extensions as an array': { body: '{"query": "{ viewer { displayName } }", "extensions": []}', status: 400 },
  'a persisted query': { body: '{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}', status: 400 },
  'a prototype': { body: '{"query": "{ viewer { displayName } }", "__proto__": {"a": 1}}', status: 400 },
  'a constructor': { body: '{"constructor": {"prototype": {"a": 1}}}', status: 400 },
  'deeply nested JSON': { body: `{"variables":${'['.repeat(45_000)}${']'.repeat(45_000)}}`, status: 400 },
  'a body of 1 MB': { body: `{"query": "${'x'.repeat(1_000_000)}"}`, status: 413 },
  'no UTF-8': { body: bytes('{"query": "{ echo(text: \\"', [0xff, 0xfe], '\\") }"}'), status: 400 },
  'half a character': { body: bytes('{"query": "{ echo(text: \\"', [0xe2, 0x82], '\\") }"}'), status: 400 },
  'UTF-16': { body: Buffer.from(GOOD, 'utf16le'), status: 400 },
  'UTF-16, and saying so': {
    body: Buffer.from(GOOD, 'utf16le'),
    headers: { 'content-type': 'application/json; charset=utf-16' },
    status: 415,
  },
  'Latin 1': { body: GOOD, headers: { 'content-type': 'application/json; charset="iso-8859-1"' }, status: 415 },
  gzip: { body: GOOD, headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, status: 415 },
  'a made-up encoding': { body: GOOD, headers: { ...JSON_TYPE, 'content-encoding': 'x' }, status: 415 },
  'a form': {
    body: 'query=%7Bviewer%7D',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
  },
  'plain text': { body: GOOD, headers: { 'content-type': 'text/plain' }, status: 415 },
  multipart: { body: '--x--', headers: { 'content-type': 'multipart/form-data; boundary=x' }, status: 415 },
  'application/graphql': { body: '{ viewer { id } }', headers: { 'content-type': 'application/graphql' }, status: 415 },
  'no known type': { body: GOOD, headers: { 'content-type': 'nonsense' }, status: 415 },
  'an answer in HTML': { body: GOOD, headers: { ...JSON_TYPE, accept: 'text/html' }, status: 406 },
};

/** Bytes on the socket; `LENGTH` stands for the right Content-Length. */
const HEAD = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n';
const RAW: Record<string, { text: string; status: number }> = {
  garbage: { text: '\x16\x03\x01\x00\xa5\x01\r\n\r\n', status: 400 },
  'HTTP/0.9': { text: 'GET /\r\n\r\n', status: 400 },
  'no host': { text: 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', status: 400 },
  'a bad host': { text: 'GET /graphql?query={a} HTTP/1.1\r\nHost: a b]]\r\nConnection: close\r\n\r\n', status: 400 },
  'a bad host with a POST': {
    text: `${HEAD.replace('Host: x', 'Host: [::1')}Content-Length: 2\r\n\r\n{}`,
    status: 400,
  },
  'a bad address': { text: 'GET /%zz%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', status: 400 },
  'an absolute address': { text: 'GET http://other/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', status: 404 },
  'two tokens': {
    text: `${HEAD}Authorization: Bearer a\r\nauthorization: Bearer b\r\nContent-Length: ${GOOD.length + 1}\r\n\r\n${GOOD}`,
    status: 400,
  },
  'two idempotency keys': {
    text: `${HEAD}Idempotency-Key: a\r\nidempotency-key: a\r\nContent-Length: ${GOOD.length + 1}\r\n\r\n${GOOD}`,
    status: 400,
  },
  'two lengths': { text: `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, status: 400 },
  'length and chunks': { text: `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`, status: 400 },
  'a negative length': { text: `${HEAD}Content-Length: -1\r\n\r\n{}`, status: 400 },
  'a bad chunk': { text: `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`, status: 400 },
  'a NUL in a header': { text: `${HEAD}X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}`, status: 400 },
  'a huge header': { text: `${HEAD}X-A: ${'a'.repeat(40_000)}\r\n\r\n`, status: 431 },
  'a huge address': { text: `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, status: 431 },
  'an expectation': { text: `${HEAD}Expect: the-moon\r\nContent-Length: 2\r\n\r\n{}`, status: 417 },
  'a proxy request': { text: 'CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n', status: 405 },
};

describe('hostile HTTP and JSON', () => {
  let hub: SmallHub;

  beforeAll(async () => {
    hub = await openSmallHub();
  });
  afterAll(() => hub.app.close());

  it.each(Object.entries(POSTS))('refuses %s', async (_name, { body, headers = JSON_TYPE, status }) => {
    asked.length = 0;
    const init = { method: 'POST', headers, ...(body !== undefined && { body }) };
    const answer = await hub.send('/graphql', init);
    expect([answer.status, codeOf(answer)]).toEqual([status, 'BAD_USER_INPUT']);
    expect(answer.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
    expect(answer.text).not.toMatch(/<|node_modules|\bat \w+|Fastify|FST_|Apollo/);
    expect(asked).toEqual([]);
  });

  it.each(Object.entries(RAW))('refuses %s on the socket', async (_name, { text, status }) => {
    const answer = parsed(await hub.raw(text));
    expect([answer.status, codeOf(answer)]).toEqual([status, 'BAD_USER_INPUT']);
    expect(answer.text).not.toMatch(/<|node_modules|FST_/);
  });

  it('answers every method that there is with JSON, and no 5xx', async () => {
    const paths = ['/graphql', '/healthz', '/schema.graphql', '/', '/nothing'];
    const odd: unknown[] = [];
    for (const path of paths) {
      for (const method of METHODS.filter(name => name !== 'CONNECT')) {
        const text = await hub.raw(
          `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
        );
        const answer = parsed(text);
        const served = ['GET', 'HEAD'].includes(method) || (method === 'POST' && path === '/graphql');
        const fine = served ? answer.status < 500 : [404, 405].includes(answer.status) && codeOf(answer);
        if (!fine || (answer.status === 405 && !answer.headers.get('allow'))) odd.push([method, path, text]);
      }
    }
    expect(odd).toEqual([]);
  });

  it('says which methods go where', async () => {
    const put = await hub.send('/graphql', { method: 'PUT', headers: JSON_TYPE, body: GOOD });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
    const post = await hub.send('/healthz', { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('takes UTF-8 however it is announced, a byte order mark and unknown extensions', async () => {
    for (const type of ['application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'APPLICATION/JSON']) {
      expect((await hub.post(GOOD, { 'content-type': type })).body).toEqual({ data: { echo: 'ä' } });
    }
    expect((await hub.post(Buffer.from(`\ufeff${GOOD}`))).body).toEqual({ data: { echo: 'ä' } });
    const query = '{ networks { name } }';
    expect((await hub.post({ query, extensions: { a: 1 }, variables: null, operationName: null })).status).toBe(200);
  });

  it('lives on', async () => {
    expect((await hub.ask('{ networks { name } }')).body).toEqual({
      data: { networks: [{ name: 'Netzwerk Aachen' }] },
    });
    expect(hub.lines.filter(line => line.includes('"level":50'))).toEqual([]);
  });
});

describe('GET', () => {
  let hub: SmallHub;
  const get = (query: string, headers: Record<string, string> = { accept: '*/*' }) =>
    hub.send(`/graphql?query=${encodeURIComponent(query)}`, { headers });

  beforeAll(async () => {
    hub = await openSmallHub();
  });
  afterAll(() => hub.app.close());

  it('reads anonymously, with variables', async () => {
    const variables = encodeURIComponent(JSON.stringify({ t: 'Grüße' }));
    const query = encodeURIComponent('query($t: String!) { echo(text: $t) }');
    const answer = await hub.send(`/graphql?query=${query}&variables=${variables}`);
    expect([answer.status, answer.body.data]).toEqual([200, { echo: 'Grüße' }]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['signed in', () => get('{ echo(text: "a") }', { authorization: 'Bearer a.b.c' }), 400, 'BAD_USER_INPUT'],
    ['from a foreign page', () => get('{ echo(text: "a") }', { 'sec-fetch-site': 'cross-site' }), 403, 'FORBIDDEN'],
    ['to write', () => get('mutation { write(text: "a") }'), 405, 'BAD_USER_INPUT'],
    ['without a query', () => hub.send('/graphql'), 400, 'BAD_USER_INPUT'],
    ['with two queries', () => hub.send('/graphql?query={a}&query={b}'), 400, 'BAD_USER_INPUT'],
    ['with broken variables', () => hub.send('/graphql?query={a}&variables={'), 400, 'BAD_USER_INPUT'],
    ['as a form', () => get('{ echo(text: "a") }', { 'content-type': 'text/plain' }), 415, 'BAD_USER_INPUT'],
  ])('is refused %s', async (_name, send, status, code) => {
    asked.length = 0;
    const answer = await send();
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(asked).toEqual([]);
  });
});

/** An answer as it came over the socket. */
function parsed(text: string) {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Headers(lines.map(line => [line.split(': ', 1)[0] ?? '', line.slice(line.indexOf(': ') + 2)]));
  const body = rest.join('\r\n\r\n');
  const json = headers.get('content-type')?.includes('json') && body;
  return { status: Number(first.split(' ')[1]), headers, text: body, body: json ? JSON.parse(body) : {} };
}
