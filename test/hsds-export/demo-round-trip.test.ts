import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ormConnection, withClient } from '../../src/database/client.js';
import { findingReport } from '../../src/file/report.js';
import { openSource } from '../../src/file/source.js';
import { readHsds } from '../../src/hsds/hsds-read.js';
import { spoolTables, writeZip } from '../../src/hsds-export/hsds-files.js';
import { hsdsObjects } from '../../src/hsds-export/hsds-json.query.js';
import { hsdsRows } from '../../src/hsds-export/hsds-rows.query.js';
import { importFeed } from '../../src/hsds-import/hsds-feed.actions.js';
import { Origin } from '../../src/record/record.rules.js';
import { SILENT } from '../../src/shared/progress.js';
import { demoHub } from '../support/demo-hub.js';

const hub = demoHub('hsds_demo');
let bench: MikroORM;
let folder: string;

beforeAll(async () => {
  const connection = ormConnection(hub.database().hubApp);
  bench = await MikroORM.init({
    ...connection,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: 1 },
    driverOptions: { ...connection.driverOptions, idleTimeoutMillis: 0 },
  });
  folder = await mkdtemp(join(tmpdir(), 'partnernetz-demo-'));
});
afterAll(async () => {
  await bench?.close(true);
  await rm(folder, { recursive: true, force: true });
});

const asZip = async (network: string, path: string): Promise<string> => {
  const files = await hub
    .orm()
    .em.fork()
    .transactional(tx => spoolTables(hsdsRows(tx, network)));
  await writeZip(files, createWriteStream(path));
  await files.remove();
  return path;
};

const asJson = async (network: string, path: string): Promise<string> => {
  const objects: object[] = [];
  await hub
    .orm()
    .em.fork()
    .transactional(async tx => {
      for await (const object of hsdsObjects(tx, network)) objects.push(object);
    });
  await writeFile(path, JSON.stringify(objects));
  return path;
};

const checked = async (path: string) => {
  const report = findingReport();
  const source = await openSource(path, report);
  for await (const row of readHsds(source, report)) void row;
  await source.close();
  return report
    .summary()
    .filter(({ severity }) => severity !== 'NOTICE')
    .map(({ code, count, findings }) => ({ code, count, first: findings.slice(0, 3) }));
};

const imported = async (network: string, path: string, source: string) => {
  const report = findingReport();
  const counts = await importFeed(bench.em.fork(), path, {
    network,
    sourceName: source,
    by: { origin: Origin.IMPORT, at: new Date(), account: null, source },
    report,
    progress: SILENT,
  });
  const sum = (what: 'created' | 'updated' | 'contested' | 'refused') =>
    counts.organizations[what] + counts.locations[what] + counts.services[what];
  return {
    created: sum('created'),
    updated: sum('updated'),
    contested: sum('contested'),
    refused: sum('refused'),
    proposed: report.summary().find(({ code }) => code === 'PROPOSED')?.findings ?? [],
  };
};

const NOTHING = { created: 0, updated: 0, contested: 0, refused: 0, proposed: [] };

const bytes = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

const count = (from: string): Promise<number> =>
  withClient(hub.database().superuser, async client => {
    const { rows } = await client.query(`select count(*)::int as n from ${from}`);
    return rows[0].n;
  });

test.each(['aachen', 'bochum', 'dortmund', 'unna', 'wuppertal'])(
  'what %s exports is without fault, is no news to itself, and goes out the same again',
  async slug => {
    const [network] = await bench.em.fork().execute<{ id: string }[]>('select id from network where slug = ?', [slug]);
    const { id } = network!;
    const before = [await count('revision'), await count('proposal')];
    const first = await asZip(id, join(folder, `${slug}.zip`));
    expect(await checked(first)).toEqual([]);
    expect(await imported(id, first, 'w')).toEqual(NOTHING);
    const second = await asZip(id, join(folder, `${slug}-again.zip`));
    expect(await bytes(second)).toBe(await bytes(first));
    expect(await imported(id, second, 'w')).toEqual(NOTHING);
    expect(await imported(id, await asJson(id, join(folder, `${slug}.json`)), 'j')).toEqual(NOTHING);
    expect([await count('revision'), await count('proposal')]).toEqual(before);
  },
);
