import type { FindingResult, RemedyState } from '../accessibility/accessibility.rules.js';

/** What was found otherwise than as asked; everything else of the catalogue is met, or as `USUAL` says. */
export type Deviations = Readonly<Record<string, number | `${FindingResult}`>>;

export interface DemoAssessment {
  /** Key of the partner, and which of its locations. */
  readonly at: string;
  readonly site: number;
  /** A day, or how many days ago. */
  readonly on: string | number;
  readonly by: string;
  readonly note: string | null;
  readonly found: Deviations;
}

/** What is measured where all is well, in the unit of the criterion; and what offices mostly do not have. */
export const USUAL: Deviations = {
  'parking-width': 350,
  'threshold-height': 1,
  'entrance-door-width': 98,
  'ramp-slope': 'NOT_APPLICABLE',
  'corridor-width': 160,
  'counter-height': 78,
  'lift-door-width': 90,
  'lift-depth': 145,
  'toilet-space': 155,
  'toilet-side-space': 90,
  'tactile-route': 'NOT_MET',
  'tactile-signs': 'NOT_MET',
};

const INSPECTORS = 'Schwerbehindertenvertretung und Gebäudewirtschaft';
const NO_LIFT: Deviations = {
  'lift-present': 'NOT_APPLICABLE',
  'lift-door-width': 'NOT_APPLICABLE',
  'lift-depth': 'NOT_APPLICABLE',
  'lift-announcements': 'NOT_APPLICABLE',
};

const bochum = (site: number, on: string, found: Deviations, note: string | null = null): DemoAssessment => ({
  at: 'jobcenter-bochum',
  site,
  on,
  by: INSPECTORS,
  note,
  found,
});

/** All seven sites of Bochum in 2018, two of them once more when the builders were done; others since. */
export const ASSESSMENTS: readonly DemoAssessment[] = [
  bochum(0, '2018-06-12', { 'counter-height': 105, 'induction-loop': 'NOT_MET' }, 'Größter Standort, Baujahr 1998.'),
  bochum(1, '2018-07-18', {
    'entrance-step-free': 'NOT_MET',
    'threshold-height': 6,
    'easy-language-information': 'NOT_MET',
  }),
  bochum(2, '2018-08-14', { ...NO_LIFT, 'toilet-space': 120, 'toilet-side-space': 55 }),
  bochum(3, '2018-08-29', { 'lift-depth': 110, 'sign-language': 'NOT_ASSESSED' }, 'Aufzug von 1987.'),
  bochum(4, '2018-09-19', { ...NO_LIFT, 'parking-space': 'NOT_MET', 'parking-width': 'NOT_APPLICABLE' }),
  bochum(5, '2018-10-10', { 'ramp-slope': 9.5, 'entrance-door-width': 86 }),
  bochum(6, '2018-10-24', { 'quiet-room': 'NOT_MET', 'induction-loop': 'NOT_ASSESSED' }),
  bochum(1, '2019-06-05', { 'easy-language-information': 'MET' }, 'Nach dem Umbau des Eingangs.'),
  bochum(5, '2019-03-27', { 'ramp-slope': 5.8, 'entrance-door-width': 95 }, 'Neue Rampe und Eingangstür.'),
  {
    at: 'jobcenter-dortmund',
    site: 0,
    on: 140,
    by: 'Inklusionsbeauftragte Stelle',
    note: null,
    found: { 'glass-and-step-marks': 'NOT_MET' },
  },
  {
    at: 'zentrum-psyche-und-arbeit-ruhrbogen',
    site: 0,
    on: 95,
    by: 'Netzwerkkoordination mit der Behindertenberatung',
    note: 'Beratungsräume im ersten Stock.',
    found: {
      'lift-present': 'NOT_MET',
      'lift-door-width': 'NOT_APPLICABLE',
      'lift-depth': 'NOT_APPLICABLE',
      'lift-announcements': 'NOT_APPLICABLE',
      'sign-language': 'NOT_ASSESSED',
    },
  },
];

export interface DemoRemedy {
  readonly at: string;
  readonly site: number;
  readonly criterion: string;
  readonly description: string;
  readonly costCents: number | null;
  readonly body: string;
  /** A day, or in how many days. */
  readonly due: string | number;
  readonly state: `${RemedyState}`;
  readonly doneOn: string | null;
}

const remedy = (
  site: number,
  criterion: string,
  description: string,
  costCents: number | null,
  body: string,
  [due, state, doneOn = null]: readonly [due: string | number, state: `${RemedyState}`, doneOn?: string | null],
): DemoRemedy => ({ at: 'jobcenter-bochum', site, criterion, description, costCents, body, due, state, doneOn });

const LANDLORD = 'Vermieter';
const CITY = 'Stadt, Zentrale Dienste';
const OFFICE = 'Jobcenter, Infrastruktur';

/** In Bochum together 184,650 EUR; most was done by the end of 2019. Days in numbers are counted from now. */
export const REMEDIES: readonly DemoRemedy[] = [
  remedy(0, 'counter-height', 'Unterfahrbarer Platz an der Empfangstheke', 840_000, OFFICE, [
    '2018-12-31',
    'DONE',
    '2018-11-30',
  ]),
  remedy(0, 'induction-loop', 'Mobile Höranlage für Empfang und Beratung', 235_000, OFFICE, [
    '2018-12-31',
    'DONE',
    '2018-12-14',
  ]),
  remedy(1, 'entrance-step-free', 'Eingang absenken, Schwelle entfernen', 4_860_000, LANDLORD, [
    '2019-06-30',
    'DONE',
    '2019-05-29',
  ]),
  remedy(1, 'easy-language-information', 'Wegweiser und Merkblätter in Leichter Sprache', 310_000, OFFICE, [
    '2019-03-31',
    'DONE',
    '2019-02-22',
  ]),
  remedy(2, 'toilet-space', 'Trennwand der Toilette versetzen', 2_740_000, LANDLORD, [
    '2019-09-30',
    'DONE',
    '2019-10-25',
  ]),
  remedy(3, 'lift-depth', 'Größerer Fahrkorb im zweiten Schacht', null, LANDLORD, ['2019-12-31', 'DROPPED']),
  remedy(3, 'lift-depth', 'Beratung im Erdgeschoss, bis der Standort umzieht', 95_000, OFFICE, [
    '2019-01-31',
    'DONE',
    '2019-01-21',
  ]),
  remedy(4, 'parking-space', 'Stellplatz am Eingang einrichten', 185_000, CITY, ['2018-12-31', 'DONE', '2019-01-15']),
  remedy(5, 'ramp-slope', 'Rampe verlängern, Eingangstür verbreitern', 6_450_000, LANDLORD, [
    '2019-03-31',
    'DONE',
    '2019-03-20',
  ]),
  remedy(6, 'quiet-room', 'Reizarmer Beratungsraum', 1_250_000, OFFICE, [-45, 'COMMISSIONED']),
  remedy(2, 'tactile-route', 'Bodenindikatoren vom Eingang zum Empfang', 1_500_000, CITY, [160, 'PLANNED']),
];
