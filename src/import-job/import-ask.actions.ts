import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, sql } from '../shared/sql.js';

/** Asks a hub that is free to look for imports, as soon as the transaction is done; the queue's own name for the task. */
export async function askForImports(tx: EntityManager): Promise<void> {
  await rowsOf(tx, sql`select graphile_worker.add_job('imports', job_key => 'imports')`);
}
