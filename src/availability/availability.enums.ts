import { registerEnumType } from 'type-graphql';
import { AgeGroup } from './availability.rules.js';

registerEnumType(AgeGroup, {
  name: 'AgeGroup',
  description: 'A band of ages, where an age would tell too much.',
  valuesConfig: {
    UNDER_18: { description: 'Up to 17 years.' },
    FROM_18_TO_24: { description: '18 to 24 years.' },
    FROM_25_TO_54: { description: '25 to 54 years.' },
    FROM_55: { description: '55 years and older.' },
  },
});
