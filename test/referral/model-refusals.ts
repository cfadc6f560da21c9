import { isEnded, OPEN } from '../../src/referral/referral.rules.js';
import { FeedbackLevel } from '../../src/service/service.rules.js';
import type { Step } from '../support/referral-steps.js';
import {
  acceptedSibling,
  consentOf,
  hasFreePlace,
  isOnCase,
  listOf,
  type Model,
  type ModelReferral,
  seenBy,
  standing,
  type Who,
} from './model.js';

export interface Asked {
  who: Who;
  step: Step;
  expectedVersion: number | null;
  /** With all that is wanted, or without, and with what some services do not take. */
  careful: boolean;
}

/** What is said with a step, carefully or not. */
export function saidWith(step: Step, careful: boolean): object {
  const words = careful ? 'Ein Grund in Worten.' : null;
  if (step === 'ASK') return { question: careful ? 'Was ist zu beachten?' : ' ' };
  if (step === 'ANSWER') return { answer: careful ? 'Nichts Besonderes.' : ' ' };
  if (step === 'ACCEPT') return { outOfOrderReason: words };
  if (step === 'DECLINE' || step === 'CANCEL' || step === 'ABORT') return { reason: 'OTHER', text: words };
  if (step === 'HOLD') return { reason: 'OTHER', text: words };
  if (step === 'MARK_AS_ERROR') return { reason: words ?? '' };
  return step === 'COMPLETE' ? { outcome: careful ? 'NO_DETAIL' : 'EMPLOYED' } : {};
}

const needsWords = (careful: boolean): string | null => (careful ? null : 'REASON_REQUIRED');

/** Past its consent, and the clock has not seen it yet. */
const basisIsOver = ({ now }: Model, { consent }: ModelReferral): boolean => consent !== null && consent.ends <= now;

/** What each step itself may refuse, in the order in which it asks; null where it does not. */
const OWN: Partial<Record<Step, (model: Model, referral: ModelReferral, careful: boolean) => string | null>> = {
  SEND(model, referral) {
    const rival = model.referrals.some(
      one =>
        one !== referral &&
        one.case === referral.case &&
        one.service === referral.service &&
        OPEN.includes(one.seenStatus),
    );
    if (rival || acceptedSibling(model, referral)) return 'DUPLICATE';
    return consentOf(model, referral) ? null : 'BASIS_MISSING';
  },
  ASK: (model, referral, careful) =>
    basisIsOver(model, referral) ? 'BASIS_MISSING' : careful ? null : 'INVALID_INPUT',
  ANSWER: (_model, _referral, careful) => (careful ? null : 'INVALID_INPUT'),
  ACCEPT(model, referral, careful) {
    if (basisIsOver(model, referral)) return 'BASIS_MISSING';
    if (!hasFreePlace(model, referral.service)) return 'NO_CAPACITY';
    const [next] = listOf(model, referral.service);
    return next && next !== referral ? needsWords(careful) : null;
  },
  WAITLIST(model, referral) {
    if (basisIsOver(model, referral)) return 'BASIS_MISSING';
    return model.keepsWaitingList ? null : 'NO_WAITING_LIST';
  },
  DECLINE: (_model, _referral, careful) => needsWords(careful),
  CANCEL: (_model, _referral, careful) => needsWords(careful),
  ABORT: (_model, _referral, careful) => needsWords(careful),
  HOLD: (_model, _referral, careful) => needsWords(careful),
  MARK_AS_ERROR: (_model, _referral, careful) => needsWords(careful),
  RESUME: (model, { holdsPlace, service }) => (holdsPlace || hasFreePlace(model, service) ? null : 'NO_CAPACITY'),
  COMPLETE: ({ level }, _referral, careful) =>
    careful || level === FeedbackLevel.STATUS_AND_OUTCOME ? null : 'INVALID_INPUT',
  REOPEN(model, referral) {
    const { consent, service } = referral;
    if (!consent || consent.revoked || consent.ends < model.now) return 'BASIS_MISSING';
    if (acceptedSibling(model, referral)) return 'DUPLICATE';
    return hasFreePlace(model, service) ? null : 'NO_CAPACITY';
  },
};

/** The code with which the hub must refuse this; null where it must not. */
export function refusalOf(model: Model, referral: ModelReferral, asked: Asked): string | null {
  const { who, step, expectedVersion, careful } = asked;
  const seen = seenBy(model, who, referral);
  if (!seen) return 'NOT_FOUND';
  if (expectedVersion !== null && expectedVersion !== seen.version) return 'VERSION_CONFLICT';
  const side = standing(model, who, referral, step);
  if (side === null) return 'STEP_NOT_OPEN';
  return side === 'TOO_LATE' ? side : (OWN[step]?.(model, referral, careful) ?? null);
}

export interface DraftWish {
  who: Who;
  case: number;
  service: number;
  siblingOf: ModelReferral | null;
  parent: ModelReferral | null;
}

const UNDECIDED: readonly string[] = ['DRAFT', 'SENT', 'RECEIVED', 'NEEDS_INFO', 'WAITLISTED'];
const CAME_TO_NOTHING: readonly string[] = ['DECLINED', 'EXPIRED', 'ABORTED', 'CANCELLED'];

/** The code with which the hub must refuse a draft, and the field that it names. */
export function draftRefusalOf(model: Model, wish: DraftWish): [code: string, field: string] | null {
  const { who, siblingOf, parent } = wish;
  if (!isOnCase(who, wish.case)) return ['NOT_FOUND', 'clientCase'];
  if (parent) {
    if (parent.case !== wish.case) return ['NOT_FOUND', 'parent'];
    if (!CAME_TO_NOTHING.includes(parent.seenStatus) || parent.depth >= 5) return ['INVALID_INPUT', 'parent'];
  }
  if (!siblingOf) return null;
  if (siblingOf.case !== wish.case) return ['NOT_FOUND', 'siblingOf'];
  if (model.level === FeedbackLevel.NONE) return ['INVALID_INPUT', 'siblingOf'];
  if (!UNDECIDED.includes(siblingOf.seenStatus) || isEnded(siblingOf.status)) return ['INVALID_INPUT', 'siblingOf'];
  return null;
}

/** Who may draft at all; for others the mutation itself is forbidden. */
export const mayDraft = (who: Who): boolean => ['caseworker', 'both', 'clerk', 'foreigner'].includes(who);
