import { type Sql, sql } from '../shared/sql.js';

/** SQL: id of the assessment that decides of the location with the id in this column; null where none was completed. */
export const latestAssessment = (location: Sql): Sql => sql`(
  select latest.id from accessibility_assessment latest
  where latest.location_id = ${location} and latest.status = 'COMPLETED'
  order by latest.assessed_on desc, latest.completed_at desc, latest.id desc limit 1)`;
