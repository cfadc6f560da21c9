import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { traceSources } from './shared/source-traces.js';
import { StartFault } from './shared/start-fault.js';

// What Node has compiled is kept beside the program, where nobody writes who may not change the program itself. It goes
// without where that can't be written, and where an old Node does not know how.
module.enableCompileCache?.(fileURLToPath(new URL('../compiled', import.meta.url)));

if (process.sourceMapsEnabled) traceSources();

const program = new Command('npm run hub --')
  .description('Partnernetz: the hub for the local networks around German Jobcenters.')
  .addHelpText('after', '\nSettings come from the environment: HOST, PORT, DATABASE_URL, DATA_DIR, OIDC_ISSUER, ...');

/** Only the one that is asked for is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./command/serve.js')).serveCommand(),
  migrate: async () => (await import('./command/migrate.js')).migrateCommand(),
  seed: async () => (await import('./command/seed.js')).seedCommand(),
  token: async () => (await import('./command/token.js')).tokenCommand(),
  schema: async () => (await import('./command/schema.js')).schemaCommand(),
  grant: async () => (await import('./command/grant.js')).grantCommand(),
  network: async () => (await import('./command/network.js')).networkCommand(),
  import: async () => (await import('./command/import.js')).importCommand(),
  check: async () => (await import('./command/check.js')).checkCommand(),
  export: async () => (await import('./command/export.js')).exportCommand(),
  reindex: async () => (await import('./command/reindex.js')).reindexCommand(),
  finder: async () => (await import('./command/finder.js')).finderCommand(),
};

/** What the ORM needs; the packages bring a later one, which npm finds first. */
const OLDEST_NODE = 22;

try {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE)
    throw new StartFault(
      `This is Node ${process.versions.node}; start with npm, which takes the Node of the packages.`,
    );
  const asked = COMMANDS[process.argv[2] ?? ''];
  for (const command of asked ? [asked] : Object.values(COMMANDS)) program.addCommand(await command());
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error);
  process.exitCode = 1;
}
