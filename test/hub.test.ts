import { expect, test } from 'vitest';
import { asSystem } from '../src/shared/as-system.js';
import { systemSession } from '../src/shared/policies.js';
import { testHub } from './support/hub.js';

const hub = testHub('hub_whole');

test('a query that is refused for its size leaves no connection behind', async () => {
  const { caseworker, clientCase } = await hub.given();
  const dear = `{ clientCases(first: 100) { nodes { referrals(first: 100) { nodes {
    partner { members(first: 100) { nodes { id } } } } } } } }`;
  for (let i = 0; i < 30; i++) {
    const { errors } = await hub.as(caseworker, dear);
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }]);
  }
  const { data } = await hub.as(caseworker, 'query ($id: ID!) { clientCase(id: $id) { id } }', { id: clientCase.id });
  expect(data).toEqual({ clientCase: { id: clientCase.id } });
  const open = await hub
    .owner()
    .execute(`select 1 from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`);
  expect(open).toEqual([]);
});

test('a failure in the midst of a page of cases leaves no connection behind', async () => {
  const { caseworker } = await hub.given();
  for (let i = 0; i < 30; i++) {
    const { errors } = await hub.as(caseworker, '{ referrals(after: "nobody.handed0this0out0000") { nodes { id } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  }
  expect((await hub.as(caseworker, '{ referrals { totalCount } }')).errors).toBeUndefined();
});

test('the ids of a case may be written in capitals', async () => {
  const { caseworker, clientCase, referral, consent } = await hub.given();
  const ids = {
    case: clientCase.id.toUpperCase(),
    referral: referral.id.toUpperCase(),
    consent: consent.id.toUpperCase(),
  };
  const query = `query ($case: ID!, $referral: ID!, $consent: ID!) {
    clientCase(id: $case) { id } referral(id: $referral) { id } a: node(id: $case) { id } b: node(id: $consent) { id } }`;
  const { data } = await hub.as(caseworker, query, ids);
  expect(data).toEqual({
    clientCase: { id: clientCase.id },
    referral: { id: referral.id },
    a: { id: clientCase.id },
    b: { id: consent.id },
  });
});

test.each(['serviceMatches(input: $input) { totalCount }', 'serviceMatch(service: "x", input: $input) { score }'])(
  'what the finder is told of a client does not go into an address: %s',
  async field => {
    const { home } = await hub.given();
    const ask = (query: string, variables: object = {}) => {
      const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
      const headers = { accept: 'application/json' };
      return hub.hub().app.inject({ method: 'GET', url: `/graphql?${parameters}`, headers });
    };
    const input = { category: 'placement', municipality: home.key, age: 34, needs: ['addiction'] };
    for (const query of [
      `query ($input: ServiceMatchInput!) { ${field} }`,
      `query ($input: ServiceMatchInput!) { ... { ...finder } } fragment finder on Query { a: ${field} }`,
    ]) {
      const { errors } = (await ask(query, { input })).json();
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    expect((await ask('{ networks { slug } }')).json().errors).toBeUndefined();
  },
);

test('what the hub does itself ends where it began, also within a system of its own', async () => {
  const value = async (em: ReturnType<typeof hub.nobody>) =>
    (await em.execute<{ v: string }[]>(`select current_setting('app.system', true) as v`))[0]?.v;
  const { caseworker } = await hub.given();
  await hub.inDatabase(caseworker).transactional(async tx => {
    expect(await asSystem(tx, () => value(tx))).toBe('on');
    expect(await value(tx)).toBe('');
  });
  await hub
    .hub()
    .orm.em.fork({ session: systemSession(new Date()) })
    .transactional(async tx => {
      expect(await asSystem(tx, () => value(tx))).toBe('on');
      expect(await value(tx)).toBe('on');
    });
});

test.each([
  ['several operations and no name', { query: 'query A { networks { id } } query B { needs { code } }' }],
  ['an empty name', { query: 'query A { networks { id } } query B { needs { code } }', operationName: '' }],
  ['a name that none has', { query: 'query A { networks { id } }', operationName: 'B' }],
  ['a subscription', { query: 'subscription { networks { id } }' }],
  ['a subscription of nothing', { query: 'subscription S { __typename }' }],
])('%s is no bug of the hub', async (_case, payload) => {
  const { caseworker } = await hub.given();
  for (const headers of [{}, { authorization: `Bearer ${await hub.enrol(caseworker)}` }]) {
    const answer = await hub.hub().app.inject({ method: 'POST', url: '/graphql', headers, payload });
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.json().errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
});
