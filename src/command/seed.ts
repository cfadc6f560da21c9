import { Command } from 'commander';
import { configOfProcess } from '../config.js';
import { StartFault } from '../shared/start-fault.js';

export const seedCommand = (): Command =>
  new Command('seed')
    .description(
      'Put the demo world into an empty database; one that holds a network stays as it is. Never in production. ' +
        'The embedded database gets it by itself; one’s own needs DATABASE_OWNER_URL.',
    )
    .action(seed);

async function seed(): Promise<void> {
  const config = configOfProcess('command');
  if (config.production) throw new StartFault('There is no demo data in production (NODE_ENV).');
  if (config.databaseUrl && !config.databaseOwnerUrl)
    throw new StartFault('DATABASE_OWNER_URL is missing: only the role that owns the database can fill it.');
  const { openPrepared, seedIfEmpty } = await import('./open-prepared.js');
  const { database, seeded } = await openPrepared(config, { serving: false, migrating: false });
  try {
    const done = seeded || (await seedIfEmpty(database.ownerUrl!));
    console.log(done ? 'The demo world is in place.' : 'The database holds data already; nothing was changed.');
  } finally {
    await database.close();
  }
}
