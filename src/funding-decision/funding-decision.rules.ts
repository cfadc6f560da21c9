import { type DecisionForm, type InstrumentRule, InstrumentRuleKind } from '../instrument/instrument.rules.js';
import type { InstrumentFacts } from '../instrument/instrument-check.rules.js';
import type { ServiceInstrument } from '../instrument/service-instrument.rules.js';
import { ReferralStatus } from '../referral/referral.rules.js';
import { addMonths } from '../shared/calendar.rules.js';
import { areaHolds } from '../shared/geo.rules.js';

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
}

/** Does it hold on that day? */
export const isValidOn = ({ validFrom, validUntil, withdrawnOn }: DecisionTerms, day: string): boolean =>
  validFrom <= day && (validUntil === null || validUntil >= day) && (withdrawnOn === null || withdrawnOn > day);

/** Ends of a referral after which what was decided for it may be used for another. */
export const SET_FREE_BY: readonly ReferralStatus[] = [
  ReferralStatus.DECLINED,
  ReferralStatus.EXPIRED,
  ReferralStatus.ABORTED,
  ReferralStatus.CANCELLED,
  ReferralStatus.REVOKED,
  ReferralStatus.ENTERED_IN_ERROR,
];

/** What is known of whom a decision is for. */
export interface DecisionClient {
  readonly birthYear: number | null;
  /** Codes. */
  readonly needs: readonly string[];
  /** Key of the municipality. */
  readonly municipality: string;
}

/**
 * What the rules of an instrument are held against for one decision.
 *
 * @param rules those of the day of the decision
 * @param all decisions of the same case
 * @param placement codes of the instruments of the same placement
 * @param offer what the service says of the instrument
 */
export function factsOf(
  decision: DecisionTerms,
  rules: readonly InstrumentRule[],
  all: readonly DecisionTerms[],
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
    usedMonths: usedMonths(decision, rules, all),
    durationMonths: decision.durationMonths,
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

/** What was used elsewhere, as told, and by earlier decisions of the same case; null where nothing is known of either. */
function usedMonths(
  decision: DecisionTerms,
  rules: readonly InstrumentRule[],
  all: readonly DecisionTerms[],
): number | null {
  const windows = rules.flatMap(rule =>
    rule.kind === InstrumentRuleKind.DURATION_IN_WINDOW ? [rule.withinMonths] : [],
  );
  const since = windows.length > 0 ? addMonths(decision.validFrom, -Math.max(...windows)) : '0001-01-01';
  const earlier = all.filter(
    ({ id, instrument, validFrom }) =>
      id !== decision.id && instrument === decision.instrument && validFrom >= since && validFrom < decision.validFrom,
  );
  if (decision.monthsUsedBefore === null && earlier.length === 0) return null;
  return (decision.monthsUsedBefore ?? 0) + earlier.reduce((sum, one) => sum + lasted(one), 0);
}

/** Months that an earlier decision took: what it was for, or less where it was withdrawn. */
function lasted({ validFrom, withdrawnOn, durationMonths }: DecisionTerms): number {
  const planned = durationMonths ?? 0;
  return withdrawnOn === null ? planned : Math.min(planned, monthsBegun(validFrom, withdrawnOn));
}

/** Months that have begun between two days, the second left out. */
export function monthsBegun(from: string, until: string): number {
  let months = 0;
  while (months < 1200 && addMonths(from, months) < until) months += 1;
  return months;
}

/** Longest text that names the type of an order. */
export const LONGEST_ORDER_TYPE = 200;
export const MOST_DECISIONS = 200;
