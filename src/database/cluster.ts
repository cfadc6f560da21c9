import { chown, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { StartFault } from '../shared/start-fault.js';
import { findRunner, postgresPrograms, programFault, type Runner } from './postgres-program.js';
import { isAlive } from './postmaster.js';

const VERSION = '18';
const DRAFT = /^postgres\.new-(\d+)-/;
const LOG_LIMIT_BYTES = 1_000_000;

const INITDB = [
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  `--locale=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
  '--lc-messages=C',
];

/** On this machine alone; the log repeats no statement and no value, which may be a client's. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
  'cluster_name=partnernetz',
];

/**
 * Makes the cluster where there is none yet. It is prepared beside its place and moved there whole: a kill half-way
 * leaves nothing that looks finished, and of two processes at once the second takes what the first made.
 *
 * @throws StartFault
 */
export async function initialise(clusterDir: string, password: string): Promise<void> {
  const version = await readFile(join(clusterDir, 'PG_VERSION'), 'utf8').catch(error => {
    if (error.code === 'EACCES') throw new StartFault(`${clusterDir} belongs to another user of this machine.`);
    return null;
  });
  if (version?.trim() === VERSION) return;
  if (version !== null)
    throw new StartFault(
      `${clusterDir} was made by PostgreSQL ${version.trim()}; this is ${VERSION}. Use another DATA_DIR.`,
    );
  if ((await readdir(clusterDir).catch(() => [])).length > 0)
    throw new StartFault(
      `${clusterDir} holds something that is no PostgreSQL cluster. Remove it, or use another DATA_DIR.`,
    );

  const dataDir = dirname(clusterDir);
  await removeAbandonedDrafts(dataDir);
  const runner = await findRunner(clusterDir);
  const draft = await mkdtemp(join(dataDir, `postgres.new-${process.pid}-`));
  try {
    const passwordFile = join(draft, 'password');
    await writeFile(passwordFile, password, { mode: 0o600 });
    const { owner } = runner;
    if (owner) for (const path of [draft, passwordFile]) await chown(path, owner.uid, owner.gid);
    await runInitdb(runner, join(draft, 'cluster'), passwordFile);
    await moveInto(join(draft, 'cluster'), clusterDir);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function runInitdb(runner: Runner, target: string, passwordFile: string): Promise<void> {
  const { initdb } = await postgresPrograms();
  const args = [...INITDB, `--pgdata=${target}`, `--pwfile=${passwordFile}`];
  const child = runner.start(initdb, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += chunk));
  const code = await new Promise<number | null>(resolve => {
    child.on('error', error => {
      output += error.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  if (code !== 0) throw programFault('The database could not be made', output);
}

async function moveInto(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

async function removeAbandonedDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = DRAFT.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => {});
  }
}

/** A PostgreSQL that is starting. It outlives this process and its terminal, until somebody stops it. */
export interface Starting {
  readonly ended: () => boolean;
  /** Why it ended: null where another process was faster or stopped it, so that one should look again. */
  readonly fault: () => Promise<StartFault | null>;
  readonly giveUp: () => void;
}

/** Starts PostgreSQL on a cluster. Its log is DATA_DIR/postgres.log. */
export async function startPostgres(clusterDir: string, port: number | undefined): Promise<Starting> {
  const [{ postgres }, runner] = await Promise.all([postgresPrograms(), findRunner(clusterDir)]);
  const logPath = join(dirname(clusterDir), 'postgres.log');
  const size = (await stat(logPath).catch(() => null))?.size ?? 0;
  const log = await open(logPath, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  const from = (await log.stat()).size;
  const args = ['-D', clusterDir, '-p', String(port ?? (await freePort())), ...SETTINGS.flatMap(one => ['-c', one])];
  const child = runner.start(postgres, args, { stdio: ['ignore', log.fd, log.fd], detached: true });
  child.unref();
  let broken = '';
  child.on('error', error => {
    broken = error.message;
  });
  await log.close();

  return {
    ended: () => broken !== '' || child.exitCode !== null || child.signalCode !== null,
    async fault() {
      if (child.exitCode === 0 || child.signalCode !== null) return null;
      const output = broken || (await readFile(logPath)).subarray(from).toString('utf8');
      if (/lock file "\S+" already exists|still in use|could not bind|address already in use/i.test(output))
        return null;
      return programFault('The database did not start', output);
    },
    giveUp: () => void child.kill('SIGINT'),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = probe.address() as AddressInfo;
        probe.close(() => resolve(port));
      });
  });
}
