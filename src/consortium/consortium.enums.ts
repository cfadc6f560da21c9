import { registerEnumType } from 'type-graphql';
import { ConsortiumRole } from './consortium.rules.js';

registerEnumType(ConsortiumRole, {
  name: 'ConsortiumRole',
  description: 'As what a partner belongs to a consortium.',
  valuesConfig: {
    LEAD: { description: 'It leads, and answers for the others (federführend).' },
    MEMBER: { description: 'It belongs to it (Mitglied).' },
    ASSOCIATE: { description: 'It works along without being a member (assoziiert).' },
    FUNDER: { description: 'It pays for it (Förderer).' },
  },
});
