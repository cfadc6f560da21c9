import { randomUUID } from 'node:crypto';
import { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll } from 'vitest';
import { ormConnection } from '../../src/database/client.js';
import { type FindingReport, findingReport } from '../../src/file/report.js';
import { type ImportWish, importHsds } from '../../src/hsds-import/hsds-import.actions.js';
import type { SourceRowValues } from '../../src/hsds-import/hsds-owner.rules.js';
import { Origin } from '../../src/record/record.rules.js';
import { SILENT } from '../../src/shared/progress.js';
import { makeSource } from '../../src/source/source.actions.js';
import { sourceNamed } from '../../src/source/source.query.js';
import type { TestHub } from '../support/hub.js';

type Values = Readonly<Record<string, string>>;
/** By table, the rows; each with its id. */
export type Tables = Readonly<Record<string, readonly Values[]>>;

async function* rowsOf(tables: Tables): AsyncGenerator<SourceRowValues> {
  for (const [table, rows] of Object.entries(tables))
    for (const [i, values] of rows.entries()) yield { table, id: values.id!, file: `${table}.csv`, row: i + 2, values };
}

/** Imports as the serving role, by a connection of its own. */
export function importing(hub: TestHub) {
  let orm: MikroORM;
  beforeAll(async () => {
    const connection = ormConnection(hub.database().hubApp);
    orm = await MikroORM.init({
      ...connection,
      entities: [],
      discovery: { warnWhenNoEntities: false },
      pool: { min: 0, max: 1 },
      driverOptions: { ...connection.driverOptions, idleTimeoutMillis: 0 },
    });
  });
  afterAll(async () => orm?.close(true));

  return async (
    network: string,
    rows: Tables | AsyncIterable<SourceRowValues>,
    more: Partial<ImportWish> & { name?: string; report?: FindingReport } = {},
  ) => {
    const em = orm.em.fork();
    const id = randomUUID();
    const { name = 'verzeichnis', report = findingReport(), ...wish } = more;
    const known = await sourceNamed(em, network, name);
    const counts = await importHsds(em, Symbol.asyncIterator in rows ? rows : rowsOf(rows), {
      network,
      source: known ?? id,
      ...(!known && { open: async tx => void (await makeSource(tx, { id, network, name })) }),
      by: { origin: Origin.IMPORT, at: hub.now(), account: null, source: name },
      report,
      progress: SILENT,
      ...wish,
    });
    return { counts, report };
  };
}
