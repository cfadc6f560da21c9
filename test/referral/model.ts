import { isOpen, OPEN, Party, ReferralStatus, ReferralStep, STEPS } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Step } from '../support/referral-steps.js';

/** People of a world, on no, one or two sides of its referrals. */
export const PEOPLE = ['caseworker', 'partner', 'both', 'coordinator', 'stranger', 'foreigner'] as const;
export type Who = (typeof PEOPLE)[number];

/** What a test knows of one referral. */
export interface ModelReferral {
  id: string;
  case: number;
  status: ReferralStatus;
  version: number;
  seenStatus: ReferralStatus;
  seenVersion: number;
  sent: boolean;
  /** The hour in which it came on the waiting list. */
  waitlisted: number | null;
  /** Does the partner read the client? */
  readable: boolean;
  /** What each side knows of what happened. */
  events: {
    step: string | null;
    from: string | null;
    to: string | null;
    seenFrom: string | null;
    seenTo: string | null;
  }[];
}

/** The whole of one service, kept beside the hub by rules of its own, and told in hours. */
export interface Model {
  level: FeedbackLevel;
  total: number | null;
  keepsWaitingList: boolean;
  /** By case: has its consent been taken back? */
  revoked: boolean[];
  referrals: ModelReferral[];
  hour: number;
}

const { CASEWORKER, PARTNER, COORDINATOR } = Party;

export function partiesOf(who: Who, { sent }: ModelReferral): Party[] {
  if (who === 'caseworker') return [CASEWORKER];
  if (who === 'both') return sent ? [PARTNER, CASEWORKER] : [CASEWORKER];
  if (who === 'partner') return sent ? [PARTNER] : [];
  return who === 'coordinator' && sent ? [COORDINATOR] : [];
}

/** As the domain guide writes it down, not as the code does. */
const LEVELS: Record<FeedbackLevel, readonly string[]> = {
  NONE: [],
  RECEIVED_ONLY: ['ACKNOWLEDGE', 'WAITLIST', 'ACCEPT', 'DECLINE'],
  STATUS: ['ACKNOWLEDGE', 'WAITLIST', 'ACCEPT', 'DECLINE', 'SCHEDULE', 'START', 'COMPLETE'],
  STATUS_AND_OUTCOME: ['ACKNOWLEDGE', 'WAITLIST', 'ACCEPT', 'DECLINE', 'SCHEDULE', 'START', 'COMPLETE'],
};
const shows = (step: string, level: FeedbackLevel): boolean =>
  ['SEND', 'CANCEL', 'REVOKE'].includes(step) || LEVELS[level].includes(step);

const HOLDERS: readonly string[] = ['ACCEPTED', 'SCHEDULED', 'IN_PROGRESS'];
const ENDS: readonly string[] = ['COMPLETED', 'DECLINED', 'CANCELLED', 'REVOKED'];

export const holds = ({ status }: ModelReferral): boolean => HOLDERS.includes(status);
export const reserved = ({ referrals }: Model): number => referrals.filter(holds).length;

/** The side on which somebody reads, and the version that it shows. */
export function seenBy(who: Who, referral: ModelReferral): { status: string; version: number } | null {
  const parties = partiesOf(who, referral);
  if (parties.length === 0) return null;
  const asCaseworker = parties.includes(CASEWORKER) && !parties.includes(PARTNER);
  return asCaseworker
    ? { status: referral.seenStatus, version: referral.seenVersion }
    : { status: referral.status, version: referral.version };
}

export function openStepsOf(model: Model, who: Who, referral: ModelReferral, offered: readonly Step[]): Step[] {
  return offered.filter(step => actingParty(model, who, referral, step) !== null);
}

function actingParty({ level }: Model, who: Who, referral: ModelReferral, step: Step): Party | null {
  const standing = (party: Party) => (party === CASEWORKER ? referral.seenStatus : referral.status);
  const open = (party: Party) => isOpen(ReferralStep[step], standing(party), party, level);
  return partiesOf(who, referral).find(open) ?? null;
}

export interface Asked {
  who: Who;
  step: Step;
  expectedVersion: number | null;
  /** Words, an outcome: whatever the step may be given beside what it needs. */
  said: { reason?: string; text?: string | null; outcome?: string; outOfOrderReason?: string | null };
}

/** The code with which the hub must refuse this; null where it must not. */
export function refusalOf(
  model: Model,
  referral: ModelReferral,
  { who, step, expectedVersion, said }: Asked,
): string | null {
  const seen = seenBy(who, referral);
  if (!seen) return 'NOT_FOUND';
  if (expectedVersion !== null && expectedVersion !== seen.version) return 'VERSION_CONFLICT';
  if (!actingParty(model, who, referral, step)) return 'STEP_NOT_OPEN';
  const others = model.referrals.filter(one => one !== referral);
  if (step === 'SEND') {
    if (others.some(one => one.case === referral.case && OPEN.includes(one.seenStatus))) return 'DUPLICATE';
    return model.revoked[referral.case] ? 'BASIS_MISSING' : null;
  }
  if (step === 'WAITLIST') return model.keepsWaitingList ? null : 'NO_WAITING_LIST';
  if (step === 'ACCEPT') {
    const since = referral.status === 'WAITLISTED' ? referral.waitlisted! : Number.POSITIVE_INFINITY;
    const passesOver = others.some(one => one.status === 'WAITLISTED' && one.waitlisted! < since);
    if (model.total !== null && reserved(model) >= model.total) return 'NO_CAPACITY';
    return passesOver && !said.outOfOrderReason ? 'REASON_REQUIRED' : null;
  }
  if (step === 'DECLINE' || step === 'CANCEL') return said.reason === 'OTHER' && !said.text ? 'REASON_REQUIRED' : null;
  if (step === 'COMPLETE')
    return said.outcome !== 'NO_DETAIL' && model.level !== FeedbackLevel.STATUS_AND_OUTCOME ? 'INVALID_INPUT' : null;
  return null;
}

/** Moves the model as the table says; a step on what has ended unseen shows, and nothing else. */
export function move(model: Model, referral: ModelReferral, step: Step | 'REVOKE'): void {
  const { status: from, seenStatus: seenFrom } = referral;
  const { to } = STEPS[ReferralStep[step]];
  const happens = !ENDS.includes(from);
  const shown = shows(step, model.level);
  if (happens) {
    referral.status = to;
    referral.version += 1;
  }
  if (shown) {
    referral.seenStatus = to;
    referral.seenVersion += 1;
  }
  if (step === 'SEND') Object.assign(referral, { sent: true, readable: true });
  if (step === 'WAITLIST') referral.waitlisted = model.hour;
  if (['DECLINE', 'CANCEL', 'REVOKE'].includes(step) && (happens || step === 'REVOKE')) referral.readable = false;
  referral.events.push({
    step,
    from: happens ? from : null,
    to: happens ? to : null,
    seenFrom: shown ? seenFrom : null,
    seenTo: shown ? to : null,
  });
}

/** The consent of a case is taken back: what rests on it, or seems to, ends; and so does every look at the client. */
export function revoke(model: Model, ofCase: number): void {
  if (model.revoked[ofCase]) return;
  model.revoked[ofCase] = true;
  for (const referral of model.referrals.filter(one => one.case === ofCase && one.sent)) {
    if (OPEN.includes(referral.status) || OPEN.includes(referral.seenStatus)) move(model, referral, 'REVOKE');
    referral.readable = false;
  }
}

export const drafted = (id: string, ofCase: number): ModelReferral => ({
  id,
  case: ofCase,
  status: ReferralStatus.DRAFT,
  version: 1,
  seenStatus: ReferralStatus.DRAFT,
  seenVersion: 1,
  sent: false,
  waitlisted: null,
  readable: false,
  events: [],
});
