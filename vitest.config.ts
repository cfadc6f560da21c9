import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

// Vite would take graphql's ESM build where Node takes CommonJS: two copies, and `instanceof` fails between them.
const graphql = createRequire(import.meta.url).resolve('graphql');

/** Tests that put modules of their own in the place of others, or have a small schema of their own. */
const ALONE = ['test/**/{access-off,*.alone}.test.ts', 'test/http/*.test.ts'];

export default defineConfig({
  oxc: { decorator: { legacy: true } },
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    setupFiles: ['reflect-metadata'],
    globalSetup: ['test/support/postgres.ts'],
    reporters: ['default', './test/support/closing-line.reporter.ts'],
    // Each file has a database of its own, for which it waits half of its time: three on two cores take 5 % off.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // For what hangs: how fast something is on a busy machine is no part of its test.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        test: {
          name: 'hub',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ALONE],
          // Files share the modules that they import, which takes a third of the time off, but no database.
          isolate: false,
        },
      },
      { test: { name: 'alone', include: ALONE } },
    ],
  },
});
