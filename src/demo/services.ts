import { ancestry, hasProfessionalSecrecy } from '../category/categories.data.js';
import type { ServiceInstrument } from '../instrument/service-instrument.rules.js';
import { FeedbackLevel, MOST_UNDER_SECRECY, ServiceStatus } from '../service/service.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { haversineKm } from '../shared/geo.rules.js';
import { CATALOGUE, type OfferKey } from './catalogue/catalogue.js';
import type { Offer } from './catalogue/offer.js';
import { type Terms, termsOf } from './details.js';
import type { DemoNetwork } from './geography.data.js';
import { municipalitiesOf, networkId } from './geography.js';
import { INSTRUMENTS_OF_OFFERS } from './instruments.data.js';
import { OFFICE_DAY, type OfficeTime } from './office-time.js';
import type { PartnerSpec } from './partners/partner-spec.js';
import { isOfPersona, partnerId } from './partners/partners.js';
import { confirmedAt, history } from './past.js';
import { demoId, Random } from './random.js';
import type { SiteRow } from './sites.js';

/** As in the table. */
export interface ServiceRow extends Terms {
  readonly id: string;
  readonly partner_id: string;
  readonly network_id: string;
  readonly name: string;
  readonly description: string;
  readonly status: ServiceStatus;
  readonly intake_paused_until: string | null;
  readonly languages: readonly string[];
  readonly interpretation: boolean;
  readonly delivery_modes: readonly string[];
  readonly minimum_age: number | null;
  readonly maximum_age: number | null;
  readonly keeps_waiting_list: boolean;
  readonly feedback_level: FeedbackLevel;
  readonly instruments: readonly ServiceInstrument[];
  readonly confirmed_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Places before any referral of the hub holds one. */
export interface Places {
  readonly total: number | null;
  readonly occupiedElsewhere: number;
  readonly reportedWaiting: number | null;
  readonly expectedWaitDays: number | null;
  readonly reportedAt: Date | null;
}

export interface DemoService {
  readonly row: ServiceRow;
  readonly offer: OfferKey;
  readonly categories: readonly string[];
  readonly needs: readonly string[];
  readonly locations: readonly string[];
  readonly areas: readonly string[];
  readonly places: Places;
  readonly ofPersona: boolean;
}

const FEW = ['en', 'tr', 'ar', 'ru', 'pl', 'fr', 'uk'] as const;
const MANY = [
  'en',
  'uk',
  'ar',
  'tr',
  'ru',
  'fa',
  'pl',
  'fr',
  'ro',
  'bg',
  'ku',
  'sq',
  'es',
  'it',
  'sr',
  'so',
  'ti',
] as const;

const AT_PERSONAS = ['de', 'uk', 'en', 'ru', 'tr', 'ar', 'pl', 'fr'] as const;

const ON_SITE = [
  'Termine nach Vereinbarung.',
  'Anmeldung telefonisch oder über das Jobcenter.',
  'Offene Sprechstunde dienstags von 10 bis 12 Uhr.',
  'Offene Sprechstunde donnerstags von 14 bis 17 Uhr.',
  'Das Haus liegt nah an der Bushaltestelle.',
  'Begleitpersonen sind willkommen.',
] as const;
const ON_THE_WAY = [
  'Den ersten Termin vereinbaren wir am Telefon.',
  'Treffpunkt ist, wo es Ihnen passt.',
  'Anmeldung telefonisch oder über das Jobcenter.',
  'Begleitpersonen sind willkommen.',
] as const;
const AT_AN_EMPLOYER = [
  'Ein Lebenslauf genügt als Bewerbung.',
  'Probearbeiten ist nach Absprache möglich.',
  'Bewerbung telefonisch oder über das Jobcenter.',
  'Eine feste Ansprechperson begleitet den Start.',
] as const;

/** How one gets there, in a sentence. */
function howTo(random: Random, { categories, modes = ['ON_SITE'] }: Offer): string {
  if (categories.some(code => ancestry(code).includes('employment'))) return random.pick(AT_AN_EMPLOYER);
  return random.pick(modes.includes('ON_SITE') ? ON_SITE : ON_THE_WAY);
}

/** One service of a partner, at some or all of its sites. */
export function buildService(
  network: DemoNetwork,
  spec: PartnerSpec,
  key: OfferKey,
  sites: readonly SiteRow[],
  time: OfficeTime,
): DemoService {
  const random = new Random(`service/${spec.key}/${key}`);
  const offer = CATALOGUE[key];
  const ofPersona = isOfPersona(spec);
  const at = sites.filter((_, site) => site === 0 || ofPersona || random.chance(0.6));
  const [minimum, maximum] = offer.ages ?? [null, null];
  const status = ofPersona ? ServiceStatus.ACTIVE : statusOf(random);
  const pauses = !ofPersona && status === ServiceStatus.ACTIVE && random.chance(0.05);
  const row: ServiceRow = {
    id: demoId(`service/${spec.key}/${key}`),
    partner_id: partnerId(spec.key),
    network_id: networkId(network.slug),
    name: random.pick(offer.names).replace('{ort}', at[0]!.city),
    description: `${offer.text} ${howTo(random, offer)}`,
    status,
    intake_paused_until: pauses ? berlinDay(new Date(time.now.getTime() + random.int(5, 60) * 86_400_000)) : null,
    languages: ofPersona ? AT_PERSONAS : languagesOf(random, offer),
    interpretation: ofPersona || random.chance(offer.tongues === 'many' ? 0.7 : 0.3),
    delivery_modes: offer.modes ?? ['ON_SITE'],
    minimum_age: ofPersona ? null : minimum,
    maximum_age: ofPersona ? null : maximum,
    keeps_waiting_list: ofPersona || (offer.waitingList ?? (offer.places !== null && random.chance(0.4))),
    feedback_level: feedbackOf(random, offer),
    ...termsOf(`${spec.key}/${key}`, offer),
    instruments: INSTRUMENTS_OF_OFFERS[key] ?? [],
    confirmed_at: ofPersona ? time.daysAgo(1.5) : confirmedAt(random, time),
    ...history(random, time),
  };
  return {
    row,
    offer: key,
    categories: offer.categories,
    needs: offer.needs ?? [],
    locations: at.map(({ id }) => id),
    areas: ofPersona ? [network.district] : areasOf(random, network, offer, at),
    places: ofPersona ? personaPlaces(random, time) : placesOf(random, offer, row, time),
    ofPersona,
  };
}

const statusOf = (random: Random): ServiceStatus =>
  random.weighted([
    [ServiceStatus.ACTIVE, 93],
    [ServiceStatus.PAUSED, 4],
    [ServiceStatus.CLOSED, 3],
  ]);

function languagesOf(random: Random, { tongues = 'few', speaks = [] }: Offer): string[] {
  if (tongues === 'none') return ['de', ...speaks];
  const others = tongues === 'many' ? random.some(MANY, random.int(3, 7)) : random.some(FEW, random.int(0, 2));
  return ['de', ...speaks, ...others];
}

/** What the offer would tell, but never more than professional secrecy allows. */
function feedbackOf(random: Random, { feedback, categories }: Offer): FeedbackLevel {
  const level = FeedbackLevel[random.pick(feedback)];
  const secret = categories.some(hasProfessionalSecrecy);
  return secret && level !== FeedbackLevel.NONE ? MOST_UNDER_SECRECY : level;
}

/** A district of one municipality is told by 5 digits as well as by 8; some partners write the one, some the other. */
function areasOf(random: Random, network: DemoNetwork, { area }: Offer, sites: readonly SiteRow[]): string[] {
  if (area === 'state') return [network.district.slice(0, 2)];
  const own = municipalitiesOf(network);
  if (area === 'district') return own.length === 1 && random.chance(0.3) ? [own[0]!.key] : [network.district];
  const neighbours = random.int(1, 4);
  const keys = sites.flatMap(site =>
    own
      .map(municipality => ({ key: municipality.key, km: haversineKm(site, municipality) }))
      .sort((a, b) => a.km - b.km)
      .slice(0, neighbours)
      .map(({ key }) => key),
  );
  return [...new Set([...sites.map(site => site.municipality_key), ...keys])].sort();
}

function placesOf(random: Random, offer: Offer, row: ServiceRow, time: OfficeTime): Places {
  const reportedAt = confirmedAt(random, time);
  const wait = random.chance(0.35) ? random.int(0, 12) * 7 : null;
  if (!offer.places || !reportedAt) {
    return {
      total: null,
      occupiedElsewhere: 0,
      reportedWaiting: null,
      expectedWaitDays: reportedAt && wait,
      reportedAt,
    };
  }
  const total = random.int(offer.places[0], offer.places[1]);
  const share = random.chance(0.12) ? 1 : random.between(0.15, 0.65);
  const occupiedElsewhere = Math.round(total * share);
  const reportedWaiting = row.keeps_waiting_list ? (share === 1 ? random.int(2, 12) : random.int(0, 2)) : null;
  return { total, occupiedElsewhere, reportedWaiting, expectedWaitDays: wait, reportedAt };
}

/** Enough for whoever tries the hub out, and nobody waiting. */
const personaPlaces = (random: Random, time: OfficeTime): Places => ({
  total: 32,
  occupiedElsewhere: random.int(5, 8),
  reportedWaiting: 0,
  expectedWaitDays: null,
  reportedAt: time.ago(random.between(0.4, 0.9) * OFFICE_DAY),
});
