import { MikroORM } from '@mikro-orm/postgresql';
import { ormConnection } from '../../src/database/client.js';
import { entities } from '../../src/entities.js';
import { systemSession } from '../../src/shared/policies.js';
import { copyOfTemplate } from '../support/database.js';

/** A migrated database, as its owner, who is under the policies like everybody else. */
export interface World {
  readonly orm: MikroORM;
  /** Rows of a statement under the SYSTEM context. */
  rows<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
  /** The only value of a statement's only row. */
  value<T>(sql: string, values?: unknown[]): Promise<T>;
}

/** An empty migrated database of its own. */
export async function emptyWorld(name: string): Promise<World> {
  const { owner } = await copyOfTemplate(name);
  const orm = await MikroORM.init({ ...ormConnection(owner), entities });
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
