import {
  DisclosureBasis,
  isOpen,
  OPEN,
  type Party,
  ReferralStatus,
  ReferralStep,
  STEPS,
} from '../referral/referral.rules.js';
import type { FeedbackLevel } from '../service/service.rules.js';
import { OFFICE_DAY } from './office-time.js';
import type { Random } from './random.js';

/** One step of a referral's way, with the office minutes since the one before (or since the creation). */
export interface Stride {
  readonly step: ReferralStep;
  readonly from: ReferralStatus;
  readonly to: ReferralStatus;
  readonly by: Party;
  readonly minutes: number;
}

export interface Journey {
  readonly strides: readonly Stride[];
  readonly status: ReferralStatus;
  /** Office minutes since the last stride. */
  readonly since: number;
}

export interface Terms {
  readonly level: FeedbackLevel;
  readonly basis: DisclosureBasis;
  readonly keepsWaitingList: boolean;
  /** The case is closed: nothing may be left open. */
  readonly toTheEnd: boolean;
}

type Days = readonly [number, number];
/** Null: it stays where it is. */
type Choice = readonly [step: ReferralStep, weight: number, days: Days] | readonly [step: null, weight: number];

const S = ReferralStep;
const STAY = null;

/**
 * What referrals do in the demo world, how often, and after how many office days. Where one may go at all is decided by
 * the state machine's table; this only says what is likely. Days keep to the limits of the clock: nothing here is so
 * late that the hub would have ended it.
 */
const LIKELY: Readonly<Record<ReferralStatus, readonly Choice[]>> = {
  DRAFT: [
    [STAY, 40],
    [S.SEND, 940, [0.01, 0.8]],
    [S.CANCEL, 12, [0.5, 5]],
    [S.MARK_AS_ERROR, 4, [0.1, 1]],
  ],
  SENT: [
    [STAY, 45],
    [S.ACKNOWLEDGE, 770, [0.1, 2.8]],
    [S.ASK, 25, [0.2, 2.5]],
    [S.ACCEPT, 50, [0.2, 2.5]],
    [S.WAITLIST, 15, [0.5, 2.5]],
    [S.DECLINE, 35, [0.3, 2.5]],
    [S.CANCEL, 20, [0.5, 6]],
    [S.REVOKE, 12, [1, 5]],
    [S.EXPIRE, 25, [15.2, 15.9]],
    [S.MARK_AS_ERROR, 4, [0.1, 1]],
  ],
  RECEIVED: [
    [STAY, 45],
    [S.ASK, 80, [0.5, 6]],
    [S.ACCEPT, 560, [0.3, 8]],
    [S.WAITLIST, 110, [0.5, 7]],
    [S.DECLINE, 140, [0.5, 9]],
    [S.CANCEL, 30, [1, 8]],
    [S.REVOKE, 12, [1, 8]],
    [S.EXPIRE, 18, [20.2, 21]],
    [S.MARK_AS_ERROR, 3, [0.2, 3]],
  ],
  NEEDS_INFO: [
    [STAY, 120],
    [S.ANSWER, 760, [0.2, 6]],
    [S.CANCEL, 40, [1, 7]],
    [S.REVOKE, 20, [1, 7]],
    [S.EXPIRE, 60, [10.1, 10.9]],
  ],
  WAITLISTED: [
    [STAY, 280],
    [S.RECONFIRM, 260, [16, 19]],
    [S.ACCEPT, 280, [3, 18]],
    [S.DECLINE, 50, [5, 18]],
    [S.CANCEL, 60, [3, 18]],
    [S.REVOKE, 15, [3, 18]],
    [S.EXPIRE, 55, [43, 44]],
  ],
  ACCEPTED: [
    [STAY, 60],
    [S.SCHEDULE, 620, [0.05, 3]],
    [S.START, 240, [1, 9]],
    [S.ABORT, 30, [2, 12]],
    [S.CANCEL, 30, [1, 10]],
    [S.REVOKE, 8, [1, 10]],
    [S.MARK_AS_ERROR, 4, [0.1, 2]],
  ],
  SCHEDULED: [
    [STAY, 70],
    [S.SCHEDULE, 90, [1, 5]],
    [S.START, 750, [1, 9]],
    [S.ABORT, 40, [2, 9]],
    [S.CANCEL, 30, [1, 8]],
    [S.REVOKE, 8, [1, 8]],
  ],
  IN_PROGRESS: [
    [STAY, 200],
    [S.HOLD, 70, [8, 35]],
    [S.COMPLETE, 560, [15, 90]],
    [S.ABORT, 120, [3, 50]],
    [S.CANCEL, 20, [5, 30]],
    [S.REVOKE, 20, [5, 40]],
  ],
  ON_HOLD: [
    [STAY, 260],
    [S.RESUME, 560, [5, 30]],
    [S.ABORT, 110, [5, 30]],
    [S.CANCEL, 40, [5, 30]],
    [S.REVOKE, 20, [5, 30]],
  ],
  COMPLETED: [
    [STAY, 985],
    [S.REOPEN, 15, [5, 40]],
  ],
  ABORTED: [
    [STAY, 960],
    [S.REOPEN, 40, [5, 40]],
  ],
  DECLINED: [
    [STAY, 985],
    [S.MARK_AS_ERROR, 15, [0.5, 4]],
  ],
  CANCELLED: [
    [STAY, 980],
    [S.MARK_AS_ERROR, 20, [0.1, 2]],
  ],
  EXPIRED: [[STAY, 1]],
  REVOKED: [[STAY, 1]],
  ENTERED_IN_ERROR: [[STAY, 1]],
};

/** How many office days ago the last step of a referral may be that still stands there; of ended ones: any time. */
const WAITING: Readonly<Partial<Record<ReferralStatus, Days>>> = {
  DRAFT: [0.1, 6],
  SENT: [0.1, 6],
  RECEIVED: [0.1, 12],
  NEEDS_INFO: [0.1, 8],
  WAITLISTED: [0.5, 18],
  ACCEPTED: [0.1, 9],
  SCHEDULED: [0.1, 7],
  IN_PROGRESS: [0.5, 55],
  ON_HOLD: [0.5, 35],
};
const ENDED: Days = [0.5, 130];

/** Steps after which a referral rests where it may: one that is reopened again and again is no example. */
const LONGEST = 14;

/** An error is noticed early, and may be marked within 30 calendar days of the creation only. */
const NOTICED_WITHIN = 12 * OFFICE_DAY;

/** The way of one referral from its creation. Every step is looked up in the table, with a party that may take it. */
export function walk(random: Random, terms: Terms): Journey {
  const strides: Stride[] = [];
  let status = ReferralStatus.DRAFT;
  let age = 0;
  for (;;) {
    const choices: Choice[] = LIKELY[status].filter(([step]) => isPossible(step, status, terms, age));
    if (strides.length >= LONGEST && choices.some(([step]) => step === STAY)) break;
    const choice = random.weighted<Choice>(choices.map(one => [one, one[1]]));
    if (choice[0] === STAY) break;
    const [step, , days] = choice;
    const to: ReferralStatus = STEPS[step].to;
    const minutes = random.within(days) * OFFICE_DAY;
    strides.push({ step, from: status, to, by: partyOf(random, step, status, terms.level), minutes });
    status = to;
    age += minutes;
  }
  const since = random.within(WAITING[status] ?? ENDED) * OFFICE_DAY;
  return { strides, status, since };
}

function isPossible(step: ReferralStep | null, status: ReferralStatus, terms: Terms, age: number): boolean {
  const unfinished = status === ReferralStatus.DRAFT || OPEN.includes(status);
  if (step === STAY) return !(terms.toTheEnd && unfinished);
  if (step === S.WAITLIST && !terms.keepsWaitingList) return false;
  if (step === S.MARK_AS_ERROR && age > NOTICED_WITHIN) return false;
  if (step === S.REVOKE && terms.basis !== DisclosureBasis.CONSENT) return false;
  return parties(step, status, terms.level).length > 0;
}

/** The partner before the coordinator, mostly; a revocation is the caseworker's or, where a consent ran out, the clock's. */
function partyOf(random: Random, step: ReferralStep, status: ReferralStatus, level: FeedbackLevel): Party {
  const [first, ...others] = parties(step, status, level);
  return others.length > 0 && random.chance(0.2) ? random.pick(others) : first!;
}

const parties = (step: ReferralStep, status: ReferralStatus, level: FeedbackLevel): Party[] =>
  STEPS[step].by.filter(party => isOpen(step, status, party, level));
