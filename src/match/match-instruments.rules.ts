import {
  type InstrumentFacts,
  NO_FACTS,
  notMet,
  type RuleCheck,
  rulesChecked,
} from '../instrument/instrument-check.rules.js';
import type { Candidate, Question } from './match.rules.js';

/** What the finder says of one instrument at one service. */
export interface InstrumentFinding {
  /** Code. */
  readonly instrument: string;
  /** Does the question ask for it? */
  readonly asked: boolean;
  /** Can a place be paid by it today? By one that has no rules today nobody can be paid for. */
  readonly accepted: boolean;
  /** Is nobody taken without it? */
  readonly required: boolean;
  /** Where its rules of today stand; null where it has none, or is not accepted. */
  readonly source: string | null;
  readonly checks: readonly RuleCheck[];
}

/** Every instrument of the service, and every one that is asked for, with the rules of today held against the facts. */
export function instrumentFindings(candidate: Candidate, { funding, ...question }: Question): InstrumentFinding[] {
  const asked = funding?.asked ?? [];
  const offered = candidate.instruments;
  const together = [
    ...new Set([
      ...asked.map(one => one.instrument),
      ...offered.filter(one => one.required).map(one => one.instrument),
    ]),
  ];
  const { age, otherAge = null, needs } = question;
  const codes = [...new Set([...together, ...offered.map(one => one.instrument)])];
  return codes.map(code => {
    const offer = offered.find(one => one.instrument === code);
    const wish = asked.find(one => one.instrument === code);
    const facts: InstrumentFacts = {
      ...NO_FACTS,
      ages: [...new Set([age, otherAge])].filter(one => one !== null),
      needs,
      unemployedMonths: funding?.unemployedMonths ?? null,
      benefitMonths: funding?.benefitMonths ?? null,
      usedMonths: wish?.monthsUsed ?? null,
      durationMonths: wish?.durationMonths ?? null,
      offer: offer
        ? { approvedProvider: offer.approvedProvider ?? null, approvedMeasure: offer.approvedMeasure ?? null }
        : null,
      others: together.filter(other => other !== code),
    };
    return {
      instrument: code,
      asked: wish !== undefined,
      accepted: offer !== undefined && offer.source !== null,
      required: offer?.required ?? false,
      source: offer?.source ?? null,
      checks: rulesChecked(offer?.rules ?? [], facts),
    };
  });
}

/**
 * Is the client known not to be paid for there: an instrument that is asked for is not accepted, one that is not asked for
 * is required, or a rule of either is not met? Where no instrument is asked for, none is missing.
 */
export function lacksInstrument(candidate: Candidate, question: Question): boolean {
  const findings = instrumentFindings(candidate, question);
  const isAsked = findings.some(({ asked }) => asked);
  return findings.some(({ asked, accepted, required, checks }) => {
    if (asked && !accepted) return true;
    if (isAsked && required && !asked) return true;
    return (asked || required) && notMet(checks).length > 0;
  });
}
