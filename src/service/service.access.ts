import { type Sql, sql, verbatim } from '../shared/sql.js';
import { coordinatedNetworks, editedPartners, type Viewer } from '../viewer/viewer.rules.js';
import type { Service } from './service.entity.js';

/** Services are kept by the editors of their partner. */
export const mayEditService = (viewer: Viewer, service: Service): boolean =>
  editedPartners(viewer).includes(service.partner.id);

/** The exact numbers of places, which others see rounded or not at all: for the partner itself and coordinators. */
export const seesExactPlaces = (viewer: Viewer, service: Service): boolean =>
  mayEditService(viewer, service) || coordinatedNetworks(viewer).includes(service.network.id);

/** SQL: the same for a row of `service`. */
export function seesExactPlacesOf(viewer: Viewer, alias: string): Sql {
  const s = verbatim(alias);
  return sql`(${s}.partner_id = any(${editedPartners(viewer)}::uuid[])
    or ${s}.network_id = any(${coordinatedNetworks(viewer)}::uuid[]))`;
}
