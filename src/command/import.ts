import { Command } from 'commander';
import { geographyCommands } from './import-geography.js';
import { hsdsCommand } from './import-hsds.js';

/** Each kind of import is a command of its own below this one. */
export const importCommand = (): Command => {
  const group = new Command('import').description(
    'Bring data in from files. Good rows are kept and bad ones listed; doing it again changes nothing. ' +
      'One’s own PostgreSQL needs DATABASE_OWNER_URL.',
  );
  for (const command of [...geographyCommands(), hsdsCommand()]) group.addCommand(command);
  return group;
};
