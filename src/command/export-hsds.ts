import { IsolationLevel } from '@mikro-orm/postgresql';
import { Command, Option } from 'commander';
import { withBoundedMemory } from './bounded-memory.js';
import { commandProgress } from './progress.js';
import { asAnybody } from './public-context.js';
import { wholeFile, writeOut } from './write-out.js';

export const hsdsExportCommand = (): Command =>
  new Command('hsds')
    .description(
      'The published directory of a network in the form of the Human Services Data Specification 3.1: a zip, or a folder ' +
        'where the path does not end in ".zip". What came from elsewhere goes out with all that was said there.',
    )
    .argument('<path>', 'where to')
    .requiredOption('--network <slug>', 'which network')
    .addOption(
      new Option(
        '--format <format>',
        'tables as CSV, or records with all that belongs to them, one file or a line each',
      )
        .choices(['csv', 'json', 'ndjson'])
        .default('csv'),
    )
    .action(exportDirectory);

interface Options {
  network: string;
  format: 'csv' | 'json' | 'ndjson';
}

async function exportDirectory(path: string, { network, format }: Options): Promise<void> {
  if (format !== 'csv') return exportObjects(path, network, format);
  await asAnybody(async ({ em }) => {
    const [{ knownNetwork }, { hsdsRows }, { spoolTables, writeFolder, writeZip }] = await Promise.all([
      import('../network/network.query.js'),
      import('../hsds-export/hsds-rows.query.js'),
      import('../hsds-export/hsds-files.js'),
    ]);
    const { id } = await knownNetwork(em, network, 'network');
    const progress = withBoundedMemory(commandProgress());
    const files = await em.transactional(tx => spoolTables(hsdsRows(tx, id, progress)), {
      isolationLevel: IsolationLevel.REPEATABLE_READ,
    });
    try {
      if (path.endsWith('.zip')) await wholeFile(path, into => writeZip(files, into, progress));
      else await writeFolder(files, path, progress);
      console.log(`${path}: ${files.tables.join(', ')}.`);
    } finally {
      await files.remove();
    }
  });
}

/** One array, or a line each; written as it is read. */
async function exportObjects(path: string, network: string, format: 'json' | 'ndjson'): Promise<void> {
  const leftOut = new Map<string, number>();
  await asAnybody(async ({ em }) => {
    const [{ knownNetwork }, { hsdsObjects }] = await Promise.all([
      import('../network/network.query.js'),
      import('../hsds-export/hsds-json.query.js'),
    ]);
    const { id } = await knownNetwork(em, network, 'network');
    await em.transactional(
      tx =>
        writeOut(
          texts(
            hsdsObjects(
              tx,
              id,
              table => void leftOut.set(table, (leftOut.get(table) ?? 0) + 1),
              withBoundedMemory(commandProgress()),
            ),
            format,
          ),
          path,
        ),
      { isolationLevel: IsolationLevel.REPEATABLE_READ },
    );
  });
  for (const [table, count] of leftOut)
    console.log(`${table}: ${count} rows belong to no record; they are only in a zip or folder.`);
}

async function* texts(objects: AsyncIterable<object>, format: 'json' | 'ndjson'): AsyncGenerator<string> {
  const [open, between, close] = format === 'json' ? ['[\n', ',\n', '\n]\n'] : ['', '\n', '\n'];
  let before = open;
  for await (const object of objects) {
    yield before + JSON.stringify(object);
    before = between;
  }
  yield before === open ? open + close : close;
}
