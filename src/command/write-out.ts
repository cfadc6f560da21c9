import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartFault } from '../shared/start-fault.js';

/**
 * Writes text piece by piece, as fast as it is taken: to standard output, or to a file.
 *
 * @throws StartFault where the file cannot be written
 */
export async function writeOut(text: AsyncIterable<string>, path: string | undefined): Promise<void> {
  if (path === undefined) return pipeline(Readable.from(text), process.stdout, { end: false });
  await wholeFile(path, into => pipeline(Readable.from(text), into));
}

/**
 * A file that gets its name when it is complete, and keeps what it was where something fails.
 *
 * @throws StartFault where it cannot be written
 */
export async function wholeFile(path: string, write: (into: NodeJS.WritableStream) => Promise<void>): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await write(createWriteStream(unfinished));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    const { code, syscall } = error as NodeJS.ErrnoException;
    throw syscall === 'open' || syscall === 'rename' ? new StartFault(`${path} cannot be written: ${code}.`) : error;
  }
}
