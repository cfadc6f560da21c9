import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { withClient } from '../../../src/database/client.js';
import { findPostmaster } from '../../../src/database/postmaster.js';
import { superuserUrl } from '../../support/data-dir.js';
import { openBenchDatabase, startSearch } from '../database.js';
import { cpuOfPostgres } from '../run/processes.js';
import { type Size, sizeNamed } from '../size.js';
import { type Generated, generate } from './generate.js';

interface Options {
  readonly size: string;
  readonly data: string;
  readonly jobs: string;
  readonly search: boolean;
}

/** Each size has a folder of its own under the given one. */
export const folderOf = (data: string, { name }: Size): string => resolve(data, name);

export const generateCommand = (): Command =>
  new Command('generate')
    .description('Fill a database, or go on where a run was cut off; what is there stays.')
    .option('--size <size>', 'S (10,000 services), L (250,000) or XL (1,000,000)', 'S')
    .option('--data <folder>', 'where the databases lie', '.bench')
    .option('--jobs <number>', 'connections that fill it at once', '2')
    .option('--search', 'make the search’s documents too, which no question of the bench reads', false)
    .action(async ({ size: name, data, jobs, search }: Options) => {
      const size = sizeNamed(name);
      for (const line of await fill(folderOf(data, size), size, { jobs: Number(jobs), search })) console.log(line);
    });

/** Brings the database of a size into being, complete and fit to be measured. @returns what took how long, in words */
export async function fill(
  dataDir: string,
  size: Size,
  { jobs, search }: { jobs: number; search: boolean },
): Promise<string[]> {
  const database = await openBenchDatabase(dataDir);
  try {
    const now = new Date();
    await startSearch(database.ownerUrl, now);
    const { pid } = (await findPostmaster(join(dataDir, 'postgres')))!;
    const tell = (line: string) => console.log(line);
    const done = await generate(database.ownerUrl, size, { now, jobs, search, tell, cpuUs: () => cpuOfPostgres(pid) });
    const superuser = await superuserUrl(dataDir, database.ownerUrl, 'partnernetz');
    // Statistics for the planner, and the visibility that index-only scans live on.
    if (database.migrated.length > 0 || done.some(({ made }) => made > 0))
      await withClient(superuser, client => client.query('vacuum (analyze)'));
    return done.filter(({ made }) => made > 0).map(inWords);
  } finally {
    await database.close();
  }
}

const inWords = ({ stage, made, unit, seconds, cpuSeconds }: Generated): string =>
  `${stage}: ${made} ${unit} in ${seconds.toFixed(1)} s, ${Math.round(made / seconds)} a second; ` +
  `${cpuSeconds.toFixed(1)} s of PostgreSQL’s CPU, ${Math.round((1e6 * cpuSeconds) / made)} µs each`;
