import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, runTool } from './run.js';

/** Runs tests of their own, given as files, as `npm test` would; exit code and last line. */
async function lastLineOf(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'partnernetz-run-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
    const reporters = ['--reporter=default', `--reporter=${ROOT}test/support/closing-line.reporter.ts`];
    const { code, stdout } = await runTool('vitest', ['run', '--root', dir, '--globals', ...reporters], dir);
    return `${stdout.trimEnd().split('\n').at(-1)}, exit ${code}`;
  } finally {
    await rm(dir, { recursive: true });
  }
}

it.concurrent.each([
  ['all is well', '1 passed, 0 failed, exit 0', { 'a.test.js': `it('a', () => {});` }],
  [
    'some are skipped',
    '1 passed, 0 failed, 2 skipped, exit 0',
    { 'a.test.js': `it('a', () => {}); it.skip('b', () => {}); it('c', context => context.skip('why'));` },
  ],
  [
    'something fails in every way',
    '2 passed, 6 failed, 2 skipped, exit 1',
    {
      'test.test.js': `it('a', () => { throw new Error('test'); }); it.skip('b', () => {});`,
      'file.test.js': `throw new Error('file');`,
      'before.test.js': `describe('x', () => { beforeAll(() => { throw new Error('hook'); }); it('a', () => {}); });`,
      'after.test.js': `it('a', () => {}); afterAll(() => { throw new Error('hook'); });`,
      'late.test.js': `it('a', async () => { setTimeout(() => { throw new Error('late'); }); await new Promise(r => setTimeout(r, 50)); });`,
      'exit.test.js': `it('a', () => { process.exit(0); });`,
    },
  ],
  ['there are no tests', '0 passed, 1 failed, exit 1', {}],
  [
    'the setup fails',
    '0 passed, 1 failed, exit 1',
    {
      'vitest.config.js': `export default { test: { globalSetup: './setup.js' } };`,
      'setup.js': `export default () => { throw new Error('setup'); };`,
      'a.test.js': `it('a', () => {});`,
    },
  ],
])('the last line counts: %s', async (_, expected, files) => {
  expect(await lastLineOf(files as Record<string, string>)).toBe(expected);
});
