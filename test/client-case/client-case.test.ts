import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ReferralStatus } from '../../src/referral/referral.rules.js';
import { testHub } from '../support/hub.js';
import { look } from '../support/referral-steps.js';
import { everyRow } from '../support/rows.js';

const hub = testHub('client_case');

const NOW = new Date('2026-03-04T09:00:00.000Z');
beforeAll(() => hub.setNow(NOW));
afterAll(() => hub.setNow(undefined));

const FIELDS = `id reference status network { slug } municipality { key } needs { code } languages birthYear
  accessibility consents { id } referrals { totalCount } version createdAt`;
const ANSWER = `clientCase { ${FIELDS} } userErrors { code path currentVersion }`;
const OPEN = `mutation ($input: ClientCaseOpenInput!) { answer: clientCaseOpen(input: $input) { ${ANSWER} } }`;
const UPDATE = `mutation ($id: ID!, $input: ClientCaseUpdateInput!, $expectedVersion: Int) {
  answer: clientCaseUpdate(id: $id, input: $input, expectedVersion: $expectedVersion) { ${ANSWER} } }`;
const CLOSE = `mutation ($id: ID!, $expectedVersion: Int) {
  answer: clientCaseClose(id: $id, expectedVersion: $expectedVersion) { ${ANSWER} } }`;

const codes = (needs: { code: string }[]): string[] => needs.map(need => need.code).sort();

describe('a new case', () => {
  test('is the viewer’s own, under a pseudonym', async () => {
    const { colleague, caseworker, network, home } = await hub.given();
    const input = {
      network: network.slug,
      municipality: home.key,
      needs: ['debt', 'addiction', 'debt'],
      languages: ['de', 'UK', 'de'],
      birthYear: 1988,
      accessibility: ['LIFT', 'QUIET_ROOM', 'LIFT'],
    };
    const { clientCase, userErrors } = (await hub.as(colleague, OPEN, { input })).data.answer;
    expect(userErrors).toEqual([]);
    expect(clientCase).toMatchObject({
      status: 'OPEN',
      network: { slug: network.slug },
      municipality: { key: home.key },
      languages: ['de', 'uk'],
      birthYear: 1988,
      accessibility: ['LIFT', 'QUIET_ROOM'],
      consents: [],
      referrals: { totalCount: 0 },
      version: 1,
      createdAt: NOW.toISOString(),
    });
    expect(codes(clientCase.needs)).toEqual(['addiction', 'debt']);
    expect(clientCase.reference).toMatch(/^F-[2-9B-DF-HJ-NP-TV-Z]{4}-[2-9B-DF-HJ-NP-TV-Z]{4}$/);
    const read = 'query ($id: ID!) { clientCase(id: $id) { reference } }';
    expect((await hub.as(caseworker, read, { id: clientCase.id })).data.clientCase).toBeNull();
  });

  test('needs nothing but where the client lives', async () => {
    const { caseworker, network, home } = await hub.given();
    const input = { network: network.slug, municipality: home.key, needs: null, languages: null, birthYear: null };
    const { clientCase } = (await hub.as(caseworker, OPEN, { input })).data.answer;
    expect(clientCase).toMatchObject({ needs: [], languages: [], birthYear: null, accessibility: [] });
  });

  test.each([
    ['an unknown network', { network: 'nowhere' }, 'NOT_FOUND', 'network'],
    ['no network', { network: '' }, 'NOT_FOUND', 'network'],
    ['a municipality of another network', { municipality: 'abroad' }, 'INVALID_INPUT', 'municipality'],
    ['an unknown municipality', { municipality: '99999999' }, 'INVALID_INPUT', 'municipality'],
    ['an unknown need', { needs: ['debt', 'money'] }, 'INVALID_INPUT', 'needs'],
    ['a need that is SQL', { needs: [`x"},{'`] }, 'INVALID_INPUT', 'needs'],
    ['a language with a name in it', { languages: ['uk', 'de-x-erika'] }, 'INVALID_INPUT', 'languages'],
    ['a birth year to come', { birthYear: 2027 }, 'INVALID_INPUT', 'birthYear'],
    ['a birth year long ago', { birthYear: 1899 }, 'INVALID_INPUT', 'birthYear'],
    ['a negative birth year', { birthYear: -1 }, 'INVALID_INPUT', 'birthYear'],
  ])('with %s is refused, and nothing is written', async (_case, said, code, field) => {
    const { caseworker, network, home, abroad } = await hub.given();
    const before = await everyRow(hub.owner());
    const input = { network: network.slug, municipality: home.key, ...said };
    if (input.municipality === 'abroad') input.municipality = abroad.key;
    const { data } = await hub.as(caseworker, OPEN, { input });
    expect(data.answer).toEqual({
      clientCase: null,
      userErrors: [{ code, path: ['input', field], currentVersion: null }],
    });
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('in a network of others is refused', async () => {
    const { caseworker, elsewhere, abroad } = await hub.given();
    const { data } = await hub.as(caseworker, OPEN, { input: { network: elsewhere.slug, municipality: abroad.key } });
    expect(data.answer.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'network'] }]);
  });

  test.each([
    ['a municipality that is none', { municipality: '5334' }, 'input.municipality'],
    ['a municipality as a number', { municipality: 5334002 }, 'input.municipality'],
    ['a language that is none', { languages: ['deutsch!'] }, 'input.languages.0'],
    ['a feature that is none', { accessibility: ['WINGS'] }, 'input.accessibility.0'],
    ['a birth year beyond all', { birthYear: 2 ** 31 }, 'input.birthYear'],
    ['a birth year in halves', { birthYear: 1990.5 }, 'input.birthYear'],
    ['a NUL byte in a need', { needs: ['a\0b'] }, 'input.needs.0'],
    ['10,000 characters for a need', { needs: ['x'.repeat(10_000)] }, 'input.needs.0'],
    ['10,000 characters for a network', { network: 'x'.repeat(10_000) }, 'input.network'],
    ['a thousand needs', { needs: Array(1_000).fill('debt') }, 'input.needs'],
    ['no network at all', { network: null }, 'input.network'],
    ['a name', { name: 'Erika' }, undefined],
  ])('with %s is no input at all, and nothing is written', async (_case, said, argument) => {
    const { caseworker, network, home } = await hub.given();
    const before = await everyRow(hub.owner());
    const { errors } = await hub.as(caseworker, OPEN, {
      input: { network: network.slug, municipality: home.key, ...said },
    });
    expect(errors).toHaveLength(1);
    expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', ...(argument && { argument }) });
    expect(await everyRow(hub.owner())).toEqual(before);
  });
});

describe('an edit', () => {
  test('changes what is given, and leaves the rest', async () => {
    const { caseworker, clientCase, home } = await hub.given();
    const edit = async (input: object, expectedVersion?: number) =>
      (await hub.as(caseworker, UPDATE, { id: clientCase.id, input, expectedVersion })).data.answer.clientCase;
    const first = await edit({ needs: ['debt'] }, 1);
    expect(first).toMatchObject({ version: 2, languages: ['uk'], birthYear: 1990, needs: [{ code: 'debt' }] });
    const second = await edit({ languages: ['ar', 'de'], birthYear: null, accessibility: ['LIFT'] }, 2);
    expect(second).toMatchObject({ version: 3, languages: ['ar', 'de'], birthYear: null, accessibility: ['LIFT'] });
    expect(second.needs).toEqual([{ code: 'debt' }]);
    const emptied = await edit({ needs: null, languages: null, accessibility: null, municipality: home.key });
    expect(emptied).toMatchObject({ version: 4, needs: [], languages: [], accessibility: [] });
  });

  test.each([
    ['an outdated version', { birthYear: 1991 }, { expectedVersion: 0 }, 'VERSION_CONFLICT', ['expectedVersion']],
    ['no municipality', { municipality: null }, {}, 'INVALID_INPUT', ['input', 'municipality']],
    ['an unknown municipality', { municipality: '99999999' }, {}, 'INVALID_INPUT', ['input', 'municipality']],
    ['an unknown need', { needs: ['money'], languages: ['de'] }, {}, 'INVALID_INPUT', ['input', 'needs']],
    ['a birth year to come', { birthYear: 2027, needs: ['debt'] }, {}, 'INVALID_INPUT', ['input', 'birthYear']],
    ['a malformed id', { birthYear: 1991 }, { id: "1' or true" }, 'NOT_FOUND', ['id']],
    ['an unknown id', { birthYear: 1991 }, { id: '00000000-0000-4000-8000-000000000000' }, 'NOT_FOUND', ['id']],
  ])('with %s is refused, and nothing changes', async (_case, input, said, code, path) => {
    const { caseworker, clientCase } = await hub.given();
    const before = await everyRow(hub.owner());
    const { data } = await hub.as(caseworker, UPDATE, { id: clientCase.id, input, ...said });
    const currentVersion = code === 'VERSION_CONFLICT' ? 1 : null;
    expect(data.answer).toEqual({ clientCase: null, userErrors: [{ code, path, currentVersion }] });
    expect(await everyRow(hub.owner())).toEqual(before);
  });

  test('of a foreign municipality is refused', async () => {
    const { caseworker, clientCase, abroad } = await hub.given();
    const { data } = await hub.as(caseworker, UPDATE, { id: clientCase.id, input: { municipality: abroad.key } });
    expect(data.answer.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'municipality'] }]);
  });
});

describe('a closed case', () => {
  test('takes no edit and no second closing; what is under way goes on', async () => {
    const { caseworker, partner, clientCase, referral } = await hub.given();
    const { id } = clientCase;
    const stale = await hub.as(caseworker, CLOSE, { id, expectedVersion: 3 });
    expect(stale.data.answer.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 1 }]);
    const closed = await hub.as(caseworker, CLOSE, { id, expectedVersion: 1 });
    expect(closed.data.answer).toMatchObject({ clientCase: { status: 'CLOSED', version: 2 }, userErrors: [] });
    const before = await everyRow(hub.owner());
    for (const [mutation, variables] of [
      [CLOSE, { id }],
      [UPDATE, { id, input: { birthYear: 1991 } }],
    ] as const) {
      const { data } = await hub.as(caseworker, mutation, variables);
      expect(data.answer).toMatchObject({ clientCase: null, userErrors: [{ code: 'INVALID_INPUT', path: ['id'] }] });
    }
    expect(await everyRow(hub.owner())).toEqual(before);
    expect((await look(hub, partner, referral.id)).openSteps).toContain('ACCEPT');
  });
});

describe('the list of cases', () => {
  const LIST = 'query ($filter: ClientCaseFilter) { clientCases(filter: $filter) { nodes { reference } totalCount } }';

  test('is searched by a part of the reference as people say it, and by status', async () => {
    const { caseworker, cases } = await hub.given({ referrals: 3, status: ReferralStatus.DRAFT });
    const [first, second, third] = ['F-BC23-KLM4', 'F-BC25-XYZ6', 'F-7HJK-BC23'] as const;
    for (const [i, reference] of [first, second, third].entries())
      await hub.owner().execute('update client_case set reference = ? where id = ?', [reference, cases[i]!.id]);
    await hub.owner().execute(`update client_case set status = 'CLOSED' where id = ?`, [cases[1]!.id]);
    const all = [third, first, second];
    for (const [filter, expected] of [
      [null, all],
      [{ query: ' f-bc2 ' }, [first, second]],
      [{ query: 'fbc23 klm4' }, [first]],
      [{ query: 'bc23' }, [third, first]],
      [{ query: 'BC2_' }, []], // characters as any other, not wildcards
      [{ query: '%' }, []],
      [{ query: '' }, all],
      [{ query: '  ' }, all],
      [{ statuses: ['CLOSED'] }, [second]],
      [{ statuses: ['OPEN'], query: 'F-BC2' }, [first]],
      [{ statuses: [] }, all], // asks for nothing
      [{ statuses: null, query: null }, all],
    ] as const) {
      const { nodes, totalCount } = (await hub.as(caseworker, LIST, { filter })).data.clientCases;
      expect([filter, nodes.map((one: { reference: string }) => one.reference).sort()]).toEqual([filter, expected]);
      expect(totalCount).toBe(expected.length);
    }
  });
});
