import { type DecisionForm, type InstrumentRule, InstrumentRuleKind } from '../instrument/instrument.rules.js';
import type { InstrumentFacts } from '../instrument/instrument-check.rules.js';
import type { ServiceInstrument } from '../instrument/service-instrument.rules.js';
import { HOLDS_PLACE, OPEN, ReferralStatus, ReferralStep } from '../referral/referral.rules.js';
import { hidesDecision, showsToCaseworker } from '../referral/referral-feedback.rules.js';
import type { FeedbackLevel } from '../service/service.rules.js';
import { dayAfter } from '../shared/calendar.rules.js';
import { areaHolds } from '../shared/geo.rules.js';
import { type Span, STEPS_A_MONTH, stepOf } from './months-window.rules.js';

/** What a decision says, as far as rules look at it. Days are YYYY-MM-DD; months are whole months. */
export interface DecisionTerms {
  readonly id: string;
  /** Code. */
  readonly instrument: string;
  readonly form: DecisionForm;
  readonly decidedOn: string;
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly withdrawnOn: string | null;
  /** Keys of areas; empty: it is not limited to any. */
  readonly regions: readonly string[];
  readonly weeklyHours: number | null;
  readonly durationMonths: number | null;
  readonly monthsUsedBefore: number | null;
  readonly unemployedMonths: number | null;
  readonly benefitMonths: number | null;
  readonly orderType: string | null;
  readonly recordedAt: Date;
  /** The day of that: YYYY-MM-DD. */
  readonly recordedOn: string;
  /** The referral that it is for. */
  readonly referral: { readonly id: string } | null;
  /** It goes, or went, with a referral that was sent and has not come to nothing. */
  readonly inUse: boolean;
  /** The last day of what it went with, where all of that is over; null: something goes on, or nobody knows. */
  readonly endedOn: string | null;
}

/** Does it hold on that day? */
export const isValidOn = (decision: Validity, day: string): boolean =>
  decision.validFrom <= day && !isOver(decision, day);

type Validity = Pick<DecisionTerms, 'validFrom' | 'validUntil' | 'withdrawnOn'>;

/** Has it ended by that day, or was it withdrawn? What is not over need not have begun. */
export const isOver = ({ validUntil, withdrawnOn }: Validity, day: string): boolean =>
  (validUntil !== null && validUntil < day) || (withdrawnOn !== null && withdrawnOn <= day);

/** Ends of a referral after which what was decided for it may be used for another. */
export const SET_FREE_BY: readonly ReferralStatus[] = [
  ReferralStatus.DECLINED,
  ReferralStatus.EXPIRED,
  ReferralStatus.ABORTED,
  ReferralStatus.CANCELLED,
  ReferralStatus.REVOKED,
  ReferralStatus.ENTERED_IN_ERROR,
];

/** Ends of a referral that come before its beginning, or after; after it, what was decided was used up to then. */
export const USED_IF_BEGUN: readonly ReferralStatus[] = [
  ReferralStatus.ABORTED,
  ReferralStatus.CANCELLED,
  ReferralStatus.REVOKED,
];

/** Where caseworkers saw a referral that has begun, as far as they know. Where they are not told of a start, it may have. */
export function mayHaveBegun(level: FeedbackLevel): readonly ReferralStatus[] {
  if (showsToCaseworker(ReferralStep.START, level)) return [ReferralStatus.IN_PROGRESS, ReferralStatus.ON_HOLD];
  return hidesDecision(level) ? OPEN : HOLDS_PLACE;
}

/** What is known of whom a decision is for. */
export interface DecisionClient {
  readonly birthYear: number | null;
  /** Codes. */
  readonly needs: readonly string[];
  /** Key of the municipality. */
  readonly municipality: string;
}

/** Months of an instrument that count against a decision besides its own. */
export interface UsedMonths {
  readonly months: number;
  /** Does one of those that took them count up to the end of its placement only? */
  readonly endedEarly: boolean;
}

/**
 * What the rules of an instrument are held against for one decision.
 *
 * @param rules those of the day of the decision
 * @param used null: nothing is known
 * @param placement codes of the instruments of the same placement
 * @param offer what the service says of the instrument
 */
export function factsOf(
  decision: DecisionTerms,
  rules: readonly InstrumentRule[],
  used: UsedMonths | null,
  { birthYear, needs, municipality }: DecisionClient,
  placement: readonly string[],
  offer: ServiceInstrument | undefined,
): InstrumentFacts {
  const { instrument, regions } = decision;
  const oldest = birthYear === null ? null : Number(decision.decidedOn.slice(0, 4)) - birthYear;
  return {
    ages: oldest === null ? [] : [oldest - 1, oldest],
    needs,
    unemployedMonths: decision.unemployedMonths,
    benefitMonths: decision.benefitMonths,
    usedMonths: used?.months ?? null,
    endedEarly: used?.endedEarly ?? false,
    durationMonths: plannedMonths(decision, rules),
    offer: offer
      ? { approvedProvider: offer.approvedProvider ?? null, approvedMeasure: offer.approvedMeasure ?? null }
      : null,
    others: placement.filter(code => code !== instrument),
    decision: {
      form: decision.form,
      validUntil: decision.validUntil,
      inRegion: regions.length === 0 ? null : areaHolds(regions, municipality),
      hasOrderTerms: decision.orderType !== null && decision.weeklyHours !== null && decision.durationMonths !== null,
    },
  };
}

/** What is planned, for the rules of a limit within a time: without a duration as long as it holds. */
function plannedMonths(decision: DecisionTerms, rules: readonly InstrumentRule[]): number | null {
  if (decision.durationMonths !== null || windowOf(rules) === null) return decision.durationMonths;
  const { from, until } = runOf(decision);
  return until === Number.POSITIVE_INFINITY ? null : Math.ceil((until - from) / STEPS_A_MONTH);
}

/** Within how many months its limit holds; null: it has none. Of several the longest time counts. */
export function windowOf(rules: readonly InstrumentRule[]): number | null {
  const windows = rules.flatMap(rule =>
    rule.kind === InstrumentRuleKind.DURATION_IN_WINDOW ? [rule.withinMonths] : [],
  );
  return windows.length === 0 ? null : Math.max(...windows);
}

/** From its first day on as long as it was decided for, else as long as it holds. */
export function runOf({ validFrom, validUntil, durationMonths }: DecisionTerms): Span {
  const from = stepOf(validFrom);
  if (durationMonths !== null) return { from, until: from + durationMonths * STEPS_A_MONTH };
  return { from, until: endOfDay(validUntil) };
}

/** The step at which a last day is over; never without one, or where that is the last day of the calendar. */
export function endOfDay(day: string | null): number {
  const next = day === null ? null : dayAfter(day);
  return next === null ? Number.POSITIVE_INFINITY : stepOf(next);
}

/** Longest text that names the type of an order. */
export const LONGEST_ORDER_TYPE = 200;
export const MOST_DECISIONS = 200;
