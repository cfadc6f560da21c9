import { STATE_NAMES } from '../shared/german-states.rules.js';
import { type Sql, sql } from '../shared/sql.js';

/** SQL: what the area is called whose `area_key` a row has. A state has its name in the program. */
export const nameOfArea = (row: Sql): Sql => sql`coalesce(case length(${row}.area_key)
  when 8 then (select m.name from municipality m where m.key = ${row}.area_key)
  when 5 then coalesce(
    (select m.district_name from municipality m where m.district_key = ${row}.area_key limit 1),
    (select d.name from district d where d.key = ${row}.area_key))
  else ${JSON.stringify(STATE_NAMES)}::jsonb ->> ${row}.area_key end, 'Gebiet ' || ${row}.area_key)`;
