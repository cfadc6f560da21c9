import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withClient } from '../../src/database/client.js';
import { temporaryDir } from '../support/data-dir.js';
import { copyOfTemplate, type TestDatabase } from '../support/database.js';
import { build, hubCommand } from '../support/program.js';

let dir: string;
let database: TestDatabase;

beforeAll(async () => {
  dir = await temporaryDir();
  database = await copyOfTemplate('command_own_database');
  await build();
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const hub = (...args: string[]) =>
  hubCommand(
    { NODE_ENV: 'production', DATABASE_URL: database.hubApp, DATABASE_OWNER_URL: database.owner, DATA_DIR: dir },
    ...args,
  );

it('production begins on one’s own PostgreSQL without the demo: municipalities, then a network', async () => {
  const towns = join(dir, 'towns.csv');
  await writeFile(towns, 'ags,name,lat,lon\n05334002,Aachen,50.7735,6.0848\n05334032,Würselen,50.8186,6.1304\n');
  const early = await hub('network', '--slug', 'west', '--name', 'Netz West', '--district', '05334');
  expect(early.stderr).toMatch(
    /^No municipality lies in the district 05334\. Bring it in first: .*import municipalities/,
  );

  expect((await hub('import', 'municipalities', towns)).stdout).toContain('2 read: 2 new,');
  const made = await hub('network', '--slug', 'west', '--name', 'Netz West', '--district', '05334');
  expect(made).toEqual({
    code: 0,
    stdout: 'Network west: created, 2 municipalities added; it has 2 now.\n',
    stderr: '',
  });
  const { rows } = await withClient(database.superuser, client => client.query('select slug, name from network'));
  expect(rows).toEqual([{ slug: 'west', name: 'Netz West' }]);
});
