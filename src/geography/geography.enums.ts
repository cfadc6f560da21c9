import { registerEnumType } from 'type-graphql';
import { DemandMeasure, JobcenterForm } from './geography.rules.js';

registerEnumType(DemandMeasure, {
  name: 'DemandMeasure',
  description: 'What people are counted for.',
  valuesConfig: {
    POPULATION: { description: 'Inhabitants (Bevölkerung).' },
    SGB2_RECIPIENTS: {
      description: 'Receive SGB II benefits, all ages (Regelleistungsberechtigte). The demand that coverage counts.',
    },
    UNEMPLOYED: { description: 'Registered as unemployed (Arbeitslose).' },
    SEVERELY_DISABLED: { description: 'Have a degree of disability of 50 or more (schwerbehinderte Menschen).' },
  },
});

registerEnumType(JobcenterForm, {
  name: 'JobcenterForm',
  description: 'Who runs the Jobcenter of a district.',
  valuesConfig: {
    JOINT_FACILITY: { description: 'Employment agency and municipality together (gemeinsame Einrichtung, gE).' },
    APPROVED_MUNICIPALITY: { description: 'The municipality alone (zugelassener kommunaler Träger, zkT).' },
  },
});
