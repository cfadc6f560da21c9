import { Command } from 'commander';
import { findingFile } from '../file/finding-file.js';
import { findingReport } from '../file/report.js';
import { type ImportCounts, isNothingIn, lookedAtAnew } from '../hsds-import/hsds-import.rules.js';
import { ROOTS } from '../hsds-import/hsds-owner.rules.js';
import { Origin } from '../record/record.rules.js';
import { systemClock } from '../shared/clock.js';
import { StartFault } from '../shared/start-fault.js';
import { withBoundedMemory } from './bounded-memory.js';
import { findingLines } from './import-report.js';
import { asOwner } from './owner-database.js';
import { commandProgress } from './progress.js';

interface Options {
  network: string;
  source: string;
  findings?: string;
  dryRun?: boolean;
}

/** A directory as others publish it, into one network. */
export const hsdsCommand = (): Command =>
  new Command('hsds')
    .description(
      'A directory in the form of the Human Services Data Specification (3.1, 3.0, older ones, Ohana): a folder, a zip, ' +
        'CSV, JSON or NDJSON. Only what is new or otherwise than the last time is taken; what people of the hub have ' +
        'edited or confirmed since is not overwritten. One that was stopped goes on when it is run again.',
    )
    .argument('<path>', 'the directory')
    .requiredOption('--network <slug>', 'the network that keeps the records')
    .option('--source <name>', 'short name of where it comes from; by it a later import is of the same', 'hsds')
    .option('--findings <file>', 'write every finding there, a JSON object a line')
    .option(
      '--dry-run',
      'tell what would happen, and change nothing; it is one transaction, so until it is over nobody can edit the ' +
        'records that it would change, and those that are not there yet hold nobody up',
    )
    .action(importDirectory);

/** Staged rows live in a temporary table of the only connection. */
const ONE_CONNECTION = { pool: { min: 0, max: 1 }, driverOptions: { idleTimeoutMillis: 0 } };

async function importDirectory(path: string, { network, source, findings, dryRun = false }: Options): Promise<void> {
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(source))
    throw new StartFault('--source is a short name of small letters, digits, dots and dashes.');
  const file = findings === undefined ? null : findingFile(findings);
  const report = findingReport({ ...(file && { sink: file.add }) });
  const stop = new AbortController();
  const onSignal = () => stop.abort(new StartFault('Stopped. What was done stays; run it again to go on.'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const counts = await asOwner(async em => {
      const [{ importFeed }, { networkId }] = await Promise.all([
        import('../hsds-import/hsds-feed.actions.js'),
        import('./network-id.js'),
      ]);
      return importFeed(em, path, {
        network: await networkId(em, network),
        sourceName: source,
        by: { origin: Origin.IMPORT, at: systemClock.now(), account: null, source },
        report,
        progress: withBoundedMemory(commandProgress()),
        signal: stop.signal,
        dryRun,
      });
    }, ONE_CONNECTION);
    for (const line of [...countLines(counts), ...findingLines(report)]) console.log(line);
    if (dryRun) console.log('This was a dry run: nothing was changed.');
    // A nightly job fails where nothing of it is in, not where some of it is wrong, or nothing is new.
    if (!isNothingIn(counts, report.hasErrors)) return;
    console.log('Nothing of it could be taken.');
    process.exitCode = 1;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    file?.close();
  }
}

const countLines = (counts: ImportCounts): string[] => [
  `${counts.rows} rows.`,
  ...ROOTS.map(table => [table, counts[table]] as const).map(
    ([table, { changed, created, updated, contested, refused }]) =>
      `${table}: ${changed} new or otherwise; ${created} created, ${updated} updated, ${contested} contested, ${refused} refused.`,
  ),
  ...(lookedAtAnew(counts) < counts.roots
    ? [`Only what is new or otherwise was looked at anew: ${lookedAtAnew(counts)} of ${counts.roots}.`]
    : []),
];
