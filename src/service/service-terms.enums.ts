import { registerEnumType } from 'type-graphql';
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
