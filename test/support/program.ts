import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { withClient } from '../../src/database/client.js';

const run = promisify(execFile);

/** What `npm start` and `npm run hub` compile first. One test file at a time: no program starts from half of it. */
export async function build(): Promise<void> {
  await withClient(inject('database').superuser, async client => {
    await client.query('select pg_advisory_lock(4712)');
    await run('npm', ['run', '--silent', 'build']).catch(({ stdout, stderr }) => {
      throw new Error(`The program does not compile:\n${stdout}${stderr}`);
    });
  });
}

type Environment = Readonly<Record<string, string>>;

/** Where Node keeps what it has compiled: the tests start a hundred programs. */
const NODE_COMPILE_CACHE = join(tmpdir(), 'partnernetz-compiled');

/** Nothing of the caller's settings: only what the test names, and where programs are. */
const environment = (settings: Environment): Environment => ({
  PATH: process.env.PATH ?? '',
  NODE_COMPILE_CACHE,
  PORT: '0',
  ...settings,
});

const PROGRAM = ['--enable-source-maps', 'dist/src/main.js'];

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command of the hub, run to its end. */
export function hubCommand(settings: Environment, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [...PROGRAM, ...args], { env: environment(settings) });
  return outcomeOf(child);
}

function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  child.stdout?.on('data', chunk => (outcome.stdout += chunk));
  child.stderr?.on('data', chunk => (outcome.stderr += chunk));
  return new Promise(resolve => child.on('close', code => resolve({ ...outcome, code })));
}

export interface RunningHub {
  url: string;
  /** Milliseconds from its start until it said that it is ready. */
  readyAfter: number;
  stdout: () => string;
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Outcome>;
}

/** `serve` as a process of its own, until it says that it is ready. Rejects with its last words where it ends instead. */
export async function startHub(settings: Environment): Promise<RunningHub> {
  const begin = performance.now();
  const child = spawn(process.execPath, [...PROGRAM, 'serve'], { env: environment(settings) });
  const ended = outcomeOf(child);
  let stdout = '';
  const ready = new Promise<string>(resolve => {
    child.stdout.on('data', chunk => {
      stdout += chunk;
      const url = /"url":"([^"]+)"/.exec(stdout)?.[1];
      if (url) resolve(url);
    });
  });
  const failed = ended.then(({ stderr, code }) => Promise.reject(new Error(`Ended with ${code}: ${stderr}`)));
  const url = await Promise.race([ready, failed]);
  failed.catch(() => {});
  return {
    url,
    readyAfter: performance.now() - begin,
    stdout: () => stdout,
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
