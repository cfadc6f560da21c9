import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDir } from '../support/data-dir.js';
import type { TestDatabase } from '../support/database.js';
import { demoDatabase } from '../support/demo-hub.js';
import { build, hubCommand, type RunningHub, startHub } from '../support/program.js';

let dir: string;
let hub: RunningHub;
let database: TestDatabase;
const settings = () => ({ DATABASE_URL: database.hubApp, DATABASE_OWNER_URL: database.owner });
/** Nobody signs in here. */
const PROVIDER = { OIDC_ISSUER: 'http://127.0.0.1:9/realm', OIDC_AUDIENCE: 'partnernetz' };

const TOWNS = `ags;name;lat;lon;einwohner_2024
05334002;Aachen;50,773516;6,0848;262.670
05711000;Bielefeld;52,0157;8,5324;338.410
05711;Zu kurz;52,0157;8,5324;1
`;

beforeAll(async () => {
  dir = await temporaryDir();
  database = await demoDatabase('command_import');
  await build();
  await writeFile(join(dir, 'towns.csv'), TOWNS);
  hub = await startHub({ ...settings(), ...PROVIDER });
});
afterAll(async () => {
  await hub?.end();
  await rm(dir, { recursive: true, force: true });
});

async function ask(query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return ((await response.json()) as { data: unknown }).data;
}

const imported = (...more: string[]) =>
  hubCommand(settings(), 'import', 'municipalities', join(dir, 'towns.csv'), ...more);
const bielefeld = () => ask('{ municipality(key: "05711000") { name population source { name licence } } }');

describe('hub import municipalities, beside a running hub with the demo world', () => {
  it('tells with --dry-run what would happen, and changes nothing', async () => {
    const { code, stdout } = await imported('--dry-run');
    expect(stdout).toContain('3 read: 1 new, 1 changed, 0 unchanged, 1 refused.');
    expect(stdout).toContain('dry run: nothing was changed');
    expect(code).toBe(0);
    expect(await bielefeld()).toEqual({ municipality: null });
  });

  it('brings in what is good, lists what is not, and the hub shows it at once', async () => {
    const findings = join(dir, 'findings.ndjson');
    const { code, stdout, stderr } = await imported(
      '--source',
      'IT.NRW',
      '--licence',
      'dl-de/by-2-0',
      '--findings',
      findings,
    );
    expect(stdout.split('\n')).toEqual([
      '3 read: 1 new, 1 changed, 0 unchanged, 1 refused.',
      'Findings: 1 error, 0 warnings, 0 notices.',
      expect.stringMatching(/^ERROR BAD_FORMAT \(1\): /),
      '  towns.csv, row 4, ags: 05711',
      '',
    ]);
    expect(stderr).toMatch(/^Municipalities, bytes: \d+ of \d+ \(100 %\)/);
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(findings, 'utf8'))).toMatchObject({
      file: 'towns.csv',
      row: 4,
      code: 'BAD_FORMAT',
    });
    expect(await bielefeld()).toEqual({
      municipality: { name: 'Bielefeld', population: 338_410, source: { name: 'IT.NRW', licence: 'dl-de/by-2-0' } },
    });
  });

  it('does nothing the second time', async () => {
    const { stdout } = await imported('--source', 'IT.NRW', '--licence', 'dl-de/by-2-0');
    expect(stdout).toContain('3 read: 0 new, 0 changed, 2 unchanged, 1 refused.');
  });

  it.each([
    [['import', 'municipalities', 'nowhere.csv'], 'UNREADABLE'],
    [['import', 'outlines', 'towns.csv'], 'BAD_FORMAT'],
  ])('ends with 1 where nothing could be taken: %j', async ([group, kind, file], finding) => {
    const { code, stdout } = await hubCommand(settings(), group!, kind!, join(dir, file!));
    expect(stdout).toContain(finding);
    expect(code).toBe(1);
  });

  it.each([
    [['demand', 'x.csv'], /--measure/],
    [['demand', 'x.csv', '--measure', 'CATS'], /Allowed choices/],
    [['municipalities', 'x.csv', '--date', '2024-02-30'], /YYYY-MM-DD/],
    [['municipalities'], /missing required argument/],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await hubCommand(settings(), 'import', ...args);
    expect(stderr).toMatch(words);
    expect(code).toBe(1);
  });

  it('takes a directory of which some is wrong with 0, also where nothing of it is new; nothing at all with 1', async () => {
    const into = ['--network', 'aachen', '--source', 'nachts'];
    const feed = join(dir, 'feed');
    await mkdir(feed);
    await writeFile(join(feed, 'organizations.csv'), 'id,name\no1,Verein Ufer\n');
    await writeFile(
      join(feed, 'services.csv'),
      'id,organization_id,name,status\ns1,o1,Kurs,active\ns2,weg,Rat,active\n',
    );
    const first = await hubCommand(settings(), 'import', 'hsds', feed, ...into);
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('ERROR DANGLING_REFERENCE (1)')]);
    expect(first.stdout).not.toContain('looked at anew');
    const again = await hubCommand(settings(), 'import', 'hsds', feed, ...into);
    expect([again.code, again.stdout]).toEqual([
      0,
      expect.stringContaining('Only what is new or otherwise was looked at anew: 1 of 3.'),
    ]);
    await writeFile(join(dir, 'odd.json'), '[{"query":"Sucht","document":"Suchtberatung"}]');
    await writeFile(join(dir, 'refused.json'), '[{"id":"s1","name":"Kurs","organization_id":"weg","status":"active"}]');
    for (const nothing of ['odd.json', 'refused.json', 'nowhere.json']) {
      const { code, stdout } = await hubCommand(settings(), 'import', 'hsds', join(dir, nothing), ...into, '--dry-run');
      expect([nothing, code, stdout]).toEqual([nothing, 1, expect.stringContaining('Nothing of it could be taken.')]);
    }
  });

  it('needs the owner of one’s own PostgreSQL', async () => {
    const own = { DATABASE_URL: 'postgresql://hub_app:x@localhost:1/hub' };
    const { code, stderr } = await hubCommand(own, 'import', 'districts', join(dir, 'towns.csv'));
    expect(stderr).toMatch(/DATABASE_OWNER_URL is missing/);
    expect(code).toBe(1);
  });
});
