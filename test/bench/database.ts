import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EmbeddedDatabase, openEmbedded } from '../../src/database/embedded.js';
import { migrate } from '../../src/database/migrate.js';
import { withOwner } from '../../src/database/owner.js';
import { indexIfRulesChanged } from '../../src/search/search-reindex.actions.js';

const SERVING_ROLE = 'hub_app';

/** The embedded PostgreSQL of a bench, migrated by the hub's own migrations, and without the demo world. */
export async function openBenchDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  const database = await openEmbedded(dataDir, { serving: false });
  try {
    await migrate(database.ownerUrl, SERVING_ROLE);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The search of an empty database counts as made by the rules of this program, so that no start makes it anew. */
export const startSearch = (ownerUrl: string, now: Date): Promise<unknown> =>
  withOwner(ownerUrl, orm => indexIfRulesChanged(orm.em.fork(), now));

/** As the superuser, for what only that one may see: statistics of every role, and VACUUM of everything. */
export async function superuserUrl(dataDir: string, ownerUrl: string): Promise<string> {
  const { superuser } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as { superuser: string };
  const url = new URL(ownerUrl);
  url.username = 'postgres';
  url.password = superuser;
  return url.href;
}
