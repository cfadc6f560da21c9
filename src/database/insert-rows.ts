import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Writes many rows of one table in one statement. All rows have the columns of the first; PostgreSQL reads the values
 * as the column's type from JSON: text for dates and moments, arrays for arrays. @param onConflict SQL, no values
 */
export async function insertRows(
  em: EntityManager,
  table: string,
  rows: readonly object[],
  onConflict = '',
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first)
    .map(column => `"${column}"`)
    .join(', ');
  await em.execute(
    `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", ?::jsonb) ${onConflict}`,
    [JSON.stringify(rows)],
  );
}
