import { inject } from 'vitest';
import { withClient } from '../../src/database/client.js';
import { limitDatabase } from '../../src/database/embedded.js';
import { TEMPLATE } from './postgres.js';

export interface TestDatabase {
  superuser: string;
  owner: string;
  hubApp: string;
}

/** A database of its own: a copy of the migrated template, with the rights of the embedded one. */
export async function copyOfTemplate(name: string): Promise<TestDatabase> {
  const template = inject('database');
  await withClient(template.superuser, async client => {
    // One copy at a time: PostgreSQL refuses while another copies.
    await client.query('select pg_advisory_lock(4711)');
    await client.query(`create database ${name} template ${TEMPLATE} owner ${new URL(template.owner).username}`);
    // What everybody may do with a database is no part of a copy.
    await limitDatabase(client, name);
  });
  return {
    superuser: at(template.superuser, name),
    owner: at(template.owner, name),
    hubApp: at(template.hubApp, name),
  };
}

/** The address of another database beside this one. */
export function at(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}
