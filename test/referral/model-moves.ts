import { isEnded, type Party, ReferralStatus, ReferralStep, STEPS } from '../../src/referral/referral.rules.js';
import { addDays } from '../../src/shared/calendar.rules.js';
import { consentOf, looksOpen, type Model, type ModelConsent, type ModelReferral, shows } from './model.js';

type Moving = keyof typeof ReferralStep;

const least = (a: number | null, b: number): number => (a === null ? b : Math.min(a, b));

const AFTER_THE_END: readonly string[] = ['REOPEN', 'MARK_AS_ERROR'];
const KEEPS_PLACE: readonly string[] = ['ACCEPTED', 'SCHEDULED', 'IN_PROGRESS', 'ON_HOLD'];

/** What a step does beside moving. */
const EFFECTS: Partial<Record<Moving, (model: Model, referral: ModelReferral, keepsPlace: boolean) => void>> = {
  SEND(model, referral) {
    const consent = consentOf(model, referral)!;
    Object.assign(referral, { consent, sentAt: model.now, readableUntil: consent.ends });
  },
  ASK: (_model, referral) => {
    referral.questions += 1;
  },
  ACCEPT: (_model, referral) => Object.assign(referral, { holdsPlace: true, accepted: true, answered: true }),
  WAITLIST: (model, referral) => Object.assign(referral, { waitingSince: model.now, answered: true }),
  DECLINE: (_model, referral) => {
    referral.answered = true;
  },
  HOLD: (_model, referral, keepsPlace) => {
    referral.holdsPlace = keepsPlace;
  },
  RESUME: (_model, referral) => {
    referral.holdsPlace = true;
  },
  REOPEN: (_model, referral) => Object.assign(referral, { holdsPlace: true, readableUntil: referral.consent!.ends }),
};

/** Moves the model as the table says; a step on what has ended unseen shows, and nothing else. */
export function move(model: Model, referral: ModelReferral, step: Moving, by: Party, keepsPlace = true): void {
  const { status: from, seenStatus: seenFrom } = referral;
  const { to } = STEPS[ReferralStep[step]];
  const happens = !isEnded(from) || AFTER_THE_END.includes(step);
  const shown = shows(step, model.level);
  if (happens) {
    EFFECTS[step]?.(model, referral, keepsPlace);
    Object.assign(referral, { status: to, version: referral.version + 1, enteredAt: model.now });
    if (to !== ReferralStatus.WAITLISTED) referral.waitingSince = null;
    if (!KEEPS_PLACE.includes(to)) referral.holdsPlace = false;
    if (isEnded(to)) end(model, referral, to);
    else referral.endedAt = null;
  }
  if (shown) {
    referral.seenStatus = to;
    referral.seenVersion += 1;
  }
  if (step === 'REVOKE') referral.readableUntil = least(referral.readableUntil, model.now);
  referral.events.push({
    step,
    from: happens ? from : null,
    to: happens ? to : null,
    seenFrom: shown ? seenFrom : null,
    seenTo: shown ? to : null,
    by,
  });
}

/** For some days after COMPLETED and ABORTED the partner reads on. */
function end({ now }: Model, referral: ModelReferral, to: ReferralStatus): void {
  const looksUp = to === ReferralStatus.COMPLETED || to === ReferralStatus.ABORTED;
  const until = looksUp ? addDays(new Date(now), 14).getTime() : now;
  referral.readableUntil = referral.sentAt === null ? null : least(referral.readableUntil, until);
  referral.endedAt = now;
}

/** The first acceptance cancels the others. */
export function cancelSiblings(model: Model, accepted: ModelReferral, by: Party): void {
  if (accepted.group === null) return;
  for (const one of model.referrals)
    if (one.group === accepted.group && one !== accepted && !isEnded(one.status)) move(model, one, 'CANCEL', by);
}

/** A consent is taken back: what rests on it, or seems to, ends; and so does every look at the client. */
export function revoke(model: Model, consent: ModelConsent, by: Party): void {
  if (consent.revoked) return;
  consent.revoked = true;
  for (const referral of model.referrals.filter(one => one.consent === consent)) {
    if (looksOpen(referral)) move(model, referral, 'REVOKE', by);
    referral.readableUntil = least(referral.readableUntil, model.now);
  }
}

/** The last day of a consent is over: another one takes its place, or it is revoked. */
export function endBasis(model: Model, referral: ModelReferral, by: Party): void {
  if (!looksOpen(referral)) return;
  const other = consentOf(model, referral);
  if (other) {
    referral.consent = other;
    if (!isEnded(referral.status)) referral.readableUntil = other.ends;
  } else move(model, referral, 'REVOKE', by);
}

export const drafted = (
  model: Model,
  draft: Pick<ModelReferral, 'id' | 'case' | 'service' | 'urgent' | 'group' | 'depth'> & { createdAt?: number },
): ModelReferral => ({
  status: ReferralStatus.DRAFT,
  version: 1,
  seenStatus: ReferralStatus.DRAFT,
  seenVersion: 1,
  createdAt: model.now,
  sentAt: null,
  enteredAt: model.now,
  endedAt: null,
  consent: null,
  waitingSince: null,
  holdsPlace: false,
  accepted: false,
  answered: false,
  questions: 0,
  readableUntil: null,
  events: [],
  ...draft,
});
