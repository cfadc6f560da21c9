import { registerEnumType } from 'type-graphql';
import { JobOpeningStatus, PayPeriod } from './job-opening.rules.js';

registerEnumType(JobOpeningStatus, {
  name: 'JobOpeningStatus',
  description: 'Whether somebody is looked for.',
  valuesConfig: {
    OPEN: { description: 'Somebody is looked for, until `validUntil`.' },
    FILLED: { description: 'Somebody was found (besetzt).' },
    WITHDRAWN: { description: 'Nobody is looked for any more (zurückgezogen).' },
  },
});

registerEnumType(PayPeriod, {
  name: 'PayPeriod',
  description: 'What pay is told for.',
  valuesConfig: {
    HOUR: { description: 'Per hour.' },
    MONTH: { description: 'Per month, gross.' },
  },
});
