import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Network } from '../../src/network/network.entity.js';
import { indexIfRulesChanged } from '../../src/search/search-reindex.actions.js';
import { SEARCH_RULES } from '../../src/search/search-version.rules.js';
import type { Progress } from '../../src/shared/progress.js';
import { anonymous, directory } from '../support/directory.js';
import { testHub } from '../support/hub.js';
import { importText } from './import.js';

const hub = testHub('renamed_places');
const OLD = 'Altenwerder';
const NEW = 'Neuensiel';

let network!: Network;

beforeAll(async () => {
  network = await directory(hub.owner()).network('Küste');
});

beforeEach(async () => {
  const em = hub.owner();
  await em.execute(
    'truncate search_document, search_word, search_state, service_location, service, location, partner, municipality, district cascade',
  );
  const at = directory(em);
  const place = await at.municipality('05334002', OLD);
  const other = await at.municipality('05334004', 'Drochtersen');
  const harbour = await at.partner(network, 'Hafenlicht');
  await at.location(harbour, place, { city: 'Am Fluss' });
  await at.service(harbour, 'Sprechstunde');
  await em.execute(
    `insert into job_opening (partner_id, network_id, title, occupation, valid_until, languages)
     values (?, ?, 'Bootsbauer', '25', '2030-01-01', '{}')`,
    [harbour.id, network.id],
  );
  const mill = await at.partner(network, 'Mühle');
  await at.location(mill, other, { city: 'Am Deich' });
  await hub.indexed();
});

async function found(query: string): Promise<string[]> {
  const search = `query ($query: String!) { search(query: $query, kinds: [PARTNER, SERVICE, JOB_OPENING]) {
    nodes { partner { name } service { name } jobOpening { name: title } } } }`;
  const { data, errors } = await hub.as(anonymous, search, { query });
  expect(errors).toBeUndefined();
  return data.search.nodes
    .map((one: Record<string, { name: string } | null>) => (one.partner ?? one.service ?? one.jobOpening)?.name)
    .sort();
}

const ALL = ['Bootsbauer', 'Hafenlicht', 'Sprechstunde'];
const table = (name: string) => `ags,name\n05334002,${name}\n05334004,Drochtersen\n`;
const rules = async () => (await hub.owner().execute<{ rules: string }[]>('select rules from search_state'))[0]?.rules;

/** Remembers what was told. */
function heard(): { progress: Progress; told: [string, number | null, ...number[]][] } {
  const told: [string, number | null, ...number[]][] = [];
  const progress: Progress = {
    begin: (label, total) => told.push([label, total]),
    advance: count => told.at(-1)!.push(count),
    end: () => {},
  };
  return { progress, told };
}

test('what lies in a municipality that an import renames is found by its new name at once, and by no other', async () => {
  expect(await found(OLD)).toEqual(ALL);
  expect(await importText(hub, 'municipalities', table(NEW))).toMatchObject({ refused: 0 });
  expect(await found(NEW)).toEqual(ALL);
  expect(await found(OLD)).toEqual([]);
  expect(await rules()).toBe(SEARCH_RULES);
});

test('the same of a district that gets another name', async () => {
  await hub.owner().execute(`insert into district (key, name) select '05334', 'Kreis 05334' on conflict do nothing`);
  await importText(hub, 'districts', 'key,name\n05334,Wattenkreis\n');
  expect(await found('Wattenkreis')).toEqual([...ALL, 'Mühle'].sort());
});

test('nothing else is touched, and an import that renames nothing touches nothing', async () => {
  await hub.owner().execute(`update search_document set name = 'von Hand' where name = 'Mühle'`);
  const documents = () => hub.owner().execute(`select id, name, xmin::text from search_document order by id`);
  const before = await documents();
  const { progress, told } = heard();
  await importText(hub, 'municipalities', table(OLD), { progress });
  expect(await documents()).toEqual(before);
  expect(told.map(([label]) => label)).toEqual(['Municipalities, bytes']);
  await importText(hub, 'municipalities', table(NEW));
  const names = (await documents()).map(row => row.name);
  expect(names).toContain('von Hand');
});

test('a dry run leaves everything as it is', async () => {
  await importText(hub, 'municipalities', table(NEW), { dryRun: true });
  expect(await found(OLD)).toEqual(ALL);
  expect(await found(NEW)).toEqual([]);
  expect(await rules()).toBe(SEARCH_RULES);
});

test('many are indexed some at a time, and how far it is is told', async () => {
  await hub.owner().execute(
    `with made as (insert into partner (network_id, name, kinds) select ?, 'Kate ' || i, '{EMPLOYER}' from generate_series(1, 700) as i returning id)
     insert into location (partner_id, city, municipality_key, latitude, longitude) select id, 'Am Fluss', '05334002', 50, 6 from made`,
    [network.id],
  );
  await hub.indexed();
  const { progress, told } = heard();
  await importText(hub, 'municipalities', table(NEW), { progress });
  expect(told.slice(1)).toEqual([['partners', 701, 500, 201]]);
  const [row] = await hub
    .owner()
    .execute<{ count: number }[]>(
      `select count(*)::int as count from search_document where terms @@ 'neuensiel' and service_id is null`,
    );
  expect(row!.count).toBe(702); // with the opening
});

test('where it is cut off before the last of them, the next start makes all anew', async () => {
  await hub
    .owner()
    .execute(`create function cut() returns trigger language plpgsql as $$ begin raise 'cut off'; end $$`);
  await hub.owner().execute('create trigger cut before update on search_document execute function cut()');
  try {
    await expect(importText(hub, 'municipalities', table(NEW))).rejects.toThrow('cut off');
  } finally {
    await hub.owner().execute('drop trigger cut on search_document; drop function cut()');
  }
  expect(await found(NEW)).toEqual([]);
  expect(await indexIfRulesChanged(hub.owner(), hub.now())).toBe(true);
  expect(await found(NEW)).toEqual(ALL);
  expect(await indexIfRulesChanged(hub.owner(), hub.now())).toBe(false);
});

test('an import that fails leaves an index that counts as new', async () => {
  await expect(importText(hub, 'municipalities', table(NEW), { source: 'Amt\u0000' })).rejects.toThrow();
  expect(await found(OLD)).toEqual(ALL);
  expect(await rules()).toBe(SEARCH_RULES);
});
