import type { EntityManager, QueryResult } from '@mikro-orm/postgresql';
import type { Sql } from './sql.js';

/** Runs a statement that changes rows; tells how many. */
export async function change(em: EntityManager, { text, values }: Sql): Promise<number> {
  return (await em.execute<QueryResult>(text, [...values], 'run')).affectedRows;
}

/** The hub's own effects assert the row that they touch: none, also one that a policy hides, is a bug and no refusal. */
export async function changeOne(tx: EntityManager, statement: Sql): Promise<void> {
  const rows = await change(tx, statement);
  if (rows !== 1) throw new Error(`One row was to change, ${rows} did.`);
}
