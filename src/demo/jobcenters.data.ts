import { JobcenterForm } from '../geography/geography.rules.js';

/** The Jobcenter of a network: a public body; streets, numbers and sites are invented. */
export interface DemoJobcenter {
  readonly key: string;
  readonly network: string;
  readonly name: string;
  readonly form: JobcenterForm;
  readonly about: string;
  /** Of each site its name and its municipality. */
  readonly sites: readonly (readonly [name: string, town: string])[];
}

export const JOBCENTERS: readonly DemoJobcenter[] = [
  {
    key: 'jobcenter-aachen',
    network: 'aachen',
    name: 'Jobcenter StädteRegion Aachen',
    form: JobcenterForm.JOINT_FACILITY,
    about: 'Grundsicherung für Arbeitsuchende in der StädteRegion.',
    sites: [
      ['Geschäftsstelle Aachen', 'Aachen'],
      ['Geschäftsstelle Alsdorf', 'Alsdorf'],
      ['Geschäftsstelle Eschweiler', 'Eschweiler'],
      ['Geschäftsstelle Stolberg', 'Stolberg (Rhld.)'],
    ],
  },
  {
    key: 'jobcenter-wuppertal',
    network: 'wuppertal',
    name: 'Jobcenter Wuppertal',
    form: JobcenterForm.APPROVED_MUNICIPALITY,
    about: 'Grundsicherung für Arbeitsuchende in der Stadt.',
    sites: [
      ['Geschäftsstelle Barmen', 'Wuppertal'],
      ['Geschäftsstelle Elberfeld', 'Wuppertal'],
      ['Geschäftsstelle Vohwinkel', 'Wuppertal'],
    ],
  },
  {
    key: 'jobcenter-unna',
    network: 'unna',
    name: 'Jobcenter Kreis Unna',
    form: JobcenterForm.JOINT_FACILITY,
    about: 'Grundsicherung für Arbeitsuchende im Kreis.',
    sites: [
      ['Geschäftsstelle Unna', 'Unna'],
      ['Geschäftsstelle Lünen', 'Lünen'],
      ['Geschäftsstelle Kamen', 'Kamen'],
      ['Geschäftsstelle Schwerte', 'Schwerte'],
    ],
  },
  {
    key: 'jobcenter-bochum',
    network: 'bochum',
    name: 'Jobcenter Bochum',
    form: JobcenterForm.JOINT_FACILITY,
    about: 'Grundsicherung für Arbeitsuchende in der Stadt.',
    sites: [
      ['Hauptstelle Mitte', 'Bochum'],
      ['Standort Nord', 'Bochum'],
      ['Standort Ost', 'Bochum'],
      ['Standort Süd', 'Bochum'],
      ['Standort Südwest', 'Bochum'],
      ['Standort West', 'Bochum'],
      ['Standort Junge Menschen', 'Bochum'],
    ],
  },
  {
    key: 'jobcenter-dortmund',
    network: 'dortmund',
    name: 'Jobcenter Dortmund',
    form: JobcenterForm.JOINT_FACILITY,
    about: 'Grundsicherung für Arbeitsuchende in der Stadt.',
    sites: [
      ['Standort Nordstadt', 'Dortmund'],
      ['Standort Hörde', 'Dortmund'],
      ['Standort Dorstfeld', 'Dortmund'],
    ],
  },
];
