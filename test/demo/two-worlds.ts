import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/postgresql';
import { ormConnection, withClient } from '../../src/database/client.js';
import { openEmbedded } from '../../src/database/embedded.js';
import { migrate } from '../../src/database/migrate.js';
import { entities } from '../../src/entities.js';
import { systemSession } from '../../src/shared/policies.js';
import { superuserUrl, temporaryDir } from '../support/data-dir.js';

/** A migrated database, as its owner, who is under the policies like everybody else. */
export interface World {
  readonly orm: MikroORM;
  /** Rows of a statement under the SYSTEM context. */
  rows<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
  /** The only value of a statement's only row. */
  value<T>(sql: string, values?: unknown[]): Promise<T>;
}

/** Two empty migrated databases in a PostgreSQL of their own. */
export async function twoWorlds(): Promise<{ worlds: [World, World]; close(): Promise<void> }> {
  const dataDir = join(await temporaryDir(), 'data');
  const embedded = await openEmbedded(dataDir, { serving: false });
  const second = new URL(embedded.ownerUrl);
  second.pathname = '/second';
  await withClient(await superuserUrl(dataDir, embedded.url), client =>
    client.query('create database second owner hub_owner'),
  );
  await migrate(embedded.ownerUrl, 'hub_app');
  await migrate(second.href, 'hub_app');
  const worlds: [World, World] = [await world(embedded.ownerUrl), await world(second.href)];
  return {
    worlds,
    async close() {
      await Promise.all(worlds.map(({ orm }) => orm.close(true)));
      await embedded.close();
      await rm(join(dataDir, '..'), { recursive: true });
    },
  };
}

async function world(ownerUrl: string): Promise<World> {
  const orm = await MikroORM.init({ ...ormConnection(ownerUrl), entities });
  const rows = <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
    orm.em.fork({ session: systemSession(new Date()) }).transactional(tx => tx.execute<T[]>(sql, values));
  return {
    orm,
    rows,
    async value<T>(sql: string, values: unknown[] = []) {
      const [row] = await rows<Record<string, T>>(sql, values);
      return Object.values(row!)[0] as T;
    },
  };
}
