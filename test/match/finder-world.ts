import type { EntityManager } from '@mikro-orm/postgresql';
import { Category } from '../../src/category/category.entity.js';
import { AccessibilityEntry, Location } from '../../src/location/location.entity.js';
import type { AccessibilityFeature, FeatureState } from '../../src/location/location.rules.js';
import { Municipality } from '../../src/municipality/municipality.entity.js';
import { Need } from '../../src/need/need.entity.js';
import { Network, NetworkMunicipality } from '../../src/network/network.entity.js';
import { Partner } from '../../src/partner/partner.entity.js';
import { PartnerKind } from '../../src/partner/partner.rules.js';
import type { JsonValue } from '../../src/record/record.rules.js';
import {
  Service,
  ServiceArea,
  ServiceCategory,
  ServiceLocation,
  ServiceNeed,
} from '../../src/service/service.entity.js';
import { DeliveryMode, FeedbackLevel, type ServiceStatus } from '../../src/service/service.rules.js';
import { ServiceAcceptance, ServiceAnswer, ServiceCapacity } from '../../src/service/service-capacity.entity.js';
import type { Criterion } from '../../src/service/service-terms.rules.js';
import type { Point } from '../../src/shared/geo.rules.js';
import { ANONYMOUS, Role, type Viewer } from '../../src/viewer/viewer.rules.js';

/** A site: a point, and what is known of its accessibility; protected if nobody may know where it is. */
export interface SiteWish extends Point {
  features?: Partial<Record<AccessibilityFeature, FeatureState>>;
  isProtected?: boolean;
}

export interface ServiceWish {
  name?: string;
  network?: Network;
  categories?: readonly string[];
  areaKeys?: readonly string[];
  sites?: readonly SiteWish[];
  needs?: readonly string[];
  status?: ServiceStatus;
  intakePausedUntil?: string;
  languages?: string[];
  interpretation?: boolean;
  keepsWaitingList?: boolean;
  deliveryModes?: DeliveryMode[];
  minimumAge?: number;
  maximumAge?: number;
  criteria?: readonly Criterion[];
  feedbackLevel?: FeedbackLevel;
  confirmedAt?: Date;
  capacity?: Partial<
    Pick<
      ServiceCapacity,
      'total' | 'reserved' | 'occupiedElsewhere' | 'reportedWaiting' | 'waitlisted' | 'expectedWaitDays' | 'reportedAt'
    >
  >;
  /** Acceptances by day. */
  accepted?: Readonly<Record<string, number>>;
  /** First answers: day, working days, how many. */
  answers?: readonly [day: string, workingDays: number, answers: number][];
}

export const anonymous: Viewer = ANONYMOUS;

const member = (role: Role, networkId: string, partnerId: string | null = null): Viewer => ({
  accountId: null,
  subject: role,
  displayName: role,
  memberships: [{ role, networkId, partnerId }],
});
export const caseworkerOf = ({ id }: Network): Viewer => member(Role.CASEWORKER, id);
export const coordinatorOf = ({ id }: Network): Viewer => member(Role.COORDINATOR, id);
export const editorOf = (partner: Partner): Viewer => member(Role.PARTNER_EDITOR, partner.network.id, partner.id);

let networks = 0;

/** Rows of the directory, written as the owner; keys and places as asked, everything else as plain as possible. */
export class FinderWorld {
  constructor(private readonly em: EntityManager) {}

  async municipality(
    key: string,
    { latitude, longitude }: Point,
    recipients: number | null = null,
  ): Promise<Municipality> {
    await this.em.execute(
      `insert into municipality (key, name, district_key, district_name, latitude, longitude, recipients)
       values (?, ?, left(?, 5), 'Kreis', ?, ?, ?)`,
      [key, `Gemeinde ${key}`, key, latitude, longitude, recipients],
    );
    return this.em.findOneOrFail(Municipality, { key });
  }

  async network(municipalities: readonly Municipality[], matchWeights: Record<string, number> | null = null) {
    networks += 1;
    const slug = `network-${String(networks).padStart(4, '0')}`;
    const network = await this.written(this.em.create(Network, { slug, name: slug, matchWeights }));
    for (const municipality of municipalities) this.em.create(NetworkMunicipality, { network, municipality });
    await this.em.flush();
    return network;
  }

  async service(network: Network, wish: ServiceWish = {}): Promise<Service> {
    const partner = this.em.create(Partner, {
      network,
      name: 'Partner',
      kinds: [PartnerKind.COUNSELLING_CENTRE],
      description: null,
      email: null,
      phone: null,
      website: null,
      parent: null,
      confirmedAt: null,
    });
    const service = this.em.create(Service, {
      partner,
      network,
      name: wish.name ?? 'Angebot',
      description: null,
      ...(wish.status && { status: wish.status }),
      intakePausedUntil: wish.intakePausedUntil ?? null,
      languages: wish.languages ?? ['de'],
      interpretation: wish.interpretation ?? false,
      keepsWaitingList: wish.keepsWaitingList ?? false,
      deliveryModes: wish.deliveryModes ?? [DeliveryMode.ON_SITE],
      minimumAge: wish.minimumAge ?? null,
      maximumAge: wish.maximumAge ?? null,
      criteria: (wish.criteria ?? []) as unknown as JsonValue,
      feedbackLevel: wish.feedbackLevel ?? FeedbackLevel.STATUS_AND_OUTCOME,
      confirmedAt: wish.confirmedAt ?? null,
    });
    await this.em.flush();
    for (const code of wish.categories ?? ['job-coaching'])
      this.em.create(ServiceCategory, { service, category: this.em.getReference(Category, code, { wrapped: true }) });
    for (const areaKey of wish.areaKeys ?? ['05']) this.em.create(ServiceArea, { service, areaKey });
    for (const code of wish.needs ?? [])
      this.em.create(ServiceNeed, { service, need: this.em.getReference(Need, code, { wrapped: true }) });
    this.em.create(ServiceCapacity, {
      service,
      total: null,
      reportedWaiting: null,
      expectedWaitDays: null,
      reportedAt: null,
      ...wish.capacity,
    });
    for (const [acceptedOn, accepted] of Object.entries(wish.accepted ?? {}))
      this.em.create(ServiceAcceptance, { service, acceptedOn, accepted });
    for (const [answeredOn, workingDays, answers] of wish.answers ?? [])
      this.em.create(ServiceAnswer, { service, answeredOn, workingDays, answers });
    for (const site of wish.sites ?? []) await this.site(service, partner, site);
    await this.em.flush();
    return service;
  }

  /** In whatever municipality there is: only protected sites look at theirs. */
  private async site(service: Service, partner: Partner, { latitude, longitude, features, isProtected }: SiteWish) {
    const [municipality] = await this.em.find(Municipality, {}, { orderBy: { key: 'asc' }, limit: 1 });
    const location = this.em.create(Location, {
      partner,
      name: null,
      storedStreet: 'Gasse 1',
      storedPostalCode: '52249',
      city: 'Ort',
      municipality: municipality!,
      latitude,
      longitude,
      addressProtected: isProtected ?? false,
    });
    await this.em.flush();
    this.em.create(ServiceLocation, { service, location });
    for (const [feature, state] of Object.entries(features ?? {}) as [AccessibilityFeature, FeatureState][])
      this.em.create(AccessibilityEntry, { location, feature, state, assessedOn: null });
  }

  private async written<T extends object>(entity: T): Promise<T> {
    await this.em.flush();
    return entity;
  }
}

/** Empties the directory. */
export const emptied = async (em: EntityManager): Promise<FinderWorld> => {
  await em.execute('truncate network, municipality, partner cascade');
  return new FinderWorld(em);
};
