import { registerEnumType } from 'type-graphql';
import { DecisionForm, InstrumentRuleKind } from './instrument.rules.js';
import { RuleState } from './instrument-check.rules.js';

registerEnumType(InstrumentRuleKind, {
  name: 'InstrumentRuleKind',
  description: 'What a rule of an instrument is about. More may be added.',
  valuesConfig: {
    DECISION_NEEDED: {
      description: 'The office decides before, in the form `form` (Gutschein, Zuweisung, Bewilligung).',
    },
    LIMITED_VALIDITY: { description: 'The decision has a last day (Befristung).' },
    REGION: { description: 'The decision may be limited to a region, which must hold where the client lives.' },
    ORDER_TERMS: { description: 'The order names type, extent and duration (§194 SGB IX).' },
    APPROVED_PROVIDER: { description: 'The provider is approved (zugelassener Träger).' },
    APPROVED_MEASURE: { description: 'The measure is approved (zugelassene Maßnahme).' },
    MINIMUM_AGE: { description: 'At least `years` old.' },
    NEEDS: { description: 'For people with one of `needs`.' },
    UNEMPLOYED_MONTHS: { description: 'Unemployed for at least `months`.' },
    BENEFIT_MONTHS: { description: 'At least `months` of benefit (Leistungsbezug) within `withinMonths`.' },
    DURATION_IN_WINDOW: { description: '`months` at most within `withinMonths`, what was used before counted.' },
    LONGEST_DURATION: { description: '`months` at most.' },
    SUBSIDY_STEPS: { description: 'How much of the pay is paid in which months (Zuschussstufen); nothing to meet.' },
    COMBINES_WITH: { description: 'May be combined with `instruments`; others are to be cleared up.' },
    EXCLUDES: { description: 'Not together with one of `instruments`.' },
  },
});

registerEnumType(DecisionForm, {
  name: 'DecisionForm',
  description: 'In which form the office decides on an instrument for one client.',
  valuesConfig: {
    VOUCHER: { description: 'A voucher with which the client goes to a provider (Gutschein).' },
    ASSIGNMENT: { description: 'An assignment (Zuweisung).' },
    APPROVAL: { description: 'An approval, as of a wage subsidy (Bewilligung).' },
    ORDER: { description: 'An order to a service (Auftrag), as to the Integrationsfachdienst.' },
  },
});

registerEnumType(RuleState, {
  name: 'InstrumentRuleState',
  description: 'What can be told of a rule for one client.',
  valuesConfig: {
    MET: { description: 'What is known meets it.' },
    NOT_MET: { description: 'What is known does not.' },
    OPEN: { description: 'Not enough is known: to be cleared up.' },
    STATED: { description: 'It says how, not whether: nothing to meet.' },
  },
});
