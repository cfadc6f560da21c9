import type { EntityManager } from '@mikro-orm/postgresql';
import { seesExactPlacesOf } from '../service/service.access.js';
import { dateOf, epoch } from '../shared/moment.js';
import { rowsOf, sql } from '../shared/sql.js';
import { coordinatedNetworks, editedPartners, type Viewer } from '../viewer/viewer.rules.js';
import type { ReportedPlaces } from './place-columns.rules.js';

/** Is the table of a partner, given by its ids, one with places? Others look at them service by service. */
export const showsPlaces = (viewer: Viewer, { partner, network }: { partner: string; network: string }): boolean =>
  editedPartners(viewer).includes(partner) || coordinatedNetworks(viewer).includes(network);

/** By service, what was last reported of its places; none where nothing was, or the viewer may not see it exactly. */
export async function reportedPlaces(
  em: EntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, ReportedPlaces>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<Omit<ReportedPlaces, 'reportedAt'> & { id: string; at: number }>(
    em,
    sql`select s.id, c.total, c.occupied_elsewhere as "occupiedElsewhere", c.reported_waiting as waiting,
          c.expected_wait_days as "expectedWaitDays", ${epoch(sql`c.reported_at`)} as at
        from service s join service_capacity c on c.service_id = s.id
        where s.id = any(${ids}::uuid[]) and c.reported_at is not null and ${seesExactPlacesOf(viewer, 's')}`,
  );
  return new Map(rows.map(({ id, at, ...places }) => [id, { ...places, reportedAt: dateOf(at) }]));
}
