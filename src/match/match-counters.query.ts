import { type Sql, verbatim } from '../shared/sql.js';

/** SQL: a counter of a day without what was taken back of it, as far as that is known by then. @param until SQL: a day */
export const takenBackUntil = (row: string, count: string, until: string): Sql =>
  verbatim(`${row}.${count} - case when ${row}.taken_back_in <= ${until} then ${row}.taken_back else 0 end`);
