import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDir } from '../support/data-dir.js';
import type { TestDatabase } from '../support/database.js';
import { demoDatabase } from '../support/demo-hub.js';
import { parseGeoJson } from '../support/geojson.js';
import { build, hubCommand } from '../support/program.js';

let dir: string;
let database: TestDatabase;
const hub = (...args: string[]) => hubCommand({ DATABASE_URL: database.hubApp }, ...args);

beforeAll(async () => {
  dir = await temporaryDir();
  database = await demoDatabase('command_export');
  await build();
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('hub export, from the demo world', () => {
  it('geojson prints the locations of a network, protected ones without a place', async () => {
    const { code, stdout, stderr } = await hub('export', 'geojson', '--network', 'aachen');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { features } = parseGeoJson(stdout);
    const locations = features.filter(({ properties }) => properties.kind === 'location');
    const hidden = locations.filter(({ properties }) => properties.addressProtected);
    expect(hidden.length).toBeGreaterThan(0);
    for (const { geometry, properties } of hidden) {
      expect(geometry).toBeNull();
      expect(properties).toMatchObject({ street: null, postalCode: null });
    }
    expect(locations.filter(({ geometry }) => geometry !== null).length).toBeGreaterThan(10);
  });

  it('coverage-geojson writes a file, once it is complete', async () => {
    const out = join(dir, 'coverage.geojson');
    const args = ['export', 'coverage-geojson', '--category', 'counselling', '--area', '05334', '--out', out];
    expect(await hub(...args)).toEqual({ code: 0, stdout: '', stderr: '' });
    const { features } = parseGeoJson(await readFile(out, 'utf8'));
    expect(features).toHaveLength(10);
    expect(features.every(({ id }) => id.startsWith('05334'))).toBe(true);
    expect((await readdir(dir)).filter(name => name.endsWith('.part'))).toEqual([]);
  });

  it.each([
    [['geojson', '--network', 'nirgends'], /^--network: No network has this slug\.\n$/],
    [['geojson'], /--network/],
    [['coverage-geojson', '--category', 'unsinn'], /^--category: /],
    [['coverage-geojson', '--category', 'counselling', '--area', '5'], /2, 5 or 8 digits/],
    [['coverage-geojson', '--category', 'counselling', '--area', '99'], /^--area: /],
    [['coverage-geojson', '--category', 'counselling', '--catchment', 'weit'], /kilometres/],
  ])('refuses %j in one line, and a file stays what it was', async (args, words) => {
    const out = join(dir, 'kept.geojson');
    await writeFile(out, 'kept');
    const { code, stderr, stdout } = await hub('export', ...args, '--out', out);
    expect(stderr).toMatch(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(1);
    expect(await readFile(out, 'utf8')).toBe('kept');
  });

  it('hsds shows how far it is, and the archive gets its name when it is complete', async () => {
    const { code, stdout, stderr } = await hub('export', 'hsds', join(dir, 'aachen.zip'), '--network', 'aachen');
    expect(stderr).toMatch(/^services: (\d+) of \1 \(100 %\)/m);
    expect(stderr).toMatch(/^writing: ([\d,]+) of \1 \(100 %\)/m);
    expect(stdout).toMatch(/aachen\.zip: .*organizations, services/);
    expect(code).toBe(0);
    expect((await readdir(dir)).filter(name => name.startsWith('aachen'))).toEqual(['aachen.zip']);

    const nowhere = await hub('export', 'hsds', join(dir, 'no', 'where.zip'), '--network', 'aachen');
    expect(nowhere.stderr).toMatch(/^.*where\.zip cannot be written: ENOENT\.$/m);
    expect(nowhere.code).toBe(1);
  });

  it('says so where it cannot write', async () => {
    const { code, stderr } = await hub(
      'export',
      'geojson',
      '--network',
      'aachen',
      '--out',
      join(dir, 'no', 'where.geojson'),
    );
    expect(stderr).toMatch(/^.*where\.geojson cannot be written: ENOENT\.\n$/);
    expect(code).toBe(1);
  });
});
