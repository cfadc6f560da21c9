import { type Logger, pino } from 'pino';

export interface Line {
  level: number;
  msg: string;
  work?: string;
  [field: string]: unknown;
}

/** A logger, and what it was told. */
export interface LogBook {
  logger: Logger;
  lines: Line[];
}

export function logBook(): LogBook {
  const lines: Line[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  return { logger: pino({ level: 'debug' }, { write }), lines };
}
