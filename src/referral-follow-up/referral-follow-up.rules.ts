import { ReferralOutcome } from '../referral/referral-reasons.rules.js';
import { addMonths } from '../shared/calendar.rules.js';

/** Outcomes after which it is asked whether the client is still in work. */
export const PLACED: readonly ReferralOutcome[] = [ReferralOutcome.EMPLOYED, ReferralOutcome.SUBSIDISED_JOB];

/** Months after the completion at which it is asked. */
export const FOLLOW_UP_MONTHS = [3, 6] as const;
export type FollowUpMonths = (typeof FOLLOW_UP_MONTHS)[number];

/** The days on which it is asked, of a referral that was completed on that day. @param day YYYY-MM-DD */
export const followUpDays = (day: string): { months: FollowUpMonths; dueOn: string }[] =>
  FOLLOW_UP_MONTHS.map(months => ({ months, dueOn: addMonths(day, months) }));

/** What a caseworker found out; null: not known, or without meaning for somebody without work. */
export interface FollowUpAnswer {
  stillEmployed: boolean;
  subsidised: boolean | null;
  subjectToSocialInsurance: boolean | null;
}
