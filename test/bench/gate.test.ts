import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../src/database/client.js';
import { copyOfTemplate } from '../support/database.js';
import { demoHub } from '../support/demo-hub.js';
import { type Scan, scansOf } from './gate/plans.js';
import { bigRelations, fromLines, restoreStatistics } from './gate/statistics.js';
import { type Sent, watchPostgres } from './gate/watch.js';
import { QUESTIONS } from './run/questions.js';

// Before the hub opens its connections.
const watch = watchPostgres();
afterAll(() => watch.stop());
const hub = demoHub('bench_gate');

/** As `npm run bench -- plans --size L --write` took them, and shows that real plans there are the same. */
const STATISTICS = join(import.meta.dirname, 'gate/statistics-l.jsonl');

interface Bounds {
  readonly statements: number;
  /** That come back to the program. */
  readonly rows: number;
  /** Of the answer. */
  readonly bytes: number;
}

/** What each question may cost over the demo world. Less is welcome: then the bound goes down with it. */
const MOST: Readonly<Record<string, Bounds>> = {
  Q1: { statements: 1, rows: 1, bytes: 18_000 },
  Q2: { statements: 1, rows: 1, bytes: 750 },
  Q3: { statements: 3, rows: 50, bytes: 18_000 },
  Q4: { statements: 1, rows: 1, bytes: 40 },
  Q5: { statements: 3, rows: 2, bytes: 160 }, // the last two go out together
  Q6: { statements: 3, rows: 3, bytes: 9_500 },
  Q7: { statements: 1, rows: 1, bytes: 2_400 },
  'Q7-state': { statements: 1, rows: 1, bytes: 5_300 },
};

const told = new Map<string, Sent & { bytes: number }>();
const scans = new Map<string, Scan[]>();
let big!: Set<string>;

async function askAll(): Promise<void> {
  const [partner] = await hub
    .orm()
    .em.fork()
    .execute<{ id: string; service: string }[]>(
      `select p.id, s.id as service from partner p join service s on s.partner_id = p.id
     join service_category c on c.service_id = s.id and c.category_code = 'job-coaching'
     where p.name = 'Brückenhaus an der Inde gGmbH'`,
    );
  const { id, service } = partner!;
  const report = { total: 32, occupiedElsewhere: 6, waiting: 0, expectedWaitDays: 7 };
  const asked: Readonly<Record<string, readonly [persona: string | null, variables: object]>> = {
    Q1: [null, { network: 'aachen' }],
    Q2: [null, { id }],
    Q3: [null, { input: { category: 'counselling', municipality: '05334002', needs: ['debt'], languages: ['de'] } }],
    Q4: [null, { id: service }],
    Q5: ['partner-aachen', { id: service, input: report }],
    Q6: ['caseworker-aachen', {}],
    Q7: [null, { input: { category: 'counselling', networks: ['aachen'] } }],
    'Q7-state': [null, { input: { category: 'counselling', area: '05' } }],
  };
  for (const { name, documents } of QUESTIONS) {
    const ask = () => hub.ask(asked[name]![0], documents.hub, asked[name]![1]);
    await ask(); // what a connection is asked once, is asked by now
    let answer: unknown;
    const sent = await watch.sentBy(async () => {
      answer = await ask();
    });
    told.set(name, { ...sent, bytes: Buffer.byteLength(JSON.stringify(answer)) });
  }
}

beforeAll(async () => {
  await askAll();
  const statistics = fromLines(await readFile(STATISTICS, 'utf8'));
  big = bigRelations(statistics);
  const pretended = await copyOfTemplate('bench_gate_plans');
  await withClient(pretended.superuser, client => restoreStatistics(client, statistics));
  await withClient(pretended.hubApp, async client => {
    await client.query('set jit = off');
    for (const [name, { texts }] of told) {
      const found: Scan[] = [];
      for (const one of texts) found.push(...(await scansOf(client, one)));
      scans.set(name, found);
    }
  });
});

describe.each(QUESTIONS)('$name, $about', ({ name }) => {
  test('costs no more than it did', () => {
    const { texts, rows, bytes } = told.get(name)!;
    const cost = { statements: texts.length, rows, bytes };
    const most = MOST[name]!;
    expect(cost, texts.join('\n\n')).toEqual({
      statements: Math.min(cost.statements, most.statements),
      rows: Math.min(cost.rows, most.rows),
      bytes: Math.min(cost.bytes, most.bytes),
    });
  });

  test('reads no big table from its first to its last row, at 250,000 services', () => {
    const whole = scans.get(name)!.filter(scan => scan.whole && big.has(scan.relation));
    expect(scans.get(name)!.length).toBeGreaterThan(0);
    expect(whole.map(scan => scan.how)).toEqual([]);
  });
});
