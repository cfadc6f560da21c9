import { FeatureState } from '../location/location.rules.js';
import { DeliveryMode } from '../service/service.rules.js';
import { haversineKm } from '../shared/geo.rules.js';
import type { Candidate, Question, Site } from './match.rules.js';

/** The site that is measured, and whether it has all that the question requires. */
export interface Reach {
  site: Site | null;
  distanceKm: number | null;
  accessible: boolean;
}

/** Does the service come to the client, or not need a way at all? */
export const comesAlong = ({ deliveryModes }: Candidate): boolean =>
  deliveryModes.includes(DeliveryMode.ONLINE) || deliveryModes.includes(DeliveryMode.OUTREACH);

/**
 * The nearest site among those that have every required feature, else the nearest of all. Where nothing is known of a
 * feature it is not there, so without a site no requirement is met. Equally near sites: the smaller id.
 */
export function reachOf(candidate: Candidate, question: Question): Reach {
  const sites = candidate.sites
    .map(site => ({ site, distanceKm: haversineKm(question.from, site) }))
    .sort((a, b) => a.distanceKm - b.distanceKm || (a.site.id < b.site.id ? -1 : 1));
  const accessible = sites.find(({ site }) =>
    question.accessibility.every(one => site.accessibility[one] === FeatureState.YES),
  );
  const chosen = accessible ?? sites[0];
  return {
    site: chosen?.site ?? null,
    distanceKm: chosen?.distanceKm ?? null,
    accessible: question.accessibility.length === 0 || accessible !== undefined,
  };
}
