import { registerEnumType } from 'type-graphql';
import { Origin, RecordName } from './record.rules.js';

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

registerEnumType(Origin, {
  name: 'RevisionOrigin',
  description: 'How a change of a record came about.',
  valuesConfig: {
    EDIT: { description: 'Somebody who keeps the record edited it.' },
    PROPOSAL: { description: 'Somebody proposed it, and it was accepted.' },
    IMPORT: { description: 'It came with a file, or from another system.' },
    MERGE: { description: 'It came from a duplicate that was merged.' },
    ASSESSMENT: { description: 'An assessment of the accessibility decided it.' },
  },
});
