import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, openSmallHub, type SmallHub } from './support.js';

describe('pages', () => {
  let hub: SmallHub;
  let ready: () => Promise<boolean>;

  beforeAll(async () => {
    hub = await openSmallHub({ readiness: () => ready(), timeouts: { readiness: 300 } });
  });
  afterAll(() => hub.app.close());

  it('is alive without asking anybody', async () => {
    ready = () => Promise.reject(new Error('no database'));
    const answer = await hub.send('/healthz');
    expect([answer.status, answer.body]).toEqual([200, { status: 'alive' }]);
  });

  it('is ready when told so', async () => {
    ready = async () => true;
    const answer = await hub.send('/readyz');
    expect([answer.status, answer.body]).toEqual([200, { status: 'ready' }]);
  });

  it.each<[string, () => Promise<boolean>]>([
    ['behind with its migrations', async () => false],
    ['without a database', () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.5:5432'))],
    ['waiting for ever', () => new Promise(() => {})],
  ])('is not ready %s, and does not say why', async (_name, readiness) => {
    ready = readiness;
    const answer = await hub.send('/readyz');
    expect([answer.status, codeOf(answer)]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(answer.body.errors?.[0]?.message).toBe('Not ready.');
  });

  it('publishes the schema, for caches', async () => {
    const first = await hub.send('/schema.graphql');
    expect(first.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(first.text).toContain('type Query {');
    const etag = first.headers.get('etag') ?? '';
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      expect((await hub.send('/schema.graphql', { headers: { 'if-none-match': tag } })).status).toBe(304);
    }
    expect((await hub.send('/schema.graphql', { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
  });

  it('has no explorer unless there is to be one', async () => {
    for (const path of ['/', '/explorer/graphiql.min.js']) {
      const answer = await hub.send(path, { headers: { accept: 'text/html' } });
      expect([answer.status, codeOf(answer)]).toEqual([404, 'BAD_USER_INPUT']);
    }
  });

  it('sends its security headers with everything, and none for other origins', async () => {
    for (const path of ['/healthz', '/schema.graphql', '/nothing', '/graphql', '/%zz']) {
      const { headers } = await hub.send(path, { headers: { origin: 'https://elsewhere.example' } });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect([...headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([]);
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});
