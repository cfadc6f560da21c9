import { type Sql, sql } from '../shared/sql.js';
import { staffOn } from '../team/team-staff.query.js';

/**
 * SQL: how many of a team are trained in a topic on a day: as many as ever came for the first time, as many as came within
 * the months for which a training counts, and as many as worked there; the least of these. So who refreshes in time stays
 * trained, and is counted once. Who it was, or left, is not known by name: it is an upper estimate, which supposes that
 * those refresh whose training is the oldest.
 *
 * @param team, topic aliases of rows of `team` and `training_topic`
 */
export const trainedIn = (team: Sql, topic: Sql, on: Sql): Sql => sql`least(${staffOn(team, on)}, (
  select least(coalesce(sum(came.first_time), 0), coalesce(sum(came.attended) filter (
      where ${topic}.refresh_months is null or held.held_until > ${on} - make_interval(months => ${topic}.refresh_months)), 0))
  from training_attendance came
  join training_session held on held.id = came.session_id join training_course taught on taught.id = held.course_id
  where came.team_id = ${team}.id and ${topic}.code = any(taught.topics) and held.held_until <= ${on}))::int`;
