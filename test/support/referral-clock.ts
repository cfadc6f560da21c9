import { runReferralClock } from '../../src/referral-clock/referral-clock.actions.js';
import type { TestHub } from './hub.js';

/** It is that moment, and the clock does what is due. How many referrals it moved. */
export function timePasses(hub: TestHub, to: Date | string): Promise<number> {
  const now = new Date(to);
  hub.setNow(now);
  return runReferralClock({ orm: hub.hub().orm, now });
}
