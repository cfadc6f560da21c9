import type { EntityManager, Options } from '@mikro-orm/postgresql';
import { configOfProcess } from '../config.js';
import { systemClock } from '../shared/clock.js';
import { StartFault } from '../shared/start-fault.js';

/**
 * Work on the hub's database as the role that owns it, past the policies; of one's own PostgreSQL that needs
 * DATABASE_OWNER_URL. A running hub goes on meanwhile.
 *
 * @param options of the ORM, where the work needs others
 * @throws StartFault
 */
export async function asOwner<T>(work: (em: EntityManager) => Promise<T>, options: Options = {}): Promise<T> {
  const config = configOfProcess('command');
  if (config.databaseUrl && !config.databaseOwnerUrl)
    throw new StartFault('DATABASE_OWNER_URL is missing: the role that serves may not change this.');
  const [{ openPrepared }, { withOwner }, { systemSession }] = await Promise.all([
    import('./open-prepared.js'),
    import('../database/owner.js'),
    import('../shared/policies.js'),
  ]);
  const { database } = await openPrepared(config, { serving: false, migrating: false });
  try {
    return await withOwner(
      database.ownerUrl!,
      orm => work(orm.em.fork({ session: systemSession(systemClock.now()) })),
      options,
    );
  } finally {
    await database.close();
  }
}
