import { ReferralStatus, ReferralStep } from '../referral/referral.rules.js';
import { berlinDay, workingDaysBetween } from '../shared/calendar.rules.js';
import type { DemoReferral } from './referrals.js';

/** As in the tables; counted from the events as the steps themselves count them. */
export interface AcceptanceRow {
  readonly service_id: string;
  readonly accepted_on: string;
  accepted: number;
}
export interface AnswerRow {
  readonly service_id: string;
  readonly answered_on: string;
  readonly working_days: number;
  answers: number;
}

const DECISIONS: readonly (ReferralStep | null)[] = [ReferralStep.ACCEPT, ReferralStep.WAITLIST, ReferralStep.DECLINE];

/** What was entered in error is out of all statistics. */
const counted = (referrals: readonly DemoReferral[]): DemoReferral[] =>
  referrals.filter(({ standing }) => standing.status !== ReferralStatus.ENTERED_IN_ERROR);

/** Acceptances by service and day. */
export function acceptances(referrals: readonly DemoReferral[]): AcceptanceRow[] {
  const rows = new Map<string, AcceptanceRow>();
  for (const { service, happenings } of counted(referrals)) {
    for (const { at } of happenings.filter(({ step }) => step === ReferralStep.ACCEPT)) {
      const row = { service_id: service.row.id, accepted_on: berlinDay(at), accepted: 0 };
      found(rows, `${row.service_id} ${row.accepted_on}`, row).accepted += 1;
    }
  }
  return [...rows.values()];
}

/** First decisions by service, day and the working days since the sending. */
export function answers(referrals: readonly DemoReferral[]): AnswerRow[] {
  const rows = new Map<string, AnswerRow>();
  for (const { service, standing, happenings } of counted(referrals)) {
    const first = happenings.find(({ step }) => DECISIONS.includes(step));
    if (!first || !standing.sent_at) continue;
    const row = {
      service_id: service.row.id,
      answered_on: berlinDay(first.at),
      working_days: workingDaysBetween(standing.sent_at, first.at),
      answers: 0,
    };
    found(rows, `${row.service_id} ${row.answered_on} ${row.working_days}`, row).answers += 1;
  }
  return [...rows.values()];
}

function found<T>(rows: Map<string, T>, key: string, empty: T): T {
  const known = rows.get(key);
  if (known) return known;
  rows.set(key, empty);
  return empty;
}
