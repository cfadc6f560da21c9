import { closeSync, openSync, writeSync } from 'node:fs';
import type { Finding } from './finding.rules.js';

const BUFFERED = 256 * 1024;

/** A file of all findings, one JSON object a line; hand `add` to the report as its sink and close it at the end. */
export interface FindingFile {
  add(finding: Finding): void;
  close(): void;
}

/** Begins the file anew. Written in blocks and at once, so that a million findings wait in no memory. */
export function findingFile(path: string): FindingFile {
  const handle = openSync(path, 'w');
  let lines: string[] = [];
  let size = 0;
  const flush = () => {
    writeSync(handle, lines.join(''));
    lines = [];
    size = 0;
  };
  return {
    add(finding) {
      const line = `${JSON.stringify(finding)}\n`;
      lines.push(line);
      size += line.length;
      if (size > BUFFERED) flush();
    },
    close() {
      flush();
      closeSync(handle);
    },
  };
}
