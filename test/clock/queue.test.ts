import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLOSING_MS, type Queue, startQueue } from '../../src/clock/queue.js';
import { connect } from '../../src/database/client.js';
import { copyOfTemplate, type TestDatabase } from '../support/database.js';
import { type LogBook, logBook } from './log.js';
import { type Wire, wireTo } from './wire.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let database: TestDatabase;
let admin: pg.Client;
/** When each minute begins is for the tests to say: the clock of the hubs stands 100 ms before this one. */
let minute: number;
let started: { queue: Queue; log: LogBook }[] = [];

beforeAll(async () => {
  database = await copyOfTemplate('clock_queue');
  admin = await connect(database.superuser);
});
beforeEach(async () => {
  await admin.query('delete from graphile_worker._private_jobs; delete from graphile_worker._private_known_crontabs');
  minute = Date.now() - (Date.now() % MINUTE);
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(minute - 100);
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(started.map(({ queue }) => queue.stop()));
  started = [];
});
afterAll(() => admin.end());

interface Life {
  log?: LogBook;
  url?: string;
  /** Longer than any test would wait, so that an end that comes is one that was reached. */
  closingMs?: number;
}

/** A hub's queue that looks for work more often than in life. */
function start(
  round: (ending: AbortSignal) => Promise<unknown>,
  { log = logBook(), url = database.hubApp, closingMs = 20_000 }: Life = {},
): Queue {
  const queue = startQueue(url, { round, logger: log.logger, pollMs: 100, closingMs });
  started.push({ queue, log });
  return queue;
}

async function stop(queue: Queue): Promise<void> {
  started = started.filter(one => one.queue !== queue);
  await queue.stop();
}

const count = async (sql: string): Promise<number> => Number((await admin.query(sql)).rows[0].count);
const jobs = () => count('select count(*) from graphile_worker._private_jobs');
const connections = () =>
  count(
    `select count(*) from pg_stat_activity where datname = 'clock_queue' and application_name = 'partnernetz clock'`,
  );

/** Until all hubs wait for the minute, and the rounds that they asked for are done. */
async function settled(): Promise<void> {
  const waiting = () => started.every(({ log }) => log.lines.some(line => line.msg.includes('Worker connected')));
  await until(waiting, true);
  await until(jobs, 0);
}

/** Not `expect.poll`: at each look it moves a clock on that a test has stopped. */
async function until<T>(look: () => T | Promise<T>, expected: T): Promise<void> {
  const giveUp = performance.now() + 60_000;
  while (performance.now() < giveUp && !isDeepStrictEqual(await look(), expected)) await sleep(20);
  expect(await look()).toEqual(expected);
}

describe('a round', () => {
  it('is done at once, and when somebody asks', async () => {
    let rounds = 0;
    const queue = start(async () => ++rounds);
    await settled();
    expect(rounds).toBe(1);
    await queue.ask();
    await until(jobs, 0);
    expect(rounds).toBe(2);
  });

  it('is done once, whichever hub is free', async () => {
    const done = { one: 0, other: 0 };
    const work = (hub: keyof typeof done) => async () => {
      done[hub]++;
      await sleep(5);
    };
    start(work('one'));
    start(work('other'));
    await settled();
    const before = done.one + done.other;
    await admin.query(`select graphile_worker.add_job('round') from generate_series(1, 60)`);
    await until(jobs, 0);
    expect(done.one + done.other).toBe(before + 60);
    expect(Math.min(done.one, done.other)).toBeGreaterThan(5);
  });

  it('that failed is tried again, soon', async () => {
    let tries = 0;
    const log = logBook();
    start(
      async () => {
        if (++tries < 2) throw new Error('Due work failed: reminders.');
      },
      { log },
    );
    const waiting = async () =>
      (await admin.query('select last_error, locked_at from graphile_worker._private_jobs')).rows;
    await until(waiting, [{ last_error: 'Due work failed: reminders.', locked_at: null }]);
    await until(jobs, 0);
    expect(tries).toBe(2);
    expect(log.lines.filter(line => line.level > 20)).toEqual([]); // told where it failed, and else all is quiet
  });

  it('that a hub began when it was killed is done by another, at the next minute', async () => {
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) =>
        next(context.parentURL?.includes('/src/') ? name.replace(/[.]js$/, '.ts') : name, context) });
      const [, queue, url] = process.argv;
      const { startQueue } = await import(queue);
      const round = () => {
        console.log('begun');
        return new Promise(() => {});
      };
      startQueue(url, { round, logger: { warn() {}, debug() {}, trace() {} } });`;
    const queue = new URL('../../src/clock/queue.ts', import.meta.url).href;
    const args = ['--input-type=module', '--eval', script, queue, database.hubApp];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    let rounds = 0;
    const other = start(async () => ++rounds);
    await until(() => rounds > 0, true); // beside the one that runs
    child.kill('SIGKILL');
    await once(child, 'close');
    const before = rounds;
    await other.ask();
    await until(() => rounds > before, true);

    const left = `select count(*) from graphile_worker._private_jobs where locked_at is not null`;
    await until(() => count(left), 1);
    await admin.query(`update graphile_worker._private_jobs set locked_at = now() - interval '2 days'`);
    start(async () => ++rounds);
    await until(jobs, 0);
  });
});

describe('each minute', () => {
  const lastMinute = async () =>
    (
      await admin.query('select last_execution from graphile_worker._private_known_crontabs')
    ).rows[0]?.last_execution?.getTime();

  it('there is one round for all hubs', async () => {
    let rounds = 0;
    for (let hubs = 0; hubs < 3; hubs++) start(async () => ++rounds);
    await settled();
    const before = rounds;
    vi.setSystemTime(minute + 50);
    await until(lastMinute, minute);
    await sleep(300);
    await until(jobs, 0);
    expect(rounds).toBe(before + 1);
  });

  it('that a sleeping machine missed is not made up for: there is one round', async () => {
    vi.setSystemTime(minute - DAY - 100);
    let rounds = 0;
    start(async () => ++rounds);
    await settled();
    vi.setSystemTime(minute + 50);
    await until(lastMinute, minute);
    await until(jobs, 0);
    expect(rounds).toBe(2);
  });

  it('that a week without a hub missed is not made up for: there is one round', async () => {
    await admin.query(`
      insert into graphile_worker._private_known_crontabs values ('round', now() - interval '2 weeks', now() - interval '1 week');
      select graphile_worker.add_job('round', job_key => 'round', run_at => now() - interval '1 week')`);
    let rounds = 0;
    start(async () => ++rounds);
    await settled();
    await sleep(300);
    expect(rounds).toBe(1);
  });

  it('there is a round again, where a hub’s clock was ahead once', async () => {
    await admin.query(
      `insert into graphile_worker._private_known_crontabs values ('round', now(), now() + interval '1 year')`,
    );
    start(async () => {});
    await settled();
    vi.setSystemTime(minute + 50);
    await until(lastMinute, minute);
  });
});

describe('the end of a hub', () => {
  it('tells the round that runs, leaves what it left to another, and lets go of the database', async () => {
    let begun = false;
    const ends = start(async ending => {
      begun = true;
      await once(ending, 'abort');
      ending.throwIfAborted();
    });
    await until(() => begun, true);
    const begin = performance.now();
    await stop(ends);
    expect(performance.now() - begin).toBeLessThan(15_000);
    await until(connections, 0);
    expect(await jobs()).toBe(1);

    let rounds = 0;
    start(async () => ++rounds);
    await settled();
    expect(rounds).toBe(1);
  });

  it('may come before its queue has begun', async () => {
    await stop(start(async () => {}));
    await until(connections, 0);
  });

  it('does not wait for ever', async () => {
    let begun = false;
    const { promise, resolve } = Promise.withResolvers<void>();
    const work = () => {
      begun = true;
      return promise;
    };
    expect(CLOSING_MS, 'before a process manager kills it').toBeLessThan(10_000);
    const ends = start(work, { closingMs: 200 });
    await until(() => begun, true);
    await stop(ends);
    resolve();
    await until(connections, 0);
  });
});

describe('a database that goes away', () => {
  let wire: Wire;
  beforeAll(async () => {
    wire = await wireTo(database.hubApp);
  });
  afterAll(() => wire.cut());

  it.each(['at rest', 'in the midst of a round'])('has its clock back by itself: %s', async when => {
    let rounds = 0;
    let held = Promise.resolve();
    const log = logBook();
    const round = async () => {
      rounds++;
      await held;
    };
    const queue = start(round, { log, url: wire.url });
    await settled();
    const { promise, resolve } = Promise.withResolvers<void>();
    if (when !== 'at rest') {
      held = promise;
      await queue.ask();
      await until(() => rounds, 2);
    }
    await wire.cut();
    held = Promise.resolve();
    resolve();
    await sleep(2_000);
    await expect(queue.ask()).rejects.toThrow();
    const before = rounds;
    await wire.mend();
    const asked = () =>
      queue.ask().then(
        () => true,
        () => false,
      );
    await until(asked, true);
    await until(() => rounds > before, true);

    const told = log.lines.filter(line => line.level > 20);
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(40);
    expect(JSON.stringify(told)).not.toMatch(/\b(select|update|insert)\b|_private/);
  });
});
