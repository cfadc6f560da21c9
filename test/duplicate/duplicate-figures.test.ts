import { beforeAll, expect, test } from 'vitest';
import { scoredPairs } from '../../src/duplicate/duplicate-candidates.query.js';
import { PartnerStatus } from '../../src/partner/partner.rules.js';
import { testHub } from '../support/hub.js';
import { storeTwins, type Town, twinsWorld } from './twins-world.js';

const hub = testHub('duplicate_figures');
const PARTNERS = Number(process.env.TWINS_PARTNERS ?? 1_000);
const DUPLICATES = Number(process.env.TWINS_DUPLICATES ?? 50);
const SEED = Number(process.env.TWINS_SEED ?? 7);
/** 100 towns, of which some sound alike. */
const TOWNS = ['Ober', 'Nieder', 'Neuen', 'Alten', 'Wald', 'Berg', 'Stein', 'Heiligen', 'Linden', 'Rhein'].flatMap(
  first =>
    ['hausen', 'dorf', 'feld', 'kirchen', 'rath', 'scheid', 'born', 'bruck', 'hagen', 'stadt'].map(
      last => first + last,
    ),
);

let network = '';
let pairs: [string, string][] = [];

beforeAll(async () => {
  const em = hub.owner();
  network = (await hub.given()).network.id;
  const towns: Town[] = TOWNS.map((name, i) => ({
    key: `05990${String(i).padStart(3, '0')}`,
    name,
    latitude: 51 + i / 20,
    longitude: 7 + i / 20,
  }));
  for (const town of towns)
    await em.execute(
      `insert into municipality (key, name, district_key, district_name, latitude, longitude) values (?, ?, left(?, 5), 'Kreis', ?, ?) on conflict do nothing`,
      [town.key, town.name, town.key, town.latitude, town.longitude],
    );
  const world = twinsWorld(PARTNERS, DUPLICATES, towns, SEED);
  pairs = world.pairs;
  await storeTwins(em, network, world.partners);
  await em.execute('analyze partner; analyze location');
});

test('of the seeded duplicates most are found, and most of what is found is one, in three statements', async () => {
  const scope = { networks: [network], statuses: [PartnerStatus.ACTIVE] };
  const began = performance.now();
  let found: Awaited<ReturnType<typeof scoredPairs>> = [];
  const sent = await hub.statements(async () => {
    found = await scoredPairs(hub.nobody(), scope, 0.5);
  });
  const seconds = (performance.now() - began) / 1000;
  const seeded = new Set(pairs.map(pair => [...pair].sort().join(' ')));
  const right = found.filter(({ a, b }) => seeded.has([a, b].sort().join(' '))).length;
  const [precision, recall] = [right / found.length, right / seeded.size];
  console.log({ SEED, PARTNERS, DUPLICATES, found: found.length, right, precision, recall, seconds });
  if (process.env.TWINS_SHOW) await show(found, seeded);
  expect(sent).toHaveLength(3);
  expect(recall).toBeGreaterThanOrEqual(0.9);
  expect(precision).toBeGreaterThanOrEqual(0.9);
});

async function show(found: Awaited<ReturnType<typeof scoredPairs>>, seeded: ReadonlySet<string>): Promise<void> {
  const rows = await hub
    .owner()
    .execute<{ id: string; text: string }[]>(
      `select p.id, concat_ws(' | ', p.name, p.phone, p.website, p.email, l.street, l.city) as text from partner p join location l on l.partner_id = p.id`,
    );
  const text = new Map(rows.map(row => [row.id, row.text]));
  const key = ({ a, b }: { a: string; b: string }) => [a, b].sort().join(' ');
  const errors = found.filter(one => !seeded.has(key(one)));
  const wrong = errors.filter((_, i) => i % Math.ceil(errors.length / 12) === 0);
  const all = new Set(found.map(key));
  for (const one of wrong)
    console.log('WRONG', one.score, JSON.stringify(one.evidence), '\n ', text.get(one.a), '\n ', text.get(one.b));
  for (const pair of [...seeded].filter(one => !all.has(one)).slice(0, 12))
    console.log('MISSED', ...pair.split(' ').map(id => `\n  ${text.get(id)}`));
}
