import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartFault } from './start-fault.js';

/**
 * The text of a secret file, made on first use and kept from then on (mode 0600). It appears whole or not at all, and
 * of several processes that make it at once all end with the same text.
 *
 * @throws StartFault where the file can't be read or written.
 */
export async function keptFile(path: string, make: () => Promise<string> | string): Promise<string> {
  try {
    return (await readIfThere(path)) ?? (await create(path, await make()));
  } catch (error) {
    throw new StartFault(`${path} can't be used: ${reason(error)}.`);
  }
}

/** Makes DATA_DIR where it is missing. Others may pass through it and not list it: PostgreSQL may run as another user. */
export async function makeDataDir(path: string): Promise<void> {
  try {
    if (await mkdir(path, { recursive: true })) await chmod(path, 0o711);
    else if (!(await stat(path)).isDirectory()) throw new Error('it is a file');
  } catch (error) {
    throw new StartFault(`DATA_DIR ${path} can't be used: ${reason(error)}.`);
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** A link to a finished file is the one step that both shows it whole and refuses when another came first. */
async function create(path: string, text: string): Promise<string> {
  await makeDataDir(dirname(path));
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
    return text;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return await readFile(path, 'utf8');
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

function reason(error: unknown): string {
  if (isCode(error, 'EACCES') || isCode(error, 'EPERM')) return 'it belongs to another user of this machine';
  if (isCode(error, 'EEXIST') || isCode(error, 'ENOTDIR')) return 'a file is in the way of a directory';
  if (isCode(error, 'ENOSPC')) return 'the disk is full';
  if (isCode(error, 'EROFS')) return 'the file system is read-only';
  return (error as Error).message;
}
