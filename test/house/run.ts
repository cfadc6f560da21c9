import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's own directory, with a slash at the end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

interface Ran {
  /** Exit code; null where a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program in the project's directory and waits for its end. Rejects where there is no such program. */
export function run(program: string, args: readonly string[], cwd = ROOT): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', chunk => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', chunk => (stderr += chunk));
    child.on('error', reject);
    child.on('close', code => resolve({ code, stdout, stderr }));
  });
}

const TOOLS = {
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  vitest: 'vitest/vitest.mjs',
};

/** A program that a dependency brought, under the Node that runs the tests. */
export const runTool = (name: keyof typeof TOOLS, args: readonly string[], cwd = ROOT): Promise<Ran> =>
  run(process.execPath, [`${ROOT}node_modules/${TOOLS[name]}`, ...args], cwd);
