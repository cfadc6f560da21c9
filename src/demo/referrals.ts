import { ClientCaseStatus } from '../client-case/client-case.rules.js';
import { DisclosureBasis, isEnded, ReferralStatus } from '../referral/referral.rules.js';
import { freePlaces, ServiceStatus } from '../service/service.rules.js';
import { areaHolds } from '../shared/geo.rules.js';
import type { DemoCase } from './cases.js';
import { type Chronicle, chronicle } from './chronicle.js';
import { type Journey, walk } from './journey.js';
import { OFFICE_DAY, type OfficeTime } from './office-time.js';
import { demoId, Random } from './random.js';
import { NOTES } from './remarks.data.js';
import type { DemoService } from './services.js';

/** One case offered to one service, with all that happened since. */
export interface DemoReferral extends Chronicle {
  readonly id: string;
  readonly clientCase: DemoCase;
  readonly service: DemoService;
  readonly basis: DisclosureBasis;
  readonly note: string | null;
  readonly urgent: boolean;
}

/** What the referrals take of each service, by its id. */
export interface Taken {
  reserved: number;
  waitlisted: number;
}

/** Tries for one referral before the world is called impossible. */
const TRIES = 200;
/** Free places that the personas' services keep for whoever tries the hub out. */
const KEPT_FREE = 7;
/** How much likelier than another service that of a persona is. */
const FAVOURED = 6;

/** The referrals of every case; `taken` counts what they hold, so that no service has more holders than places. */
export function buildReferrals(
  cases: readonly DemoCase[],
  services: readonly DemoService[],
  year: number,
  time: OfficeTime,
): { referrals: DemoReferral[]; taken: ReadonlyMap<string, Readonly<Taken>> } {
  const taken = new Map(services.map(({ row }) => [row.id, { reserved: 0, waitlisted: 0 }]));
  const referrals = cases.flatMap(clientCase => {
    const fitting = fittingServices(clientCase, services, year);
    const chosen: DemoReferral[] = [];
    while (chosen.length < clientCase.referrals) {
      const left = fitting.filter(([service]) => chosen.every(one => one.service !== service));
      chosen.push(buildReferral(clientCase, chosen.length, left, taken, time));
    }
    return chosen;
  });
  return { referrals, taken };
}

/** The services that would take this client, each with how likely it is to be asked. */
function fittingServices(
  clientCase: DemoCase,
  services: readonly DemoService[],
  year: number,
): (readonly [DemoService, number])[] {
  const { networkId, municipalityKey, birthYear } = clientCase;
  return services
    .filter(({ row, areas }) => row.network_id === networkId && areaHolds(areas, municipalityKey))
    .filter(({ row }) => birthYear === null || fitsAge(year - birthYear, row.minimum_age, row.maximum_age))
    .map(service => [service, likelihood(clientCase, service)]);
}

/** A year of margin on both sides: the birthday is not known, and the sending lies back. */
const fitsAge = (age: number, minimum: number | null, maximum: number | null): boolean =>
  (minimum === null || age - 2 >= minimum) && (maximum === null || age + 1 <= maximum);

function likelihood({ needs, languages }: DemoCase, service: DemoService): number {
  const shared = service.needs.filter(need => needs.includes(need)).length;
  const understood = languages.some(language => service.row.languages.includes(language));
  const special = service.needs.length > 0 && shared === 0;
  return (1 + 4 * shared) * (understood ? 2 : 0.5) * (special ? 0.4 : 1) * (service.ofPersona ? FAVOURED : 1);
}

function buildReferral(
  clientCase: DemoCase,
  index: number,
  fitting: readonly (readonly [DemoService, number])[],
  taken: ReadonlyMap<string, Taken>,
  time: OfficeTime,
): DemoReferral {
  const id = demoId(`referral/${clientCase.id}/${index}`);
  const random = new Random(id);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const service = random.weighted(fitting);
    const basis = basisOf(random, service);
    const journey = walk(random, {
      level: service.row.feedback_level,
      basis,
      keepsWaitingList: service.row.keeps_waiting_list,
      toTheEnd: clientCase.status === ClientCaseStatus.CLOSED || service.row.status !== ServiceStatus.ACTIVE,
    });
    if (!isPlausible(service, journey)) continue;
    const told = chronicle(journey, service.row.feedback_level, random, time);
    if (!take(service, told, taken)) continue;
    const note = random.chance(0.45) ? random.pick(NOTES) : null;
    return { id, clientCase, service, basis, note, urgent: isUrgent(random, journey), ...told };
  }
  throw new Error(`Case ${clientCase.reference} finds no service`);
}

/** What is urgent is answered within days: nothing that stands unanswered for long can be. */
const isUrgent = (random: Random, { status, since }: Journey): boolean =>
  random.chance(0.06) && (status !== ReferralStatus.SENT || since < 3 * OFFICE_DAY);

/** Counselling rests on consent as a rule; an assignment to a measure on the statutory task (§69 (1) no. 1 SGB X). */
function basisOf(random: Random, { row, categories }: DemoService): DisclosureBasis {
  const isMeasure = row.feedback_level === 'STATUS_AND_OUTCOME' && !categories.includes('childcare');
  return random.chance(isMeasure ? 0.6 : 0.1) ? DisclosureBasis.STATUTORY_TASK : DisclosureBasis.CONSENT;
}

/** A service that takes nobody any more has only what is over for a while, and at the personas' nobody waits. */
function isPlausible({ row, ofPersona }: DemoService, { status, since }: Journey): boolean {
  if (ofPersona && status === ReferralStatus.WAITLISTED) return false;
  return row.status === ServiceStatus.ACTIVE || (isEnded(status) && since > 30 * OFFICE_DAY);
}

/** Takes the place that the referral holds; false where none is left. Who waits, waits at a service that is full. */
function take(service: DemoService, { standing }: Chronicle, taken: ReadonlyMap<string, Taken>): boolean {
  const of = taken.get(service.row.id);
  if (!of) throw new Error(`No such service: ${service.row.id}`);
  if (standing.status === ReferralStatus.WAITLISTED) of.waitlisted += 1;
  if (!standing.holds_place) return true;
  const { total, occupiedElsewhere } = service.places;
  const free = freePlaces({ total, reserved: of.reserved, occupiedElsewhere });
  if (free !== null && free <= (service.ofPersona ? KEPT_FREE : 0)) return false;
  of.reserved += 1;
  return true;
}
