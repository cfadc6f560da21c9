import { Command } from 'commander';

export const checkCommand = (): Command =>
  new Command('check')
    .description('Read data of others and tell what is wrong with it. Needs no database and changes nothing.')
    .addCommand(
      new Command('hsds')
        .description(
          'A feed of the Human Services Data Specification (3.1, 3.0, older ones, Ohana): a folder, a zip, a CSV, JSON or ' +
            'NDJSON. Ends with 1 where there are errors.',
        )
        .argument('<path>', 'the feed')
        .option('--json <file>', 'write every finding there, one JSON object a line')
        .action(async (path: string, options: { json?: string }) => {
          const { checkHsds } = await import('./check-hsds.js');
          await checkHsds(path, options);
        }),
    );
