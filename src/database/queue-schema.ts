import type pg from 'pg';
import { openPool } from './client.js';

/** The schema that the job queue (graphile-worker) keeps its tables in. */
export const QUEUE = 'graphile_worker';

/** Revision of the queue's schema that this program works with: the last migration of the package in use. */
export const QUEUE_REVISION = 20;

/** The last migration of the queue that ran in a database; 0 where none has. */
export async function queueRevisionOf(client: pg.Client | pg.Pool): Promise<number> {
  const journal = `${QUEUE}.migrations`;
  const table = await client.query('select to_regclass($1) as name', [journal]);
  if (table.rows[0].name === null) return 0;
  const { rows } = await client.query(`select coalesce(max(id), 0) as revision from ${journal}`);
  return rows[0].revision;
}

/** Brings the queue's schema up to date, by the package's own migrations. The caller sees to it that nobody else does. */
export async function migrateQueue(ownerUrl: string, client: pg.Client): Promise<void> {
  if ((await queueRevisionOf(client)) >= QUEUE_REVISION) return;
  const { Logger, runMigrations } = await import('graphile-worker'); // late: most starts have nothing to migrate
  const pgPool = openPool(ownerUrl, { max: 1 });
  try {
    await runMigrations({ pgPool, schema: QUEUE, logger: new Logger(() => () => {}) }); // what fails is thrown
  } finally {
    await pgPool.end();
  }
}
