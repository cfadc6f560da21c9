import type { FindingCode } from './finding.rules.js';

/** A file cannot be read further. Readers report it, keep what came before and go on with the next file. */
export class SourceFault extends Error {
  constructor(
    readonly code: FindingCode,
    /** What the report shows. */
    readonly value: string,
  ) {
    super(`${code}: ${value}`);
  }
}

/** Codes of the system that mean what was given, not that the program is wrong. */
const OF_THE_INPUT = ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EIO', 'ENXIO'];

/** As a `SourceFault` where the fault lies in what was given; thrown again where it does not. */
export function unreadable(error: unknown): SourceFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (OF_THE_INPUT.includes(code)) return new SourceFault('UNREADABLE', code);
  throw error;
}
