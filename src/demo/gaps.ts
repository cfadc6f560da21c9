import { CATEGORIES } from '../category/categories.data.js';
import { type GapReason, GapStatus, gapOfDecline, gapOfExpiry, monthOf } from '../gap/gap.rules.js';
import { ReferralStatus, ReferralStep } from '../referral/referral.rules.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { berlinDay, startOfBerlinDay } from '../shared/calendar.rules.js';
import { demoId, Random } from './random.js';
import type { DemoReferral } from './referrals.js';
import { GAP_NOTES } from './remarks.data.js';

/** As in the table. */
interface GapRow {
  readonly id: string;
  readonly network_id: string;
  readonly municipality_key: string;
  readonly category_code: string;
  readonly reason: GapReason;
  readonly month: string;
  events: number;
  withheld: number;
  readonly withheld_in: string;
  readonly status: GapStatus;
  readonly note: string | null;
  readonly version: number;
  readonly updated_at: Date | null;
}

/** The register as the steps themselves count it, and under which gap each referral was counted, by its id. */
export function gapsOf(referrals: readonly DemoReferral[], now: Date) {
  const rows = new Map<string, GapRow>();
  const ofReferral = new Map<string, string>();
  for (const referral of referrals) {
    const found = gapOf(referral);
    if (!found) continue;
    const key = Object.values(found).join(' ');
    const row = rows.get(key) ?? { id: demoId(`gap/${key}`), ...found, ...dealtWith(key, found.month, now) };
    if (referral.service.row.feedback_level === FeedbackLevel.NONE) row.withheld += 1;
    else row.events += 1;
    rows.set(key, row);
    ofReferral.set(referral.id, row.id);
  }
  return { gaps: [...rows.values()], gapOf: ofReferral };
}

/** What its end says is missing; null where it says nothing, or was a mistake. */
function gapOf({ clientCase, service, standing, happenings }: DemoReferral) {
  if (standing.status === ReferralStatus.ENTERED_IN_ERROR) return null;
  const end = happenings.find(({ step }) => step === ReferralStep.DECLINE || step === ReferralStep.EXPIRE);
  const category_code = CATEGORIES.find(({ code }) => service.categories.includes(code))?.code;
  const reason =
    end && (standing.decline_reason ? gapOfDecline(standing.decline_reason) : gapOfExpiry(end.from_status!));
  if (!end || !reason || !category_code) return null;
  return {
    network_id: clientCase.networkId,
    municipality_key: clientCase.municipalityKey,
    category_code,
    reason,
    month: monthOf(berlinDay(end.at)),
  };
}

/** Of the months before this one, the coordination has looked at some since. */
function dealtWith(key: string, month: string, now: Date) {
  const random = new Random(`gap/${key}`);
  const thisMonth = monthOf(berlinDay(now));
  const seen = month < thisMonth && random.chance(0.4);
  const status = seen ? random.pick([GapStatus.PLANNED, GapStatus.CLOSED]) : GapStatus.OPEN;
  return {
    events: 0,
    withheld: 0,
    withheld_in: month,
    status,
    note: seen ? random.pick(GAP_NOTES[status]) : null,
    version: seen ? 2 : 1,
    updated_at: seen ? new Date(random.between(startOfBerlinDay(thisMonth).getTime(), now.getTime())) : null,
  };
}
