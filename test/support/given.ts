import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ClientCase, ClientCaseHealth } from '../../src/client-case/client-case.entity.js';
import { Consent } from '../../src/consent/consent.entity.js';
import { Location } from '../../src/location/location.entity.js';
import type { AccessibilityFeature } from '../../src/location/location.rules.js';
import { Municipality } from '../../src/municipality/municipality.entity.js';
import { Network, NetworkMunicipality } from '../../src/network/network.entity.js';
import { Partner } from '../../src/partner/partner.entity.js';
import { PartnerKind } from '../../src/partner/partner.rules.js';
import { Referral } from '../../src/referral/referral.entity.js';
import { DisclosureBasis, HOLDS_PLACE, ReferralStatus, ReferralStep } from '../../src/referral/referral.rules.js';
import { ReferralDisclosure } from '../../src/referral/referral-disclosure.entity.js';
import { showsToCaseworker } from '../../src/referral/referral-feedback.rules.js';
import { Service, ServiceArea, ServiceCategory, ServiceLocation } from '../../src/service/service.entity.js';
import { DeliveryMode, FeedbackLevel } from '../../src/service/service.rules.js';
import { ServiceCapacity } from '../../src/service/service-capacity.entity.js';
import { ServiceWaiting } from '../../src/service/service-waiting.entity.js';
import { addDays, berlinDay, endOfBerlinDay } from '../../src/shared/calendar.rules.js';
import { Account, Membership } from '../../src/viewer/account.entity.js';
import { ANONYMOUS, Role, type Viewer } from '../../src/viewer/viewer.rules.js';

export interface Given {
  /** Null: places are not counted. */
  total?: number | null;
  occupiedElsewhere?: number;
  status?: ReferralStatus;
  /** How many, each of a case of its own, all to the one service. */
  referrals?: number;
  level?: FeedbackLevel;
  keepsWaitingList?: boolean;
  category?: string;
  needs?: string[];
  birthYear?: number | null;
  basis?: DisclosureBasis;
  note?: string | null;
  urgent?: boolean;
  service?: Partial<Pick<Service, 'status' | 'intakePausedUntil' | 'minimumAge' | 'maximumAge' | 'languages' | 'name'>>;
}

let worlds = 0;

/**
 * A network with a caseworker, her deputy, a colleague who is not on the case, a coordinator, and two partners, Anker
 * and Brücke; Anker offers one service, to which cases are referred. And another network, with a caseworker and a
 * coordinator of its own.
 */
export async function given(em: EntityManager, now: Date, wish: Given = {}) {
  const world = `${++worlds}-${process.pid}`;
  const {
    status = ReferralStatus.SENT,
    level = FeedbackLevel.STATUS_AND_OUTCOME,
    basis = DisclosureBasis.CONSENT,
  } = wish;

  const district = String(10_000 + (worlds % 90_000));
  const place = (name: string, i: number, latitude: number) =>
    em.create(Municipality, {
      key: `${district}${String(i).padStart(3, '0')}`,
      name,
      districtKey: district,
      districtName: `Kreis ${district}`,
      latitude,
      longitude: 6.2,
      population: 10_000,
      recipients: 1_000,
    });
  const home = place('Heimstadt', 1, 50.8);
  const abroad = place('Fernau', 2, 51.2);
  const network = em.create(Network, { slug: `bochum-${world}`, name: 'Bochum', matchWeights: null });
  const elsewhere = em.create(Network, { slug: `aachen-${world}`, name: 'Aachen', matchWeights: null });
  em.create(NetworkMunicipality, { network, municipality: home });
  em.create(NetworkMunicipality, { network: elsewhere, municipality: abroad });

  const partnerNamed = (name: string, inNetwork: Network) =>
    em.create(Partner, {
      network: inNetwork,
      name,
      kinds: [PartnerKind.COUNSELLING_CENTRE],
      description: null,
      email: null,
      phone: null,
      website: null,
      parent: null,
      confirmedAt: null,
    });
  const anker = partnerNamed('Anker', network);
  const brücke = partnerNamed('Brücke', network);
  await em.flush();

  const location = em.create(Location, {
    partner: anker,
    name: null,
    storedStreet: 'Hafenweg 1',
    storedPostalCode: '52000',
    city: 'Heimstadt',
    municipality: home,
    latitude: 50.81,
    longitude: 6.21,
  });
  const service = em.create(Service, {
    partner: anker,
    network,
    name: 'Beratung',
    description: null,
    languages: ['de'],
    deliveryModes: [DeliveryMode.ON_SITE],
    minimumAge: null,
    maximumAge: null,
    feedbackLevel: level,
    keepsWaitingList: wish.keepsWaitingList ?? true,
    confirmedAt: now,
    intakePausedUntil: null,
    ...wish.service,
  });
  await em.flush();
  const categoryCode = wish.category ?? 'job-coaching';
  em.create(ServiceCategory, { service, category: categoryCode });
  em.create(ServiceLocation, { service, location });
  em.create(ServiceArea, { service, areaKey: district });

  const people = await enlist(em, { network, elsewhere, anker, brücke, world });
  const cases: ClientCase[] = [];
  const consents: Consent[] = [];
  const referrals: Referral[] = [];
  for (let i = 0; i < (wish.referrals ?? 1); i++) {
    const clientCase = em.create(ClientCase, {
      network,
      reference: `F-${world}-${i}`,
      municipality: home,
      languages: ['uk'],
      birthYear: wish.birthYear === undefined ? 1990 : wish.birthYear,
      assignedTo: people.caseworker.accountId!,
      deputy: people.deputy.accountId!,
      createdAt: new Date(now.getTime() - 60_000 + i),
    });
    cases.push(clientCase);
    const consent = em.create(Consent, {
      network,
      clientCase,
      service,
      category: null,
      givenOn: day(now, -1),
      validUntil: day(now, 365),
      revokedAt: null,
    });
    consents.push(consent);
  }
  await em.flush();
  for (const [i, clientCase] of cases.entries()) {
    em.create(ClientCaseHealth, {
      clientCase,
      network,
      needs: wish.needs ?? ['addiction', 'long-term-unemployed'],
      accessibility: [] as AccessibilityFeature[],
    });
    referrals.push(referralOf({ em, clientCase, consent: consents[i]!, i }));
  }
  const held = referrals.filter(one => one.holdsPlace).length;
  em.create(ServiceCapacity, {
    service,
    total: wish.total === undefined ? 1 : wish.total,
    occupiedElsewhere: wish.occupiedElsewhere ?? 0,
    reserved: held,
    reportedWaiting: null,
    waitlisted: status === ReferralStatus.WAITLISTED ? referrals.length : 0,
    expectedWaitDays: null,
    reportedAt: now,
  });
  await em.flush();

  return {
    network,
    elsewhere,
    home,
    abroad,
    anker,
    brücke,
    location,
    service,
    categoryCode,
    clientCase: cases[0]!,
    cases,
    consent: consents[0]!,
    consents,
    referral: referrals[0]!,
    referrals,
    ...people,
  };

  function referralOf({
    em,
    clientCase,
    consent,
    i,
  }: {
    em: EntityManager;
    clientCase: ClientCase;
    consent: Consent;
    i: number;
  }) {
    const draft = status === ReferralStatus.DRAFT;
    const sentAt = draft ? null : new Date(now.getTime() - 3_600_000 + i);
    const waiting =
      status === ReferralStatus.WAITLISTED
        ? em.create(ServiceWaiting, { service, urgent: wish.urgent ?? false, since: sentAt!, leftAt: null })
        : null;
    const referral = em.create(Referral, {
      network,
      clientCase,
      service,
      partner: anker,
      basis,
      consent: basis === DisclosureBasis.CONSENT && !draft ? consent : null,
      feedbackLevel: level,
      status,
      seenStatus: seenBy(level, status),
      holdsPlace: HOLDS_PLACE.includes(status),
      respondBy: null,
      seenRespondBy: null,
      sentAt,
      urgent: wish.urgent ?? false,
      waitlistedAt: waiting ? sentAt : null,
      waiting,
      reconfirmBy: waiting && addDays(sentAt!, 30),
      acceptedAt: HOLDS_PLACE.includes(status) ? sentAt : null,
      basisEndsAt: basis === DisclosureBasis.CONSENT && !draft ? endOfBerlinDay(day(now, 365)) : null,
      outOfOrderReason: null,
      scheduledAt: null,
      startedOn: null,
      endedAt: null,
      declineReason: null,
      declineText: null,
      cancelReason: null,
      cancelText: null,
      attribution: null,
      outcome: null,
      createdAt: new Date(now.getTime() - 7_200_000 + i),
      updatedAt: sentAt ?? new Date(now.getTime() - 7_200_000 + i),
      seenUpdatedAt: sentAt ?? new Date(now.getTime() - 7_200_000 + i),
    });
    em.create(ReferralDisclosure, {
      referral,
      network,
      partner: anker,
      note: wish.note === undefined ? 'Bitte bald.' : wish.note,
      pseudonym: draft ? null : `P-${i}`,
      municipalityKey: draft ? null : home.key,
      needs: draft ? [] : ['addiction'],
      languages: draft ? [] : ['uk'],
      age: null,
      disclosedAt: sentAt,
      readableUntil: null,
    });
    return referral;
  }
}

/** The step by which a referral of these tests came where it stands, and from where, if the feedback level may hide it. */
const CAME_BY: Partial<Record<ReferralStatus, [ReferralStep, from: ReferralStatus]>> = {
  RECEIVED: [ReferralStep.ACKNOWLEDGE, ReferralStatus.SENT],
  NEEDS_INFO: [ReferralStep.ASK, ReferralStatus.SENT],
  WAITLISTED: [ReferralStep.WAITLIST, ReferralStatus.SENT],
  ACCEPTED: [ReferralStep.ACCEPT, ReferralStatus.SENT],
  DECLINED: [ReferralStep.DECLINE, ReferralStatus.SENT],
  EXPIRED: [ReferralStep.EXPIRE, ReferralStatus.SENT],
  SCHEDULED: [ReferralStep.SCHEDULE, ReferralStatus.ACCEPTED],
  IN_PROGRESS: [ReferralStep.START, ReferralStatus.ACCEPTED],
  ON_HOLD: [ReferralStep.HOLD, ReferralStatus.IN_PROGRESS],
  COMPLETED: [ReferralStep.COMPLETE, ReferralStatus.IN_PROGRESS],
  ABORTED: [ReferralStep.ABORT, ReferralStatus.IN_PROGRESS],
};

/** The last status on the way there that the level shows. */
function seenBy(level: FeedbackLevel, status: ReferralStatus): ReferralStatus {
  const came = CAME_BY[status];
  return !came || showsToCaseworker(came[0], level) ? status : seenBy(level, came[1]);
}

interface Places {
  network: Network;
  elsewhere: Network;
  anker: Partner;
  brücke: Partner;
  world: string;
}

async function enlist(em: EntityManager, { network, elsewhere, anker, brücke, world }: Places) {
  /** Signs in by the id of the account. */
  function person(name: string, ...roles: { role: Role; network?: Network; partner?: Partner }[]): Viewer {
    const id = randomUUID();
    const account = em.create(Account, { id, issuer: 'urn:partnernetz:test', subject: id, displayName: name });
    for (const one of roles)
      em.create(Membership, { account, role: one.role, network: one.network ?? null, partner: one.partner ?? null });
    const memberships = roles.map(one => ({
      role: one.role,
      networkId: one.network?.id ?? null,
      partnerId: one.partner?.id ?? null,
    }));
    return { accountId: id, subject: id, displayName: name, memberships };
  }
  const caseworkerIn = (one: Network) => ({ role: Role.CASEWORKER, network: one });
  const coordinatorOf = (one: Network) => ({ role: Role.COORDINATOR, network: one });
  const editorOf = (partner: Partner) => ({ role: Role.PARTNER_EDITOR, network, partner });
  const people = {
    caseworker: person('caseworker', caseworkerIn(network)),
    deputy: person('deputy', caseworkerIn(network)),
    colleague: person('colleague', caseworkerIn(network)),
    coordinator: person('coordinator', coordinatorOf(network)),
    partner: person('partner', editorOf(anker)),
    stranger: person('stranger', editorOf(brücke)),
    foreigner: person('foreigner', caseworkerIn(elsewhere)),
    foreignCoordinator: person('foreign-coordinator', coordinatorOf(elsewhere)),
    auditor: person('auditor', { role: Role.AUDITOR }),
    admin: person('admin', { role: Role.ADMIN }),
    unknown: { ...ANONYMOUS, subject: `unknown-${world}`, displayName: 'unknown' } satisfies Viewer,
    anonymous: ANONYMOUS,
  };
  await em.flush();
  return people;
}

/** A day in Berlin relative to a moment, YYYY-MM-DD. */
export const day = (now: Date, days: number): string => berlinDay(addDays(now, days));
