import { type EmbeddedDatabase, openEmbedded } from '../../src/database/embedded.js';
import { migrate } from '../../src/database/migrate.js';
import { withOwner } from '../../src/database/owner.js';
import { indexIfRulesChanged } from '../../src/search/search-reindex.actions.js';

const SERVING_ROLE = 'hub_app';

export interface BenchDatabase extends EmbeddedDatabase {
  /** Names of the migrations that ran just now: what they filled has no statistics yet. */
  readonly migrated: readonly string[];
}

/** The embedded PostgreSQL of a bench, migrated by the hub's own migrations, and without the demo world. */
export async function openBenchDatabase(dataDir: string): Promise<BenchDatabase> {
  const database = await openEmbedded(dataDir, { serving: false });
  try {
    return { ...database, migrated: await migrate(database.ownerUrl, SERVING_ROLE) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The search of an empty database counts as made by the rules of this program, so that no start makes it anew. */
export const startSearch = (ownerUrl: string, now: Date): Promise<unknown> =>
  withOwner(ownerUrl, orm => indexIfRulesChanged(orm.em.fork(), now));
