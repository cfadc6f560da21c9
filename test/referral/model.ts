import { isEnded, isOpen, OPEN, Party, type ReferralStatus, ReferralStep } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import { addDays } from '../../src/shared/calendar.rules.js';
import type { Step } from '../support/referral-steps.js';

/**
 * People of a world, on no, one or two sides of its referrals. Both and the clerk are deputies of some cases: the one
 * edits the partner too, the other coordinates the network too.
 */
export const PEOPLE = ['caseworker', 'partner', 'both', 'coordinator', 'clerk', 'stranger', 'foreigner'] as const;
export type Who = (typeof PEOPLE)[number];

/** By case, who is its deputy. */
export const DEPUTIES: readonly Who[] = ['both', 'clerk', 'both'];
export const CASES = DEPUTIES.length;
export const SERVICES = 2;

/** What each side knows of something that happened. */
export interface ModelEvent {
  step: string | null;
  from: string | null;
  to: string | null;
  seenFrom: string | null;
  seenTo: string | null;
  by: string;
}

export interface ModelConsent {
  id: string;
  case: number;
  /** The one for which it is; null: for both. */
  service: number | null;
  /** The last millisecond of its last day. */
  ends: number;
  revoked: boolean;
}

/** What a test knows of one referral. Times are milliseconds. */
export interface ModelReferral {
  id: string;
  case: number;
  service: number;
  urgent: boolean;
  group: number | null;
  depth: number;
  status: ReferralStatus;
  version: number;
  seenStatus: ReferralStatus;
  seenVersion: number;
  createdAt: number;
  sentAt: number | null;
  /** When it came where it stands. */
  enteredAt: number;
  endedAt: number | null;
  consent: ModelConsent | null;
  /** Since when it is on the waiting list; null when it is not. */
  waitingSince: number | null;
  holdsPlace: boolean;
  accepted: boolean;
  answered: boolean;
  questions: number;
  /** Until when the partner reads the client. */
  readableUntil: number | null;
  events: ModelEvent[];
}

export interface ModelService {
  total: number | null;
  occupiedElsewhere: number;
}

/** Two services of one partner and the cases that are referred to them, kept beside the hub by rules of its own. */
export interface Model {
  level: FeedbackLevel;
  keepsWaitingList: boolean;
  services: ModelService[];
  consents: ModelConsent[];
  referrals: ModelReferral[];
  groups: number;
  now: number;
}

const { CASEWORKER, PARTNER, COORDINATOR } = Party;

export const isOnCase = (who: Who, ofCase: number): boolean => who === 'caseworker' || DEPUTIES[ofCase] === who;
export const edits = (who: Who): boolean => who === 'partner' || who === 'both';
const coordinates = (who: Who): boolean => who === 'coordinator' || who === 'clerk';

const tellsProgress = (level: FeedbackLevel): boolean =>
  level === FeedbackLevel.STATUS || level === FeedbackLevel.STATUS_AND_OUTCOME;

export function partiesOf({ level }: Model, who: Who, referral: ModelReferral): Party[] {
  const sent = referral.sentAt !== null;
  const onCase = isOnCase(who, referral.case);
  return [
    ...(sent && edits(who) ? [PARTNER] : []),
    ...(onCase ? [CASEWORKER] : []),
    ...(sent && coordinates(who) && (!onCase || tellsProgress(level)) ? [COORDINATOR] : []),
  ];
}

/** As whom somebody reads it: who knows all of it anyway, before who must not. */
export const readsAs = (model: Model, who: Who, referral: ModelReferral): Party | undefined =>
  [PARTNER, CASEWORKER, COORDINATOR].find(one => partiesOf(model, who, referral).includes(one));

/** What somebody sees of where it stands. */
export function seenBy(model: Model, who: Who, referral: ModelReferral): { status: string; version: number } | null {
  const lens = readsAs(model, who, referral);
  if (!lens) return null;
  return lens === CASEWORKER
    ? { status: referral.seenStatus, version: referral.seenVersion }
    : { status: referral.status, version: referral.version };
}

/** As the domain guide writes it down, not as the code does. */
const DECISION = ['ACKNOWLEDGE', 'ASK', 'WAITLIST', 'ACCEPT', 'DECLINE', 'EXPIRE'];
const PROGRESS = ['SCHEDULE', 'START', 'HOLD', 'RESUME', 'COMPLETE', 'ABORT', 'REOPEN'];
const OWN = ['SEND', 'ANSWER', 'RECONFIRM', 'CANCEL', 'MARK_AS_ERROR', 'REVOKE'];
const SHOWN: Record<FeedbackLevel, readonly string[]> = {
  NONE: OWN,
  RECEIVED_ONLY: [...OWN, ...DECISION],
  STATUS: [...OWN, ...DECISION, ...PROGRESS],
  STATUS_AND_OUTCOME: [...OWN, ...DECISION, ...PROGRESS],
};
export const shows = (step: string, level: FeedbackLevel): boolean => SHOWN[level].includes(step);

export const reserved = ({ referrals }: Model, service: number): number =>
  referrals.filter(one => one.service === service && one.holdsPlace).length;

export function hasFreePlace(model: Model, service: number): boolean {
  const { total, occupiedElsewhere } = model.services[service]!;
  return total === null || reserved(model, service) + occupiedElsewhere < total;
}

/** The waiting list of a service, next first. */
export const listOf = ({ referrals }: Model, service: number): ModelReferral[] =>
  referrals
    .filter(one => one.service === service && one.waitingSince !== null)
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.waitingSince! - b.waitingSince!);

export const looksOpen = ({ status, seenStatus }: ModelReferral): boolean =>
  OPEN.includes(status) || OPEN.includes(seenStatus);

type Wish = Pick<ModelReferral, 'case' | 'service'>;

/** The consent that lets a case be referred to the service at that moment: of several the one that holds longest. */
export const consentOf = ({ consents, now }: Model, { case: ofCase, service }: Wish): ModelConsent | null =>
  consents
    .filter(one => one.case === ofCase && (one.service ?? service) === service && !one.revoked && one.ends >= now)
    .sort((a, b) => Number(a.service === null) - Number(b.service === null) || b.ends - a.ends)[0] ?? null;

export const acceptedSibling = ({ referrals }: Model, { id, group }: ModelReferral): boolean =>
  group !== null &&
  referrals.some(
    one =>
      one.group === group && one.id !== id && ['ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD'].includes(one.status),
  );

const DEADLINES: Partial<Record<Step, (referral: ModelReferral) => Date | null>> = {
  MARK_AS_ERROR: ({ createdAt }) => addDays(new Date(createdAt), 30),
  REOPEN: ({ endedAt }) => (endedAt === null ? null : addDays(new Date(endedAt), 90)),
};

/** On which side somebody may take a step; 'TOO_LATE' where only the time is over, null where it is not open. */
export function standing(model: Model, who: Who, referral: ModelReferral, step: Step): Party | 'TOO_LATE' | null {
  const stands = (party: Party) => (party === CASEWORKER ? referral.seenStatus : referral.status);
  const takenBack = isEnded(referral.seenStatus) && referral.seenStatus !== referral.status;
  if (step === 'REOPEN' && takenBack) return null;
  const open = (party: Party) => isOpen(ReferralStep[step], stands(party), party, model.level);
  const party = partiesOf(model, who, referral).find(open);
  if (!party) return null;
  const until = DEADLINES[step]?.(referral);
  return until && until.getTime() < model.now ? 'TOO_LATE' : party;
}

export const openStepsOf = (model: Model, who: Who, referral: ModelReferral, offered: readonly Step[]): Step[] =>
  offered.filter(step => {
    const found = standing(model, who, referral, step);
    return found !== null && found !== 'TOO_LATE';
  });

/** Does the partner read the client now? */
export const isReadable = ({ now }: Model, { sentAt, readableUntil }: ModelReferral): boolean =>
  sentAt !== null && (readableUntil === null || readableUntil > now);
