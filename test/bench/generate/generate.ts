import pg from 'pg';
import { withOwner } from '../../../src/database/owner.js';
import {
  casesPerNetwork,
  caseworkersPerNetwork,
  REFERRALS_PER_CASE,
  referralsOf,
  type Size,
  servicesOf,
} from '../size.js';
import { casesOf } from './cases.sql.js';
import { directoryOf } from './directory.sql.js';
import { MADE, type Missing, missingOf, type StageName } from './ledger.js';
import { prepareWorld } from './prepare.js';
import { indexNetwork } from './search.js';

interface Stage {
  readonly name: StageName;
  /** Of the whole database, for the figures that are told. */
  readonly count: number;
  readonly unit: string;
  /** Works off networks until none is missing. */
  readonly work: (missing: Missing, tell: Tell) => Promise<void>;
}

type Tell = (line: string) => void;

export interface Generated {
  readonly stage: StageName;
  readonly seconds: number;
  /** Of CPU that PostgreSQL took meanwhile: on a machine with others at work the fairer figure. */
  readonly cpuSeconds: number;
  /** Zero where everything was there already. */
  readonly made: number;
  readonly unit: string;
}

interface Options {
  /** Moment that the data is relative to; counts only for a database that was not begun yet. */
  readonly now: Date;
  /** Connections that work at once. */
  readonly jobs: number;
  /** Make the search's documents too? No question of the bench reads them, and they take longest. */
  readonly search: boolean;
  /** Microseconds of CPU that PostgreSQL has used. */
  readonly cpuUs: () => number;
  readonly tell: Tell;
}

/**
 * Fills a migrated database up to its size, a network a transaction, all indexes and constraints in place. What a run
 * that was cut off has finished stays and is not made again; nothing is held in memory but the list of what is missing.
 *
 * @throws Error where the database was begun with another size
 */
export async function generate(ownerUrl: string, size: Size, options: Options): Promise<Generated[]> {
  const client = await connect(ownerUrl);
  const done: Generated[] = [];
  try {
    await begin(client, size, options.now);
    for (const stage of stagesOf(ownerUrl, size, options)) {
      const missing = await missingOf(client, stage.name, size.networks);
      const made = (stage.count / size.networks) * missing.total;
      const [start, cpu] = [performance.now(), options.cpuUs()];
      await Promise.all(Array.from({ length: options.jobs }, () => stage.work(missing, options.tell)));
      const seconds = (performance.now() - start) / 1000;
      const cpuSeconds = (options.cpuUs() - cpu) / 1_000_000;
      done.push({ stage: stage.name, seconds, cpuSeconds, made, unit: stage.unit });
    }
    return done;
  } finally {
    await client.end();
  }
}

function stagesOf(ownerUrl: string, size: Size, { search }: Options): Stage[] {
  const cases = casesPerNetwork(size);
  const caseworkers = caseworkersPerNetwork(size);
  const directory = (network: number) => directoryOf(network, size.partnersPerNetwork);
  const referrals = (network: number) => casesOf(network, cases, caseworkers, cases * REFERRALS_PER_CASE);
  const stages: Stage[] = [
    {
      name: 'directory',
      count: servicesOf(size),
      unit: 'services',
      work: (missing, tell) => workBySql(ownerUrl, 'directory', directory, missing, tell),
    },
    {
      name: 'cases',
      count: referralsOf(size),
      unit: 'referrals',
      work: (missing, tell) => workBySql(ownerUrl, 'cases', referrals, missing, tell),
    },
    {
      name: 'search',
      count: servicesOf(size),
      unit: 'services',
      work: (missing, tell) => workBySearch(ownerUrl, missing, tell),
    },
  ];
  return search ? stages : stages.filter(({ name }) => name !== 'search');
}

async function begin(client: pg.Client, size: Size, now: Date): Promise<void> {
  const { rows } = await client.query<{ begun: boolean }>(`select to_regclass('bench.world') is not null as begun`);
  if (!rows[0]!.begun) return transaction(client, () => prepareWorld(client, size, now));
  const { rows: worlds } = await client.query<{ size: string }>('select size from bench.world');
  if (worlds[0]?.size !== size.name) throw new Error(`This database holds size ${worlds[0]?.size}, not ${size.name}.`);
}

const TOLD_EVERY = 50;
/** Numbers of the networks. */
const ANALYSED_AFTER: readonly number[] = [1, 10, 60];

function told(tell: Tell, stage: StageName, number: number, seconds: number): void {
  if (number % TOLD_EVERY === 1) tell(`${stage} of network ${number}: ${seconds.toFixed(1)} s`);
}

async function workBySql(
  ownerUrl: string,
  stage: StageName,
  statementsOf: (network: number) => readonly string[],
  missing: Missing,
  tell: Tell,
): Promise<void> {
  const client = await connect(ownerUrl);
  try {
    for (let number = missing.next(); number !== undefined; number = missing.next()) {
      told(tell, stage, number, await makeBySql(client, stage, number, statementsOf(number)));
      // What the planner takes for empty it reads from its first to its last row, for each row of another.
      if (ANALYSED_AFTER.includes(number)) await client.query('analyze');
    }
  } finally {
    await client.end();
  }
}

function makeBySql(
  client: pg.Client,
  stage: StageName,
  number: number,
  statements: readonly string[],
): Promise<number> {
  const start = performance.now();
  return transaction(client, async () => {
    let rows = 0;
    for (const statement of statements) {
      const { command, rowCount } = await client.query(statement);
      if (command === 'INSERT') rows += rowCount ?? 0;
    }
    const seconds = (performance.now() - start) / 1000;
    await client.query(MADE, [stage, number, seconds, rows]);
    return seconds;
  });
}

const workBySearch = (ownerUrl: string, missing: Missing, tell: Tell): Promise<void> =>
  withOwner(ownerUrl, async orm => {
    for (let number = missing.next(); number !== undefined; number = missing.next())
      told(tell, 'search', number, await indexNetwork(orm, number));
  });

async function transaction<T>(client: pg.Client, act: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await act();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** The owner is held by the policies too, and passes them as the hub's own work does. */
async function connect(ownerUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'partnernetz bench, generator' });
  await client.connect();
  await client.query(
    `set app.system = 'on'; set synchronous_commit = off; set work_mem = '64MB'; set jit = off; set random_page_cost = 1.1`,
  );
  return client;
}
