import { registerEnumType } from 'type-graphql';
import { JobcenterForm } from './jobcenter.rules.js';

registerEnumType(JobcenterForm, {
  name: 'JobcenterForm',
  description: 'Who runs a Jobcenter.',
  valuesConfig: {
    JOINT_FACILITY: {
      description: 'Employment agency and municipality together (gemeinsame Einrichtung, gE; §44b SGB II).',
    },
    APPROVED_MUNICIPALITY: {
      description: 'A Kreis or city alone (zugelassener kommunaler Träger, zkT; §6a SGB II).',
    },
  },
});
