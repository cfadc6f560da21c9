import { Logger } from 'graphile-worker';
import type { BaseLogger } from 'pino';
import { describe } from '../shared/fault-log.js';

/** What the queue calls normal is of no interest; that it can't work now, is. */
const LEVELS = { error: 'warn', warning: 'warn', info: 'debug', debug: 'trace' } as const;

/** The queue's own log into the hub's. Failures of the work itself are logged where they happen. */
export const queueLog = (logger: BaseLogger): Logger =>
  new Logger(() => (level, message, { failure, error }) => {
    if (!failure) logger[LEVELS[level]](error === undefined ? {} : describe(error), `Job queue: ${ownWords(message)}.`);
  });

/** Its sentences go on with PostgreSQL's, which may repeat values. */
const ownWords = (message: string): string => message.split(/ \(|[:.]/, 1)[0]!;
