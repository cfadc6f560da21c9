import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { traceOf } from '../../src/shared/source-traces.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partnernetz-traces-'));
  // The first place of the module is the first of the second line of its source.
  const map = { version: 3, sources: ['../src/one.ts'], names: [], mappings: 'AACA' };
  await writeFile(join(folder, 'one.js.map'), JSON.stringify(map));
  await writeFile(join(folder, 'broken.js.map'), '{');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a trace names the sources, and what was compiled where there is no map', () => {
  const [one, broken] = ['one.js', 'broken.js'].map(name => pathToFileURL(join(folder, name)).href);
  const sites = [`work (${one}:1:5)`, `${broken}:7:1`, 'node:fs:3:9', 'Array.map (<anonymous>)'];
  expect(traceOf(new TypeError('no'), sites).split('\n')).toEqual([
    'TypeError: no',
    `    at work (${new URL('../src/one.ts', one)}:2:1)`,
    `    at ${broken}:7:1`,
    '    at node:fs:3:9',
    '    at Array.map (<anonymous>)',
  ]);
});
