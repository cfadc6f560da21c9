import { registerEnumType } from 'type-graphql';
import { FreshnessSubject } from './freshness-subject.rules.js';

registerEnumType(FreshnessSubject, {
  name: 'FreshnessSubject',
  description: 'What gets old.',
  valuesConfig: {
    PARTNERS: { description: 'Records of partners.' },
    LOCATIONS: { description: 'Records of locations.' },
    SERVICES: { description: 'Records of services.' },
    PLACES: { description: 'Reports of places, one of each service (Platzmeldungen).' },
  },
});
