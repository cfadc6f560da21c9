import { type Sql, verbatim } from '../shared/sql.js';

/** SQL: by what the places on a waiting list are ordered: urgent first, then who waits longest. `w`: the alias. */
export const placeInLine = (w: string): Sql => verbatim(`not ${w}.urgent, ${w}.since, ${w}.id`);

/** SQL: does `w` come before `own` on their list? */
export const isBefore = (w: string, own: string): Sql =>
  verbatim(`(${placeInLine(w).text}) < (${placeInLine(own).text})`);
