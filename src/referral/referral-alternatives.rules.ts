import { addDays } from '../shared/calendar.rules.js';
import { isEnded, REFERRED_ON_FROM, type ReferralStatus } from './referral.rules.js';
import { CancelReason } from './referral-reasons.rules.js';

/** A referral of a case to a service, as its caseworkers see it. */
export interface OfferOfCase {
  service: string;
  status: ReferralStatus;
  /** When it came to stand there. */
  at: string;
  wasSent: boolean;
  cancelReason: CancelReason | null;
}

/** Days for which a service to which a case was offered in vain is not proposed for it again. */
const TRIED_DAYS = 30;

/** Is the case offered there, or drafted; or was it of late, and not only given up for another that took it? */
export function isTried({ status, at, wasSent, cancelReason }: OfferOfCase, now: Date): boolean {
  if (!isEnded(status)) return true;
  const inVain = REFERRED_ON_FROM.includes(status) && wasSent && cancelReason !== CancelReason.SIBLING_ACCEPTED;
  return inVain && new Date(at) > addDays(now, -TRIED_DAYS);
}
