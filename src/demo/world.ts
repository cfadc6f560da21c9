import { isEnded } from '../referral/referral.rules.js';
import { ServiceStatus } from '../service/service.rules.js';
import { berlinDay, endOfBerlinDay } from '../shared/calendar.rules.js';
import type { Secrets } from '../shared/secrets.js';
import { DEVELOPMENT_ISSUER } from '../viewer/personas.js';
import { accessionRows } from './accessions.js';
import { actionPlanRows } from './action-plans.js';
import { assessmentRows } from './assessments.js';
import { availabilityRows } from './availability.js';
import { caseloadRows } from './caseloads.js';
import { accountId, buildCases, type DemoCase } from './cases.js';
import { clockOf } from './clockwork.js';
import { buildConsent, type ConsentRow } from './consents.js';
import { consortiumRows } from './consortia.js';
import { buildDirectory } from './directory.js';
import { buildDisclosure } from './disclosures.js';
import { followUpsAfter } from './follow-ups.js';
import { fundingRows } from './funding.js';
import { gapsOf } from './gaps.js';
import { DISTRICTS, MUNICIPALITIES, NETWORKS } from './geography.data.js';
import { municipalitiesOf, networkId } from './geography.js';
import { jobOpeningRows } from './job-openings.js';
import { jobcenterRows } from './jobcenters.js';
import { questionRows, tiesOf, waitingId, waitingRows } from './loop.js';
import { OFFICE_DAY, OfficeTime } from './office-time.js';
import { outOfOrderReasons } from './out-of-order.js';
import { participantsOf } from './participants.js';
import { partnerId } from './partners/partners.js';
import { OF_PERSONAS } from './partners/personas.data.js';
import { PEOPLE } from './people.data.js';
import { instrumentRows, programmeRows } from './programmes.js';
import { pendingPartner, proposalRows } from './proposals.js';
import { demoId, Random } from './random.js';
import { buildReferrals, type DemoReferral, type Taken } from './referrals.js';
import type { DemoService } from './services.js';
import { sharingRows } from './sharing.js';
import type { AccessibilityRow } from './sites.js';
import { staffRows } from './staff.js';
import { acceptances, answers } from './statistics.js';
import { appointmentRows, messageRows } from './talk.js';

/** Rows by table, in an order that keeps every foreign key. */
export type Tables = readonly (readonly [table: string, rows: readonly object[]])[];

/**
 * The whole demo world as rows. The same at every call but for moments and dates, which are relative to `now`, and for
 * pseudonyms, which are of the database.
 */
export function buildWorld(now: Date, secrets: Secrets): Tables {
  const time = new OfficeTime(now);
  const year = Number(berlinDay(now).slice(0, 4));
  const { partners, locations, accessibility, services } = buildDirectory(time);
  const organisations = [...partners, pendingPartner(time)];
  const offices = jobcenterRows(time);
  const assessed = assessmentRows(now);
  const usual = buildCases(year);
  const { referrals: ofThese, taken } = buildReferrals(usual, services, year, time);
  const participants = new Set(participantsOf(services, time));
  const cases = [...usual, ...[...participants].map(({ clientCase }) => clientCase)];
  const referrals = [...ofThese, ...participants];
  const reasons = outOfOrderReasons(referrals);
  const clocks = new Map(referrals.map(referral => [referral.id, clockOf(referral, now)]));
  const ties = tiesOf(referrals);
  const { gaps, gapOf } = gapsOf(referrals, services, now);
  const editors = editorsOfPersonas();
  const followUps = referrals.flatMap(referral =>
    followUpsAfter(referral, now, participants.has(referral) ? 1 : undefined),
  );
  const { questions, requests } = availabilityRows(services, time);
  const { consortia, members } = consortiumRows();
  const sharing = sharingRows(time);
  const consented = referrals.map(referral => ({ referral, consent: buildConsent(referral, now) }));
  return [
    ...places(),
    ['network', NETWORKS.map(({ slug, name }) => ({ id: networkId(slug), slug, name }))],
    [
      'network_municipality',
      NETWORKS.flatMap(network =>
        municipalitiesOf(network).map(({ key }) => ({ network_id: networkId(network.slug), municipality_key: key })),
      ),
    ],
    ['partner', [...organisations, ...offices.partners]],
    ['location', [...locations, ...offices.locations]],
    ['accessibility_entry', knownOf(accessibility, assessed.decided)],
    ['jobcenter', offices.jobcenters],
    ['accessibility_assessment', assessed.assessments],
    ['accessibility_finding', assessed.findings],
    ['accessibility_remedy', assessed.remedies],
    ...staffRows(now),
    ...jobOpeningRows(partners, locations, time),
    ...offers(services, taken),
    ...people(),
    ...accessionRows(now),
    ...actionPlanRows(services, now),
    ['proposal', proposalRows(organisations, time)],
    ['consortium', consortia],
    ['consortium_member', members],
    ...instrumentRows(),
    ...programmeRows(),
    ['sharing_agreement', sharing.agreements],
    ['sharing_partner', sharing.partners],
    ['sharing_category', sharing.categories],
    ...caseRows(cases, referrals, time),
    ['consent', consented.flatMap(({ consent }) => consent ?? [])],
    ['service_waiting', waitingRows(referrals)],
    ['gap', gaps],
    [
      'referral',
      consented
        .map(({ referral, consent }) => ({
          ...referralRow(referral, consent, reasons),
          ...clocks.get(referral.id)!.columns,
          ...ties.get(referral.id)!,
          gap_id: gapOf.get(referral.id) ?? null,
        }))
        .sort((a, b) => a.lineage_depth - b.lineage_depth),
    ],
    ['referral_event', referrals.flatMap(eventRows)],
    ['referral_disclosure', consented.map(({ referral, consent }) => buildDisclosure(referral, consent, secrets))],
    ['funding_decision', fundingRows(referrals, participants)],
    ['referral_question', referrals.flatMap(questionRows)],
    ['referral_appointment', referrals.flatMap(appointmentRows)],
    ['referral_message', referrals.flatMap(referral => messageRows(referral, editors, time))],
    ['referral_follow_up', followUps.map(({ followUp }) => followUp)],
    ['referral_notice', [...clocks.values(), ...followUps].flatMap(({ notices }) => notices)],
    ['availability_question', questions],
    ['availability_request', requests],
    ['service_acceptance', acceptances(referrals)],
    ['service_answer', answers(referrals)],
  ];
}

/** Of a place that was assessed nothing but what that decided is known. */
const knownOf = (said: readonly AccessibilityRow[], decided: readonly AccessibilityRow[]): AccessibilityRow[] => [
  ...said.filter(({ location_id }) => !decided.some(one => one.location_id === location_id)),
  ...decided,
];

/** By partner, the account of its editor. */
const editorsOfPersonas = (): ReadonlyMap<string, string> =>
  new Map(
    PEOPLE.flatMap(person =>
      person.edits ? [[partnerId(OF_PERSONAS[person.edits].key), accountId(person)] as const] : [],
    ),
  );

function places(): Tables {
  return [
    ['district', Object.entries(DISTRICTS).map(([key, name]) => ({ key, name }))],
    [
      'municipality',
      MUNICIPALITIES.map(({ postalCodes: _, ...municipality }) => ({
        ...municipality,
        district_key: municipality.key.slice(0, 5),
        district_name: DISTRICTS[municipality.key.slice(0, 5)],
      })),
    ],
    [
      'postal_code',
      MUNICIPALITIES.flatMap(({ key, postalCodes }) => postalCodes.map(code => ({ code, municipality_key: key }))),
    ],
  ];
}

function offers(services: readonly DemoService[], taken: ReadonlyMap<string, Readonly<Taken>>): Tables {
  const each = <T>(of: (service: DemoService) => readonly T[], column: string) =>
    services.flatMap(service => of(service).map(value => ({ service_id: service.row.id, [column]: value })));
  return [
    ['service', services.map(({ row }) => row)],
    ['service_category', each(({ categories }) => categories, 'category_code')],
    ['service_need', each(({ needs }) => needs, 'need_code')],
    ['service_location', each(({ locations }) => locations, 'location_id')],
    ['service_area', each(({ areas }) => areas, 'area_key')],
    ['service_capacity', services.map(service => capacityRow(service, taken.get(service.row.id)))],
  ];
}

/** Where somebody of this hub waits, every place is taken. */
function capacityRow({ row, places }: DemoService, { reserved, waitlisted }: Taken = { reserved: 0, waitlisted: 0 }) {
  const { total, occupiedElsewhere } = places;
  const full = waitlisted > 0 && total !== null;
  return {
    service_id: row.id,
    total,
    occupied_elsewhere: full ? Math.max(occupiedElsewhere, total - reserved) : occupiedElsewhere,
    reserved,
    reported_waiting: places.reportedWaiting,
    waitlisted,
    expected_wait_days: row.status === ServiceStatus.ACTIVE ? places.expectedWaitDays : null,
    reported_at: places.reportedAt,
  };
}

function people(): Tables {
  return [
    [
      'account',
      PEOPLE.map(person => ({
        id: accountId(person),
        issuer: DEVELOPMENT_ISSUER,
        subject: person.subject,
        display_name: person.name,
      })),
    ],
    [
      'membership',
      PEOPLE.map(person => ({
        id: demoId(`membership/${person.subject}`),
        account_id: accountId(person),
        role: person.role,
        network_id: person.network ? networkId(person.network) : null,
        partner_id: person.edits ? partnerId(OF_PERSONAS[person.edits].key) : null,
      })),
    ],
  ];
}

function caseRows(cases: readonly DemoCase[], referrals: readonly DemoReferral[], time: OfficeTime): Tables {
  const oldest = new Map<string, number>();
  for (const { clientCase, age } of referrals) {
    oldest.set(clientCase.id, Math.max(age, oldest.get(clientCase.id) ?? 0));
  }
  const rows = cases.map(one => caseRow(one, oldest.get(one.id), time));
  const openedAt = new Map(rows.map(({ id, created_at }) => [id, created_at]));
  return [
    ['client_case', rows],
    [
      'client_case_health',
      cases.map(({ id, networkId: network_id, needs, accessibility }) => ({
        client_case_id: id,
        network_id,
        needs,
        accessibility,
        revision: 1,
      })),
    ],
    ['need_caseload', caseloadRows(cases, openedAt, time.now)],
  ];
}

/** Opened some days before its first referral was drafted. @param oldest office minutes since then */
function caseRow(clientCase: DemoCase, oldest: number | undefined, time: OfficeTime) {
  const random = new Random(`opened/${clientCase.id}`);
  const age = oldest === undefined ? random.between(0.5, 90) : oldest / OFFICE_DAY + random.between(0.02, 15);
  return {
    id: clientCase.id,
    network_id: clientCase.networkId,
    reference: clientCase.reference,
    status: clientCase.status,
    municipality_key: clientCase.municipalityKey,
    languages: clientCase.languages,
    birth_year: clientCase.birthYear,
    assigned_to_id: clientCase.assignedTo,
    deputy_id: clientCase.deputy,
    version: random.int(1, 3),
    created_at: time.daysAgo(age),
  };
}

function referralRow(referral: DemoReferral, consent: ConsentRow | null, reasons: ReadonlyMap<string, string>) {
  const { id, clientCase, service, basis, urgent, standing } = referral;
  const over = isEnded(standing.status) && isEnded(standing.seen_status);
  return {
    id,
    network_id: clientCase.networkId,
    client_case_id: clientCase.id,
    service_id: service.row.id,
    partner_id: service.row.partner_id,
    basis,
    urgent,
    waiting_id: waitingId(referral),
    basis_ends_at: consent && standing.sent_at && !over ? endOfBerlinDay(consent.valid_until) : null,
    consent_id: standing.sent_at ? (consent?.id ?? null) : null,
    feedback_level: service.row.feedback_level,
    ...standing,
    out_of_order_reason: reasons.get(id) ?? null,
    revision: standing.version,
  };
}

function eventRows({ id, clientCase, happenings }: DemoReferral) {
  return happenings.map((happening, number) => ({
    id: demoId(`event/${id}/${number}`),
    referral_id: id,
    network_id: clientCase.networkId,
    number,
    ...happening,
  }));
}
