import type { MikroORM } from '@mikro-orm/postgresql';
import type { BaseLogger } from 'pino';
import type { Clock } from '../shared/clock.js';
import { DUE_WORK, type DueWork, runDueWork } from './due-work.js';
import { type Queue, startQueue } from './queue.js';

interface Options {
  /** Of the hub: the work takes its connections from there. */
  readonly orm: MikroORM;
  /** For the queue's own connections, as the serving role. */
  readonly url: string;
  readonly clock: Clock;
  readonly logger: BaseLogger;
  /** For tests: other work than the hub's own, and milliseconds between two looks for it. */
  readonly work?: readonly DueWork[];
  readonly pollMs?: number;
}

/** Does what the time brings, at once and each minute, once for all hubs on the database. */
export function startClock({ orm, url, clock, logger, work = DUE_WORK, ...options }: Options): Queue {
  const round = (ending: AbortSignal) => runDueWork({ orm, now: clock.now(), logger, ending }, work);
  return startQueue(url, { round, logger, ...options });
}
