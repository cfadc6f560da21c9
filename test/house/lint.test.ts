import { expect, it } from 'vitest';
import { runTool } from './run.js';

it('nothing to lint, nothing to format: no error, no warning, no hint', async () => {
  const { code, stdout, stderr } = await runTool('biome', ['check', '--colors=off', '--error-on-warnings', '.']);
  // Hints leave the exit code alone, but not the last word.
  expect(`${stderr}${stdout}`).toMatch(/^Checked \d+ files in \S+\. No fixes applied\.\s*$/);
  expect(code).toBe(0);
});
