import { ReferralStatus, ReferralStep } from '../referral/referral.rules.js';
import { Random } from './random.js';
import type { DemoReferral } from './referrals.js';
import { OUT_OF_ORDER_TEXTS } from './remarks.data.js';

/** One stay on the waiting list of a service. */
interface Wait {
  readonly referral: string;
  readonly since: number;
  readonly until: number;
}

/** Why some were accepted while others of the same service had waited longer, by the id of the referral. */
export function outOfOrderReasons(referrals: readonly DemoReferral[]): ReadonlyMap<string, string> {
  const waits = Map.groupBy(
    referrals.flatMap(referral => waitsOf(referral).map(wait => ({ wait, service: referral.service }))),
    ({ service }) => service,
  );
  const passed = referrals.filter(referral => {
    const others = waits.get(referral.service) ?? [];
    return others.some(({ wait }) => overtakes(referral, wait));
  });
  return new Map(passed.map(({ id }) => [id, new Random(`out of order/${id}`).pick(OUT_OF_ORDER_TEXTS)]));
}

function waitsOf({ id, happenings }: DemoReferral): Wait[] {
  const start = happenings.findIndex(({ step }) => step === ReferralStep.WAITLIST);
  if (start < 0) return [];
  const end = happenings.slice(start).find(({ to_status }) => to_status !== ReferralStatus.WAITLISTED);
  const since = happenings[start]!.at.getTime();
  return [{ referral: id, since, until: end?.at.getTime() ?? Number.POSITIVE_INFINITY }];
}

function overtakes({ id, standing, happenings }: DemoReferral, wait: Wait): boolean {
  if (wait.referral === id) return false;
  const acceptance = happenings.find(({ step }) => step === ReferralStep.ACCEPT);
  if (!acceptance) return false;
  const at = acceptance.at.getTime();
  const own = acceptance.from_status === ReferralStatus.WAITLISTED ? standing.waitlisted_at?.getTime() : undefined;
  return wait.since < at && at < wait.until && (own === undefined || wait.since < own);
}
