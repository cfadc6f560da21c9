import { registerEnumType } from 'type-graphql';
import { SharingStatus } from './sharing.rules.js';

registerEnumType(SharingStatus, {
  name: 'SharingStatus',
  description: 'Where a sharing agreement stands.',
  valuesConfig: {
    PROPOSED: { description: 'One side proposed it; nothing is shared yet (vorgeschlagen).' },
    AGREED: { description: 'Both sides want it: it is in force from its first day to its last (vereinbart).' },
    DECLINED: { description: 'The other side does not want it (abgelehnt).' },
    ENDED: { description: 'It was ended or taken back, or its last day is over (beendet).' },
  },
});
