import 'reflect-metadata';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { withClient } from '../../src/database/client.js';
import { openEmbedded } from '../../src/database/embedded.js';
import { migrate } from '../../src/database/migrate.js';
import { superuserUrl, temporaryDir } from './data-dir.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** As the superuser, as the owner and as hub_app, of the template that every test file copies. */
    database: { superuser: string; owner: string; hubApp: string };
  }
}

export const TEMPLATE = 'partnernetz';

/** One real PostgreSQL for the whole run, with a migrated database; every test file copies it. */
export default async function postgres(project: TestProject): Promise<() => Promise<void>> {
  const dir = await temporaryDir();
  const dataDir = join(dir, 'data');
  const database = await openEmbedded(dataDir, { serving: false });
  const superuser = await superuserUrl(dataDir, database.url);
  await withClient(superuser, async client => {
    // Nothing here has to survive a power cut.
    await client.query('alter system set fsync = off');
    await client.query('alter system set synchronous_commit = off');
    await client.query('alter system set full_page_writes = off');
    // It would go round hundreds of databases, and plans would follow from when it came by: who needs figures, analyses.
    await client.query('alter system set autovacuum = off');
    await client.query('select pg_reload_conf()');
  });
  await migrate(database.ownerUrl!, 'hub_app');
  project.provide('database', { superuser, owner: database.ownerUrl!, hubApp: database.url });
  return async () => {
    await database.close();
    await rm(dir, { recursive: true, force: true });
  };
}
