import type { Page } from './connection.js';
import { type Sql, sql, verbatim } from './sql.js';

/** SQL: after the cursor's row, newest first; ties end in the id. The cursor holds milliseconds, as the column does. */
export function newestAfter(alias: string, page: Page): Sql[] {
  if (!page.after) return [];
  const [createdAt, id] = page.after;
  return [sql`(${verbatim(`${alias}.created_at, ${alias}.id`)}) < (${createdAt}::timestamptz, ${id}::uuid)`];
}

/** SQL: the order, and one row more than the page, which tells whether there is a next. */
export const newestFirst = (alias: string, page: Page): Sql =>
  verbatim(`order by ${alias}.created_at desc, ${alias}.id desc limit ${page.size + 1}`);
