import type pg from 'pg';
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
export const copyOfTemplate = (name: string): Promise<TestDatabase> =>
  underLock(client => copy(client, TEMPLATE, name));

/** The same of the template once it was filled, which is done for the first that asks and for all of the run. */
export const copyOfFilled = (
  filled: string,
  name: string,
  fill: (database: TestDatabase) => Promise<void>,
): Promise<TestDatabase> =>
  underLock(async client => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [filled]);
    if (rowCount === 0) {
      await copy(client, TEMPLATE, `${filled}_begun`);
      await fill(addresses(`${filled}_begun`));
      await client.query(`alter database ${filled}_begun rename to ${filled}`);
    }
    return copy(client, filled, name);
  });

/** One copy at a time: PostgreSQL refuses while another copies. */
const underLock = <T>(work: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(inject('database').superuser, async client => {
    await client.query('select pg_advisory_lock(4711)');
    return work(client);
  });

async function copy(client: pg.Client, template: string, name: string): Promise<TestDatabase> {
  const owner = new URL(inject('database').owner).username;
  await client.query(`create database ${name} template ${template} owner ${owner}`);
  // What everybody may do with a database is no part of a copy.
  await limitDatabase(client, name);
  return addresses(name);
}

function addresses(name: string): TestDatabase {
  const { superuser, owner, hubApp } = inject('database');
  return { superuser: at(superuser, name), owner: at(owner, name), hubApp: at(hubApp, name) };
}

/** The address of another database beside this one. */
export function at(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.href;
}
