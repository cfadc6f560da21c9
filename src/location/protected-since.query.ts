import { type Sql, sql } from '../shared/sql.js';

/** SQL: is the address of the location with this id protected, or was it at the moment, or at any time since? */
export const wasProtectedSince = (location: Sql, at: Sql): Sql => sql`exists (
  select from location guarded where guarded.id = ${location} and (guarded.address_protected or exists (
    select from revision turn where turn.record_id = guarded.id and turn.at >= ${at}
      and turn.changes->'addressProtected' is not null)))`;
