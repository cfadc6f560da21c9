import { registerEnumType } from 'type-graphql';
import { RecordName } from './record.rules.js';

registerEnumType(RecordName, {
  name: 'RecordKind',
  description: 'What is kept as a record: edited, confirmed, proposed to be changed, looked back at.',
  valuesConfig: {
    PARTNER: { description: 'A partner.' },
    LOCATION: { description: 'One of its locations.' },
    SERVICE: { description: 'One of its services.' },
    JOB_OPENING: { description: 'One of its job openings.' },
  },
});
