import type { Config } from '../config.js';
import { codeOf, withClient } from '../database/client.js';
import { isAsLeft } from '../database/left-state.js';
import { type Database, openDatabase } from '../database/open.js';
import { SchemaState, schemaState } from '../database/schema-state.js';
import { systemClock } from '../shared/clock.js';
import { StartFault } from '../shared/start-fault.js';

export interface Prepared {
  readonly database: Database;
  /** Names of the migrations that ran just now. */
  readonly migrated: readonly string[];
  /** Was the demo world written just now? */
  readonly seeded: boolean;
  /** Was the search made anew just now, since its rules had changed? */
  readonly indexed: boolean;
}

interface Options {
  readonly serving: boolean;
  /** Bring one's own PostgreSQL up to date too? The embedded one always is. */
  readonly migrating: boolean;
  readonly onFault?: (error: unknown) => void;
  /** Told once the embedded database was made to start: there is time. */
  readonly onStarting?: () => void;
}

/**
 * The database as a command needs it: migrated, and an empty embedded one holds the demo world where that is allowed.
 *
 * @throws StartFault; the database is let go again then
 */
export async function openPrepared(config: Config, options: Options): Promise<Prepared> {
  const database = await openDatabase(config, options);
  try {
    const migrated = await bringUpToDate(database, options);
    const seeded = database.embedded && config.demoData && (await seedIfEmpty(database.ownerUrl!));
    const indexed = mayChange(database, options) && (await indexIfOld(database.ownerUrl!));
    return { database, migrated, seeded, indexed };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The embedded database is always brought up to date, one's own only where that is asked for. */
const mayChange = (
  { ownerUrl, embedded }: Pick<Database, 'ownerUrl' | 'embedded'>,
  { migrating }: Pick<Options, 'migrating'>,
): boolean => ownerUrl !== null && (embedded || migrating);

/** Makes the search anew where other rules made it; of several processes at once, one does. */
async function indexIfOld(ownerUrl: string): Promise<boolean> {
  const [{ withOwner }, { indexIfRulesChanged }] = await Promise.all([
    import('../database/owner.js'),
    import('../search/search-reindex.actions.js'),
  ]);
  const { alone, Lock } = await import('../database/locks.js');
  return alone(ownerUrl, Lock.INDEXING, () =>
    withOwner(ownerUrl, orm => indexIfRulesChanged(orm.em.fork(), systemClock.now())),
  );
}

async function bringUpToDate(
  { embedded, url, ownerUrl, servingRole }: Database,
  { migrating, serving }: Options,
): Promise<string[]> {
  if (mayChange({ ownerUrl, embedded }, { migrating })) {
    // Whoever asks for it by hand gets all of it done again.
    if (serving && (await isAsLeft(ownerUrl!, servingRole))) return [];
    const { migrate } = await import('../database/migrate.js');
    return migrate(ownerUrl!, servingRole);
  }
  const state = await schemaState(ownerUrl ?? url).catch(error => {
    if (codeOf(error) === '42501') return SchemaState.BEHIND;
    throw error;
  });
  if (state === SchemaState.CURRENT) return [];
  if (state === SchemaState.NEWER) throw new StartFault((await import('../database/migrate.js')).NEWER_SCHEMA);
  throw new StartFault(
    `The database is ${state === SchemaState.EMPTY ? 'empty' : 'behind this program'}. ` +
      'Run "npm run hub -- migrate" with DATABASE_OWNER_URL first.',
  );
}

/** Writes the demo world into a database that holds no network yet; of several processes at once, one does. */
export async function seedIfEmpty(ownerUrl: string): Promise<boolean> {
  if (await hasNetworks(ownerUrl)) return false;
  const [{ withOwner }, { seedDemo }] = await Promise.all([import('../database/owner.js'), import('../demo/seed.js')]);
  return withOwner(ownerUrl, orm => seedDemo(orm, systemClock.now()));
}

const hasNetworks = (url: string): Promise<boolean> =>
  withClient(url, async client => (await client.query('select from network limit 1')).rowCount === 1);
