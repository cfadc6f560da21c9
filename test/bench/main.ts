import { Command } from 'commander';
import { generateCommand } from './generate/generate.command.js';
import { benchCommand } from './run/bench.command.js';

await new Command('bench')
  .description('Benchmarks of the hub beside its peers, on generated data.')
  .addCommand(benchCommand(), { isDefault: true })
  .addCommand(generateCommand())
  .parseAsync();
