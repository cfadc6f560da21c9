import { Command } from 'commander';
import { geoJsonCommands } from './export-geojson.js';
import { hsdsExportCommand } from './export-hsds.js';
import { jsonLdExportCommand } from './export-jsonld.js';

/** Each kind of export is a command of its own below this one. */
export const exportCommand = (): Command => {
  const group = new Command('export').description(
    'Hand data out as files: what the published directory tells everybody, and no more.',
  );
  for (const command of [...geoJsonCommands(), hsdsExportCommand(), jsonLdExportCommand()]) group.addCommand(command);
  return group;
};
