import { registerEnumType } from 'type-graphql';
import { ImportStatus } from './import-job.rules.js';

registerEnumType(ImportStatus, {
  name: 'ImportStatus',
  description: 'Where an import stands.',
  valuesConfig: {
    QUEUED: { description: 'Waits for those before it (wartet).' },
    RUNNING: { description: 'At work (läuft).' },
    DONE: { description: 'At its end; what was found wrong is told beside (fertig).' },
    FAILED: { description: 'Stopped by a fault of the hub; may be taken up again (gescheitert).' },
    CANCELLED: { description: 'Stopped by somebody; what was done stays, and it may be taken up again (abgebrochen).' },
  },
});
