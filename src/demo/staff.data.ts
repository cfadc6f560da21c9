/** A team of a Jobcenter; topics of its contacts by their codes. */
export interface DemoTeam {
  readonly name: string;
  readonly staff: number;
  /** Which of the Jobcenter's sites. */
  readonly site: number;
  readonly contacts: readonly (readonly [name: string, topics: readonly string[]])[];
}

const ADDICTION = ['Ansprechstelle Sucht', ['addiction']] as const;
const MIND = ['Ansprechstelle psychische Gesundheit', ['mental-illness']] as const;
const DISABILITY = ['Ansprechstelle Schwerbehinderung und Reha', ['severe-disability', 'rehabilitation']] as const;
const LEAD = ['Teamleitung', []] as const;

const team = (name: string, staff: number, site: number, ...contacts: DemoTeam['contacts']): DemoTeam => ({
  name,
  staff,
  site,
  contacts: [...contacts, LEAD],
});

/** In Bochum 100 people work in integration: a round figure, the documents give none. */
export const TEAMS: Readonly<Record<string, readonly DemoTeam[]>> = {
  bochum: [
    team('Integration Mitte', 16, 0, ADDICTION, MIND),
    team('Integration Nord', 14, 1, ADDICTION),
    team('Integration Ost', 12, 2, MIND),
    team('Integration Süd', 12, 3),
    team('Integration Südwest', 10, 4),
    team('Integration West', 14, 5, ADDICTION),
    team('Junge Menschen', 12, 6, MIND),
    team('Reha und Schwerbehinderung', 10, 0, DISABILITY, MIND),
  ],
  aachen: [
    team('Integration Aachen', 24, 0, ADDICTION),
    team('Integration Nordkreis', 15, 1, MIND),
    team('Reha und Schwerbehinderung', 9, 0, DISABILITY),
  ],
  wuppertal: [
    team('Integration Barmen', 20, 0, MIND),
    team('Integration Elberfeld', 22, 1, ADDICTION),
    team('Inklusion', 7, 1, DISABILITY),
  ],
  unna: [
    team('Integration Unna', 14, 0),
    team('Integration Lünen', 16, 1, ADDICTION),
    team('Reha und Schwerbehinderung', 6, 0, DISABILITY, MIND),
  ],
  dortmund: [team('Beschäftigung und Teilhabe', 18, 0), team('Gesundheit und Reha', 8, 1, DISABILITY, ADDICTION, MIND)],
};

export interface DemoCourse {
  readonly network: string;
  readonly title: string;
  readonly topics: readonly string[];
  readonly provider: string;
  readonly hours: number;
  /** When it was held: a day, or how many months ago; and how many came for the first time, or again once it was due. */
  readonly sessions: readonly (readonly [held: string | number, firstTime: number])[];
}

/** Bochum trained all who work in integration in 2018 and 2019, and goes on as knowledge grows old. */
export const COURSES: readonly DemoCourse[] = [
  {
    network: 'bochum',
    title: 'Psychische Erkrankungen im Beratungsgespräch',
    topics: ['mental-illness'],
    provider: 'zentrum-psyche-und-arbeit-ruhrbogen',
    hours: 12,
    sessions: [
      ['2018-06-20', 9],
      ['2018-09-12', 15],
      ['2018-12-05', 17],
      ['2019-03-20', 17],
      ['2019-06-19', 15],
      ['2019-09-18', 15],
      ['2019-12-04', 12],
      [20, 22],
      [14, 22],
      [8, 22],
      [2, 20],
    ],
  },
  {
    network: 'bochum',
    title: 'Sucht erkennen, ansprechen, weiterverweisen',
    topics: ['addiction'],
    provider: 'suchtberatung-querschlag',
    hours: 8,
    sessions: [
      ['2018-09-19', 17],
      ['2018-12-12', 16],
      ['2019-03-27', 19],
      ['2019-06-26', 14],
      ['2019-09-25', 15],
      ['2019-12-11', 13],
      [19, 22],
      [12, 21],
      [5, 20],
    ],
  },
  {
    network: 'aachen',
    title: 'Schwerbehinderung und Rehabilitation in der Vermittlung',
    topics: ['severe-disability', 'rehabilitation'],
    provider: 'fachdienst-arbeit-und-handicap-dreilaendereck',
    hours: 16,
    sessions: [
      ['2013-09-25', 12],
      ['2014-05-14', 14],
      [10, 16],
    ],
  },
  {
    network: 'wuppertal',
    title: 'Grundlagen der beruflichen Teilhabe',
    topics: ['severe-disability', 'rehabilitation'],
    provider: 'fachdienst-beruf-und-behinderung-bergland',
    hours: 16,
    sessions: [
      ['2013-10-09', 10],
      ['2014-06-04', 12],
    ],
  },
];

/** What teams said of themselves: the share that knows and that used it, at a day, or so many days ago. */
export interface DemoReports {
  readonly network: string;
  readonly topic: string;
  readonly reports: readonly (readonly [on: string | number, declared: number, used: number])[];
}

export const REPORTS: readonly DemoReports[] = [
  {
    network: 'bochum',
    topic: 'mental-illness',
    reports: [
      ['2018-05-02', 0.2, 0.15],
      ['2019-12-16', 0.8, 0.6],
      [60, 0.75, 0.55],
    ],
  },
  {
    network: 'bochum',
    topic: 'addiction',
    reports: [
      ['2018-05-02', 0.15, 0.1],
      ['2019-12-16', 0.7, 0.45],
      [60, 0.6, 0.4],
    ],
  },
  { network: 'bochum', topic: 'severe-disability', reports: [[60, 0.4, 0.3]] },
  {
    network: 'aachen',
    topic: 'severe-disability',
    reports: [
      ['2013-06-18', 0.25, 0.2],
      ['2014-10-21', 0.55, 0.4],
      [75, 0.6, 0.45],
    ],
  },
  { network: 'aachen', topic: 'addiction', reports: [[75, 0.35, 0.25]] },
  {
    network: 'wuppertal',
    topic: 'severe-disability',
    reports: [
      ['2013-06-18', 0.3, 0.2],
      ['2014-10-21', 0.6, 0.45],
      [400, 0.55, 0.4],
    ],
  },
  {
    network: 'unna',
    topic: 'severe-disability',
    reports: [
      ['2013-06-18', 0.2, 0.15],
      ['2014-10-21', 0.5, 0.35],
    ],
  },
  { network: 'dortmund', topic: 'debt', reports: [[30, 0.5, 0.5]] },
];
