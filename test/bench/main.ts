import 'reflect-metadata';
import { Command } from 'commander';
import { plansCommand } from './gate/plans.command.js';
import { generateCommand } from './generate/generate.command.js';
import { benchCommand } from './run/bench.command.js';
import { soakCommand } from './run/soak.command.js';
import { startCommand } from './run/start.command.js';

await new Command('bench')
  .description('Benchmarks of the hub beside its peers, on generated data.')
  .addCommand(benchCommand(), { isDefault: true })
  .addCommand(generateCommand())
  .addCommand(plansCommand())
  .addCommand(startCommand())
  .addCommand(soakCommand())
  .parseAsync();
