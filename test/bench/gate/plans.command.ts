import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type pg from 'pg';
import { connect, withClient } from '../../../src/database/client.js';
import { migrate } from '../../../src/database/migrate.js';
import { superuserUrl } from '../../support/data-dir.js';
import { QUESTIONS } from '../run/questions.js';
import { openScene, type Scene } from '../run/scene.js';
import { takeDown } from '../run/take-down.js';
import { sizeNamed } from '../size.js';
import { type Scan, scansOf, shapeOf } from './plans.js';
import { asLines, bigRelations, fromLines, readStatistics, restoreStatistics, type Statistics } from './statistics.js';

/** Of the source, as seen from where this is compiled to: what `npm test` reads. */
const STATISTICS = join(import.meta.dirname, '../../../../test/bench/gate/statistics-l.jsonl');

/** A database beside the hub's own, without data. */
const PRETENDED = 'partnernetz_pretended';

interface Options {
  readonly size: string;
  readonly data: string;
  readonly write: boolean;
}

export const plansCommand = (): Command =>
  new Command('plans')
    .description(
      'Show how each question reads its tables, here and in an empty database with the statistics that npm test has.',
    )
    .option('--size <size>', 'S, L or XL', 'L')
    .option('--data <folder>', 'where the databases lie', '.bench')
    .option('--write', 'take the statistics from here first', false)
    .action(showPlans);

async function showPlans({ size: name, data, write }: Options): Promise<void> {
  const scene = await openScene(data, sizeNamed(name), QUESTIONS);
  try {
    const { dataDir, database } = scene;
    const real = await superuserUrl(dataDir, database.ownerUrl, 'partnernetz');
    if (write) await writeStatistics(real);
    const statistics = fromLines(await readFile(STATISTICS, 'utf8'));
    const pretended = await makePretended(scene, statistics);
    const sent = await statementsOf(scene);
    let different = 0;
    for (const [question, statements] of sent) {
      const here = await scansAt(database.url, statements);
      const there = await scansAt(pretended, statements);
      const same = shapeOf(here) === shapeOf(there);
      if (!same) different += 1;
      console.log(`\n${question}: ${statements.length} statements, ${same ? 'the same plans' : 'OTHER PLANS'} in both`);
      for (const { how, whole } of here) console.log(`  ${whole ? 'WHOLE ' : ''}${how}`);
      if (!same) for (const { how } of there) console.log(`  pretended: ${how}`);
      const read = here.filter(scan => scan.whole && bigRelations(statistics).has(scan.relation));
      if (read.length > 0)
        console.log(`  reads from the first to the last row: ${read.map(scan => scan.table).join(', ')}`);
    }
    console.log(`\n${sent.size - different} of ${sent.size} questions have the same plans.`);
  } finally {
    await withClient(await superuserUrl(scene.dataDir, scene.database.ownerUrl), client =>
      client.query(`drop database if exists ${PRETENDED} with (force)`),
    );
    await scene.close();
  }
}

const writeStatistics = async (url: string): Promise<void> =>
  writeFile(STATISTICS, asLines(await withClient(url, client => readStatistics(client))));

/** @returns its address as hub_app */
async function makePretended({ dataDir, database }: Scene, statistics: Statistics): Promise<string> {
  const at = (url: string): string => Object.assign(new URL(url), { pathname: `/${PRETENDED}` }).href;
  await withClient(await superuserUrl(dataDir, database.ownerUrl), async client => {
    await client.query(`drop database if exists ${PRETENDED} with (force)`);
    await client.query(`create database ${PRETENDED} owner hub_owner`);
  });
  await migrate(at(database.ownerUrl), 'hub_app');
  await withClient(await superuserUrl(dataDir, database.ownerUrl, PRETENDED), client =>
    restoreStatistics(client, statistics),
  );
  return at(database.url);
}

/** What a hub sends for the first request of each question. */
async function statementsOf(scene: Scene): Promise<Map<string, readonly string[]>> {
  const all = new Map<string, readonly string[]>();
  await takeDown(scene, QUESTIONS, 1, (question, _, { texts }) => all.set(question.name, texts));
  return all;
}

async function scansAt(url: string, statements: readonly string[]): Promise<Scan[]> {
  const client: pg.Client = await connect(url, 'partnernetz bench, plans');
  try {
    await client.query('set jit = off');
    const scans: Scan[] = [];
    for (const one of statements) scans.push(...(await scansOf(client, one)));
    return scans;
  } finally {
    await client.end();
  }
}
