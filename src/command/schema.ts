import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';

const FILE = 'schema/hub.graphql';

export const schemaCommand = (): Command =>
  new Command('schema')
    .description('Print the GraphQL schema. Needs no database.')
    .option('--write', `write it to ${FILE} instead, where the project keeps it`)
    .action(printSchema);

async function printSchema({ write }: { write?: boolean }): Promise<void> {
  await import('reflect-metadata');
  const { hubSdl } = await import('../schema.js');
  const sdl = await hubSdl();
  if (write) await writeFile(FILE, sdl);
  else process.stdout.write(sdl);
}
