import { expect, it } from 'vitest';
import { runTool } from './run.js';

it('everything has its types, tests and configuration too', async () => {
  const { code, stdout } = await runTool('tsc', ['--noEmit', '--pretty', 'false']);
  expect(stdout.split('\n').filter(Boolean)).toEqual([]);
  expect(code).toBe(0);
});
