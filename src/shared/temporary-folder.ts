import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const HOST = hostname().replaceAll(/[^\w.]/g, '_');
const own = new Set<string>();

/** A folder of this process for files that are gone when it has done its work; whoever calls removes it. */
export async function temporaryFolder(purpose: 'import' | 'export'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `partnernetz-${purpose}-${HOST}-${process.pid}-`));
  own.add(basename(folder));
  return folder;
}

/** Removes the folders of processes of this host that were killed: feeds hold names of people. */
export async function removeStrayFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, host, pid] = /^partnernetz-(?:import|export)-([\w.]+)-(\d+)-/.exec(name) ?? [];
    if (host !== HOST || own.has(name)) continue;
    // A container begins with the same number each time: then it is that of the one before.
    if (Number(pid) === process.pid || !isAlive(Number(pid)))
      await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is one, too.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
