import { ClientCaseStatus, referenceOf } from '../client-case/client-case.rules.js';
import { DisclosureBasis, Party, ReferralStatus, ReferralStep, STEPS } from '../referral/referral.rules.js';
import { ReferralOutcome } from '../referral/referral-reasons.rules.js';
import { startOfBerlinDay, workingDaysBetween } from '../shared/calendar.rules.js';
import { accountId, type DemoCase } from './cases.js';
import { chronicle } from './chronicle.js';
import { NETWORKS } from './geography.data.js';
import { municipalitiesOf, networkId } from './geography.js';
import type { Journey, Stride } from './journey.js';
import { OFFICE_DAY, type OfficeTime } from './office-time.js';
import { PEOPLE } from './people.data.js';
import { type DemoRound, PROGRAMMES } from './programmes.data.js';
import { demoId, Random } from './random.js';
import type { DemoReferral } from './referrals.js';
import type { DemoService } from './services.js';

const S = ReferralStep;

/** Whose cases these were: a colleague's, so that the persona's own list stays what it is. */
const STAFF = 'dortmund-2';

/** Who took part in the rounds of programmes: cases that are closed long since, each with the one referral. */
export function participantsOf(services: readonly DemoService[], time: OfficeTime): DemoReferral[] {
  const byId = new Map(services.map(service => [service.row.id, service]));
  return PROGRAMMES.flatMap(({ slug, network, rounds }) =>
    rounds.flatMap((round, number) => {
      const places = round.services.map(([partner, offer]) => byId.get(demoId(`service/${partner}/${offer}`))!);
      const opened = workingDaysBetween(startOfBerlinDay(round.intakeFrom), time.now);
      const open = workingDaysBetween(startOfBerlinDay(round.intakeFrom), startOfBerlinDay(round.intakeUntil));
      return Array.from({ length: round.participants }, (_, i) =>
        participant(`${slug}/${number}/${i}`, network, round, places, { opened, open }, time),
      );
    }),
  );
}

/** Working days since the window opened, and of the window. */
interface Window {
  readonly opened: number;
  readonly open: number;
}

function participant(
  name: string,
  network: string,
  round: DemoRound,
  places: readonly DemoService[],
  { opened, open }: Window,
  time: OfficeTime,
): DemoReferral {
  const random = new Random(`participant/${name}`);
  const clientCase = caseOf(name, network, Number(round.from.slice(0, 4)), random);
  const service = random.pick(places);
  // Some days from both ends of the window, so that no holiday moves it out.
  const acceptedAgo = (opened - random.between(5, open - 5)) * OFFICE_DAY;
  const journey = journeyOf(random, acceptedAgo);
  const told = chronicle(journey, service.row.feedback_level, random, time);
  if (told.standing.outcome) told.standing.outcome = random.weighted(OUTCOMES);
  const id = demoId(`referral/participant/${name}`);
  return { id, clientCase, service, basis: DisclosureBasis.STATUTORY_TASK, note: null, urgent: false, ...told };
}

const OUTCOMES: readonly (readonly [ReferralOutcome, number])[] = [
  [ReferralOutcome.EMPLOYED, 42],
  [ReferralOutcome.GOAL_REACHED, 24],
  [ReferralOutcome.GOAL_PARTLY_REACHED, 18],
  [ReferralOutcome.TRAINING_STARTED, 8],
  [ReferralOutcome.GOAL_NOT_REACHED, 8],
];

/** Sent, accepted after some days, begun, and after a year or so over; four in five came to the end. @param acceptedAgo office minutes */
function journeyOf(random: Random, acceptedAgo: number): Journey {
  const begun = random.between(3, 9) * OFFICE_DAY;
  const over = random.between(120, 300) * OFFICE_DAY;
  const end = random.chance(0.8) ? S.COMPLETE : S.ABORT;
  const stride = (step: ReferralStep, from: ReferralStatus, by: Party, minutes: number): Stride => ({
    step,
    from,
    to: STEPS[step].to,
    by,
    minutes,
  });
  const strides = [
    stride(S.SEND, ReferralStatus.DRAFT, Party.CASEWORKER, random.between(0.05, 0.6) * OFFICE_DAY),
    stride(S.ACKNOWLEDGE, ReferralStatus.SENT, Party.PARTNER, random.between(0.2, 2) * OFFICE_DAY),
    stride(S.ACCEPT, ReferralStatus.RECEIVED, Party.PARTNER, random.between(0.5, 3) * OFFICE_DAY),
    stride(S.START, ReferralStatus.ACCEPTED, Party.PARTNER, begun),
    stride(end, ReferralStatus.IN_PROGRESS, Party.PARTNER, over),
  ];
  return { strides, status: STEPS[end].to, since: acceptedAgo - begun - over };
}

function caseOf(name: string, slug: string, year: number, random: Random): DemoCase {
  const network = NETWORKS.find(one => one.slug === slug)!;
  const staff = PEOPLE.find(({ subject }) => subject === STAFF)!;
  return {
    id: demoId(`case/participant/${name}`),
    reference: referenceOf(letters => random.pick(letters)),
    network: slug,
    networkId: networkId(slug),
    status: ClientCaseStatus.CLOSED,
    municipalityKey: random.pick(municipalitiesOf(network)).key,
    languages: random.weighted([
      [['de'], 70],
      [['de', 'tr'], 12],
      [['de', 'pl'], 8],
      [['ar', 'de'], 10],
    ]),
    birthYear: year - random.int(28, 57),
    needs: ['long-term-unemployed'],
    accessibility: [],
    assignedTo: accountId(staff),
    deputy: null,
    referrals: 1,
  };
}
