import type { Bilingual } from '../shared/texts.rules.js';

/** What the rules of an instrument can say. Closed: the law changes by rows, a new kind of rule by a new version of the hub. */
export enum InstrumentRuleKind {
  DECISION_NEEDED = 'DECISION_NEEDED',
  LIMITED_VALIDITY = 'LIMITED_VALIDITY',
  REGION = 'REGION',
  ORDER_TERMS = 'ORDER_TERMS',
  APPROVED_PROVIDER = 'APPROVED_PROVIDER',
  APPROVED_MEASURE = 'APPROVED_MEASURE',
  MINIMUM_AGE = 'MINIMUM_AGE',
  NEEDS = 'NEEDS',
  UNEMPLOYED_MONTHS = 'UNEMPLOYED_MONTHS',
  BENEFIT_MONTHS = 'BENEFIT_MONTHS',
  DURATION_IN_WINDOW = 'DURATION_IN_WINDOW',
  LONGEST_DURATION = 'LONGEST_DURATION',
  SUBSIDY_STEPS = 'SUBSIDY_STEPS',
  COMBINES_WITH = 'COMBINES_WITH',
  EXCLUDES = 'EXCLUDES',
}

/** In which form the office decides. */
export enum DecisionForm {
  VOUCHER = 'VOUCHER',
  ASSIGNMENT = 'ASSIGNMENT',
  APPROVAL = 'APPROVAL',
  ORDER = 'ORDER',
}

/** A part of a subsidy: from the first day of a month to the last day of another, counted from 1; in percent of the pay. */
export interface SubsidyStep {
  readonly fromMonth: number;
  readonly untilMonth: number;
  readonly percent: number;
}

const K = InstrumentRuleKind;

/** One rule with its parameters, as it is stored. Months are whole months. */
export type InstrumentRule =
  | { readonly kind: InstrumentRuleKind.DECISION_NEEDED; readonly form: DecisionForm }
  | {
      readonly kind:
        | InstrumentRuleKind.LIMITED_VALIDITY
        | InstrumentRuleKind.REGION
        | InstrumentRuleKind.ORDER_TERMS
        | InstrumentRuleKind.APPROVED_PROVIDER
        | InstrumentRuleKind.APPROVED_MEASURE;
    }
  | { readonly kind: InstrumentRuleKind.MINIMUM_AGE; readonly years: number }
  | { readonly kind: InstrumentRuleKind.NEEDS; readonly needs: readonly string[] }
  | { readonly kind: InstrumentRuleKind.UNEMPLOYED_MONTHS; readonly months: number }
  | { readonly kind: InstrumentRuleKind.BENEFIT_MONTHS; readonly months: number; readonly withinMonths: number }
  | { readonly kind: InstrumentRuleKind.DURATION_IN_WINDOW; readonly months: number; readonly withinMonths: number }
  | { readonly kind: InstrumentRuleKind.LONGEST_DURATION; readonly months: number }
  | { readonly kind: InstrumentRuleKind.SUBSIDY_STEPS; readonly steps: readonly SubsidyStep[] }
  | {
      readonly kind: InstrumentRuleKind.COMBINES_WITH | InstrumentRuleKind.EXCLUDES;
      readonly instruments: readonly string[];
    };

export type RuleParameter = 'form' | 'years' | 'needs' | 'months' | 'withinMonths' | 'steps' | 'instruments';

/** Which parameters a rule of each kind has: all of these, and no others. */
export const PARAMETERS: Readonly<Record<InstrumentRuleKind, readonly RuleParameter[]>> = {
  [K.DECISION_NEEDED]: ['form'],
  [K.LIMITED_VALIDITY]: [],
  [K.REGION]: [],
  [K.ORDER_TERMS]: [],
  [K.APPROVED_PROVIDER]: [],
  [K.APPROVED_MEASURE]: [],
  [K.MINIMUM_AGE]: ['years'],
  [K.NEEDS]: ['needs'],
  [K.UNEMPLOYED_MONTHS]: ['months'],
  [K.BENEFIT_MONTHS]: ['months', 'withinMonths'],
  [K.DURATION_IN_WINDOW]: ['months', 'withinMonths'],
  [K.LONGEST_DURATION]: ['months'],
  [K.SUBSIDY_STEPS]: ['steps'],
  [K.COMBINES_WITH]: ['instruments'],
  [K.EXCLUDES]: ['instruments'],
};

export const DECISION_FORMS: Readonly<Record<DecisionForm, Bilingual>> = {
  [DecisionForm.VOUCHER]: { de: 'Gutschein', en: 'voucher' },
  [DecisionForm.ASSIGNMENT]: { de: 'Zuweisung', en: 'assignment' },
  [DecisionForm.APPROVAL]: { de: 'Bewilligung', en: 'approval' },
  [DecisionForm.ORDER]: { de: 'Auftrag', en: 'order' },
};

/** A period with both ends; `validTo` null: open. Days are YYYY-MM-DD. */
export interface Validity {
  readonly validFrom: string;
  readonly validTo: string | null;
}

export const holdsOn = ({ validFrom, validTo }: Validity, day: string): boolean =>
  validFrom <= day && (validTo === null || validTo >= day);

/** Do two periods have a day in common? */
export const overlaps = (a: Validity, b: Validity): boolean =>
  (b.validTo === null || a.validFrom <= b.validTo) && (a.validTo === null || b.validFrom <= a.validTo);

/** The rules of an instrument on a day, if it was there then. */
export interface RulesOfDay {
  readonly code: string;
  readonly rules: readonly InstrumentRule[];
  /** Where the rules stand. */
  readonly source: string;
}
