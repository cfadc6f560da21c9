import 'reflect-metadata';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig } from '@mikro-orm/postgresql';
import { entities } from './src/entities.js';

/** For the MikroORM command line, when a migration is written; the hub itself starts from src/hub.ts. */
export default defineConfig({
  entities,
  extensions: [Migrator],
  migrations: { path: 'migrations', pathTs: 'migrations', snapshot: true },
});
