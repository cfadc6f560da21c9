import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSmallHub, type SmallHub } from './support.js';

describe('GraphQL over HTTP', () => {
  let hub: SmallHub;
  beforeAll(async () => {
    hub = await openSmallHub({ introspection: true }); // they try variables on `__type`
  });
  afterAll(() => hub.app.close());

  // MAY is ours to choose: a request without a query or with odd parameters is refused whatever it accepts.
  const audits = serverAudits({ url: () => `${hub.url}/graphql` }).filter(({ name }) => /^(MUST|SHOULD)/.test(name));

  it('has its audits', () => {
    expect(audits.length).toBeGreaterThan(30);
  });

  it.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))('$id: $name', async ({ fn }) => {
    const result = await fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
});
