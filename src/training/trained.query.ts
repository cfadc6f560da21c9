import { type Sql, sql } from '../shared/sql.js';

/**
 * SQL: how many of a team are trained in a topic on a day: those who attended for the first time by then, as long as it
 * counts, and never more than work there. Who was trained and left is not known by name, so it is an upper estimate.
 *
 * @param team, topic aliases of rows of `team` and `training_topic`
 */
export const trainedIn = (team: Sql, topic: Sql, on: Sql): Sql => sql`least(${team}.staff, (
  select coalesce(sum(came.first_time), 0) from training_attendance came
  join training_session held on held.id = came.session_id join training_course taught on taught.id = held.course_id
  where came.team_id = ${team}.id and ${topic}.code = any(taught.topics) and held.held_until <= ${on}
    and (${topic}.refresh_months is null or held.held_until > ${on} - make_interval(months => ${topic}.refresh_months))))::int`;
