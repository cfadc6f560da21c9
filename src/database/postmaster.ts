import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const STOP_MS = 10_000;
const LOOK_MS = 20;

/** PostgreSQL's main process on a cluster, as its file postmaster.pid tells. */
export interface Postmaster {
  readonly pid: number;
  /** Undefined while it is starting. */
  readonly port: number | undefined;
}

/**
 * The postmaster that runs on this cluster, whoever started it; null where there is none. A file that a crash left
 * behind is told by the process: none, or one that is no PostgreSQL of this cluster, as happens in containers, where
 * ids come round quickly. In the latter case PostgreSQL itself would refuse to start, so the file is removed.
 */
export async function findPostmaster(clusterDir: string): Promise<Postmaster | null> {
  const path = join(clusterDir, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => null);
  const [pid, , , port] = text?.split('\n') ?? [];
  if (text === null || !Number(pid)) return null;
  if (await isPostmasterOf(Number(pid), clusterDir)) return { pid: Number(pid), port: Number(port) || undefined };
  if (isAlive(Number(pid))) await removeIfStill(path, text);
  return null;
}

/** Ends PostgreSQL in order, open sessions included, and waits until it is gone. */
export async function stopPostmaster(clusterDir: string, { pid }: Postmaster): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!send(pid, signal)) return;
    const giveUp = performance.now() + STOP_MS;
    while (performance.now() < giveUp) {
      if ((await findPostmaster(clusterDir))?.pid !== pid) return;
      await sleep(LOOK_MS);
    }
  }
}

/** By its command line: the working directory of another user's process can't be read in every container. */
async function isPostmasterOf(pid: number, clusterDir: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').includes(clusterDir);
  } catch {
    if (process.platform === 'linux') return false;
  }
  const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes(clusterDir);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Moved aside first: a PostgreSQL that started this moment has a file of its own by now, which goes back. */
async function removeIfStill(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== text) await link(aside, path);
  } catch {
    // Another process was faster; the next look tells.
  } finally {
    await rm(aside, { force: true });
  }
}
