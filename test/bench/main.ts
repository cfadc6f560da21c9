import { Command } from 'commander';
import { generateCommand } from './generate/generate.command.js';

await new Command('bench')
  .description('Benchmarks of the hub beside its peers, on generated data.')
  .addCommand(generateCommand())
  .parseAsync();
