import { ancestry, CATEGORIES } from '../category/categories.data.js';
import { GapReason, GapStatus, gapOfDecline, gapOfExpiry } from '../gap/gap.rules.js';
import { ReferralStatus, ReferralStep } from '../referral/referral.rules.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { addMonths, berlinDay, monthOf, startOfBerlinDay } from '../shared/calendar.rules.js';
import { areaHolds } from '../shared/geo.rules.js';
import { NETWORKS } from './geography.data.js';
import { municipalitiesOf, networkId } from './geography.js';
import { demoId, Random } from './random.js';
import type { DemoReferral } from './referrals.js';
import { GAP_NOTES } from './remarks.data.js';
import type { DemoService } from './services.js';

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

/** What was missing, and when: one row of the register. */
type Missing = Pick<GapRow, 'network_id' | 'municipality_key' | 'category_code' | 'reason' | 'month'>;

/** The register as the hub itself counts it, and under which gap each referral was counted, by its id. */
export function gapsOf(referrals: readonly DemoReferral[], services: readonly DemoService[], now: Date) {
  const rows = new Map<string, GapRow>();
  const rowOf = (missing: Missing): GapRow => {
    const key = Object.values(missing).join(' ');
    const row = rows.get(key) ?? { id: demoId(`gap/${key}`), ...missing, ...dealtWith(key, missing.month, now) };
    rows.set(key, row);
    return row;
  };
  const ofReferral = new Map<string, string>();
  for (const referral of referrals) {
    const missing = gapOf(referral);
    if (!missing) continue;
    const row = rowOf(missing);
    if (referral.service.row.feedback_level === FeedbackLevel.NONE) row.withheld += 1;
    else row.events += 1;
    ofReferral.set(referral.id, row.id);
  }
  for (const { events, ...missing } of emptySearches(services, now)) rowOf(missing).events += events;
  return { gaps: [...rows.values()], gapOf: ofReferral };
}

/** Months back in which caseworkers looked for something in vain. */
const MONTHS = 5;

/** Of what no service of the network offers in a municipality, caseworkers looked for some. */
function emptySearches(services: readonly DemoService[], now: Date): (Missing & { events: number })[] {
  const months = Array.from({ length: MONTHS }, (_, back) => monthOf(addMonths(monthOf(berlinDay(now)), -back)));
  return NETWORKS.flatMap(network =>
    municipalitiesOf(network).flatMap(({ key }) => {
      const offered = new Set(
        services
          .filter(({ row, areas }) => row.network_id === networkId(network.slug) && areaHolds(areas, key))
          .flatMap(({ categories }) => categories.flatMap(ancestry)),
      );
      const random = new Random(`gap-search/${key}`);
      return CATEGORIES.filter(({ code }) => !offered.has(code)).flatMap(({ code }) =>
        months
          .filter(() => random.chance(0.15))
          .map(month => ({
            network_id: networkId(network.slug),
            municipality_key: key,
            category_code: code,
            reason: GapReason.NO_SERVICE,
            month,
            events: random.int(1, 6),
          })),
      );
    }),
  );
}

/** What its end says is missing; null where it says nothing, or was a mistake. */
function gapOf({ clientCase, service, standing, happenings }: DemoReferral): Missing | null {
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
