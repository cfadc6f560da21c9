import { type Sql, sql, verbatim } from '../shared/sql.js';
import { caseworkNetworks, coordinatedNetworks, editedPartners, type Viewer } from '../viewer/viewer.rules.js';
import type { Service } from './service.entity.js';
import { DISCREET, showsCoarsely } from './service.rules.js';

/** Services are kept by the editors of their partner. */
export const mayEditService = (viewer: Viewer, service: Service): boolean =>
  editedPartners(viewer).includes(service.partner.id);

/**
 * The exact numbers of places, which others see rounded or not at all: for the partner itself and coordinators. Of a
 * discreet service not for coordinators who refer clients to the network too: a number that moves with one of her
 * referrals would tell her what the service does not.
 */
export const seesExactPlaces = (viewer: Viewer, service: Service): boolean =>
  mayEditService(viewer, service) ||
  (showsCoarsely(service) ? onlyCoordinated(viewer) : coordinatedNetworks(viewer)).includes(service.network.id);

/** SQL: the same for a row of `service`, or one with its partner and network that tells by itself whether it shows coarsely. */
export function seesExactPlacesOf(viewer: Viewer, alias: string, coarsely = showsCoarselyOf(alias)): Sql {
  const s = verbatim(alias);
  return sql`(${s}.partner_id = any(${editedPartners(viewer)}::uuid[])
    or ${s}.network_id = any(${onlyCoordinated(viewer)}::uuid[])
    or ${s}.network_id = any(${coordinatedNetworks(viewer)}::uuid[])
      and not ${coarsely})`;
}

/** SQL: `showsCoarsely` of the rules, for a row of `service`. */
export function showsCoarselyOf(alias: string): Sql {
  const s = verbatim(alias);
  return sql`(${s}.feedback_level = any(${DISCREET}::text[]) or ${s}.places_rounded_since is not null)`;
}

/** Ids of the networks that the viewer coordinates without referring clients there, also from another network. */
function onlyCoordinated(viewer: Viewer): string[] {
  const casework = [...caseworkNetworks(viewer), ...(viewer.refersTo ?? [])];
  return coordinatedNetworks(viewer).filter(id => !casework.includes(id));
}
