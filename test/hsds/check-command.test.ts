import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { scratch } from '../support/files.js';
import { build, hubCommand } from '../support/program.js';

const { folder, path } = scratch();
beforeAll(build, 120_000);

const ORG = '11111111-1111-4111-8111-111111111111';

describe('check hsds', () => {
  test('tells of a good feed that it is, without a database', async () => {
    const feed = await folder({ 'organizations.csv': `id,name,description\n${ORG},Träger,Text\n` });
    const { code, stdout } = await hubCommand(
      { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' },
      'check',
      'hsds',
      feed,
    );
    expect([code, stdout]).toEqual([0, 'Rows: organizations 1.\n']);
  });

  test('ends with 1 where there are errors, and writes every finding to a file', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},weg,Angebot ${i},active`).join('\n');
    const feed = await folder({ 'services.csv': `id,organization_id,name,status\n${rows}\n` });
    const findings = await path('findings.ndjson');
    const { code, stdout } = await hubCommand({}, 'check', 'hsds', feed, '--json', findings);
    expect(code).toBe(1);
    expect(stdout).toContain('ERROR DANGLING_REFERENCE (50)');
    expect(stdout).toContain('services.csv, row 2, organization_id: weg');
    expect(stdout).toContain('… and 45 more; --json writes them all to a file');
    const lines = (await readFile(findings, 'utf8'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines.filter(one => one.code === 'DANGLING_REFERENCE').map(one => one.row)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 2),
    );
  });

  test('ends with 1 where nothing is recognised, and says so', async () => {
    const feed = await folder({ 'search.json': '[{"query":"Sucht","document":"Suchtberatung"}]' });
    const { code, stdout } = await hubCommand({}, 'check', 'hsds', feed);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/UNKNOWN_TABLE[\s\S]*\nRows: none was recognised\.\n$/)]);
  });

  test('says of each severity how often, where one code has several', async () => {
    const feed = await folder({
      'locations.csv': 'id,name,location_type,latitude,longitude\nl1,Ort,physical,100,6\n',
      'schedules.csv': 'id,valid_from,valid_to,dtstart,timezone\ns1,2026-02-01,2026-01-01,2026-02-01,1\n',
    });
    const { stdout } = await hubCommand({}, 'check', 'hsds', feed);
    expect(stdout).toContain('ERROR OUT_OF_RANGE (2: 1 error, 1 warning): ');
    expect(stdout).toContain('  ERROR locations.csv, row 2, latitude: 100\n  WARNING schedules.csv, row 2, ');
  });

  test('of a path that is not there is an error, no crash', async () => {
    const { code, stdout, stderr } = await hubCommand({}, 'check', 'hsds', await path('absent'));
    expect([code, stdout.includes('UNREADABLE'), stderr.includes('    at ')]).toEqual([1, true, false]);
  });
});
