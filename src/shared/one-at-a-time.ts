import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, sql } from './sql.js';

/** Whoever comes with the same words waits here until the one before has committed, and then sees what it wrote. */
export const oneAtATime = (tx: EntityManager, words: string): Promise<unknown> =>
  rowsOf(tx, sql`select pg_advisory_xact_lock(hashtextextended(${words}, 0))`);
