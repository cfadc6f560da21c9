import type pg from 'pg';
import { withClient } from './client.js';
import { QUEUE_REVISION, queueRevisionOf } from './queue-schema.js';

/** How a database stands to this program. */
export enum SchemaState {
  /** No migration has run. */
  EMPTY = 'EMPTY',
  /** Some of the program's migrations are missing, or of its job queue's. */
  BEHIND = 'BEHIND',
  CURRENT = 'CURRENT',
  /** A later program has migrated it. */
  NEWER = 'NEWER',
}

/** Compares the migrations that ran with those of the program and of its job queue; the serving role may read both. */
export const schemaState = (url: string): Promise<SchemaState> => withClient(url, schemaStateOf);

export async function schemaStateOf(client: pg.Client | pg.Pool): Promise<SchemaState> {
  const table = await client.query(`select to_regclass('public.mikro_orm_migrations') as name`);
  if (table.rows[0].name === null) return SchemaState.EMPTY;
  const { rows } = await client.query<{ name: string }>('select name from public.mikro_orm_migrations');
  if (rows.length === 0) return SchemaState.EMPTY;
  const { migrations } = await import('../../migrations/index.js'); // late: a start that has nothing to migrate goes without
  const known = new Set(migrations.map(migration => migration.name));
  const queue = await queueRevisionOf(client);
  if (rows.some(row => !known.has(row.name)) || queue > QUEUE_REVISION) return SchemaState.NEWER;
  return rows.length < known.size || queue < QUEUE_REVISION ? SchemaState.BEHIND : SchemaState.CURRENT;
}
