import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findingReport } from '../../src/file/report.js';
import { openSource } from '../../src/file/source.js';
import { readHsds } from '../../src/hsds/hsds-read.js';
import { spoolTables, writeFolder } from '../../src/hsds-export/hsds-files.js';
import { hsdsObjects } from '../../src/hsds-export/hsds-json.query.js';
import { hsdsRows } from '../../src/hsds-export/hsds-rows.query.js';
import { feed } from '../hsds-import/feed.js';
import { importing } from '../hsds-import/importing.js';
import { testHub } from '../support/hub.js';

const hub = testHub('hsds_json');
const run = importing(hub);

/** What a reader makes of it: by table and id, what is said. */
async function readBack(path: string): Promise<Map<string, object>> {
  const report = findingReport();
  const source = await openSource(path, report);
  const rows = new Map<string, object>();
  for await (const { table, id, values, unknown } of readHsds(source, report)) {
    const key = `${table}:${id}`;
    const said = { ...unknown, ...values, ...rows.get(key) };
    rows.set(
      key,
      Object.fromEntries(
        Object.entries(said)
          .filter(([name]) => name !== 'id')
          .sort(),
      ),
    );
  }
  await source.close();
  return rows;
}

test('as JSON and NDJSON a directory reads back as its tables do', async () => {
  const { network, elsewhere, abroad } = await hub.given();
  await run(elsewhere.id, feed({ services: 12, municipality: abroad.key }));
  const folder = await mkdtemp(join(tmpdir(), 'partnernetz-json-'));
  try {
    for (const { id, slug } of [network, elsewhere]) {
      const { objects, leftOut } = await hub.nobody().transactional(async tx => {
        const files = await spoolTables(hsdsRows(tx, id));
        await writeFolder(files, join(folder, slug));
        await files.remove();
        const objects: object[] = [];
        const leftOut: string[] = [];
        for await (const object of hsdsObjects(tx, id, table => leftOut.push(table))) objects.push(object);
        return { objects, leftOut };
      });
      expect(leftOut).toEqual([]);
      await writeFile(join(folder, `${slug}.json`), JSON.stringify(objects));
      await writeFile(join(folder, `${slug}.ndjson`), objects.map(one => JSON.stringify(one)).join('\n'));
      const tables = await readBack(join(folder, slug));
      expect(tables.size).toBeGreaterThan(50);
      for (const form of ['json', 'ndjson'])
        expect(Object.fromEntries(await readBack(join(folder, `${slug}.${form}`)))).toEqual(Object.fromEntries(tables));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
