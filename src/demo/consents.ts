import { DisclosureBasis, isEnded, Party, ReferralStep } from '../referral/referral.rules.js';
import { addDays, berlinDay } from '../shared/calendar.rules.js';
import { demoId, Random } from './random.js';
import type { DemoReferral } from './referrals.js';

/** As in the table. */
export interface ConsentRow {
  readonly id: string;
  readonly network_id: string;
  readonly client_case_id: string;
  readonly service_id: string | null;
  readonly category_code: string | null;
  readonly given_on: string;
  readonly valid_until: string;
  readonly revoked_at: Date | null;
  readonly created_at: Date;
}

/**
 * What a referral rests on: given when it was drafted, for its service or one of its categories; valid as long as the
 * referral is open, and over where it was revoked. Null on the statutory task, and for some drafts: not asked yet.
 */
export function buildConsent(referral: DemoReferral, now: Date): ConsentRow | null {
  const { id, clientCase, service, basis, standing } = referral;
  if (basis !== DisclosureBasis.CONSENT) return null;
  const random = new Random(`consent/${id}`);
  if (standing.sent_at === null && random.chance(0.4)) return null;
  const forService = random.chance(0.7);
  return {
    id: demoId(`consent/${id}`),
    network_id: clientCase.networkId,
    client_case_id: clientCase.id,
    service_id: forService ? service.row.id : null,
    category_code: forService ? null : random.pick(service.categories),
    given_on: berlinDay(standing.created_at),
    created_at: standing.created_at,
    ...ending(referral, random, now),
  };
}

function ending({ standing, happenings }: DemoReferral, random: Random, now: Date) {
  const revocation = happenings.find(({ step }) => step === ReferralStep.REVOKE);
  if (revocation?.by === Party.SYSTEM) return { valid_until: berlinDay(addDays(revocation.at, -1)), revoked_at: null };
  const seems = isEnded(standing.seen_status) ? standing.ended_at : null; // what looks open to the caseworker rests on it too
  const needed = addDays(seems ?? now, random.int(10, 150));
  const term = addDays(standing.created_at, random.pick([180, 365, 365]));
  const until = new Date(Math.max(term.getTime(), needed.getTime()));
  return { valid_until: berlinDay(until), revoked_at: revocation?.at ?? null };
}
