import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

// Vite would take graphql's ESM build where Node takes CommonJS: two copies, and `instanceof` fails between them.
const graphql = createRequire(import.meta.url).resolve('graphql');

export default defineConfig({
  oxc: { decorator: { legacy: true } },
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['reflect-metadata'],
    globalSetup: ['test/support/postgres.ts'],
    reporters: ['default', './test/support/closing-line.reporter.ts'],
    // Each file has a database of its own; vitest would leave one core idle.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
