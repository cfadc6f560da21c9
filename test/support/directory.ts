import type { EntityManager } from '@mikro-orm/postgresql';
import { AccessibilityEntry, Location } from '../../src/location/location.entity.js';
import type { AccessibilityFeature, FeatureState } from '../../src/location/location.rules.js';
import { Municipality } from '../../src/municipality/municipality.entity.js';
import { Network, NetworkMunicipality } from '../../src/network/network.entity.js';
import { Partner } from '../../src/partner/partner.entity.js';
import { PartnerKind } from '../../src/partner/partner.rules.js';
import {
  Service,
  ServiceArea,
  ServiceCategory,
  ServiceLocation,
  ServiceNeed,
} from '../../src/service/service.entity.js';
import { DeliveryMode, FeedbackLevel } from '../../src/service/service.rules.js';
import { ServiceCapacity } from '../../src/service/service-capacity.entity.js';
import { ANONYMOUS, Role, type Viewer } from '../../src/viewer/viewer.rules.js';

type Wish<T, Keys extends keyof T> = Partial<Pick<T, Keys>>;

export type PartnerWish = Wish<
  Partner,
  'kinds' | 'description' | 'email' | 'phone' | 'website' | 'confirmedAt' | 'version' | 'updatedAt'
> & { parent?: Partner };

export type LocationWish = Wish<
  Location,
  'name' | 'storedStreet' | 'storedPostalCode' | 'city' | 'latitude' | 'longitude' | 'addressProtected'
> & { features?: Partial<Record<AccessibilityFeature, FeatureState>>; assessedOn?: string };

export type ServiceWish = Wish<
  Service,
  | 'description'
  | 'status'
  | 'intakePausedUntil'
  | 'languages'
  | 'interpretation'
  | 'deliveryModes'
  | 'minimumAge'
  | 'maximumAge'
  | 'keepsWaitingList'
  | 'feedbackLevel'
  | 'confirmedAt'
  | 'updatedAt'
> & {
  categories?: readonly string[];
  needs?: readonly string[];
  areas?: readonly string[];
  locations?: readonly Location[];
  capacity?: Wish<
    ServiceCapacity,
    'total' | 'reserved' | 'occupiedElsewhere' | 'reportedWaiting' | 'waitlisted' | 'expectedWaitDays' | 'reportedAt'
  >;
};

let networks = 0;

/** Builds a directory piece by piece. What is not wished for is empty or unknown. */
export function directory(em: EntityManager) {
  const stored = async <T extends object>(thing: T): Promise<T> => {
    await em.flush();
    return thing;
  };

  async function network(name: string, ...municipalities: Municipality[]): Promise<Network> {
    const made = em.create(Network, { slug: `netz-${++networks}`, name, matchWeights: null });
    for (const municipality of municipalities) em.create(NetworkMunicipality, { network: made, municipality });
    return stored(made);
  }

  /** Its district's name is "Kreis", and its key. */
  const municipality = (key: string, name: string, wish: Wish<Municipality, 'population' | 'recipients'> = {}) =>
    stored(
      em.create(Municipality, {
        key,
        name,
        districtKey: key.slice(0, 5),
        districtName: `Kreis ${key.slice(0, 5)}`,
        latitude: 50.75,
        longitude: 6.25,
        population: null,
        recipients: null,
        ...wish,
      }),
    );

  const partner = (network: Network, name: string, wish: PartnerWish = {}): Promise<Partner> =>
    stored(
      em.create(Partner, {
        network,
        name,
        kinds: [PartnerKind.COUNSELLING_CENTRE],
        description: null,
        email: null,
        phone: null,
        website: null,
        confirmedAt: null,
        ...wish,
        parent: wish.parent ?? null,
      }),
    );

  async function location(partner: Partner, municipality: Municipality, wish: LocationWish = {}): Promise<Location> {
    const { features = {}, assessedOn = null, ...rest } = wish;
    const made = em.create(Location, {
      partner,
      municipality,
      name: null,
      storedStreet: null,
      storedPostalCode: null,
      city: municipality.name,
      latitude: null,
      longitude: null,
      ...rest,
    });
    for (const [feature, state] of Object.entries(features) as [AccessibilityFeature, FeatureState][])
      em.create(AccessibilityEntry, { location: made, feature, state, assessedOn });
    return stored(made);
  }

  async function service(partner: Partner, name: string, wish: ServiceWish = {}): Promise<Service> {
    const { categories = [], needs = [], areas = [], locations = [], capacity = {}, ...rest } = wish;
    const made = em.create(Service, {
      partner,
      network: partner.network,
      name,
      description: null,
      intakePausedUntil: null,
      languages: [],
      deliveryModes: [DeliveryMode.ON_SITE],
      minimumAge: null,
      maximumAge: null,
      feedbackLevel: FeedbackLevel.STATUS_AND_OUTCOME,
      confirmedAt: null,
      ...rest,
    });
    await em.flush();
    for (const category of categories) em.create(ServiceCategory, { service: made, category });
    for (const need of needs) em.create(ServiceNeed, { service: made, need });
    for (const areaKey of areas) em.create(ServiceArea, { service: made, areaKey });
    for (const location of locations) em.create(ServiceLocation, { service: made, location });
    em.create(ServiceCapacity, {
      service: made,
      total: null,
      reportedWaiting: null,
      expectedWaitDays: null,
      reportedAt: null,
      ...capacity,
    });
    return stored(made);
  }

  return { network, municipality, partner, location, service };
}

const member = (role: Role, networkId: string | null, partnerId: string | null, displayName: string): Viewer => ({
  accountId: null,
  subject: displayName,
  displayName,
  memberships: [{ role, networkId, partnerId }],
});

/** Whoever edits the partner's record. */
export const editorOf = (partner: Partner): Viewer =>
  member(Role.PARTNER_EDITOR, partner.network.id, partner.id, 'Editor');
export const caseworkerIn = (network: Network): Viewer => member(Role.CASEWORKER, network.id, null, 'Caseworker');
export const coordinatorOf = (network: Network): Viewer => member(Role.COORDINATOR, network.id, null, 'Coordinator');
/** Whoever has the roles of both. */
export const both = (one: Viewer, other: Viewer): Viewer => ({
  ...one,
  memberships: [...one.memberships, ...other.memberships],
});
/** Whoever edits the partner and coordinates its network: what she changes waits for nobody. */
export const keeperOf = (partner: Partner): Viewer =>
  both(editorOf(partner), member(Role.COORDINATOR, partner.network.id, null, 'Keeper'));
export const auditor = member(Role.AUDITOR, null, null, 'Auditor');
export const anonymous = ANONYMOUS;

/** So many days before a moment, and so many milliseconds. */
export const ago = (now: Date, days: number, milliseconds = 0): Date =>
  new Date(now.getTime() - days * 86_400_000 - milliseconds);
