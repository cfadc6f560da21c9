import type { PublicationKind } from '../publication/publication.rules.js';
import type { OfferKey } from './catalogue/catalogue.js';

/** A run of a programme; days are those of the real world, what is paid for a place and month is invented. */
export interface DemoRound {
  readonly from: string;
  readonly until: string;
  readonly intakeFrom: string;
  readonly intakeUntil: string;
  readonly places: number;
  /** Referrals that were accepted within the window. */
  readonly participants: number;
  readonly services: readonly (readonly [partner: string, offer: OfferKey])[];
  readonly fieldsOfWork: readonly string[];
  readonly benefitCents: number;
  readonly subsidyCents: number;
  readonly coachingMinutes: number;
}

export interface DemoProgramme {
  readonly slug: string;
  readonly network: string;
  readonly consortium: string | null;
  readonly title: string;
  readonly goals: string;
  readonly from: string;
  readonly until: string | null;
  readonly networks: readonly string[];
  readonly funders: readonly (readonly [name: string, source: string | null, amountCents: number])[];
  readonly partners: readonly string[];
  readonly instruments: readonly string[];
  readonly rounds: readonly DemoRound[];
}

const OSTRUHR = 'arbeitsgemeinschaft-soziale-betriebe-ostruhr';

const round = (year: number, intakeUntil: string, participants: number, benefitCents: number): DemoRound => ({
  from: `${year}-01-01`,
  until: `${year + 1}-12-31`,
  intakeFrom: `${year}-01-15`,
  intakeUntil,
  places: 120,
  participants,
  services: [
    ['alltagshilfe-hafenkante', 'participationJobs'],
    ['energiewandler-dortmund', 'energyHelpers'],
    [OSTRUHR, 'participationJobs'],
    [OSTRUHR, 'wageSubsidy'],
  ],
  fieldsOfWork: ['342', '714', '821'],
  benefitCents,
  subsidyCents: 41_250,
  coachingMinutes: 300,
});

export const PROGRAMMES: readonly DemoProgramme[] = [
  {
    slug: 'miar',
    network: 'aachen',
    consortium: 'miar',
    title: 'Miteinander Arbeiten (MIAR)',
    goals:
      'Drei Jobcenter prüfen, wie gut sie Menschen mit Behinderung beraten, qualifizieren und vermitteln, verbessern es mit Betrieben, Bildungsträgern, Verbänden und Kommunen und geben anderen weiter, was sich bewährt.',
    from: '2013-01-01',
    until: '2014-12-31',
    networks: ['wuppertal', 'unna'],
    funders: [['Land Nordrhein-Westfalen', 'Europäischer Sozialfonds', 38_000_000]],
    partners: [
      'fachdienst-arbeit-und-handicap-dreilaendereck',
      'fachdienst-beruf-und-behinderung-bergland',
      'integrationsdienst-am-hellweg',
    ],
    instruments: ['sgb3-45'],
    rounds: [],
  },
  {
    slug: 'aktiv-statt-passiv',
    network: 'dortmund',
    consortium: 'soziale-betriebe-ostruhr',
    title: 'Aktiv statt passiv',
    goals:
      'Statt Leistungen zu beziehen, arbeiten Langzeitarbeitslose auf geförderten Stellen, mit Coaching neben der Arbeit, und gehen von dort in gewöhnliche Betriebe über.',
    from: '2013-01-01',
    until: '2017-12-31',
    networks: [],
    funders: [
      ['Land Nordrhein-Westfalen', 'Landesmittel und Europäischer Sozialfonds', 412_500_000],
      ['Stadt Dortmund', 'Kosten der Unterkunft', 96_000_000],
    ],
    partners: [
      OSTRUHR,
      'energiewandler-dortmund',
      'alltagshilfe-hafenkante',
      'gruenkolonne-nord',
      'sozialwerk-gartenstadt',
    ],
    instruments: ['nrw-oegb', 'sgb2-16e'],
    rounds: [
      round(2013, '2013-09-30', 110, 71_803),
      round(2014, '2014-07-31', 125, 72_640),
      round(2015, '2015-07-31', 120, 74_115),
      round(2016, '2016-06-30', 120, 75_329),
    ],
  },
];

export interface DemoPublication {
  readonly key: string;
  readonly network: string;
  readonly programme: string | null;
  readonly kind: `${PublicationKind}`;
  readonly title: string;
  readonly summary: string;
  readonly publishedOn: string;
  readonly heldOn?: string;
  readonly place?: string;
  readonly topics: readonly string[];
  readonly needs: readonly string[];
  readonly categories?: readonly string[];
}

export const PUBLICATIONS: readonly DemoPublication[] = [
  {
    key: 'miar-transfer',
    network: 'wuppertal',
    programme: 'miar',
    kind: 'EVENT',
    title: 'Transferveranstaltung: Was drei Jobcenter gelernt haben',
    summary:
      'Ergebnisse, Erfahrungen und Arbeitshilfen für alle Jobcenter des Landes, mit Gesprächen an sechs Tischen.',
    publishedOn: '2015-01-12',
    heldOn: '2015-02-04',
    place: 'Wuppertal',
    topics: ['Transfer', 'Inklusion'],
    needs: ['severe-disability', 'chronic-illness'],
  },
  {
    key: 'miar-recommendations',
    network: 'aachen',
    programme: 'miar',
    kind: 'RECOMMENDATION',
    title: 'Handlungsempfehlungen für die Arbeit mit gesundheitlich eingeschränkten Menschen',
    summary:
      'Zwölf Empfehlungen: feste Ansprechstellen, Schulung aller Fachkräfte, ein Netzwerk mit verabredeten Wegen, Ziele, die sich messen lassen.',
    publishedOn: '2015-02-04',
    topics: ['Netzwerkarbeit', 'Schulung', 'Ziele'],
    needs: ['severe-disability', 'mental-illness', 'addiction', 'chronic-illness'],
    categories: ['counselling', 'placement'],
  },
  {
    key: 'miar-report',
    network: 'unna',
    programme: 'miar',
    kind: 'REPORT',
    title: 'Analyse: Wen erreichen wir, und wen nicht?',
    summary:
      'Wie sich gesundheitliche Einschränkungen in den Daten zeigen, welche Angebote genutzt werden und wo sie fehlen.',
    publishedOn: '2015-03-16',
    topics: ['Analyse', 'Bedarf'],
    needs: ['severe-disability', 'mental-illness'],
    categories: ['rehabilitation'],
  },
  {
    key: 'miar-self-audit',
    network: 'aachen',
    programme: 'miar',
    kind: 'TOOL',
    title: 'Fragebogen: Was weiß unser Team?',
    summary:
      'Eine Selbstauskunft für Teams zu Schwerbehinderung und Rehabilitation, in einer halben Stunde ausgefüllt und nach einem Jahr wiederholt.',
    publishedOn: '2015-02-04',
    topics: ['Selbstaudit', 'Schulung'],
    needs: ['severe-disability'],
  },
  {
    key: 'dortmund-report',
    network: 'dortmund',
    programme: 'aktiv-statt-passiv',
    kind: 'REPORT',
    title: 'Geförderte Stellen, die tragen',
    summary:
      'Erfahrungen aus vier Durchläufen: Leistungen als Lohnkostenzuschuss, Coaching im Betrieb, Übergänge danach.',
    publishedOn: '2017-05-08',
    topics: ['Passiv-Aktiv-Transfer', 'Coaching'],
    needs: ['long-term-unemployed'],
    categories: ['subsidised-employment'],
  },
];
