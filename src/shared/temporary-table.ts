import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, type Sql, sql, verbatim } from './sql.js';

/**
 * Notes what a statement finds in a table of the connection, with an index on its first column and with statistics:
 * of a source that is just coming in the planner knows nothing yet, and would look up a hundred thousand rows one by one.
 */
export async function noteIn(em: EntityManager, table: string, what: Sql, column: string): Promise<void> {
  const name = verbatim(table);
  await rowsOf(em, sql`drop table if exists pg_temp.${name}`);
  await rowsOf(em, sql`create temporary table ${name} as ${what}`);
  await rowsOf(em, sql`create index on ${name} (${verbatim(column)})`);
  await rowsOf(em, sql`analyze ${name}`);
}
