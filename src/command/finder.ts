import { Command } from 'commander';
import { configOfProcess } from '../config.js';
import type { Drift, FinderDrift } from '../finder/finder-check.actions.js';
import { StartFault } from '../shared/start-fault.js';

export const finderCommand = (): Command =>
  new Command('finder')
    .description('The index by which the finder finds services: kept up with every change by the database itself.')
    .addCommand(
      new Command('check')
        .description(
          'Compare the index with the tables that it follows from. Ends with 1 where they differ and that was not ' +
            'repaired. One’s own PostgreSQL needs DATABASE_OWNER_URL.',
        )
        .option('--repair', 'make it right, in one transaction, while changes of services wait')
        .action(checkFinder),
    );

async function checkFinder({ repair = false }: { repair?: boolean }): Promise<void> {
  const config = configOfProcess('command');
  if (config.databaseUrl && !config.databaseOwnerUrl)
    throw new StartFault('DATABASE_OWNER_URL is missing: only the role that owns the database can look at all of it.');
  const [{ openPrepared }, { withOwner }, { finderDrift, isDrifted, repairFinder }] = await Promise.all([
    import('./open-prepared.js'),
    import('../database/owner.js'),
    import('../finder/finder-check.actions.js'),
  ]);
  const { database } = await openPrepared(config, { serving: false, migrating: false });
  try {
    const drift = await withOwner(database.ownerUrl!, orm => (repair ? repairFinder : finderDrift)(orm.em.fork()));
    console.log(driftText(drift));
    if (!isDrifted(drift)) return;
    console.log(repair ? 'It is right now.' : 'Repair it with --repair.');
    if (!repair) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

const driftText = ({ cards, entries }: FinderDrift): string =>
  `Cards of services: ${partsOf(cards)}. Entries: ${partsOf(entries)}.`;

const partsOf = ({ missing, different, superfluous }: Drift): string =>
  `${missing} missing, ${different} different, ${superfluous} superfluous`;
