import type { EntityName } from '@mikro-orm/postgresql';
import type { Page } from './connection.js';
import type { Position } from './cursor.js';
import { isoMoment } from './moment.js';
import type { OrderedList } from './ordered-list.js';
import { type Sql, sql, verbatim } from './sql.js';

/** A list of what happened at a moment, newest first. `at`: the column with the moment. */
export const newestOf = <T extends object>(
  entity: EntityName<T>,
  table: string,
  at = 'created_at',
): OrderedList<T> => ({
  entity,
  table,
  order: orderOf('t', at),
  after: position => olderThan('t', at, position),
  position: row => [isoMoment(`${row}.${at}`), `'"' || ${row}.id || '"'`],
});

/** SQL: after the cursor's row, newest first; ties end in the id. */
export const newestAfter = (alias: string, page: Page): Sql[] =>
  page.after ? [olderThan(alias, 'created_at', page.after)] : [];

/** SQL: the order, and one row more than the page, which tells whether there is a next. */
export const newestFirst = (alias: string, page: Page): Sql =>
  verbatim(`order by ${orderOf(alias, 'created_at')} limit ${page.size + 1}`);

const orderOf = (alias: string, at: string): string => `${alias}.${at} desc, ${alias}.id desc`;

/** The cursor holds milliseconds, as the column does. */
const olderThan = (alias: string, at: string, [moment, id]: Position): Sql =>
  sql`(${verbatim(`${alias}.${at}, ${alias}.id`)}) < (${moment}::timestamptz, ${id}::uuid)`;

/** A list of what has a day of the calendar, the latest day first. `day`: the column with it. */
export const latestDayOf = <T extends object>(entity: EntityName<T>, table: string, day: string): OrderedList<T> => ({
  entity,
  table,
  order: orderOf('t', day),
  after: ([value, id]) => sql`(${verbatim(`t.${day}, t.id`)}) < (${value}::date, ${id}::uuid)`,
});
