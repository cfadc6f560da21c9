import { registerEnumType } from 'type-graphql';
import { CriterionState } from './service-criteria.rules.js';
import { CostUnit, CriterionEffect } from './service-terms.rules.js';

registerEnumType(CostUnit, {
  name: 'CostUnit',
  description: 'What an amount is for.',
  valuesConfig: {
    ONCE: { description: 'Once for all of it.' },
    HOUR: { description: 'Each hour.' },
    SESSION: { description: 'Each time.' },
    DAY: { description: 'Each day.' },
    WEEK: { description: 'Each week.' },
    MONTH: { description: 'Each month.' },
    YEAR: { description: 'Each year.' },
  },
});

registerEnumType(CriterionEffect, {
  name: 'CriterionEffect',
  description: 'Whether a criterion opens a service to somebody or closes it.',
  valuesConfig: {
    REQUIRES: { description: 'Only for those whom it fits (Aufnahmekriterium).' },
    EXCLUDES: { description: 'Not for those whom it fits (Ausschlusskriterium).' },
  },
});

registerEnumType(CriterionState, {
  name: 'CriterionState',
  description: 'What can be told of a criterion for one client.',
  valuesConfig: {
    HOLDS: { description: 'The told needs meet it.' },
    FAILS: { description: 'They do not, or it leaves them out: NOT_ELIGIBLE.' },
    OPEN: { description: 'To be cleared up in conversation: it is in words only, or no needs were told.' },
  },
});
