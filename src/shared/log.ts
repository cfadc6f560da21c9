import { type Logger, pino } from 'pino';
import type { LogLevel } from '../config.js';

/** JSON lines on standard output, written at once: the last words of a process are the ones that matter. */
export const createLogger = (level: LogLevel): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 1, sync: true }));
