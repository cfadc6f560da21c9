import { type Sql, sql } from './sql.js';

// Moments that no entity reads: the driver leaves them as texts.

/** SQL: a moment in milliseconds since 1970. */
export const epoch = (moment: Sql): Sql => sql`(extract(epoch from ${moment}) * 1000)::float8`;

export const dateOf = <T extends number | null>(milliseconds: T): T extends number ? Date : null =>
  (milliseconds === null ? null : new Date(milliseconds)) as T extends number ? Date : null;

/** SQL: the JSON of a moment in that column, as JavaScript writes it; null for null. */
export const isoMoment = (column: string): string =>
  `'"' || to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'`;
