import { AccessibilityFeature, FeatureState } from '../location/location.rules.js';
import type { JsonValue } from '../record/record.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { CATALOGUE } from './catalogue/catalogue.js';
import { openingHours } from './details.js';
import type { DemoMunicipality, DemoNetwork } from './geography.data.js';
import { municipalitiesOf, townName } from './geography.js';
import type { OfficeTime } from './office-time.js';
import type { PartnerSpec } from './partners/partner-spec.js';
import { isOfPersona, partnerId } from './partners/partners.js';
import { demoId, Random } from './random.js';
import { STREETS } from './streets.data.js';

/** As in the table `location`, without what it has from its partner. */
export interface SiteRow {
  readonly id: string;
  readonly partner_id: string;
  readonly name: string | null;
  readonly street: string;
  readonly postal_code: string;
  readonly city: string;
  readonly municipality_key: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly address_protected: boolean;
  readonly opening_hours: readonly JsonValue[];
}

/** As in the table `accessibility_entry`. */
export interface AccessibilityRow {
  readonly location_id: string;
  readonly feature: AccessibilityFeature;
  readonly state: FeatureState;
  readonly assessed_on: string | null;
}

const BRANCHES = ['Außenstelle Nord', 'Außenstelle Süd', 'Außenstelle West', 'Außenstelle Ost'] as const;

/** One site of a partner, by its place in the list, and what is known of its accessibility. */
export function buildSite(network: DemoNetwork, spec: PartnerSpec, site: number, time: OfficeTime) {
  const random = new Random(`location/${spec.key}/${site}`);
  const town = spec.sites[site]!;
  const municipality = municipalitiesOf(network).find(({ name }) => name === town);
  if (!municipality) throw new Error(`${spec.key}: ${town} is not in ${network.name}`);
  const id = demoId(`location/${spec.key}/${site}`);
  const location: SiteRow = {
    id,
    partner_id: partnerId(spec.key),
    name: nameOfSite(random, spec, site),
    street: `${random.pick(STREETS)} ${random.int(1, 84)}`,
    postal_code: random.pick(municipality.postalCodes),
    city: townName(town),
    municipality_key: municipality.key,
    ...position(random, municipality, spec),
    address_protected: spec.protected ?? false,
    opening_hours: openingHours(spec, site, time),
  };
  return { location, accessibility: buildAccessibility(random, spec, id, time) };
}

function nameOfSite(random: Random, { sites }: PartnerSpec, site: number): string | null {
  const town = sites[site]!;
  if (sites.length === 1) return null;
  if (site === 0) return 'Geschäftsstelle';
  return sites.indexOf(town) === site ? `Standort ${townName(town)}` : random.pick(BRANCHES);
}

const KM_PER_DEGREE = 111.2;

/** Near the centre; of a protected address the centre itself, so that no distance gives it away. */
function position(random: Random, { population, latitude, longitude }: DemoMunicipality, spec: PartnerSpec) {
  if (spec.protected) return { latitude, longitude };
  const radius = population > 200_000 ? 4 : 1.2;
  const distance = radius * Math.sqrt(random.next());
  const angle = random.between(0, 2 * Math.PI);
  const north = (distance * Math.cos(angle)) / KM_PER_DEGREE;
  const east = (distance * Math.sin(angle)) / (KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180));
  return { latitude: round6(latitude + north), longitude: round6(longitude + east) };
}

const round6 = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** How often each feature is there, where somebody looked. */
const PRESENT: Readonly<Record<AccessibilityFeature, number>> = {
  STEP_FREE_ENTRANCE: 0.7,
  LIFT: 0.5,
  ACCESSIBLE_TOILET: 0.55,
  ACCESSIBLE_PARKING: 0.45,
  TACTILE_GUIDANCE: 0.15,
  INDUCTION_LOOP: 0.15,
  SIGN_LANGUAGE: 0.05,
  EASY_LANGUAGE: 0.35,
  QUIET_ROOM: 0.4,
};

const ALWAYS_AT_PERSONAS: readonly AccessibilityFeature[] = [
  AccessibilityFeature.STEP_FREE_ENTRANCE,
  AccessibilityFeature.ACCESSIBLE_TOILET,
  AccessibilityFeature.EASY_LANGUAGE,
];

function buildAccessibility(random: Random, spec: PartnerSpec, location: string, time: OfficeTime): AccessibilityRow[] {
  const signs = spec.offers.some(key => CATALOGUE[key].speaks?.includes('gsg'));
  return Object.values(AccessibilityFeature).flatMap((feature): AccessibilityRow[] => {
    const sure =
      (signs && feature === AccessibilityFeature.SIGN_LANGUAGE) ||
      (isOfPersona(spec) && ALWAYS_AT_PERSONAS.includes(feature));
    if (!sure && random.chance(0.25)) return [];
    const assessed = berlinDay(time.daysAgo(random.between(5, 500)));
    if (!sure && random.chance(0.08)) {
      return [{ location_id: location, feature, state: FeatureState.UNKNOWN, assessed_on: null }];
    }
    const state = sure || random.chance(PRESENT[feature]) ? FeatureState.YES : FeatureState.NO;
    return [{ location_id: location, feature, state, assessed_on: assessed }];
  });
}
