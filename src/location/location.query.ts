import { type Sql, sql } from '../shared/sql.js';

/**
 * SQL: from where a site is measured, for a row `l` of `location` and `m` of its municipality. A protected address counts
 * as the centre of its municipality, and so does one without a position: from exact distances to three points anybody
 * could work out where a women's shelter is.
 */
export const MEASURED: { latitude: Sql; longitude: Sql } = {
  latitude: sql`case when ${toldExactly()} then l.latitude else m.latitude end`,
  longitude: sql`case when ${toldExactly()} then l.longitude else m.longitude end`,
};

function toldExactly(): Sql {
  return sql`not l.address_protected and l.latitude is not null and l.longitude is not null`;
}
