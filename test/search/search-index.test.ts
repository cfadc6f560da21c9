import { beforeAll, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { PARTNER_RECORD } from '../../src/partner/partner-record.rules.js';
import { changeRecords } from '../../src/record/record.actions.js';
import { Origin } from '../../src/record/record.rules.js';
import { indexIfRulesChanged, reindex } from '../../src/search/search-reindex.actions.js';
import { anonymous, directory, editorOf } from '../support/directory.js';
import { testHub } from '../support/hub.js';

const hub = testHub('search_index');
let network!: Network;

const NAMES = `query ($query: String!) { search(query: $query, first: 100) { nodes { partner { name } service { name } } } }`;
const found = async (query: string): Promise<string[]> => {
  const { data, errors } = await hub.as(anonymous, NAMES, { query });
  expect(errors).toBeUndefined();
  return data.search.nodes.map((one: Record<string, { name: string } | null>) => (one.partner ?? one.service)?.name);
};

/** Everything that the search keeps, to be compared. */
const kept = () =>
  hub
    .owner()
    .execute(
      `select id::text, name, terms::text from search_document union all select word, written, null from search_word order by 1`,
    );

beforeAll(async () => {
  network = await directory(hub.owner()).network('Nord');
});

test('an edit of a partner is found at once, and what it was no more', async () => {
  const at = directory(hub.owner());
  const partner = await at.partner(network, 'Anker', { description: 'Holzwerkstatt' });
  await hub.indexed();
  const edit = `mutation ($id: ID!, $input: PartnerUpdateInput!) { partnerUpdate(id: $id, input: $input) { userErrors { code } } }`;
  const input = { description: 'Fahrradwerkstatt' };
  const { data } = await hub.as(editorOf(partner), edit, { id: partner.id, input });
  expect(data.partnerUpdate.userErrors).toEqual([]);
  expect(await found('Fahrrad')).toEqual(['Anker']);
  expect(await found('Holz')).toEqual([]);
});

test('a partner that is called something else brings its services along', async () => {
  const at = directory(hub.owner());
  const partner = await at.partner(network, 'Bugspriet');
  await at.service(partner, 'Sprechstunde');
  await hub.indexed();
  expect(await found('Bugspriet')).toEqual(['Bugspriet', 'Sprechstunde']);
  await hub.owner().transactional(tx =>
    changeRecords(tx, PARTNER_RECORD, [{ id: partner.id, wanted: { name: 'Leuchtturm' } }], {
      origin: Origin.EDIT,
      at: hub.now(),
      account: null,
    }),
  );
  expect(await found('Leuchtturm')).toEqual(['Leuchtturm', 'Sprechstunde']);
  expect(await found('Bugspriet')).toEqual([]);
});

test('a refused edit changes nothing in the search', async () => {
  const at = directory(hub.owner());
  const partner = await at.partner(network, 'Segel');
  await hub.indexed();
  const before = await kept();
  const edit = `mutation ($id: ID!) { partnerUpdate(id: $id, input: { name: "X", description: "Tauwerk" }) { userErrors { code } } }`;
  const { data } = await hub.as(editorOf(partner), edit, { id: partner.id });
  expect(data.partnerUpdate.userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
  expect(await kept()).toEqual(before);
});

test('what was changed past the hub is repaired, and everything else stays as it is', async () => {
  const em = hub.owner();
  const at = directory(hub.owner());
  const partner = await at.partner(network, 'Kompass', { description: 'Seltsamwort' });
  const gone = await at.partner(network, 'Wrack');
  await hub.indexed();
  const right = await kept();
  await em.execute(`update search_document set terms = '', name = 'falsch' where id = ?`, [partner.id]);
  await em.execute(`delete from search_document where id = ?`, [gone.id]);
  await em.execute(`delete from search_word where word = 'seltsamwort'`);
  await em.execute(`insert into search_word (word, written) values ('herrenlos', 'Herrenlos')`);
  expect(await found('Kompass')).toEqual([]);
  const { partners, forgotten } = await reindex(hub.owner(), hub.now());
  expect({ forgotten, all: partners > 2 }).toEqual({ forgotten: expect.any(Number), all: true });
  expect(forgotten).toBeGreaterThanOrEqual(1);
  const words = await em.execute<{ word: string }[]>(
    `select word from search_word where word in ('herrenlos', 'seltsamwort')`,
  );
  expect(words).toEqual([{ word: 'seltsamwort' }]);
  expect((await kept()).filter(row => row.id.includes('-'))).toEqual(right.filter(row => row.id.includes('-')));
  expect(await found('Kompass')).toEqual(['Kompass']);
});

test('an index of other rules is made anew, one of these is left alone', async () => {
  await hub.indexed();
  expect(await indexIfRulesChanged(hub.owner(), hub.now())).toBe(false);
  await hub.owner().execute(`update search_state set rules = 'of yesterday'`);
  expect(await indexIfRulesChanged(hub.owner(), hub.now())).toBe(true);
  expect(await indexIfRulesChanged(hub.owner(), hub.now())).toBe(false);
});

test('nobody is told of what is not published by what a slip may have meant, until it is', async () => {
  const at = directory(hub.owner());
  const partner = await at.partner(network, 'Quellwolkenhaus');
  await hub.owner().execute(`update partner set status = 'PENDING' where id = ?`, [partner.id]);
  await hub.indexed();
  const ask = async () => {
    const query = '{ search(query: "Quellwolkenhuas") { totalCount didYouMean } }';
    return (await hub.as(anonymous, query)).data.search;
  };
  expect(await ask()).toEqual({ totalCount: 0, didYouMean: null });
  await hub.owner().execute(`update partner set status = 'ACTIVE' where id = ?`, [partner.id]);
  await hub.indexed();
  expect(await ask()).toEqual({ totalCount: 1, didYouMean: 'Quellwolkenhaus' });
});

test('what is deleted is found no more', async () => {
  const at = directory(hub.owner());
  const partner = await at.partner(network, 'Treibgut');
  await hub.indexed();
  await hub.owner().execute('delete from partner where id = ?', [partner.id]);
  expect(await found('Treibgut')).toEqual([]);
});

test('no text is too odd to be found by', async () => {
  const at = directory(hub.owner());
  const odd = [
    `${'x-'.repeat(1900)}x`,
    'a'.repeat(4000),
    `'\\'':A & | ! <-> ${'\\'.repeat(50)}`,
    'Sucht-, '.repeat(500),
    `${'0123 '.repeat(700)}`,
    'ﬃ 😀 \u200f क्षि ̈ ',
    'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'.repeat(60),
  ];
  for (const description of odd) await at.partner(network, 'Schnurrig', { description });
  await hub.indexed();
  expect(await found('Schnurrig')).toHaveLength(odd.length);
});
