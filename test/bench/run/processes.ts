import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root of the compiled program: `dist`. */
const DIST = join(import.meta.dirname, '../../..');

/** What `npm start` tells Node: all are measured with it. */
const FLAGS = flagsOf(readFileSync(join(DIST, '../package.json'), 'utf8'));

function flagsOf(manifest: string): string[] {
  const { scripts } = JSON.parse(manifest) as { scripts: { start: string } };
  const words = scripts.start.split(' ');
  return words.slice(words.lastIndexOf('node') + 1).filter(word => word.startsWith('--'));
}

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the start of the process until it said that it listens. */
  readonly startedIn: number;
  stop(): Promise<void>;
}

const START_MS = 60_000;
const STOP_MS = 10_000;

const running = new Set<ChildProcess>();
// A bench that is cut off takes down what it started, whatever happened to it.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts one of the programs of `dist` and waits until it tells its port. @throws Error with what it said, where it ends */
export async function startServer(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Server> {
  const from = performance.now();
  const child = spawn(process.execPath, [...FLAGS, join(DIST, program), ...args], {
    env: { ...process.env, ...environment, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let said = '';
  const port = await new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${program} does not start: ${said}`)), START_MS);
    const listen = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-20_000);
      const found = /(?:listening on |"url":"http:\/\/127\.0\.0\.1:)(\d+)/.exec(said);
      if (!found) return;
      clearTimeout(timer);
      resolve(Number(found[1]));
    };
    child.stdout!.on('data', listen);
    child.stderr!.on('data', listen);
    child.once('exit', code => reject(new Error(`${program} ended with ${code}: ${said}`)));
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
  };
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    port,
    pid: child.pid!,
    startedIn: performance.now() - from,
    stop,
  };
}

/** Hundredths of a second, as Linux counts the time of a process. */
const TICK_US = 10_000;

/** Fields of /proc/<pid>/stat after the name, which may hold anything. */
function statOf(pid: number | string): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null; // it has ended meanwhile
  }
}

const ticks = (stat: string[], ...fields: readonly number[]): number =>
  fields.reduce((sum, field) => sum + Number(stat[field]), 0);

/** Microseconds of CPU that a process has used. */
export const cpuOf = (pid: number): number => TICK_US * ticks(statOf(pid) ?? ['0'], 11, 12);

/** The same of a PostgreSQL with all its backends, those that have ended too. */
export function cpuOfPostgres(postmaster: number): number {
  const own = statOf(postmaster);
  if (!own) return 0;
  let sum = ticks(own, 11, 12, 13, 14);
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = statOf(pid);
    if (stat && Number(stat[1]) === postmaster) sum += ticks(stat, 11, 12);
  }
  return TICK_US * sum;
}

/** MB that a process has in memory now, and had at most. */
export function memoryOf(pid: number): { rss: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { rss: mb('VmRSS'), peak: mb('VmHWM') };
}
