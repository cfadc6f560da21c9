import { ofSeenPartner } from '../partner/partner.access.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, type Sql, sql } from '../shared/sql.js';
import { Location } from './location.entity.js';

/** Null where there is none that the viewer may see. For one that was merged, the one that remains. */
export async function findLocation({ em, viewer }: Context, id: string): Promise<Location | null> {
  if (!isId(id)) return null;
  const which = sql`t.id = ${standingLocation(id)} and ${ofSeenPartner(viewer, sql`t.partner_id`)}`;
  const found = await entitiesOf(
    em,
    Location,
    sql`select ${columnsOf(em, Location, 't')} from location t where ${which}`,
  );
  return found[0] ?? null;
}

/** SQL: the id of the location that this one was joined with; its own where it was not. */
export const standingLocation = (id: string): Sql =>
  sql`(select coalesce(named.merged_into_id, named.id) from location named where named.id = ${id})`;

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
