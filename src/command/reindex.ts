import { Command } from 'commander';
import { configOfProcess } from '../config.js';
import { systemClock } from '../shared/clock.js';
import { StartFault } from '../shared/start-fault.js';
import { commandProgress } from './progress.js';

export const reindexCommand = (): Command =>
  new Command('reindex')
    .description(
      'Make the search anew: what every partner, service and job opening is found by, and the words that there are. ' +
        'It repairs what was changed past the hub; everybody can go on working. One’s own PostgreSQL needs DATABASE_OWNER_URL.',
    )
    .action(reindexAll);

async function reindexAll(): Promise<void> {
  const config = configOfProcess('command');
  if (config.databaseUrl && !config.databaseOwnerUrl)
    throw new StartFault(
      'DATABASE_OWNER_URL is missing: only the role that owns the database can clear the vocabulary.',
    );
  const [{ openPrepared }, { withOwner }, { alone, Lock }, { reindex }] = await Promise.all([
    import('./open-prepared.js'),
    import('../database/owner.js'),
    import('../database/locks.js'),
    import('../search/search-reindex.actions.js'),
  ]);
  const { database } = await openPrepared(config, { serving: false, migrating: false });
  const progress = commandProgress();
  try {
    const url = database.ownerUrl!;
    const done = await alone(url, Lock.INDEXING, () =>
      withOwner(url, orm => reindex(orm.em.fork(), systemClock.now(), progress)),
    );
    console.log(
      `The search knows ${done.partners} partners and their services; ${done.forgotten} words were forgotten.`,
    );
  } finally {
    await database.close();
  }
}
