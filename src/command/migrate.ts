import { Command } from 'commander';
import { configOfProcess } from '../config.js';
import { StartFault } from '../shared/start-fault.js';

export const migrateCommand = (): Command =>
  new Command('migrate')
    .description(
      'Bring the database up to date: migrations, reference data, rights, and the search where its rules have changed. One’s own PostgreSQL needs DATABASE_OWNER_URL.',
    )
    .action(runMigrations);

async function runMigrations(): Promise<void> {
  const config = configOfProcess('command');
  if (config.databaseUrl && !config.databaseOwnerUrl)
    throw new StartFault('DATABASE_OWNER_URL is missing: only the role that owns the database can migrate it.');
  const { openPrepared } = await import('./open-prepared.js');
  const { database, migrated, seeded, indexed } = await openPrepared(config, { serving: false, migrating: true });
  await database.close();
  for (const name of migrated) console.log(`Migrated: ${name}`);
  if (indexed) console.log('The search was made anew by the rules of this program.');
  if (seeded) console.log('The demo world is in place.');
  console.log('The database is up to date.');
}
