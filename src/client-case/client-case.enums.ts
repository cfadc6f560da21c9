import { registerEnumType } from 'type-graphql';
import { ClientCaseStatus } from './client-case.rules.js';

registerEnumType(ClientCaseStatus, {
  name: 'ClientCaseStatus',
  description: 'Whether somebody works on a case.',
  valuesConfig: {
    OPEN: { description: 'Clients can be referred.' },
    CLOSED: { description: 'Nothing new is sent.' },
  },
});
