import { Command } from 'commander';
import { checkCommand } from './command/check.js';
import { exportCommand } from './command/export.js';
import { finderCommand } from './command/finder.js';
import { grantCommand } from './command/grant.js';
import { importCommand } from './command/import.js';
import { migrateCommand } from './command/migrate.js';
import { networkCommand } from './command/network.js';
import { reindexCommand } from './command/reindex.js';
import { schemaCommand } from './command/schema.js';
import { seedCommand } from './command/seed.js';
import { serveCommand } from './command/serve.js';
import { tokenCommand } from './command/token.js';
import { StartFault } from './shared/start-fault.js';

const program = new Command('npm run hub --')
  .description('Partnernetz: the hub for the local networks around German Jobcenters.')
  .addHelpText('after', '\nSettings come from the environment: HOST, PORT, DATABASE_URL, DATA_DIR, OIDC_ISSUER, ...');

const COMMANDS = [
  serveCommand,
  migrateCommand,
  seedCommand,
  tokenCommand,
  schemaCommand,
  grantCommand,
  networkCommand,
  importCommand,
  checkCommand,
  exportCommand,
  reindexCommand,
  finderCommand,
];
for (const command of COMMANDS) program.addCommand(command());

/** What the ORM needs; the packages bring a later one, which npm finds first. */
const OLDEST_NODE = 22;

try {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE)
    throw new StartFault(
      `This is Node ${process.versions.node}; start with npm, which takes the Node of the packages.`,
    );
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error);
  process.exitCode = 1;
}
