import type { Bilingual } from '../shared/texts.rules.js';
import { DECISION_FORMS, type DecisionForm, type InstrumentRule, InstrumentRuleKind } from './instrument.rules.js';

/** What can be told of a rule for one client. */
export enum RuleState {
  MET = 'MET',
  NOT_MET = 'NOT_MET',
  OPEN = 'OPEN',
  /** It says how, not whether: there is nothing to meet. */
  STATED = 'STATED',
}

/** What is known of a client, an offer and a decision. Null and empty lists: not known. */
export interface InstrumentFacts {
  /** The ages that are possible, in years. */
  readonly ages: readonly number[];
  /** Codes of the needs that were told. */
  readonly needs: readonly string[];
  readonly unemployedMonths: number | null;
  /** Months with benefit within the period that the rule names. */
  readonly benefitMonths: number | null;
  /** Months of the instrument that were used within the period that the rule names. */
  readonly usedMonths: number | null;
  /** Does something among them count only up to an early end? */
  readonly endedEarly: boolean;
  /** Months that are planned now. */
  readonly durationMonths: number | null;
  /** What the offer says of itself; null: no offer is meant. */
  readonly offer: { readonly approvedProvider: boolean | null; readonly approvedMeasure: boolean | null } | null;
  /** Codes of the other instruments of the same placement. */
  readonly others: readonly string[];
  readonly decision: DecisionFacts | null;
}

export interface DecisionFacts {
  readonly form: DecisionForm;
  /** YYYY-MM-DD. */
  readonly validUntil: string | null;
  /** Does its region hold the place where the client lives? Null: it is not limited to one. */
  readonly inRegion: boolean | null;
  /** Does it name type, extent and duration? */
  readonly hasOrderTerms: boolean;
}

export const NO_FACTS: InstrumentFacts = {
  ages: [],
  needs: [],
  unemployedMonths: null,
  benefitMonths: null,
  usedMonths: null,
  endedEarly: false,
  durationMonths: null,
  offer: null,
  others: [],
  decision: null,
};

export interface RuleCheck {
  readonly rule: InstrumentRule;
  readonly state: RuleState;
  /** What was compared with the rule, for people; null where nothing is known. */
  readonly seen: Bilingual | null;
}

const { MET, NOT_MET, OPEN, STATED } = RuleState;
const K = InstrumentRuleKind;

type Finding = Omit<RuleCheck, 'rule'>;

const open: Finding = { state: OPEN, seen: null };
const stated: Finding = { state: STATED, seen: null };
const judged = (holds: boolean, seen: Bilingual | null = null): Finding => ({ state: holds ? MET : NOT_MET, seen });

/** Every rule held against what is known. Where nothing is known the rule is open: that is no reason to leave anybody out. */
export const rulesChecked = (rules: readonly InstrumentRule[], facts: InstrumentFacts): RuleCheck[] =>
  rules.map(rule => ({ rule, ...findingOf(rule, facts) }));

export const notMet = (checks: readonly RuleCheck[]): RuleCheck[] => checks.filter(({ state }) => state === NOT_MET);

function findingOf(rule: InstrumentRule, facts: InstrumentFacts): Finding {
  const { decision, offer, others, ages, needs } = facts;
  switch (rule.kind) {
    case K.DECISION_NEEDED:
      return decision ? inForm(decision.form, rule.form) : open;
    case K.LIMITED_VALIDITY:
      return decision ? judged(decision.validUntil !== null, decision.validUntil === null ? NO_END : null) : open;
    case K.REGION:
      return decision?.inRegion == null ? open : judged(decision.inRegion, decision.inRegion ? INSIDE : OUTSIDE);
    case K.ORDER_TERMS:
      return decision ? judged(decision.hasOrderTerms) : open;
    case K.APPROVED_PROVIDER:
      return offer?.approvedProvider == null ? open : judged(offer.approvedProvider);
    case K.APPROVED_MEASURE:
      return offer?.approvedMeasure == null ? open : judged(offer.approvedMeasure);
    case K.MINIMUM_AGE:
      return ages.length === 0 ? open : judged(Math.max(...ages) >= rule.years, yearsOf(Math.max(...ages)));
    case K.NEEDS:
      return needs.length === 0 ? open : judged(rule.needs.some(code => needs.includes(code)));
    case K.UNEMPLOYED_MONTHS:
      return atLeast(facts.unemployedMonths, rule.months);
    case K.BENEFIT_MONTHS:
      return atLeast(facts.benefitMonths, rule.months);
    case K.DURATION_IN_WINDOW:
      return inWindow(rule.months, facts);
    case K.LONGEST_DURATION:
      return facts.durationMonths === null
        ? open
        : judged(facts.durationMonths <= rule.months, monthsOf(facts.durationMonths));
    case K.SUBSIDY_STEPS:
      return stated;
    case K.COMBINES_WITH:
      if (others.length === 0) return stated;
      return others.every(code => rule.instruments.includes(code)) ? judged(true) : open;
    case K.EXCLUDES:
      return others.length === 0 ? stated : judged(!others.some(code => rule.instruments.includes(code)));
  }
}

const inForm = (form: DecisionForm, wanted: DecisionForm): Finding =>
  form === wanted ? judged(true) : judged(false, DECISION_FORMS[form]);

const NO_END: Bilingual = { de: 'ein Ende ist nicht genannt', en: 'no end is named' };
const INSIDE: Bilingual = { de: 'der Wohnort liegt im Gebiet', en: 'the home lies in the area' };
const OUTSIDE: Bilingual = { de: 'der Wohnort liegt außerhalb des Gebiets', en: 'the home lies outside the area' };

const atLeast = (known: number | null, months: number): Finding =>
  known === null ? open : judged(known >= months, monthsOf(known));

/** What was used and what is planned, together; used up already, it is not met whatever is planned. */
function inWindow(months: number, { usedMonths, endedEarly, durationMonths }: InstrumentFacts): Finding {
  if (usedMonths === null && durationMonths === null) return open;
  const [used, planned] = [usedMonths ?? 0, durationMonths ?? 0];
  const [noteDe, noteEn] = endedEarly
    ? ['; was vorzeitig endete, zählt bis zu seinem Ende', '; what ended early counts up to its end']
    : ['', ''];
  const seen = {
    de: `${used} genutzt, ${planned} geplant${noteDe}`,
    en: `${used} used, ${planned} planned${noteEn}`,
  };
  if (used + planned > months || used >= months) return judged(false, seen);
  return usedMonths === null ? { state: OPEN, seen } : judged(true, seen);
}

const yearsOf = (years: number): Bilingual => ({ de: `${years} Jahre`, en: `${years} years` });
const monthsOf = (months: number): Bilingual => ({
  de: months === 1 ? '1 Monat' : `${months} Monate`,
  en: months === 1 ? '1 month' : `${months} months`,
});
