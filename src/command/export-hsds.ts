import { createWriteStream } from 'node:fs';
import { IsolationLevel } from '@mikro-orm/postgresql';
import { Command } from 'commander';
import { asAnybody } from './public-context.js';

export const hsdsExportCommand = (): Command =>
  new Command('hsds')
    .description(
      'The published directory of a network in the form of the Human Services Data Specification 3.1: a zip, or a folder ' +
        'where the path does not end in ".zip". What came from elsewhere goes out with all that was said there.',
    )
    .argument('<path>', 'where to')
    .requiredOption('--network <slug>', 'which network')
    .action(exportDirectory);

async function exportDirectory(path: string, { network }: { network: string }): Promise<void> {
  await asAnybody(async ({ em }) => {
    const [{ knownNetwork }, { hsdsRows }, { spoolTables, writeFolder, writeZip }] = await Promise.all([
      import('../network/network.query.js'),
      import('../hsds-export/hsds-rows.query.js'),
      import('../hsds-export/hsds-files.js'),
    ]);
    const { id } = await knownNetwork(em, network, 'network');
    const files = await em.transactional(tx => spoolTables(hsdsRows(tx, id)), {
      isolationLevel: IsolationLevel.REPEATABLE_READ,
    });
    try {
      if (path.endsWith('.zip')) await writeZip(files, createWriteStream(path));
      else await writeFolder(files, path);
      console.log(`${path}: ${files.tables.join(', ')}.`);
    } finally {
      await files.remove();
    }
  });
}
