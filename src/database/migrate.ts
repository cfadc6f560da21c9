import { Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { migrations } from '../../migrations/index.js';
import { StartFault } from '../shared/start-fault.js';
import { grantTo } from './grants.js';
import { leaveMark } from './left-state.js';
import { alone, Lock } from './locks.js';
import { withOwner } from './owner.js';
import { migrateQueue } from './queue-schema.js';
import { writeReferenceData } from './reference-data.js';
import { SchemaState, schemaStateOf } from './schema-state.js';

export const NEWER_SCHEMA =
  'The database was migrated by a newer version of this program. Start that version, or restore an older backup.';

/**
 * Brings a database up to date: the job queue's schema, migrations, reference data, rights of the serving role. All
 * migrations of the program run in one transaction; of several hubs that start at once one does it and the others wait.
 *
 * @param ownerUrl of the role that owns the database
 * @param servingRole name of the role that the hub serves as
 * @returns names of the migrations that ran
 * @throws StartFault
 */
export const migrate = (ownerUrl: string, servingRole: string): Promise<string[]> =>
  alone(ownerUrl, Lock.MIGRATING, async client => {
    const state = await schemaStateOf(client);
    if (state === SchemaState.NEWER) throw new StartFault(NEWER_SCHEMA);
    const work = async (orm: MikroORM): Promise<string[]> => {
      await migrateQueue(ownerUrl, client);
      const ran = state === SchemaState.CURRENT ? [] : await orm.migrator.up();
      await writeReferenceData(orm.em.fork());
      await grantTo(client, servingRole);
      await leaveMark(client, servingRole);
      return ran.map(migration => migration.name);
    };
    const options = {
      extensions: [Migrator],
      migrations: { migrationsList: migrations, snapshot: false, silent: true },
    };
    return withOwner(ownerUrl, work, options).catch(error => {
      throw migrationFault(error);
    });
  });

const RIGHTS_MISSING = '42501';

function migrationFault(error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (code !== RIGHTS_MISSING) return error;
  return new StartFault(`The owner’s role lacks rights to migrate: ${message.split(' - ').at(-1)}.`);
}
