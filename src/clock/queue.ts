import { setTimeout as sleep } from 'node:timers/promises';
import { type CronItem, parseCronItems, type Runner, run } from 'graphile-worker';
import type { BaseLogger } from 'pino';
import { openPool } from '../database/client.js';
import { QUEUE } from '../database/queue-schema.js';
import { systemClock } from '../shared/clock.js';
import { describe } from '../shared/fault-log.js';
import { queueLog } from './queue-log.js';

/** One connection listens, the other asks. */
const CONNECTIONS = 2;
const STATEMENT_MS = 20_000;
/** Until a round that failed is tried again, or one is found that nobody told of. */
const POLL_MS = 20_000;
/** Until a queue that stopped is started again; doubled each time. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** For the round that runs to reach its next step; a process manager waits 10 s. */
export const CLOSING_MS = 5_000;

/** The jobs of the queue, and the keys under which one of each at most waits. */
export type Task = 'round' | 'imports';

/**
 * Each minute. One that is past is left out: a machine that slept for a week has missed 10,000 and needs one, as each
 * does everything that is due by then.
 */
const eachMinute = (task: Task): CronItem => ({
  task,
  options: { jobKey: task },
  match: minute => {
    const now = systemClock.now();
    return minute.min === now.getUTCMinutes() && minute.hour === now.getUTCHours() && minute.date === now.getUTCDate();
  },
});

interface Options {
  /** Which job; `round` when left out. Each has connections of its own, so that none waits for the other. */
  readonly task?: Task;
  /** What is done each minute. Told when the hub ends; where it throws, it is tried again. */
  readonly round: (ending: AbortSignal) => Promise<unknown>;
  readonly logger: BaseLogger;
  /** For tests, milliseconds. */
  readonly pollMs?: number;
  /** For tests, milliseconds: how long the round that runs may take to reach its next step when the hub ends. */
  readonly closingMs?: number;
}

export interface Queue {
  /** Asks for a round now, by whichever hub is free. */
  ask(): Promise<void>;
  /** Lets the round that runs come to its next step. */
  stop(): Promise<void>;
}

/**
 * One job of the queue in PostgreSQL, such as a round, asked for at once and each minute, once for all hubs. It takes
 * the place of one that still waits, but stands beside one that runs: a hub that was killed in the midst of a round is in
 * nobody's way. Where the database goes away, the queue comes back with it.
 *
 * @param url as the serving role
 */
export function startQueue(url: string, options: Options): Queue {
  const { task = 'round', round, logger, pollMs = POLL_MS, closingMs = CLOSING_MS } = options;
  const pool = openPool(url, {
    max: CONNECTIONS,
    name: task === 'round' ? 'partnernetz clock' : `partnernetz ${task}`,
    statementTimeout: STATEMENT_MS,
  });
  const ending = new AbortController();
  let runner: Runner | undefined;

  async function ask(): Promise<void> {
    await pool.query(`select ${QUEUE}.add_job($1, job_key => $1)`, [task]);
  }

  /**
   * A hub whose clock was ahead wrote down a minute that is yet to come, before which nobody would ask. And a round that
   * ran while another was asked for is not tried again; where its hub was killed or it failed, it would stay for ever.
   */
  async function tidyUp(): Promise<void> {
    await pool.query(
      `update ${QUEUE}._private_known_crontabs set last_execution = null where last_execution > now() + interval '1 minute'`,
    );
    await pool.query(
      `delete from ${QUEUE}._private_jobs where attempts >= max_attempts and coalesce(locked_at, '-infinity') < now() - interval '1 day'`,
    );
  }

  async function runUntilItStops(): Promise<void> {
    await tidyUp();
    await ask();
    runner = await run({
      pgPool: pool,
      schema: QUEUE,
      taskList: { [task]: async () => void (await round(ending.signal)) },
      parsedCronItems: parseCronItems([eachMinute(task)]),
      pollInterval: pollMs,
      noHandleSignals: true,
      logger: queueLog(logger),
      // Without these, a connection lost at the end of a job is an unhandled rejection.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    });
    if (ending.signal.aborted) await runner.stop();
    await runner.promise;
  }

  async function keepRunning(): Promise<void> {
    for (let wait = FIRST_WAIT_MS; !ending.signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const begin = performance.now();
      await runUntilItStops().catch(error => logger.warn(describe(error), 'The job queue stopped.'));
      if (performance.now() - begin > LONGEST_WAIT_MS) wait = FIRST_WAIT_MS;
      await sleep(wait, undefined, { signal: ending.signal, ref: false }).catch(() => {});
    }
    await pool.end();
  }

  const running = keepRunning();
  const stop = async (): Promise<void> => {
    ending.abort();
    await runner?.stop().catch(() => {}); // by itself before
    await running;
  };
  return { ask, stop: () => Promise.race([stop(), sleep(closingMs, undefined, { ref: false })]) };
}
